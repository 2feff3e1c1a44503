"""Routes."""

from django.urls import include, path

from api import clinician, health
from api.metrics import metrics
from config import passkey_log, passkey_origins

passkey_origins.install()
passkey_log.install()

urlpatterns = [
    path("healthz", health.live),
    path("readyz", health.ready),
    path("metrics", metrics),
    path("_allauth/", include("allauth.headless.urls")),
    path("v1/", include("api.v1.urls")),
    path("s/", include(clinician.urlpatterns)),
]

handler400 = "api.problems.bad_request"
handler403 = "api.problems.forbidden"
handler404 = "api.problems.not_found"
handler500 = "api.problems.server_error"
