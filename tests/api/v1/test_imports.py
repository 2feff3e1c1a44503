"""Bringing an older diary over HTTP: who may, what is answered, and what is refused how."""

import gzip

import pytest

from api.parsers import MAX_BODY_BYTES
from api.v1.exchanges import all_exchanges
from diary.domain.imports.columns import CHECK_IN_COLUMNS, EPISODE_COLUMNS
from tests.api.conftest import is_problem

pytestmark = pytest.mark.django_db

PATH = "/v1/imports"
EPISODES = "start_local;strength;note\r\n2024-03-05 08:15;4;canary-note\r\n2024-03-06;;\r\n"
WRONG = EPISODES + "never;eleven;canary-note\r\n2024-03-07;4;;;left over\r\n"
TODAYS_SIGN = "start_local,symptoms_present\n{day},seizure\n"


def bring(phone, text, query="type=episode", content_type="text/csv", **headers):
    return phone.client.post(
        f"{PATH}?{query}",
        text.encode() if isinstance(text, str) else text,
        content_type=content_type,
        headers=phone.headers() | headers,
    )


def episodes(phone):
    return phone.get("/v1/episodes").json()["items"]


def test_a_dry_run_answers_with_every_line_and_writes_nothing(phone):
    answer = bring(phone, WRONG, "type=episode&dry_run=true&time_zone=Asia/Taipei")

    body = answer.json()
    assert answer.status_code == 200
    assert body["counts"] == {"created": 2, "already_there": 0, "wrong": 2, "comments": 0}
    assert (body["type"], body["dry_run"], body["time_zone"]) == ("episode", True, "Asia/Taipei")
    assert [(each["line"], each["status"], each["day"]) for each in body["lines"]] == [
        (2, "created", "2024-03-05"),
        (3, "created", "2024-03-06"),
    ]
    assert [(each["line"], each["column"], each["code"]) for each in body["errors"]] == [
        (4, "start_local", "date_format"),
        (4, "strength", "whole_number"),
        (5, "", "cell_without_column"),
    ]
    assert body["advice"] == []
    assert episodes(phone) == []


def test_the_example_of_the_contract_is_answered_as_it_says(phone):
    exchange = all_exchanges()["imports_create"]
    file = exchange.requests["semicolons"]
    bring(phone, "".join(file.splitlines(keepends=True)[:2]), "type=episode&time_zone=Asia/Taipei")

    answer = bring(phone, file, "type=episode&dry_run=true&time_zone=Asia/Taipei")

    assert answer.json() == exchange.answers[200]


def test_the_import_writes_what_the_dry_run_said_and_a_second_one_nothing(phone):
    said = bring(phone, EPISODES, "type=episode&dry_run=true").json()
    done = bring(phone, EPISODES, "type=episode&dry_run=false").json()
    again = bring(phone, EPISODES).json()

    assert done == said | {"dry_run": False}
    assert {each["id"] for each in episodes(phone)} == {each["id"] for each in done["lines"]}
    assert again["counts"] == {"created": 0, "already_there": 2, "wrong": 0, "comments": 0}
    assert {each["reason"] for each in again["lines"]} == {"same_record"}
    assert len(episodes(phone)) == 2


def test_an_imported_episode_reads_like_one_that_was_logged(phone):
    bring(phone, EPISODES, "type=episode&time_zone=Europe/Berlin")

    newest, oldest = episodes(phone)

    assert newest["data"]["start"]["precision"] == "day"
    assert oldest["data"]["start"] == {
        "at": "2024-03-05T08:15:00+01:00",
        "time_zone": "Europe/Berlin",
        "zone_source": "user",
        "precision": "minute",
    }
    assert oldest["derived"] == {"local_date": "2024-03-05", "time_flags": []}


def test_one_wrong_line_is_a_problem_that_names_every_wrong_cell(phone):
    answer = bring(phone, WRONG)

    document = is_problem(answer, 422, "invalid-record")
    assert [error["pointer"] for error in document["errors"]] == [
        "#/lines/4/start_local",
        "#/lines/4/strength",
        "#/lines/5",
    ]
    assert "canary" not in answer.content.decode()
    assert episodes(phone) == []


