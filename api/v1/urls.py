"""Routes of version 1."""

from django.conf import settings
from django.urls import URLPattern, path
from drf_spectacular.views import SpectacularAPIView

from api.v1.access_log import AccessLog
from api.v1.alerts import AlertAction, AlertDeliveries, AlertDetail, AlertList
from api.v1.assessment import AssessmentView
from api.v1.consents import ConsentDetail, ConsentList
from api.v1.devices import DeviceDetail, DeviceList
from api.v1.documentation import DocumentationView
from api.v1.endpoints import EndpointDetail, EndpointList, EndpointSecret
from api.v1.erasure import ErasureView
from api.v1.export import ExportView
from api.v1.followers import FollowerDetail, FollowerList
from api.v1.following import (
    FollowedAlerts,
    FollowedAlertSeen,
    FollowedEpisodes,
    FollowingDetail,
    FollowingList,
)
from api.v1.imports import ImportTemplate, ImportView
from api.v1.insights import Days, Experiments, Trends, Triggers
from api.v1.live import LiveView
from api.v1.profile import ProfileView
from api.v1.records import record_views
from api.v1.reports import (
    ReportCsv,
    ReportDetail,
    ReportFhir,
    ReportJson,
    ReportList,
    ReportPdf,
)
from api.v1.shares import ShareDetail, ShareList
from api.v1.sync import SyncView
from api.v1.versions import versions_view
from api.v1.vocabulary import VocabularyView
from diary.domain.wire.records import RecordType

RECORD_ROUTES = {
    RecordType.EPISODE: "episodes",
    RecordType.CHECK_IN: "check-ins",
    RecordType.PROBLEM: "problems",
    RecordType.MEDICATION: "medications",
    RecordType.HISTORY_ITEM: "history",
    RecordType.REMEDY_TRIAL: "remedy-trials",
}

# Django tries one after the other: the routes that a phone calls most come first.
urlpatterns: list[URLPattern] = []
for type_, route in RECORD_ROUTES.items():
    record_list, record_detail = record_views(type_, route.replace("-", "_"))
    record_versions = versions_view(type_, route.replace("-", "_"))
    urlpatterns += [
        path(route, record_list.as_view(), name=route),
        path(f"{route}/<uuid:id>", record_detail.as_view(), name=f"{route}-detail"),
        path(f"{route}/<uuid:id>/versions", record_versions.as_view(), name=f"{route}-versions"),
    ]

urlpatterns += [
    path("sync", SyncView.as_view(), name="sync"),
    path("profile", ProfileView.as_view(), name="profile"),
    path("vocabulary", VocabularyView.as_view(), name="vocabulary"),
    path("assessment", AssessmentView.as_view(), name="assessment"),
    path("live", LiveView.as_view(), name="live"),
    path("access-log", AccessLog.as_view(), name="access-log"),
    path("alerts", AlertList.as_view(), name="alerts"),
    path("alerts/<uuid:id>", AlertDetail.as_view(), name="alert"),
    path("alerts/<uuid:id>/deliveries", AlertDeliveries.as_view(), name="alert-deliveries"),
    path("alerts/<uuid:id>/<str:action>", AlertAction.as_view(), name="alert-action"),
    path("insights/trends", Trends.as_view(), name="insight-trends"),
    path("insights/triggers", Triggers.as_view(), name="insight-triggers"),
    path("insights/days", Days.as_view(), name="insight-days"),
    path("insights/experiments", Experiments.as_view(), name="insight-experiments"),
    path("followers", FollowerList.as_view(), name="followers"),
    path("followers/<uuid:id>", FollowerDetail.as_view(), name="follower"),
    path("following", FollowingList.as_view(), name="following"),
    path("following/<uuid:id>", FollowingDetail.as_view(), name="followed"),
    path("following/<uuid:id>/alerts", FollowedAlerts.as_view(), name="followed-alerts"),
    path(
        "following/<uuid:id>/alerts/<uuid:alert>/seen",
        FollowedAlertSeen.as_view(),
        name="followed-alert-seen",
    ),
    path("following/<uuid:id>/episodes", FollowedEpisodes.as_view(), name="followed-episodes"),
    path("devices", DeviceList.as_view(), name="devices"),
    path("devices/<uuid:id>", DeviceDetail.as_view(), name="device"),
    path("endpoints", EndpointList.as_view(), name="endpoints"),
    path("endpoints/<uuid:id>", EndpointDetail.as_view(), name="endpoint"),
    path("endpoints/<uuid:id>/secret", EndpointSecret.as_view(), name="endpoint-secret"),
    path("reports", ReportList.as_view(), name="reports"),
    path("reports/<uuid:id>", ReportDetail.as_view(), name="report"),
    path("reports/<uuid:id>/pdf", ReportPdf.as_view(), name="report-pdf"),
    path("reports/<uuid:id>/csv", ReportCsv.as_view(), name="report-csv"),
    path("reports/<uuid:id>/fhir", ReportFhir.as_view(), name="report-fhir"),
    path("shares", ShareList.as_view(), name="shares"),
    path("shares/<uuid:id>", ShareDetail.as_view(), name="share"),
    path("reports/<uuid:id>/json", ReportJson.as_view(), name="report-json"),
    path("export", ExportView.as_view(), name="export"),
    path("consents", ConsentList.as_view(), name="consents"),
    path("consents/<str:code>", ConsentDetail.as_view(), name="consent"),
    path("erasure", ErasureView.as_view(), name="erasure"),
    path("imports", ImportView.as_view(), name="imports"),
    path("imports/template", ImportTemplate.as_view(), name="import-template"),
]
if settings.API_DOCS:
    urlpatterns += [
        path("schema", SpectacularAPIView.as_view(), name="schema"),
        path("docs", DocumentationView.as_view(url_name="schema"), name="docs"),
    ]
