"""S4 to S6, S8: two phones, one record, every order."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

from django.db import connection

from tests.factories import check_in, episode
from tests.phone.phone import Ended
from tests.sync.oracles import NONE, violations
from tests.sync.requests import create, delete, edit, everything, results, statuses
from tests.sync.service import history_of, rows_of
from tests.sync.world import Rates, World

CALM = Rates(
    service_crash=0,
    lost_push_answer=0,
    lost_pull_answer=0,
    lost_request=0,
    phone_killed=0,
    bad_operation=0,
)
INTERLEAVINGS = 10  # of the thousand that `make soak` runs


def interleave(person, seed, *, rounds=3):
    """Let two phones log and sync in some order; return the settled world."""
    world = World(person, phones=2, chance=random.Random(seed), rates=CALM)
    steps = [world.log_episode, world.log_episode, world.sync] * rounds
    for act in world.chance.sample(steps, len(steps)):
        act(world.chance.randrange(2))
    world.settle()
    return world


def both_in_step(phone, other, **fields):
    """Return the id of an episode that both phones have."""
    id = phone.log("episode", episode(**fields))
    assert phone.sync() is other.sync() is Ended.IN_STEP
    return id


def test_s4_two_phones_with_records_of_their_own_agree_in_every_order(make_person):
    for seed in range(INTERLEAVINGS):
        world = interleave(make_person(f"person-{seed}"), seed)

        assert violations(world) == NONE, seed


def test_s5_of_two_edits_one_is_applied_and_the_other_is_shown_the_winner(phone):
    record = create()
    results(phone, record)
    mine, theirs = edit(record, 1, note="mine"), edit(record, 1, note="theirs")

    [first], [second] = results(phone, mine), results(phone, theirs)

    assert (first["status"], first["version"]) == ("applied", 2)
    assert second["status"] == "conflict"
    assert (second["server"]["version"], second["server"]["data"]["note"]) == (2, "mine")


def test_s5_of_two_edits_at_the_same_moment_exactly_one_is_applied(alice, phone, other):
    for _ in range(3):
        record = create()
        results(phone, record)
        together = threading.Barrier(2, timeout=20)

        with ThreadPoolExecutor(2) as pool:
            sent = [
                pool.submit(_edit_slowly, each, edit(record, 1, note=name), together)
                for name, each in (("mine", phone), ("theirs", other))
            ]
            answers = sorted((each.result() for each in sent), key=lambda each: each["status"])

        assert [each["status"] for each in answers] == ["applied", "conflict"]
        assert answers[1]["server"]["version"] == 2
        assert rows_of(alice.pk)[f"episode/{record['id']}"][0] == 2


def _edit_slowly(phone, op, together):
    """Send an edit over a connection on which some time passes after every read of a record."""

    def slowly(run, sql, params, many, context):
        answer = run(sql, params, many, context)
        if 'FROM "episode"' in sql:
            time.sleep(0.05)
        return answer

    try:
        with connection.execute_wrapper(slowly):
            together.wait()
            return results(phone, op)[0]
    finally:
        connection.close()


def test_s5_edits_of_different_fields_both_stand(alice, phone, other):
    id = both_in_step(phone, other)
    phone.edit("episode", id, note="mine")
    other.edit("episode", id, strength=9)

    ended = [phone.sync(), other.sync(), phone.sync()]

    assert set(ended) == {Ended.IN_STEP}
    for each in (phone, other):
        shown = each.shown("episode")[id]
        assert (shown["note"], shown["strength"]) == ("mine", 9)
    assert [version.version for version in history_of(alice.pk)] == [1, 2, 3]


def test_s5_of_two_texts_in_one_field_the_loser_is_kept_and_asked_about(phone, other):
    id = both_in_step(phone, other)
    phone.edit("episode", id, note="mine")
    other.edit("episode", id, note="theirs")

    phone.sync(), other.sync()

    [question] = other.memory.to_ask
    assert (question.reason, question.mine["note"]) == ("both_changed", "theirs")
    assert other.shown("episode")[id]["note"] == question.theirs["note"] == "mine"


def test_s5_the_text_the_person_keeps_becomes_the_next_version(alice, phone, other):
    id = both_in_step(phone, other)
    phone.edit("episode", id, note="mine")
    other.edit("episode", id, note="theirs")
    phone.sync(), other.sync()
    other.answer_question(other.memory.to_ask[0], mine=True)

    other.sync(), phone.sync()

    assert phone.shown("episode")[id]["note"] == "theirs"
    assert rows_of(alice.pk)[f"episode/{id}"][0] == 3


def test_s5_two_check_ins_of_one_date_become_one(alice, phone, other):
    phone.log("check_in", check_in(stress=7))
    other.log("check_in", check_in(sleep_hours=6.5))

    phone.sync(), other.sync(), phone.sync()

    [(version, data)] = rows_of(alice.pk).values()
    assert (version, data["stress"], data["sleep_hours"]) == (2, 7, 6.5)
    assert len(phone.shown("check_in")) == len(other.shown("check_in")) == 1


def test_s6_an_edit_outlives_a_deletion_that_had_not_seen_it(phone, other):
    id = both_in_step(phone, other)
    phone.edit("episode", id, note="kept")
    other.delete("episode", id)

    phone.sync(), other.sync(), phone.sync()

    for each in (phone, other):
        assert each.shown("episode")[id]["note"] == "kept"


def test_s6_an_edit_of_what_was_deleted_is_asked_about_and_lives_under_a_new_id(phone, other):
    id = both_in_step(phone, other)
    phone.delete("episode", id)
    other.edit("episode", id, note="kept")
    phone.sync(), other.sync()
    [question] = other.memory.to_ask
    assert (question.reason, question.mine["note"]) == ("deleted", "kept")
    assert other.shown("episode") == {}

    other.answer_question(question, mine=True)
    other.sync(), phone.sync()

    [(new, data)] = phone.shown("episode").items()
    assert new != id
    assert data["note"] == "kept"


def test_s6_deleting_twice_is_a_success(phone):
    record = create()
    results(phone, record)

    first, second = results(phone, delete(record, 1), delete(record, 1))

    assert (first["status"], first["version"]) == ("applied", 2)
    assert (second["status"], second["version"]) == ("already_deleted", 2)


def test_s6_an_edit_of_a_tombstone_is_answered_with_the_tombstone(phone):
    record = create()
    results(phone, record)
    results(phone, delete(record, 1))

    for base in (0, 1, 2):
        [answer] = results(phone, edit(record, base))
        assert answer["status"] == "conflict"
        assert (answer["server"]["deleted"], answer["server"]["data"]) == (True, None)


def test_s8_an_edit_before_its_create_in_one_batch_waits_for_a_retry(phone):
    record = create()
    later = edit(record, 1, note="later")

    first, second = results(phone, later, record)

    assert (first["status"], first["server"]) == ("conflict", None)
    assert second["status"] == "applied"
    assert statuses(phone, later) == ["applied"]


def test_s8_an_edit_before_its_create_across_batches_waits_for_a_retry(phone):
    record = create()
    later = edit(record, 1, note="later")

    assert statuses(phone, later) == ["conflict"]
    assert statuses(phone, record) == ["applied"]
    assert statuses(phone, later) == ["applied"]
    [stored] = everything(phone)
    assert (stored["version"], stored["data"]["note"]) == (2, "later")


def test_s8_every_order_of_create_edit_and_delete_ends_in_the_same_tombstone(alice, phone):
    for order in permutations(range(3)):
        record = create()
        ops = [record, edit(record, 1), delete(record, 2)]

        for _ in range(3):  # a phone sends what is not confirmed again
            statuses(phone, *(ops[place] for place in order))

        version, data = rows_of(alice.pk)[f"episode/{record['id']}"]
        assert (version, data) == (3, None)


def test_s8_a_phone_never_guesses_the_version_an_edit_starts_from(phone, other):
    id = phone.log("episode", episode())
    phone.sync(), other.sync()
    phone.edit("episode", id, note="first")
    phone.memory.put_queued(
        f"episode/{id}", *phone._batch(1)
    )  # on its way, and nobody knows whether it arrived
    phone.edit("episode", id, strength=9)
    other.edit("episode", id, contractions=5)
    other.sync()

    phone.sync(), other.sync()

    for each in (phone, other):
        shown = each.shown("episode")[id]
        assert (shown["note"], shown["strength"], shown["contractions"]) == ("first", 9, 5)
