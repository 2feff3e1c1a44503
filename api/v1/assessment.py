"""Everything known, weighed now."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_person
from api.v1.answers import AssessmentAnswer, assessment_json
from diary.domain.assessment import assess
from diary.domain.held import with_held
from diary.models.isolation import acting_for
from diary.operations.guard import Guard
from diary.queries.alerts import held_findings
from diary.queries.consents import asked_of
from diary.queries.views import view_of


class AssessmentView(APIView):
    """The level, whom to see, each finding with its ground, and the questions still open."""

    @extend_schema(
        tags=["assessment"],
        operation_id="assessment_read",
        summary="Weigh everything known, now",
        description=(
            "The level, whom to see, each finding with its ground, and the open questions whose"
            " answer could change the level. Where something could not be checked, a finding with"
            " the rule `unchecked` stands last, and nothing reassures."
        ),
        responses={200: AssessmentAnswer},
    )
    def get(self, request: Request) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            view = view_of(person_id, now=timezone.now())
            held = () if view.person.diary_only else held_findings(person_id)
            asked = asked_of(person_id)
        missing = [{"code": each.code, "version": each.version} for each in asked if not each.given]
        guard = Guard()
        assessment = with_held(assess(view, ask=guard.ask), held)
        weighed = assessment_json(assessment, view, guard)
        return Response(weighed | {"missing_consents": missing})
