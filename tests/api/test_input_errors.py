"""Wrong input: every field is named and nothing that was sent comes back."""

import json

import pytest
from django.urls import path
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from api import problems
from tests.api.conftest import is_problem

DIARY_TEXT = "my left lip twitched since the divorce"


class StartSerializer(serializers.Serializer[object]):
    at = serializers.DateTimeField()
    zone = serializers.ChoiceField(["Europe/Berlin", "UTC"])


class EntrySerializer(serializers.Serializer[object]):
    start = StartSerializer()
    strength = serializers.IntegerField(min_value=0, max_value=10)
    sites = serializers.ListField(child=serializers.ChoiceField(["lip", "lid"]))
    remedies = StartSerializer(many=True)

    def to_internal_value(self, data):
        if unknown := set(data) - set(self.fields):
            detail = exceptions.ErrorDetail(f'"{DIARY_TEXT}"', code="unknown_field")
            raise exceptions.ValidationError({name: [detail] for name in unknown})
        return super().to_internal_value(data)


class EntryView(APIView):
    authentication_classes = ()
    permission_classes = ()

    def post(self, request):
        EntrySerializer(data=request.data).is_valid(raise_exception=True)
        return Response(status=204)


urlpatterns = [path("entries", EntryView.as_view())]

pytestmark = pytest.mark.urls(__name__)


def post(client, body, content_type="application/json"):
    return client.post("/entries", body, content_type=content_type)


def test_every_wrong_field_is_named(client):
    body = {
        "start": {"at": "whenever", "zone": DIARY_TEXT},
        "strength": 11,
        "sites": ["lip", DIARY_TEXT],
        "remedies": [{"at": "2026-03-01T10:00:00Z", "zone": "UTC"}, {"zone": "UTC"}],
    }

    document = is_problem(post(client, body), 422, "invalid-record")

    named = {(error["pointer"], error["code"]) for error in document["errors"]}
    assert named == {
        ("#/start/at", "invalid"),
        ("#/start/zone", "invalid_choice"),
        ("#/strength", "max_value"),
        ("#/sites/1", "invalid_choice"),
        ("#/remedies/1/at", "required"),
    }


def test_the_submitted_value_is_never_repeated(client):
    body = {
        "start": {"at": DIARY_TEXT, "zone": DIARY_TEXT},
        "strength": DIARY_TEXT,
        "sites": DIARY_TEXT,
    }

    answer = post(client, body)

    assert answer.status_code == 422
    assert DIARY_TEXT not in answer.content.decode()


def test_names_with_slashes_and_tildes_are_escaped_in_pointers(client):
    answer = post(client, {"a/b~c": 1})

    [error] = answer.json()["errors"]
    assert error["pointer"] == "#/a~1b~0c"
    assert DIARY_TEXT not in error["detail"]


def test_a_body_that_is_no_object_is_a_problem_of_the_whole_body(client):
    document = is_problem(post(client, "[]"), 422, "invalid-record")

    assert [error["pointer"] for error in document["errors"]] == ["#"]


def test_a_list_of_errors_with_empty_entries_keeps_positions():
    wrong = exceptions.ValidationError([{}, {"at": ["Missing."]}])

    [error] = problems.problem_of(wrong).errors

    assert error.pointer == "#/1/at"


def test_broken_json_is_told_by_place_not_by_content(client):
    document = is_problem(post(client, f'{{"a": {DIARY_TEXT}'), 400, "malformed-body")

    assert "line 1, column 7" in document["detail"]
    assert DIARY_TEXT not in json.dumps(document)


def test_numbers_outside_json_are_refused(client):
    is_problem(post(client, '{"strength": NaN}'), 400, "malformed-body")


def test_another_media_type_is_refused(client):
    is_problem(post(client, "a=1", content_type=f"text/{DIARY_TEXT[:2]}"), 415)


def test_another_method_is_refused_and_the_right_ones_are_named(client):
    answer = client.put("/entries")

    is_problem(answer, 405)
    assert "POST" in answer.headers["Allow"]
