"""Readers of the environment."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.mark.parametrize(("spelling", "expected"), [("1", True), ("Yes", True), ("off", False)])
def test_known_spellings_of_a_truth_value_are_read(monkeypatch, spelling, expected):
    monkeypatch.setenv("SOME_SWITCH", spelling)

    assert env.env_bool("SOME_SWITCH", default=not expected) is expected


def test_an_unknown_spelling_of_a_truth_value_names_variable_and_choices(monkeypatch):
    monkeypatch.setenv("SOME_SWITCH", "perhaps")

    with pytest.raises(ImproperlyConfigured, match=r"SOME_SWITCH must be one of: 1, true, yes"):
        env.env_bool("SOME_SWITCH", default=False)


@pytest.mark.parametrize("name", ["SOME_UNSET_NAME", "SOME_EMPTY_NAME"])
def test_unset_and_empty_variables_take_the_default_or_raise(monkeypatch, name):
    monkeypatch.setenv("SOME_EMPTY_NAME", "  ")

    assert env.env_str(name, default="fallback") == "fallback"
    assert env.env_bool(name, default=True) is True
    with pytest.raises(ImproperlyConfigured, match=name):
        env.env_str(name)


def test_numbers_durations_and_lists_are_read(monkeypatch):
    monkeypatch.setenv("SOME_NUMBER", "12")
    monkeypatch.setenv("SOME_DURATION", "1.5")
    monkeypatch.setenv("SOME_LIST", "a, b ,,c")

    assert env.env_int("SOME_NUMBER", default=1) == 12
    assert env.env_seconds("SOME_DURATION", default=timedelta(1)) == timedelta(seconds=1.5)
    assert env.env_list("SOME_LIST", default=[]) == ["a", "b", "c"]
    assert env.env_list("SOME_UNSET_LIST", default=("x",)) == ["x"]


@pytest.mark.parametrize("value", ["-1", "soon", "nan", "1e99"])
def test_a_duration_that_is_no_number_of_seconds_is_refused(monkeypatch, value):
    monkeypatch.setenv("SOME_DURATION", value)

    with pytest.raises(ImproperlyConfigured, match="SOME_DURATION must be a number of seconds"):
        env.env_seconds("SOME_DURATION", default=timedelta(1))


def test_a_number_that_is_none_is_refused_without_repeating_it(monkeypatch):
    monkeypatch.setenv("SOME_NUMBER", "hush")

    with pytest.raises(ImproperlyConfigured, match="SOME_NUMBER") as caught:
        env.env_int("SOME_NUMBER", default=3)

    assert "hush" not in str(caught.value)


def test_a_secret_is_read_from_a_file_without_its_line_end(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("hidden\n")
    monkeypatch.setenv("SOME_KEY_FILE", str(tmp_path / "key"))

    assert env.env_secret("SOME_KEY") == "hidden"


def test_a_secret_given_twice_or_in_a_missing_file_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("SOME_KEY_FILE", str(tmp_path / "missing"))

    with pytest.raises(ImproperlyConfigured, match="SOME_KEY_FILE cannot be read"):
        env.env_secret("SOME_KEY")
    monkeypatch.setenv("SOME_KEY", "hidden")
    with pytest.raises(ImproperlyConfigured, match="SOME_KEY or SOME_KEY_FILE, not both"):
        env.env_secret("SOME_KEY")


def test_without_any_server_of_its_own_machine_the_secret_key_must_be_set(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/database")
    monkeypatch.setenv("REDIS_URL", "redis://host")
    monkeypatch.delenv("SECRET_KEY")

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        env.secret_key()


def test_an_object_is_read_from_json_and_is_empty_when_unset(monkeypatch):
    monkeypatch.setenv("SOME_NUMBERS", '{"gate_days": 3}')

    assert env.env_object("SOME_NUMBERS") == {"gate_days": 3}
    assert env.env_object("UNSET_NUMBERS") == {}


@pytest.mark.parametrize("text", ["3", "[]", "{", '"text"'])
def test_what_is_no_json_object_names_the_variable(monkeypatch, text):
    monkeypatch.setenv("SOME_NUMBERS", text)

    with pytest.raises(ImproperlyConfigured, match="SOME_NUMBERS"):
        env.env_object("SOME_NUMBERS")


@pytest.mark.parametrize("value", ["https://diary.example.org", "http://localhost:8000"])
def test_an_origin_is_read_without_a_slash_at_its_end(monkeypatch, value):
    monkeypatch.setenv("PUBLIC_URL", f"{value}/")

    assert env.env_origin("PUBLIC_URL") == value


@pytest.mark.parametrize(
    "value", ["diary.example.org", "ftp://diary.example.org", "https://d.example/path", "https://"]
)
def test_what_is_no_origin_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("PUBLIC_URL", value)

    with pytest.raises(ImproperlyConfigured, match="PUBLIC_URL must look like"):
        env.env_origin("PUBLIC_URL")


def test_no_origin_is_no_mistake(monkeypatch):
    monkeypatch.delenv("PUBLIC_URL", raising=False)

    assert env.env_origin("PUBLIC_URL") == ""


@pytest.mark.parametrize(
    ("value", "expected"), [("Staff.Example.org", "staff.example.org"), ("", "")]
)
def test_the_host_of_the_staff_site_is_read_in_lower_case(monkeypatch, value, expected):
    monkeypatch.setenv("ADMIN_HOST", value)

    assert env.admin_host() == expected


@pytest.mark.parametrize("value", ["https://staff.example.org", "staff.example.org:8443", "*"])
def test_what_is_no_host_name_cannot_be_the_staff_site(monkeypatch, value):
    monkeypatch.setenv("ADMIN_HOST", value)

    with pytest.raises(ImproperlyConfigured, match="ADMIN_HOST must be a host name"):
        env.admin_host()


def test_the_staff_site_has_a_host_of_its_own(monkeypatch):
    monkeypatch.setenv("ADMIN_HOST", "diary.example.org")
    monkeypatch.setenv("ALLOWED_HOSTS", "diary.example.org")

    with pytest.raises(ImproperlyConfigured, match="another host"):
        env.admin_host()
