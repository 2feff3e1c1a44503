"""System checks: whether the report can be printed in each of its languages."""

from typing import Any

from django.core.checks import CheckMessage, register
from django.core.checks import Warning as CheckWarning

from reports.render.fonts import can_print


@register
def check_fonts(**_options: Any) -> list[CheckMessage]:
    """Return a warning when the font for reports in Chinese was not fetched."""
    if can_print("zh-Hant"):
        return []
    hint = "Run make setup, or see Fonts in docs/report.md. Reports in English do not need it."
    return [
        CheckWarning("The Chinese font of the report is missing.", hint=hint, id="reports.W001")
    ]
