"""Recording looks: a row is inserted once and never changed."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from diary.domain.findings import Finding
from diary.domain.look_slots import LookKind
from diary.models import Look
from diary.operations.storing import Writing, inserting, run
from diary.queries.alerts import columns_of_finding, plain


def record_look(  # noqa: PLR0913 - all by name
    person_id: uuid.UUID,
    kind: LookKind,
    *,
    at: datetime,
    today: date,
    findings: Sequence[Finding] = (),
    numbers: Mapping[str, Any] | None = None,
    period: date | None = None,
    beside: Sequence[Writing] = (),
) -> Look:
    """Insert a look with what it found and return it. Call inside `acting_for(person_id)`.

    `beside` is written by the same statement.

    Raises IntegrityError when the look of this `period` exists.
    """
    columns = {
        "person_id": person_id,
        "id": uuid.uuid4(),
        "kind": kind.value,
        "period": period,
        "at": at,
        "today": today,
        "findings": [plain(columns_of_finding(finding)) for finding in findings],
        "numbers": dict(numbers or {}),
    }
    run(inserting(Look, [columns]), *beside)
    return Look(**columns)
