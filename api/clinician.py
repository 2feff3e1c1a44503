"""The pages below /s/: a clinician opens a shared report with the link's secret and the PIN.

No account, no secret in an address, nothing from elsewhere. Every refusal of a link is the same.
"""

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone, translation
from django.views import View

from api import problems
from api.base_address import is_encrypted, is_own_origin
from api.problem_types import BUSY, UNAVAILABLE
from reports.domain.sharing import (
    LONGEST_RECIPIENT,
    SESSION_LASTS,
    SharedForm,
    Visitor,
    browser_of,
    digits_of,
    network_of,
    printable_name,
    secret_in,
)
from reports.domain.words.sharing import SharingWords
from reports.operations.shares import close_session, open_share, read_shared

COOKIE = "share"
COOKIE_PATH = "/s/"
WAIT_SECONDS = 60
LONGEST_FIELD = 2_000  # a whole link, whatever a mail program has put around it
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
SCRIPT = "; script-src 'self'; connect-src 'self'"  # the opening page alone has one
LANGUAGES = {"en": "en", "zh-Hant": "zh-Hant-TW"}  # ours, and as a page says it
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "X-Robots-Tag": "noindex, nofollow",
}


class QuietView(View):
    """A page that is never kept, indexed, framed or mixed with anything from elsewhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = super().dispatch(request, *args, **kwargs)
        except Exception as error:
            response = _page_of_outage(request, error)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class OpeningPage(QuietView):
    """The form for link, PIN and name: the same for everybody."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return opening_page(request)


class Opening(QuietView):
    """Take the form: 303 to the report, or one refusal for whatever is wrong."""

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.content_type == "multipart/form-data":  # the form has no files
            return problems.problem_response(request, problems.plain_problem(415))
        if not _is_from_our_page(request):
            return opening_page(request, said="refused", status=HTTPStatus.FORBIDDEN)
        if not consume(request, action="share_open"):
            response = opening_page(request, said="wait", status=HTTPStatus.TOO_MANY_REQUESTS)
            response["Retry-After"] = str(WAIT_SECONDS)
            return response
        token = self._token(request)
        if token is None:
            return opening_page(request, said="refused", status=HTTPStatus.NOT_FOUND)
        response = HttpResponseRedirect(reverse("share-report"), status=HTTPStatus.SEE_OTHER)
        response.set_cookie(
            COOKIE,
            token,
            max_age=SESSION_LASTS,
            path=COOKIE_PATH,
            secure=is_encrypted(request),
            httponly=True,
            samesite="Strict",
        )
        return response

    def _token(self, request: HttpRequest) -> str | None:
        secret, pin, name = (request.POST.get(key, "") for key in ("secret", "pin", "recipient"))
        visitor = _visitor(request, recipient=printable_name(name))
        known = secret if visitor.recipient else ""  # without a name no link is one
        return open_share(
            secret_in(known[:LONGEST_FIELD]),
            digits_of(pin[:LONGEST_FIELD]),
            visitor,
            now=timezone.now(),
        )


class SharedReport(QuietView):
    """One form of the report that the session may read."""

    form = SharedForm.PAGE
    content_type = "text/html; charset=utf-8"
    name = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        token = request.COOKIES.get(COOKIE, "")
        shared = read_shared(token, self.form, _visitor(request), now=timezone.now())
        if shared is None:
            return opening_page(request, said="refused", status=HTTPStatus.NOT_FOUND)
        response = HttpResponse(shared.content, content_type=self.content_type)
        if self.name:
            name = self.name.format(shared.report_id)
            response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class Closing(QuietView):
    """End the session; the link can be opened again."""

    def post(self, request: HttpRequest) -> HttpResponse:
        close_session(request.COOKIES.get(COOKIE, ""))
        response = HttpResponseRedirect(reverse("share"), status=HTTPStatus.SEE_OTHER)
        response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Strict")
        return response


def opening_page(
    request: HttpRequest, *, said: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Return the form, with one of its messages; nothing in it depends on the link."""
    language = _language_of(request)
    with translation.override(language):
        words = SharingWords(translation, language).opening_page()
    context = {
        "language": LANGUAGES[language],
        "words": words,
        "message": words.get(said, ""),
        "longest_name": LONGEST_RECIPIENT,
    }
    page = render_to_string("reports/open.html", context)
    return HttpResponse(page, status=status, headers={"Content-Security-Policy": POLICY + SCRIPT})


def _page_of_outage(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the page that says to try again, where that will help; else raise the error."""
    problem = problems.problem_of(error)
    if problem.kind not in (BUSY, UNAVAILABLE):
        raise error
    problems.log_crash(request, error)
    response = opening_page(request, said="away", status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = problem.headers["Retry-After"]
    return response


def _language_of(request: HttpRequest) -> str:
    asked = translation.get_language_from_request(request)
    return "zh-Hant" if asked.startswith("zh") else "en"


def _is_from_our_page(request: HttpRequest) -> bool:
    """Return whether the form was on our own page: nobody else's page opens a report for a reader.

    A browser that says where a request comes from is believed; the Origin of a plain form is `null`
    under our referrer policy.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return is_own_origin(request, request.headers.get("Origin", ""))


def _visitor(request: HttpRequest, *, recipient: str = "") -> Visitor:
    return Visitor(
        recipient=recipient,
        network=network_of(get_adapter().get_client_ip(request)),
        browser=browser_of(request.headers.get("User-Agent", "")),
    )


urlpatterns = [
    path("", OpeningPage.as_view(), name="share"),
    path("open", Opening.as_view(), name="share-open"),
    path("close", Closing.as_view(), name="share-close"),
    path("report", SharedReport.as_view(), name="share-report"),
    path(
        "report.pdf",
        SharedReport.as_view(
            form=SharedForm.PDF, content_type="application/pdf", name="report-{}.pdf"
        ),
        name="share-pdf",
    ),
    path(
        "report.fhir.json",
        SharedReport.as_view(
            form=SharedForm.FHIR,
            content_type="application/fhir+json; charset=utf-8",
            name="report-{}.fhir.json",
        ),
        name="share-fhir",
    ),
]
