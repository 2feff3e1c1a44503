"""The vocabulary and the description of the API, both public."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_vocabulary_is_public_and_labelled_in_the_asked_language(client):
    english = client.get("/v1/vocabulary?language=en").json()
    chinese = client.get("/v1/vocabulary?language=zh-Hant").json()

    assert english["version"] == chinese["version"]
    assert english["lists"].keys() == chinese["lists"].keys()
    assert english["lists"] != chinese["lists"]


def test_an_unchanged_vocabulary_is_not_sent_again(client):
    tag = client.get("/v1/vocabulary").headers["ETag"]

    again = client.get("/v1/vocabulary", headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_the_schema_is_openapi_3_1_and_names_every_route(client):
    schema = client.get("/v1/schema?format=json").json()

    assert schema["openapi"].startswith("3.1")
    assert {"/v1/episodes", "/v1/check-ins/{id}", "/v1/alerts", "/v1/profile"} <= set(
        schema["paths"]
    )


def test_the_docs_page_needs_nothing_from_elsewhere(client):
    page = client.get("/v1/docs").content.decode()

    assert "https://" not in page
    assert "//cdn" not in page
