"""A browser at the staff site, and somebody who works there."""

from time import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from diary.operations.people import open_verified_account
from tests.api.conftest import PASSWORD

HOST = "staff.example.org"
ADDRESS = "staff@example.org"


class Desk:
    """One browser at the staff site, which checks forms as the real one does."""

    def __init__(self, host=HOST):
        self.host = host
        self.client = Client(
            enforce_csrf_checks=True, raise_request_exception=False, SERVER_NAME=host
        )

    def get(self, path):
        return self.client.get(path, secure=True)

    def post(self, path, **fields):
        cookie = self.client.cookies.get("__Host-csrf")
        token = {"csrfmiddlewaretoken": cookie.value if cookie else ""}
        origin = {"Origin": f"https://{self.host}"}
        return self.client.post(path, token | fields, headers=origin, secure=True)

    def sign_in(self, code, *, address=ADDRESS, password=PASSWORD):
        self.get("/sign-in")
        return self.post("/sign-in", address=address, password=password, code=code)


class StaffMember:
    """An account of staff, and the app on their phone that makes codes."""

    def __init__(self, address=ADDRESS):
        self.person = open_verified_account(address, PASSWORD)
        self.person.is_staff = True
        self.person.save()
        self.secret = totp.generate_totp_secret()
        self.authenticator = totp.TOTP.activate(self.person, self.secret).instance

    def code(self):
        cache.clear()  # as if the code before were half a minute old
        return totp.format_hotp_value(totp.hotp_value(self.secret, int(time()) // 30))

    def recovery_code(self):
        return RecoveryCodes.activate(self.person).get_unused_codes()[0]
