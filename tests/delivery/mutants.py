"""Ways to break the outbox, each of which has lost or doubled messages somewhere."""

from tests.mutation import Mutant

MUTANTS = (
    Mutant(
        name="mark_before_send",  # a delivery is written down as delivered, then sent
        place="diary.delivery:_Outbox._judged",
        old="return judge(delivery, now=self._clock())",
        new="letter = judge(delivery, now=self._clock()); "
        "arrived = Result(outcome=Outcome.DELIVERED); "
        "letter and record(delivery, arrived, now=self._clock(), jitter=0); return letter",
        killer="delivery/test_sending.py::test_n8_a_crash_before_sending_loses_nothing",
    ),
    Mutant(
        name="no_lease",  # a lease is over when it is taken
        place="diary.delivery:_Outbox.begin",
        old="until=now + LEASE",
        new="until=now - LEASE / 10",
        killer="delivery/test_many_workers.py::test_n10_five_outboxes_at_once_send_nothing_twice",
    ),
    Mutant(
        name="no_dedupe_key",  # the same news to the same endpoint is another delivery each time
        place="diary.domain.deliveries:_planned_step",
        old="{way.endpoint}:{step}",
        new="{way.endpoint}:{step}:{object()!r}",
        killer="delivery/test_telling.py"
        "::test_planning_again_what_was_planned_writes_no_second_delivery",
    ),
    Mutant(
        name="new_key_for_each_copy",  # what is sent carries a key of its own each time
        place="diary.delivery:message_of",
        old="key=str(letter.key)",
        new="key=f'{letter.key}{random.random()}'",
        killer="delivery/test_sending.py"
        "::test_n8_a_crash_between_sending_and_marking_sends_a_copy_with_the_same_key",
    ),
)
