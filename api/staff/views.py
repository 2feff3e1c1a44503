"""The pages of the staff site. No address is in a URL, and a diary is nowhere."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_protect

from api.staff import signing_in
from diary.models import User
from diary.operations.accounts import act_on_account, find_account, look_at_account

NOT_SIGNED_IN = "These three do not belong together, or the account is not one of staff."
TOO_MANY_TRIES = "Too many tries. Wait five minutes."
NO_SUCH_ACCOUNT = "No account has this address."
STALE_FORM = "The form was too old. Please try again."


class Page(View):
    """A page whose forms are taken from this site only."""

    @method_decorator(csrf_protect)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)


class StaffPage(Page):
    """A page for `self.staff`; everybody else is led to the sign-in."""

    staff: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        staff = signing_in.staff_of(request)
        if staff is None:
            return see("staff-sign-in")
        self.staff = staff
        return super().dispatch(request, *args, **kwargs)


class SignIn(Page):
    """Address, password and code in one form, with one refusal for whatever is wrong."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return sign_in_page(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            person = signing_in.sign_in(request)
        except ImmediateHttpResponse:
            response = sign_in_page(
                request, message=TOO_MANY_TRIES, status=HTTPStatus.TOO_MANY_REQUESTS
            )
            response["Retry-After"] = str(settings.FAILED_SIGN_IN_LOCK_SECONDS)
            return response
        if person is None:
            return sign_in_page(request, message=NOT_SIGNED_IN, status=HTTPStatus.FORBIDDEN)
        rotate_token(request)
        response = see("staff-search")
        signing_in.begin_session(person, response)
        return response


class SignOut(Page):
    """End the session."""

    def post(self, request: HttpRequest) -> HttpResponse:
        response = see("staff-sign-in")
        signing_in.end_session(request, response)
        return response


class Search(StaffPage):
    """Find an account by its exact address, which the body carries."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "staff/search.html")

    def post(self, request: HttpRequest) -> HttpResponse:
        sought = signing_in.field(request, "address")
        found = find_account(sought, staff_id=self.staff.pk, now=timezone.now())
        if found is None:
            page = {"message": NO_SUCH_ACCOUNT}
            return render(request, "staff/search.html", page, status=HTTPStatus.NOT_FOUND)
        return see("staff-account", found)


class Account(StaffPage):
    """The state of one account."""

    def get(self, request: HttpRequest, id: UUID) -> HttpResponse:
        state = look_at_account(id, staff_id=self.staff.pk, now=timezone.now())
        return render(request, "staff/account.html", {"account": state})


class AccountAct(StaffPage):
    """Do one thing to an account."""

    def post(self, request: HttpRequest, id: UUID, act: str) -> HttpResponse:
        act_on_account(id, act, staff_id=self.staff.pk, now=timezone.now())
        return see("staff-account", id)


def sign_in_page(
    request: HttpRequest, *, message: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Return the form, with a message."""
    return render(request, "staff/sign_in.html", {"message": message}, status=status)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from this site, or is older than its cookie."""
    return sign_in_page(request, message=STALE_FORM, status=HTTPStatus.FORBIDDEN)


def see(route: str, *arguments: object) -> HttpResponseRedirect:
    """Return a redirect to a page that is then fetched by GET."""
    return HttpResponseRedirect(reverse(route, args=arguments), status=HTTPStatus.SEE_OTHER)
