"""Which channels exist follows from the settings; what cannot be used is told without secrets."""

import pytest

from diary.channels.addresses import base64url
from diary.channels.base import ChannelsMisconfigured, Outcome
from diary.channels.factory import ChannelSettings, channels, subscription_key
from tests.diary.channels.servers import HOST, Told
from tests.diary.channels.test_fcm import PEM, PHONE

KEY = base64url(b"k" * 32)
ACCOUNT = {
    "project_id": "quiver-test",
    "client_email": "sender@example.org",
    "private_key": PEM,
    "token_uri": "https://localhost/token",
}


def test_without_settings_there_are_webhooks_only_and_no_key_to_subscribe_with():
    assert set(channels(ChannelSettings())) == {"webhook"}
    assert subscription_key(ChannelSettings()) is None


def test_with_all_settings_there_are_all_channels():
    settings = ChannelSettings(
        vapid_private_key=KEY,
        vapid_subject="mailto:operator@example.org",
        fcm_service_account=ACCOUNT,
        mail_sender="Quiver <quiver@example.org>",
    )

    assert set(channels(settings)) == {"web_push", "fcm", "email", "webhook"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"vapid_private_key": KEY},
        {"vapid_private_key": KEY, "vapid_subject": "operator@example.org"},
        {"vapid_private_key": "secret-nonsense", "vapid_subject": "mailto:a@example.org"},
        {"fcm_service_account": {"private_key": "secret-nonsense"}},
        {"fcm_service_account": ACCOUNT, "fcm_base_url": "https://[secret-nonsense"},
        {"mail_sender": "nobody"},
        {"ca_file": "/nonexistent/authorities.pem"},
    ],
    ids=["no subject", "bare subject", "key", "account", "fcm address", "sender", "authorities"],
)
def test_a_setting_that_cannot_be_used_is_named_and_no_secret_is_told(wrong):
    with pytest.raises(ChannelsMisconfigured) as refused:
        channels(ChannelSettings(**wrong))

    assert "secret-nonsense" not in str(refused.value)
    assert KEY not in repr(ChannelSettings(**wrong))
    assert PEM not in repr(ChannelSettings(**wrong))


def test_a_service_of_the_operators_own_may_lie_in_a_private_network(server, alert, tmp_path):
    ca_file = tmp_path / "authorities.pem"
    server.authority.cert_pem.write_to_path(ca_file)
    settings = ChannelSettings(
        allowed_hosts=frozenset({"localhost", HOST}),
        ports=frozenset({server.port}),
        ca_file=str(ca_file),
        fcm_service_account=ACCOUNT | {"token_uri": f"https://localhost:{server.port}/token"},
        fcm_base_url=f"https://localhost:{server.port}",
    )
    server.answers.append(Told(200, body=b'{"access_token": "a", "expires_in": 3600}'))

    result = channels(settings)["fcm"].send(alert, PHONE, timeout=3)

    assert result.outcome is Outcome.DELIVERED
    assert len(server.asked) == 2
