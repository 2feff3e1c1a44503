"""Putting a case through the real write path and undoing it, so that nothing stays."""

import uuid
from datetime import UTC, date, datetime, time

from django.db import transaction
from pydantic import ValidationError

from diary.domain.assessment import assess
from diary.domain.cases.conversion import CaseRecords, records_of
from diary.domain.cases.errors import CaseFileError
from diary.domain.cases.files import Case
from diary.domain.cases.scoring import CaseAnswer, answer_of
from diary.domain.reading import field_errors
from diary.domain.wire.profile import ProfileData
from diary.models.isolation import acting_for
from diary.models.people import User
from diary.operations.profile import save_profile
from diary.operations.records import Operation, Outcome, Status, apply_operations
from diary.queries.views import view_of

UNDATED_ASKED_ON = date(2024, 1, 15)  # any fixed day: the answer must not depend on today
_NAMES = uuid.UUID("6f0d9a0e-5f0a-5c1c-9d8b-2b1f6f1c7a55")


def evaluate(case: Case) -> CaseAnswer:
    """Return the assessment of a case, made by a person who exists only during the call.

    The person, the profile and the records are written through the operations that phones use, in
    one transaction that is rolled back whatever happens. The clock stands at noon UTC of the day of
    the question. Raises CaseFileError when a record is not accepted.
    """
    asked_on = case.asked or UNDATED_ASKED_ON
    records = records_of(case, asked_on=asked_on)
    now = datetime.combine(asked_on, time(12), tzinfo=UTC)
    with transaction.atomic():
        answer = _assessed(case.id, records, now=now)
        transaction.set_rollback(True)
    return answer


def _assessed(case_id: str, records: CaseRecords, *, now: datetime) -> CaseAnswer:
    person = User.objects.create_user(f"{uuid.uuid4()}@case.invalid")
    save_profile(person.id, _profile(case_id, records), base_version=0, now=now)
    batch = apply_operations(person_id=person.id, operations=_operations(case_id, records), now=now)
    _refuse_unapplied(case_id, batch.outcomes)
    with acting_for(person.id):
        return answer_of(case_id, assess(view_of(person.id, now=now)))


def _profile(case_id: str, records: CaseRecords) -> ProfileData:
    try:
        return ProfileData.model_validate(dict(records.profile))
    except ValidationError as error:
        paths = [".".join(map(str, wrong.path)) for wrong in field_errors(error)]
        raise CaseFileError(f"Case {case_id}: profile not accepted: {', '.join(paths)}.") from None


def _operations(case_id: str, records: CaseRecords) -> tuple[Operation, ...]:
    return tuple(
        Operation(
            op_id=uuid.uuid5(_NAMES, f"{case_id}/{number}/operation"),
            type=record.type,
            id=uuid.uuid5(_NAMES, f"{case_id}/{number}/record"),
            base_version=0,
            data=record.data,
        )
        for number, record in enumerate(records.records)
    )


def _refuse_unapplied(case_id: str, outcomes: tuple[Outcome, ...]) -> None:
    refused = [outcome for outcome in outcomes if outcome.status is not Status.APPLIED]
    if not refused:
        return
    wrong = [
        f"{'.'.join(map(str, error.path))}: {error.detail}"
        for outcome in refused
        for error in outcome.errors
    ]
    raise CaseFileError(
        f"Case {case_id}: {refused[0].status.value} record. {' '.join(wrong)}".rstrip()
    )
