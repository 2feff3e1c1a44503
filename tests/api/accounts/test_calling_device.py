"""The device behind a request: what it says about itself, and what asking for it costs."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.request import Request

from api.authentication import calling_device
from api.problem_types import Unauthenticated
from diary.models.isolation import acting_for
from diary.models.people import Device
from tests.everybody import every

pytestmark = pytest.mark.django_db


def test_a_call_asks_once_who_is_calling_and_once_whether_it_was_noted(phone):
    phone.get("/v1/devices")

    with CaptureQueriesContext(connection) as queries:
        phone.get("/v1/devices")

    asked = [query["sql"] for query in queries if " FROM " in query["sql"]]
    tables = [re.findall(r' (?:FROM|JOIN) "?(\w+)', sql)[0] for sql in asked]
    itself = "diary_device"
    assert tables == ["device_of_session", itself, "access_log"]
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE"))]


def test_a_session_without_a_device_row_gets_one_on_its_next_call(phone):
    every(Device).delete()

    answer = phone.get("/v1/devices")

    assert answer.status_code == 200
    assert every(Device).count() == 1


def test_what_the_phone_says_about_itself_is_kept_within_bounds(signed_up):
    device_id = uuid.uuid4()
    headers = {
        "X-Device-Id": str(device_id),
        "X-Device-Name": "N" * 300,
        "X-Device-Platform": "iOS",
        "X-App-Version": "2.3.1",
    }

    signed_up(**headers)

    [owner] = every(Device).values_list("person_id", flat=True)
    with acting_for(owner):
        device = Device.objects.get()
    assert device.id == device_id
    assert (device.name, device.platform, device.app_version) == ("N" * 100, "ios", "2.3.1")


def test_unusable_headers_count_as_missing(signed_up):
    phone = signed_up(**{"X-Device-Id": "not-an-id", "X-Device-Platform": "toaster"})

    answer = phone.get("/v1/devices")

    assert answer.status_code == 200
    assert every(Device).get().platform == "other"


def test_a_request_that_was_not_authenticated_has_no_calling_device(rf):
    with pytest.raises(Unauthenticated):
        calling_device(Request(rf.get("/")))
