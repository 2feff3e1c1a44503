"""Insights: what the stored looks say, the days behind them, and the removal experiments.

Reading never looks: the statistics are asked once a week and once a month, however often a phone
comes by.
"""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_person
from api.problem_schema import problems
from api.v1.insight_answers import (
    DaysAnswer,
    ExperimentsAnswer,
    TrendsAnswer,
    TriggersAnswer,
    Waiting,
    day_json,
    experiments_json,
    trends_json,
    triggers_json,
)
from diary.domain.entries import Person
from diary.domain.errors import FieldError, InvalidRecord
from diary.domain.escalation import LOOK_DAYS
from diary.domain.insights import trend_days_needed, trigger_days_needed
from diary.domain.look_slots import LookKind
from diary.domain.triggers import TRIGGER_DAYS
from diary.models.isolation import acting_for
from diary.queries.due_looks import next_look_on
from diary.queries.looks import experiments_of, newest_look
from diary.queries.people import known_person, today_of
from diary.queries.views import days_between

LONGEST_SPAN_DAYS = 366
_SPAN = [
    OpenApiParameter(
        name,
        OpenApiTypes.DATE,
        required=True,
        description=f"{word} local date, YYYY-MM-DD, included.",
    )
    for name, word in (("from", "First"), ("to", "Last"))
]


class Trends(APIView):
    """The newest weekly look, in numbers and in words."""

    @extend_schema(
        tags=["insights"],
        operation_id="insights_trends",
        summary="Read the newest weekly look",
        description=(
            "Frequency and severity, in numbers and in words. Reading starts no test: a worker"
            " looks once a week, at a fixed time of each person's own."
        ),
        responses={200: TrendsAnswer},
    )
    def get(self, request: Request) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            person, today = _person_today(person_id)
            look = newest_look(person_id, LookKind.WEEKLY)
            days = days_between(person_id, today - timedelta(days=LOOK_DAYS - 1), today)
            needed = trend_days_needed(days, today=today)
            waiting = _waiting(person_id, person, LookKind.WEEKLY, needed)
        return Response(trends_json(look, waiting, person.language))


class Triggers(APIView):
    """The newest monthly look: each factor with its day counts, and what must be said beside it."""

    @extend_schema(
        tags=["insights"],
        operation_id="insights_triggers",
        summary="Read the newest monthly look",
        description=(
            "Each factor with its day counts, and the caveats that must be shown beside it."
            " `shown_ratio` is drawn toward 1; never show `ratio` alone."
        ),
        responses={200: TriggersAnswer},
    )
    def get(self, request: Request) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            person, today = _person_today(person_id)
            look = newest_look(person_id, LookKind.MONTHLY)
            days = days_between(person_id, today - timedelta(days=TRIGGER_DAYS - 1), today)
            observed = sum(day.observed and day.checked_in for day in days)
            needed = trigger_days_needed(observed)
            waiting = _waiting(person_id, person, LookKind.MONTHLY, needed)
        return Response(triggers_json(look, observed, waiting, person.language))


class Days(APIView):
    """Each local date of a span: twitch, quiet or no record."""

    @extend_schema(
        tags=["insights"],
        operation_id="insights_days",
        summary="Read the days of a span",
        description="One item for each local date, at most 366: twitch, quiet or no record.",
        parameters=_SPAN,
        responses={200: DaysAnswer} | problems(InvalidRecord),
    )
    def get(self, request: Request) -> Response:
        first, last = _span(request)
        person_id = calling_person(request)
        with acting_for(person_id):
            rows = {day.local_date: day for day in days_between(person_id, first, last)}
        dates = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return Response({"items": [day_json(each, rows.get(each)) for each in dates]})


class Experiments(APIView):
    """Each remedy trial: the days before against the days with it."""

    @extend_schema(
        tags=["insights"],
        operation_id="insights_experiments",
        summary="Read the removal experiments",
        description="Each remedy trial: up to 28 days of it against the 28 days before.",
        responses={200: ExperimentsAnswer},
    )
    def get(self, request: Request) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            person, today = _person_today(person_id)
            experiments = experiments_of(person_id, today=today)
        return Response(experiments_json(experiments, person.language))


def _person_today(person_id: UUID) -> tuple[Person, date]:
    person = known_person(person_id)
    return person, today_of(person, now=timezone.now())


def _waiting(person_id: UUID, person: Person, kind: LookKind, days_needed: int) -> Waiting:
    next_on = next_look_on(person_id, kind, person.time_zone, now=timezone.now())
    return Waiting(days_needed=days_needed, next_look_on=next_on)


def _span(request: Request) -> tuple[date, date]:
    """Return the asked dates. Raises InvalidRecord for no dates and for a span that cannot be."""
    first, last = (_date(request, name) for name in ("from", "to"))
    if not 0 <= (last - first).days < LONGEST_SPAN_DAYS:
        detail = f"`to` is not before `from`, and both frame at most {LONGEST_SPAN_DAYS} days."
        raise InvalidRecord((FieldError(path=("to",), code="span", detail=detail),))
    return first, last


def _date(request: Request, name: str) -> date:
    try:
        return date.fromisoformat(request.query_params.get(name, ""))
    except ValueError:
        detail = f"`{name}` is a date, YYYY-MM-DD."
        raise InvalidRecord((FieldError(path=(name,), code="date", detail=detail),)) from None
