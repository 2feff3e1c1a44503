"""Bodies that are too long, too deep or cannot be stored are refused before anything reads them."""

import pytest
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

from api.parsers import MAX_BODY_BYTES, MAX_LEVELS, BoundedJSONParser
from tests.api.conftest import is_problem


class EchoView(APIView):
    authentication_classes = ()
    permission_classes = ()
    parser_classes = (BoundedJSONParser,)

    def post(self, request):
        return Response(request.data)


urlpatterns = [path("echo", EchoView.as_view())]

pytestmark = pytest.mark.urls(__name__)


def post(client, body):
    return client.post("/echo", body, content_type="application/json")


def nested(levels):
    return "[" * levels + "]" * levels


def test_a_body_of_the_largest_size_is_read(client):
    text = "x" * (MAX_BODY_BYTES - 2)

    answer = post(client, f'"{text}"')

    assert (answer.status_code, answer.json()) == (200, text)


def test_a_body_one_byte_longer_is_refused(client):
    answer = post(client, '"' + "x" * (MAX_BODY_BYTES - 1) + '"')

    is_problem(answer, 413)


def test_a_body_of_the_most_levels_is_read(client):
    answer = post(client, nested(MAX_LEVELS))

    assert (answer.status_code, answer.content.decode()) == (200, nested(MAX_LEVELS))


@pytest.mark.parametrize("levels", [MAX_LEVELS + 1, 64, 900, 200_000])
def test_a_body_nested_deeper_is_refused(client, levels):
    document = is_problem(post(client, nested(levels)), 400, "malformed-body")

    assert document["detail"] == "The body holds too many lists and objects inside each other."


@pytest.mark.parametrize("body", ['{"a": ["\\u0000"]}', '{"a\\u0000": 1}', '"b\\u0000c"'])
def test_a_null_character_is_refused(client, body):
    answer = post(client, body)

    is_problem(answer, 400, "malformed-body")


@pytest.mark.parametrize("body", ['{"a": ["\\\\u0000", 1, null]}', '{"n": "zero"}', "[]"])
def test_other_bodies_are_read_as_they_are(client, body):
    assert post(client, body).status_code == 200
