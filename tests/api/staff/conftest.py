"""A staff site, somebody who works there, and browsers."""

import pytest


@pytest.fixture(autouse=True)
def _site(settings):
    from tests.api.staff.desk import HOST

    settings.ADMIN_HOST = HOST
    settings.MFA_TOTP_TOLERANCE = 1  # a test may meet the end of a code's half minute
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]


@pytest.fixture
def member(db):
    from tests.api.staff.desk import StaffMember

    return StaffMember()


@pytest.fixture
def desk():
    """A browser of nobody in particular."""
    from tests.api.staff.desk import Desk

    return Desk()


@pytest.fixture
def staff_desk(member):
    """A browser in which the member of staff is signed in."""
    from tests.api.staff.desk import Desk

    desk = Desk()
    assert desk.sign_in(member.code()).status_code == 303
    return desk
