"""Opening, reading and ending a share, with a clock set by hand."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction

from diary.domain.errors import LimitReached, RecordNotFound
from diary.domain.retention import TERMS, Kept
from diary.models.isolation import acting_for
from reports.domain.sharing import (
    MOST_SHARES,
    MOST_WRONG_PINS,
    SESSION_LASTS,
    SharedForm,
    ShareState,
)
from reports.models import Report, ReportDue, Share, ShareKey, ShareSession, ShareView
from reports.operations import make_queued_reports
from reports.operations.shares import (
    close_session,
    forget_shares,
    open_share,
    read_shared,
    revoke_share,
    share_report,
)
from reports.queries.shares import share_of, shares_of, views_of
from reports.tasks import make_queued
from tests.everybody import every
from tests.factories import NOW, make_person
from tests.reports.shared import (
    DOCTOR,
    FHIR,
    LASTS,
    PAGE,
    PDF,
    PIN,
    opened,
    ready_report,
    shared,
    terms,
)

KEPT_AFTER_END = timedelta(days=TERMS[Kept.SHARES].days)
pytestmark = pytest.mark.django_db

TICK = timedelta(seconds=1)
DAY = timedelta(days=1)
OTHER_BROWSER = replace(DOCTOR, browser="Safari")


@pytest.fixture
def alice():
    return make_person("alice")


def seen(token, form=SharedForm.PAGE, *, now=NOW):
    found = read_shared(token, form, DOCTOR, now=now)
    return found and found.content


def wrongly(granted, *, now=NOW):
    return open_share(granted.secret, "000001", DOCTOR, now=now)


def listed(person, granted, *, now=NOW):
    with acting_for(person.pk):
        return share_of(person.pk, granted.share.id, now=now)


def log_of(person, granted):
    with acting_for(person.pk):
        views = views_of(person.pk, granted.share.id)
    return [(view.what, view.recipient, view.network, view.browser) for view in reversed(views)]


def test_who_has_link_and_pin_reads_each_form_as_it_was_made(alice):
    token = opened(shared(alice))

    assert [seen(token, form) for form in SharedForm] == [PAGE, PDF, FHIR]


def test_each_look_is_logged_with_the_name_that_was_given(alice):
    granted = shared(alice)

    token = opened(granted)
    seen(token, now=NOW + TICK)
    seen(token, SharedForm.PDF, now=NOW + 2 * TICK)

    who = (DOCTOR.recipient, DOCTOR.network, DOCTOR.browser)
    assert log_of(alice, granted) == [("opened", *who), ("page", *who), ("pdf", *who)]
    assert listed(alice, granted).last_viewed_at == NOW + 2 * TICK


def test_reloading_does_not_fill_the_log(alice):
    granted = shared(alice)
    token = opened(granted)

    for seconds in range(0, 120, 5):
        seen(token, now=NOW + seconds * TICK)
    read_shared(token, SharedForm.PAGE, OTHER_BROWSER, now=NOW + 120 * TICK - TICK)

    kinds = [(what, browser) for what, _, _, browser in log_of(alice, granted)]
    assert kinds.count(("page", DOCTOR.browser)) == 2
    assert kinds.count(("page", OTHER_BROWSER.browser)) == 1


def test_a_refused_try_is_no_look_but_the_person_sees_how_many_there_were(alice):
    granted = shared(alice)

    assert wrongly(granted) is None

    found = listed(alice, granted)
    assert (found.share.wrong_pins, found.last_viewed_at) == (1, None)
    assert log_of(alice, granted) == []


def test_five_wrong_pins_in_the_life_of_a_link_shut_it(alice):
    granted = shared(alice)

    for day in range(MOST_WRONG_PINS):
        assert wrongly(granted, now=NOW + day * DAY) is None

    later = NOW + 5 * DAY
    assert open_share(granted.secret, PIN, DOCTOR, now=later) is None
    assert listed(alice, granted, now=later).state is ShareState.LOCKED


def test_a_right_pin_costs_no_try_and_gives_none_back(alice):
    granted = shared(alice)
    for _ in range(MOST_WRONG_PINS - 1):
        wrongly(granted)

    for _ in range(3):
        opened(granted)

    assert listed(alice, granted).share.wrong_pins == MOST_WRONG_PINS - 1
    assert wrongly(granted) is None
    assert open_share(granted.secret, PIN, DOCTOR, now=NOW) is None


def test_who_is_reading_is_not_thrown_out_by_somebody_who_guesses(alice):
    granted = shared(alice)
    token = opened(granted)

    for _ in range(MOST_WRONG_PINS):
        wrongly(granted)

    assert seen(token) == PAGE


def test_a_link_ends_when_it_expires_and_so_does_who_is_reading(alice):
    granted = shared(alice)
    end = NOW + LASTS
    token = opened(granted, now=end - TICK)

    assert seen(token, now=end - TICK) == PAGE
    assert seen(token, now=end) is None
    assert open_share(granted.secret, PIN, DOCTOR, now=end) is None


def test_a_session_ends_after_half_an_hour_and_the_link_can_be_opened_again(alice):
    granted = shared(alice)
    token = opened(granted)

    assert seen(token, now=NOW + SESSION_LASTS - TICK) == PAGE
    assert seen(token, now=NOW + SESSION_LASTS) is None
    assert seen(opened(granted, now=NOW + SESSION_LASTS), now=NOW + SESSION_LASTS) == PAGE


def test_taking_back_ends_the_link_and_who_is_reading_at_once(alice):
    granted = shared(alice)
    token = opened(granted)

    revoke_share(alice.pk, granted.share.id, now=NOW)

    assert seen(token) is None
    assert open_share(granted.secret, PIN, DOCTOR, now=NOW) is None
    assert listed(alice, granted).state is ShareState.REVOKED
    assert every(ShareSession).count() == 0


def test_taking_back_twice_keeps_the_first_time(alice):
    granted = shared(alice)
    revoke_share(alice.pk, granted.share.id, now=NOW)

    revoke_share(alice.pk, granted.share.id, now=NOW + DAY)

    assert listed(alice, granted).share.ended_at == NOW


def test_taken_back_while_the_pin_was_hashed_opens_nothing(alice, monkeypatch):
    granted = shared(alice)

    def slow_hash(*_):
        revoke_share(alice.pk, granted.share.id, now=NOW)
        return True

    monkeypatch.setattr("reports.operations.shares.check_password", slow_hash)

    assert open_share(granted.secret, PIN, DOCTOR, now=NOW) is None
    assert every(ShareSession).count() == 0


def test_closing_ends_one_session_only(alice):
    granted = shared(alice)
    one, other = opened(granted), opened(granted)

    close_session(one)

    assert (seen(one), seen(other)) == (None, PAGE)


def test_the_link_is_no_session_and_a_session_no_link(alice):
    granted = shared(alice)
    token = opened(granted)

    assert seen(granted.secret) is None
    assert open_share(token, PIN, DOCTOR, now=NOW) is None


def test_the_pin_of_one_link_does_not_open_another(alice):
    one, other = shared(alice), shared(alice, pin="917305")

    assert open_share(one.secret, other.pin, DOCTOR, now=NOW) is None
    assert seen(opened(other)) == PAGE


def test_closed_accounts_share_nothing(alice):
    granted = shared(alice)
    token = opened(granted)
    alice.is_active = False
    alice.save()

    assert seen(token) is None
    assert open_share(granted.secret, PIN, DOCTOR, now=NOW) is None


def test_what_opens_a_link_is_not_in_the_tables(alice):
    granted = shared(alice)
    token = opened(granted)

    with acting_for(alice.pk), connection.cursor() as cursor:
        rows = []
        for table in ("share", "share_key", "share_session", "share_view"):
            cursor.execute(f"SELECT to_jsonb({table})::text FROM {table}")
            rows += [text for (text,) in cursor.fetchall()]
    assert len(rows) == 4
    assert not [row for row in rows for opener in (granted.secret, PIN, token) if opener in row]


def test_somebody_elses_share_is_not_there(alice):
    granted = shared(alice)
    bob = make_person("bob")

    with pytest.raises(RecordNotFound):
        revoke_share(bob.pk, granted.share.id, now=NOW)
    with pytest.raises(RecordNotFound):
        listed(bob, granted)
    assert seen(opened(granted)) == PAGE


def test_a_shared_report_is_kept_until_its_link_ends(alice):
    granted = shared(alice, lasts=90 * DAY)
    last = NOW + 90 * DAY - TICK

    assert make_queued_reports(now=last, limit=9) == 0
    assert seen(opened(granted, now=last), now=last) == PAGE

    make_queued_reports(now=NOW + 90 * DAY, limit=9)
    with acting_for(alice.pk):
        assert not Report.objects.exists()
    assert not every(ReportDue).exists()
    assert listed(alice, granted, now=NOW + 90 * DAY).state is ShareState.EXPIRED


def test_a_short_share_does_not_shorten_the_life_of_a_report(alice):
    report = ready_report(alice)

    share_report(alice.pk, terms(report), now=NOW)

    with acting_for(alice.pk):
        assert Report.objects.get().expires_at == report.expires_at


def test_no_more_than_ten_can_be_open_and_ended_ones_make_room(alice):
    report = ready_report(alice)
    granted = [share_report(alice.pk, terms(report), now=NOW) for _ in range(MOST_SHARES)]

    with pytest.raises(LimitReached):
        share_report(alice.pk, terms(report), now=NOW)

    revoke_share(alice.pk, granted[0].share.id, now=NOW)
    share_report(alice.pk, terms(report), now=NOW + TICK)
    with acting_for(alice.pk):
        states = [one.state for one in shares_of(alice.pk, now=NOW + TICK)]
    assert states.count(ShareState.OPEN) == MOST_SHARES


@pytest.mark.parametrize("revoked", [True, False])
def test_a_share_and_its_log_are_forgotten_90_days_after_it_ended(alice, revoked):
    granted = shared(alice)
    opened(granted)
    if revoked:
        revoke_share(alice.pk, granted.share.id, now=NOW)
    end = NOW if revoked else NOW + LASTS

    assert forget_shares(now=end + KEPT_AFTER_END - TICK, limit=9) == 0
    assert log_of(alice, granted)
    assert forget_shares(now=end + KEPT_AFTER_END, limit=9) == 1

    with acting_for(alice.pk):
        assert (Share.objects.count(), ShareView.objects.count()) == (0, 0)
    assert not every(ShareKey).exists()


def test_sessions_that_have_run_out_are_swept_and_others_stay(alice):
    granted = shared(alice)
    opened(granted)
    token = opened(granted, now=NOW + TICK)

    forget_shares(now=NOW + SESSION_LASTS, limit=9)

    assert every(ShareSession).count() == 1
    assert seen(token, now=NOW + SESSION_LASTS) == PAGE


def test_the_sweep_of_reports_forgets_shares(alice):
    shared(alice)

    with time_machine.travel(NOW + LASTS + KEPT_AFTER_END):
        make_queued()

    assert not every(ShareKey).exists()


def test_a_link_outlives_the_process_and_its_key(alice, settings):
    granted = shared(alice)
    token = opened(granted)

    settings.SECRET_KEY = "another key after a restart"

    assert seen(token) == PAGE
    assert opened(granted)


def test_the_log_cannot_be_changed_or_thinned_out_by_the_service(alice):
    opened(shared(alice))

    for statement in ("UPDATE share_view SET recipient = ''", "DELETE FROM share_view"):
        with (
            acting_for(alice.pk),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_an_unknown_link_is_refused():
    assert open_share(uuid4().hex, PIN, DOCTOR, now=NOW) is None
