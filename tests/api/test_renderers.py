"""Compiled JSON says what that of Django REST framework says."""

import json
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.renderers import JSONRenderer

from api.renderers import CompiledJSONRenderer
from diary.models.people import DevicePlatform

AT = datetime(2026, 3, 10, 12, 30, 0, 70, tzinfo=UTC)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(ANYTHING.filter(lambda value: value is not None))
def test_json_is_the_same_json(data) -> None:
    assert json.loads(CompiledJSONRenderer().render(data)) == data


@pytest.mark.parametrize(
    "data",
    [
        None,
        AT,
        AT.astimezone(timezone(timedelta(hours=-3, minutes=-30))),
        date(2026, 3, 10),
        uuid.UUID(int=7),
        DevicePlatform.IOS,
        {DevicePlatform.IOS: (1, 2)},
        MappingProxyType({"level": MappingProxyType({"code": "urgent"})}),
        gettext_lazy("Password"),
        "\u7e41\u9ad4 \u00e9",
    ],
)
def test_other_values_are_written_as_django_rest_framework_writes_them(data) -> None:
    assert CompiledJSONRenderer().render(data) == JSONRenderer().render(data)


def test_what_is_no_number_is_null_and_never_what_no_phone_can_read() -> None:
    assert CompiledJSONRenderer().render([float("nan"), float("inf")]) == b"[null,null]"
