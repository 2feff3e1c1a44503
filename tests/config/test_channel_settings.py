"""What an operator sets for the ways out, and what is said when it cannot be used."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ImproperlyConfigured

from config import embedded, env
from diary.channels.factory import ChannelSettings
from diary.channels.web_push import vapid_key
from diary.checks import check_channels


def test_a_list_of_ports_is_read_as_numbers(monkeypatch):
    monkeypatch.setenv("SOME_PORTS", "443, 8443")

    assert env.env_ints("SOME_PORTS", default=[1]) == [443, 8443]
    assert env.env_ints("SOME_UNSET_PORTS", default=[1]) == [1]


def test_a_port_that_is_no_number_is_refused_without_repeating_it(monkeypatch):
    monkeypatch.setenv("SOME_PORTS", "443,hush")

    with pytest.raises(ImproperlyConfigured, match="SOME_PORTS must be whole") as caught:
        env.env_ints("SOME_PORTS", default=[])

    assert "hush" not in str(caught.value)


def test_an_object_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "account.json").write_text('{"project_id": "p"}')
    monkeypatch.setenv("SOME_ACCOUNT_FILE", str(tmp_path / "account.json"))

    assert env.env_object("SOME_ACCOUNT") == {"project_id": "p"}


def test_this_copy_has_a_push_key_of_its_own_that_stays():
    first, second = embedded.vapid_private_key(), embedded.vapid_private_key()

    assert first == second
    assert isinstance(vapid_key(first), ec.EllipticCurvePrivateKey)


def test_what_is_configured_here_can_be_used():
    assert check_channels() == []


@pytest.mark.parametrize(
    "unusable",
    [
        {"vapid_private_key": "hush", "vapid_subject": "mailto:operator@example.org"},
        {"vapid_private_key": embedded.vapid_private_key(), "vapid_subject": ""},
        {"fcm_service_account": {"private_key": "hush"}},
        {"ca_file": "/nonexistent/authorities.pem"},
    ],
    ids=["key", "subject", "account", "authorities"],
)
def test_a_way_out_that_cannot_be_built_fails_the_check_and_repeats_no_secret(settings, unusable):
    settings.CHANNELS = ChannelSettings(**unusable)

    [fault] = check_channels()

    assert fault.id == "diary.E001"
    assert "VAPID_PRIVATE_KEY" in str(fault.hint)
    assert "hush" not in fault.msg
