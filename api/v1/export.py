"""The export of everything: one file, for the person alone."""

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from api.authentication import calling_person
from api.files import OneForm
from api.limits import Limit
from api.throttling import charge
from api.v1.reports import download
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
            "A ZIP file with a note, everything as diary.json, and the records as CSV files, all as"
            " they were at one moment."
        ),
        responses={(200, CONTENT_TYPE): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        charge(request, Limit.EXPORTS)
        # Gathered, though it comes in pieces: a client that reads slowly would keep the worker,
        # which does one thing at a time, from everybody else.
        pieces = export_of(calling_person(request), now=timezone.now())
        return download(b"".join(pieces), CONTENT_TYPE, FILE_NAME)
