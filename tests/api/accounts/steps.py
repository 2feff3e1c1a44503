"""What a person does with an account, beyond signing up and in."""

from allauth.mfa.totp.internal import auth as totp

from tests.api.conftest import ACCOUNTS, PASSWORD

AUTHENTICATORS = f"{ACCOUNTS}/account/authenticators"
SECOND_STEP = f"{ACCOUNTS}/auth/2fa/authenticate"


def is_signed_in(phone):
    return phone.get("/v1/devices").status_code == 200


def listed_devices(phone):
    return phone.get("/v1/devices").json()["items"]


def reauthenticate(phone, password=PASSWORD):
    return phone.remember(phone.post(f"{ACCOUNTS}/auth/reauthenticate", {"password": password}))


def revoke_others(phone):
    """Sign out all other devices, after the confirmation that it takes."""
    reauthenticate(phone)
    return phone.delete("/v1/devices?others=1")


def request_reset(phone):
    """Ask for a code to set a new password, as somebody who is not signed in."""
    phone.token = None
    return phone.remember(phone.post(f"{ACCOUNTS}/auth/password/request", {"email": phone.email}))


def reset(phone, code, password):
    body = {"key": code, "password": password}
    return phone.remember(phone.post(f"{ACCOUNTS}/auth/password/reset", body))


def set_up_totp(phone):
    """Set up the six-digit codes and return their secret, as an authenticator app keeps it."""
    reauthenticate(phone)
    offered = phone.remember(phone.get(f"{AUTHENTICATORS}/totp"))
    secret = offered.json()["meta"]["secret"]
    activated = phone.post(f"{AUTHENTICATORS}/totp", {"code": totp_code(secret)})
    assert activated.status_code == 200, activated.content
    return secret


def totp_code(secret):
    """Return the six digits an authenticator app shows now."""
    [counter] = totp.yield_hotp_counters_from_time()
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def recovery_codes(phone):
    reauthenticate(phone)
    answer = phone.get(f"{AUTHENTICATORS}/recovery-codes")
    return answer.json()["data"]["unused_codes"]


def second_step(phone, code):
    return phone.remember(phone.post(SECOND_STEP, {"code": code}))


def pending_flows(answer):
    return [flow["id"] for flow in answer.json()["data"]["flows"] if flow.get("is_pending")]


def add_passkey(phone, passkey, *, passwordless=True):
    """Add a passkey to the account, as the phone of its person does."""
    reauthenticate(phone)
    query = "?passwordless" if passwordless else ""
    offered = phone.remember(phone.get(f"{AUTHENTICATORS}/webauthn{query}"))
    credential = passkey.register(offered.json()["data"]["creation_options"])
    body = {"name": "My phone", "credential": credential}
    return phone.remember(phone.post(f"{AUTHENTICATORS}/webauthn", body))


def sign_in_by_passkey(phone, passkey):
    phone.token = None
    return _answer_challenge(phone, passkey, f"{ACCOUNTS}/auth/webauthn/login")


def reauthenticate_by_passkey(phone, passkey):
    return _answer_challenge(phone, passkey, f"{ACCOUNTS}/auth/webauthn/reauthenticate")


def _answer_challenge(phone, passkey, path):
    offered = phone.remember(phone.get(path))
    credential = passkey.sign(offered.json()["data"]["request_options"])
    return phone.remember(phone.post(path, {"credential": credential}))
