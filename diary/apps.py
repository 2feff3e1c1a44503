"""Django's view of the diary."""

from django.apps import AppConfig


class DiaryConfig(AppConfig):
    """The diary application."""

    name = "diary"
    verbose_name = "Diary"

    def ready(self) -> None:
        from diary import checks  # noqa: F401 - importing it registers the checks
