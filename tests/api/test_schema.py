"""The committed contract is what the service says of itself, and its examples are true."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from openapi_spec_validator import validate
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from api.problems import CONTENT_TYPE
from api.v1.examples import RECORDS
from api.v1.exchanges import all_exchanges
from tests.api.conftest import is_problem

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"
DOCUMENT = json.loads(COMMITTED.read_text("utf-8"))
REGISTRY = Registry().with_resource("openapi", DRAFT202012.create_resource(DOCUMENT))
EACH = [
    (method, operation)
    for methods in DOCUMENT["paths"].values()
    for method, operation in methods.items()
]
OPERATIONS = [pytest.param(*each, id=each[1]["operationId"]) for each in EACH]
METHODS_WITH_BODY = {"post", "put", "patch"}
PUBLIC = {"vocabulary_read"}
NOT_SHOWN = {"application/pdf", "application/zip"}  # no text
MADE_BY_THE_SERVER = ("seq", "received_at")


def resolved(node):
    while "$ref" in node:
        _, *steps = node["$ref"].split("/")
        node = DOCUMENT
        for step in steps:
            node = node[step]
    return node


def bodies_of(operation):
    """Yield where, media type and content of each body an operation takes or answers."""
    if "requestBody" in operation:
        for media_type, content in operation["requestBody"]["content"].items():
            yield "request", media_type, content
    for status, response in operation["responses"].items():
        for media_type, content in resolved(response).get("content", {}).items():
            yield status, media_type, content


def is_needed(where, media_type):
    return media_type not in NOT_SHOWN and (where == "request" or where.startswith("2"))


def validator_of(schema):
    pointed = {"$ref": f"openapi{schema['$ref']}"} if "$ref" in schema else schema
    return OAS31Validator(pointed, registry=REGISTRY, format_checker=oas31_format_checker)


def test_the_committed_document_is_the_present_one():
    generated = SchemaGenerator().get_schema(request=None, public=True)

    rendered = OpenApiJsonRenderer().render(generated, renderer_context={})

    assert rendered == COMMITTED.read_bytes(), "run `make schema` and commit docs/openapi.json"


def test_the_document_is_valid_openapi_3_1():
    validate(DOCUMENT)

    assert DOCUMENT["openapi"] == "3.1.0"


def test_every_exchange_belongs_to_an_operation():
    named = {operation["operationId"] for _, operation in EACH}

    assert set(all_exchanges()) - named == set()


def test_no_body_lacks_an_example():
    lacking = [
        f"{operation['operationId']} {where} {media_type}"
        for _, operation in EACH
        for where, media_type, content in bodies_of(operation)
        if is_needed(where, media_type) and not content.get("examples")
    ]

    assert lacking == [], "give them an exchange in api/v1/examples.py"


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_every_example_fits_its_schema(method, operation):
    for where, media_type, content in bodies_of(operation):
        for name, example in content.get("examples", {}).items():
            errors = list(validator_of(content["schema"]).iter_errors(example["value"]))
            assert not errors, (where, media_type, name, errors[0].message, errors[0].json_path)


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_every_operation_is_told_in_words(method, operation):
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    assert [each for each in parameters_of(operation) if not each.get("description")] == []
    assert all(resolved(each)["description"] for each in operation["responses"].values())


def parameters_of(operation):
    parameters = [resolved(each) for each in operation.get("parameters", [])]
    return [each for each in parameters if each["in"] != "path"]


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_every_operation_names_the_problems_all_of_its_kind_have(method, operation):
    statuses = set(operation["responses"])
    signed_in = operation["operationId"] not in PUBLIC

    assert {"406", "426"} <= statuses
    assert ({"sessionToken": []} in operation.get("security", [])) is signed_in
    assert not signed_in or {"401", "503"} <= statuses
    assert method not in METHODS_WITH_BODY or {"400", "413", "415", "422"} <= statuses


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_all_but_successes_are_problem_documents(method, operation):
    for status, response in operation["responses"].items():
        content = resolved(response).get("content", {})
        assert status.startswith(("2", "3")) or list(content) == [CONTENT_TYPE]


def test_problems_that_pass_by_themselves_say_when_to_come_back():
    responses = DOCUMENT["components"]["responses"]
    passing = {
        name: response
        for name, response in responses.items()
        if "TemporarilyUnavailable" in name or "PersonBusy" in name or "TooMany" in name
    }

    assert passing
    assert [name for name, each in passing.items() if "Retry-After" not in each["headers"]] == []


def test_the_served_document_is_the_committed_one(client):
    served = client.get("/v1/schema?format=json").json()

    assert served == DOCUMENT


@pytest.mark.django_db
@pytest.mark.parametrize("tag", RECORDS)
def test_the_examples_of_records_are_answered_as_they_say(phone, tag):
    route = f"/v1/{tag.replace('_', '-')}"
    exchange = all_exchanges()[f"{tag}_create"]

    created = phone.post(route, exchange.requests["new"])
    listed = phone.get(route)

    expected = [all_exchanges()[f"{tag}_{name}"] for name in ("create", "list")]
    assert lasting(created.json()) == lasting(expected[0].answers[201])
    assert lasting(listed.json()["items"][0]) == lasting(expected[1].answers[200]["items"][0])


def lasting(record):
    return {name: value for name, value in record.items() if name not in MADE_BY_THE_SERVER}


@pytest.mark.django_db
def test_the_example_of_a_batch_is_taken(phone):
    answer = phone.post("/v1/sync", all_exchanges()["sync_push"].requests["batch"])

    assert answer.status_code == 200
    assert [each["status"] for each in answer.json()["results"]] == ["applied", "conflict"]


@pytest.mark.django_db
def test_the_example_of_a_problem_is_what_a_phone_gets(phone):
    answer = phone.get("/v1/episodes/0c7d1a52-7d5b-4a53-9a4e-1f0d6d3e7b21")

    document = is_problem(answer, 404, "record-not-found")
    shown = resolved(DOCUMENT["paths"]["/v1/episodes/{id}"]["get"]["responses"]["404"])
    [example] = shown["content"][CONTENT_TYPE]["examples"].values()
    assert document | {"instance": ""} == example["value"] | {"instance": ""}
    assert settings.PROBLEM_TYPE_BASE in document["type"]
