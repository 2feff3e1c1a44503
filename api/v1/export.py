"""The export of everything: one file, for the person alone."""

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from api.authentication import calling_person, require_recent_reauthentication
from api.files import OneForm
from api.limits import Limit
from api.problem_schema import problems
from api.problem_types import ReauthenticationRequired
from api.throttling import charge
from api.v1.reports import download
from diary.domain.access_log import Access, Action
from diary.operations.access_log import note_access
from reports.operations.export import export_of

CONTENT_TYPE = "application/zip"
FILE_NAME = "diary.zip"


class ExportView(APIView):
    """Everything that is kept about the person."""

    content_negotiation_class = OneForm

    @extend_schema(
        tags=["export"],
        operation_id="export_read",
        summary="Fetch everything that is kept",
        description=(
            "Needs a reauthentication of the last five minutes. A ZIP file with a note, everything"
            " as diary.json, the records and the access log as CSV files, and the reports that are"
            " ready, all as they were at one moment."
        ),
        responses={(200, CONTENT_TYPE): OpenApiTypes.BINARY} | problems(ReauthenticationRequired),
    )
    def get(self, request: Request) -> HttpResponse:
        require_recent_reauthentication(request)
        charge(request, Limit.EXPORTS)
        person_id, now = calling_person(request), timezone.now()
        note_access(person_id, Access(action=Action.EXPORTED, what="everything"), now=now)
        # Gathered, though it comes in pieces: a client that reads slowly would keep the worker,
        # which does one thing at a time, from everybody else.
        pieces = export_of(person_id, now=now)
        return download(b"".join(pieces), CONTENT_TYPE, FILE_NAME)
