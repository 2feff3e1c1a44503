"""compose.yaml and the Dockerfile, as far as can be read off them: `make container` runs them."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from config.data_keys import data_keys
from tests.config.test_configuration_is_documented import variables_read
from tests.deploy.image import ROOT, instructions

COMPOSED = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSED["services"]
OURS = {name: one for name, one in SERVICES.items() if one["image"].startswith("quiver:")}
ENVIRONMENT = re.findall(r"(?m)^(\w+)=", (ROOT / "deploy/quiver.env.example").read_text())


def test_all_processes_of_the_service_are_there():
    assert OURS.keys() == {"web", "live", "worker", "beat", "outbox", "migrate"}
    assert SERVICES.keys() - OURS.keys() == {"postgres", "valkey", "proxy"}


def test_only_the_proxy_is_reached_from_outside():
    assert {name for name, one in SERVICES.items() if "ports" in one} == {"proxy"}
    assert COMPOSED["networks"]["inside"]["internal"]
    for name in ("postgres", "valkey", "live", "migrate"):
        assert SERVICES[name]["networks"] == ["inside"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_process_has_limits_and_no_more_rights_than_it_needs(name):
    one = SERVICES[name]

    assert {"mem_limit", "cpus", "pids_limit", "healthcheck", "restart"} <= {
        *one,
        *of_the_image(one),
    }
    assert "no-new-privileges:true" in one["security_opt"]
    if name != "postgres":  # its entry point changes the owner of its volume
        assert one["read_only"]
        assert one["cap_drop"] == ["ALL"]
    assert one["restart"] == ("no" if name == "migrate" else "unless-stopped")


def of_the_image(one):
    return {"healthcheck"} if one["image"].startswith("quiver:") else set()


@pytest.mark.parametrize("name", OURS)
def test_every_variable_of_ours_is_one_that_is_read(name):
    known = variables_read() | {f"{each}_FILE" for each in variables_read()}

    assert OURS[name]["environment"].keys() <= known
    assert set(ENVIRONMENT) - {"SITE"} <= known


@pytest.mark.parametrize("name", SERVICES)
def test_every_file_of_a_secret_is_one_the_process_is_given(name):
    one = SERVICES[name]
    paths = re.findall(r"/run/secrets/([\w-]+)", str(one.get("environment", "")))

    assert set(paths) <= set(one.get("secrets", ()))
    assert not re.search(r"(?i)password['\"]?: ['\"]?\w", str(one["environment"]) if paths else "")


def test_the_secrets_are_made_once_and_belong_together(tmp_path, monkeypatch):
    script = tmp_path / "make-secrets.sh"
    script.write_text((ROOT / "deploy/make-secrets.sh").read_text())

    made = [made_by(script) for _ in range(2)]

    assert made[0] == made[1]
    assert {Path(each["file"]).name for each in COMPOSED["secrets"].values()} == made[0].keys()
    assert f"quiver_app:{made[0]['app-password']}@postgres" in made[0]["database-url"]
    assert f"quiver_owner:{made[0]['owner-password']}@postgres" in made[0]["database-owner-url"]
    monkeypatch.setenv("DATA_KEYS", made[0]["data-keys"])
    assert [len(key) for key in data_keys().values()] == [32]
    assert len({*made[0].values()}) == len(made[0])
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0


def made_by(script):
    subprocess.run(["/bin/sh", str(script)], check=True)
    return {path.name: path.read_text() for path in (script.parent / "secrets").iterdir()}


def test_the_image_runs_as_a_user_of_its_own_with_what_is_locked():
    steps = [*instructions("packages"), *instructions("")]

    assert ("USER", "10001:10001") in steps
    assert any("--require-hashes" in rest for word, rest in steps if word == "RUN")
    assert not [
        rest for _, rest in steps if re.search(r"apt-get|curl|requirements-dev|tests", rest)
    ]
    assert [word for word, _ in steps][-2:] == ["HEALTHCHECK", "CMD"]


def test_what_the_proxy_must_not_show_is_not_shown():
    text = (ROOT / "deploy/Caddyfile").read_text()

    assert re.search(r"@inside path /metrics /readyz\n\s+respond @inside 404", text)
    assert text.count("header_up Clientaddress {remote_host}") == text.count("reverse_proxy") == 2
    assert SERVICES["web"]["environment"]["TRUSTED_CLIENT_IP_HEADER"] == "Clientaddress"
    assert "request_buffers" in text.split("reverse_proxy web:8000")[1]
    assert " log" not in text  # it would write paths


def test_the_proxy_takes_a_request_in_whole_and_waits_for_none_for_ever():
    text = (ROOT / "deploy/Caddyfile").read_text()

    assert "max_size 2MB" in text  # more than the service takes: it says so itself
    assert re.search(r"reverse_proxy web:8000 \{[^}]*request_buffers 2MB", text)
    assert re.search(r"timeouts \{\s+read_header \d+s\s+read_body \d+s", text)
