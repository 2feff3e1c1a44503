"""The Django app of the reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports read the diary; the diary knows nothing of them."""

    name = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        from reports import checks  # noqa: F401 - importing it registers the check