@pytest.mark.parametrize("dry_run", ["true", "false"])
@pytest.mark.parametrize(
    ("text", "pointer", "code"),
    [
        ("", "#/lines/1", "no_header"),
        ("start_local,mood\n", "#/lines/1", "unknown_column"),
        (b"start_local\n2024\xe9\n", "#/lines/2", "not_utf_8"),
        ('start_local\n"2024', "#/lines/2", "quotation_marks"),
        ("start_local\n" + "2024-03-05\n" * 5_001, "#/lines/5002", "too_many_lines"),
    ],
)
def test_a_file_that_is_no_table_is_a_problem_in_a_dry_run_too(phone, text, pointer, code, dry_run):
    answer = bring(phone, text, f"type=episode&dry_run={dry_run}")

    [error] = is_problem(answer, 422, "invalid-record")["errors"]
    assert (error["pointer"], error["code"]) == (pointer, code)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("", "#/type"),
        ("type=medication", "#/type"),
        ("type=episode&dry_run=maybe", "#/dry_run"),
        ("type=episode&time_zone=Mars/Base", "#/time_zone"),
        ("type=episode&time_zone=", "#/time_zone"),
        ("type=episode&date_order=ydm", "#/date_order"),
        ("type=episode&dryrun=true", "#/dryrun"),
    ],
)
def test_a_query_we_did_not_offer_is_refused_and_nothing_is_written(phone, query, pointer):
    [error] = is_problem(bring(phone, EPISODES, query), 422, "invalid-record")["errors"]

    assert error["pointer"] == pointer
    assert episodes(phone) == []


def test_the_largest_file_is_read_and_a_byte_more_refused(phone):
    comment = b"#" + b"x" * 62 + b"\n"
    largest = b"start_local\n".ljust(64, b"\n") + comment * (MAX_BODY_BYTES // 64 - 1)

    assert bring(phone, largest, "type=episode&dry_run=true").status_code == 200
    is_problem(bring(phone, largest + b"x"), 413)


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data"])
def test_another_kind_of_body_is_refused(phone, content_type):
    is_problem(bring(phone, EPISODES, content_type=content_type), 415)


def test_a_compressed_body_is_no_table(phone):
    is_problem(bring(phone, gzip.compress(EPISODES.encode())), 422, "invalid-record")


def test_a_warning_sign_of_today_is_answered_with_its_advice(phone):
    day = phone.get("/v1/assessment").json()["today"]

    answer = bring(phone, TODAYS_SIGN.format(day=day))
    again = bring(phone, TODAYS_SIGN.format(day=day))

    [advice] = answer.json()["advice"]
    assert (advice["rule"], advice["level"]) == ("E3", "emergency")
    assert again.json()["advice"] == [advice]


@pytest.mark.parametrize(
    ("type_", "columns"), [("episode", EPISODE_COLUMNS), ("check_in", CHECK_IN_COLUMNS)]
)
def test_the_template_names_every_column_and_imports_nothing(phone, type_, columns):
    answer = phone.get(f"{PATH}/template?type={type_}")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="{type_.replace("_", "-")}s.csv"' in answer.headers["Content-Disposition"]
    header = answer.content.decode("utf-8-sig").splitlines()[0]
    assert header == ",".join(column.name for column in columns)
    counts = bring(phone, answer.content, f"type={type_}").json()["counts"]
    assert counts == {"created": 0, "already_there": 0, "wrong": 0, "comments": 1}


def test_a_template_of_another_type_does_not_exist(phone):
    is_problem(phone.get(f"{PATH}/template?type=problem"), 422, "invalid-record")


def test_nobody_imports_or_reads_a_template_without_a_session(another_phone):
    stranger = another_phone()

    is_problem(bring(stranger, EPISODES), 401, "unauthenticated")
    is_problem(stranger.get(f"{PATH}/template?type=episode"), 401, "unauthenticated")


def test_a_stranger_sees_nothing_of_an_import_and_brings_the_same_file_to_their_own(
    phone, signed_up
):
    bring(phone, EPISODES)
    stranger = signed_up("stranger@example.org")

    assert episodes(stranger) == []
    said = bring(stranger, EPISODES, "type=episode&dry_run=true").json()
    assert said["counts"]["created"] == 2
    bring(stranger, EPISODES)
    assert len(episodes(phone)) == len(episodes(stranger)) == 2


def test_nothing_about_health_is_logged(phone, caplog):
    bring(phone, WRONG)
    bring(phone, EPISODES)

    assert "canary" not in caplog.text


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_an_import_is_only_posted(phone, method):
    answer = getattr(phone.client, method)(f"{PATH}?type=episode", headers=phone.headers())

    is_problem(answer, 405)
