"""Six ways to break the protocol. Each has made a service or a phone lose entries somewhere."""

from tests.mutation import Mutant

MUTANTS = (
    Mutant(
        name="no_row_lock",  # a write reads the counter without locking it
        place="diary.operations.counter:lock_counter",
        old=" FOR NO KEY UPDATE",
        new="",
        killer="sync/test_conflicts.py::test_s5_of_two_edits_at_the_same_moment_exactly_one_is_applied",
    ),
    Mutant(
        name="no_operation_id_check",  # an operation that is already applied is applied again
        place="diary.operations.records:_apply",
        old="if operation.op_id in work.earlier or operation.op_id in work.versions:",
        new="if operation.op_id in work.versions:",
        killer="sync/test_retries.py"
        "::test_s1_a_batch_sent_fifty_times_is_one_row_with_the_same_versions_and_advice",
    ),
    Mutant(
        name="counter_after_rows",  # the pull reads rows and counter in two snapshots
        place="diary.queries.sync:changes_since",
        old="    epoch, top, floor = rows[0][:3]\n",
        new="    with connection.cursor() as cursor:\n"
        "        cursor.execute('SELECT pg_sleep(0.02)')\n"
        "    epoch, top, floor = counter.values_list('epoch', 'seq', 'floor').get()\n",
        killer="sync/test_many_writers.py::test_s11_sixteen_writers_and_a_cursor_that_never_skips[1]",
    ),
    Mutant(
        name="always_jump",  # the phone takes the end of its batch as cursor, wherever it began
        place="tests.phone.pulling:take_jump",
        old='    if memory.cursor is not None and answer["from"] == memory.cursor:\n',
        new="    if True:\n",
        killer="sync/test_cursors.py"
        "::test_s14_a_phone_whose_cursor_is_not_from_does_not_jump_and_misses_nothing",
    ),
    Mutant(
        name="no_tombstones",  # the pull leaves deleted records out
        place="diary.queries.sync:changes_since",
        old="records=_opened(person_id, page),",
        new="records=_opened(person_id, [one for one in page if not one[1]['deleted']]),",
        killer="sync/test_cursors.py::test_s13_tombstones_are_told_and_nothing_is_told_twice_at_rest",
    ),
    Mutant(
        name="base_version_not_checked",  # an edit overwrites whatever is there
        place="diary.domain.sync:status_of_write",
        old="held.version == base_version and not held.deleted",
        new="not held.deleted",
        killer="sync/test_conflicts.py"
        "::test_s5_of_two_edits_one_is_applied_and_the_other_is_shown_the_winner",
    ),
)
