"""Routes of the staff site, the only ones at ADMIN_HOST."""

from django.urls import path

from api.staff.views import Account, AccountAct, Search, SignIn, SignOut

urlpatterns = [
    path("", Search.as_view(), name="staff-search"),
    path("sign-in", SignIn.as_view(), name="staff-sign-in"),
    path("sign-out", SignOut.as_view(), name="staff-sign-out"),
    path("accounts/<uuid:id>", Account.as_view(), name="staff-account"),
    path("accounts/<uuid:id>/<str:act>", AccountAct.as_view(), name="staff-account-act"),
]

handler400 = "api.problems.bad_request"
handler403 = "api.problems.forbidden"
handler404 = "api.problems.not_found"
handler500 = "api.problems.server_error"
