"""System checks: settings that can be read but not used stop a start, with the setting's name."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from diary.channels.base import ChannelsMisconfigured
from diary.channels.factory import channels


@register
def check_channels(**_options: Any) -> list[CheckMessage]:
    """Return an error when the channels that are configured cannot be built."""
    try:
        channels(settings.CHANNELS)
    except ChannelsMisconfigured as error:
        hint = (
            "It comes from VAPID_PRIVATE_KEY, VAPID_SUBJECT, FCM_SERVICE_ACCOUNT, PUSH_CA_FILE or"
            " DEFAULT_FROM_EMAIL; see docs/configuration.md."
        )
        return [Error(str(error), hint=hint, id="diary.E001")]
    return []


@register
def check_metrics(**_options: Any) -> list[CheckMessage]:
    """Return an error when counts are to be told, but one process would tell its own only."""
    if (settings.METRICS_TOKEN or settings.METRICS_ADDRESS) and not settings.METRICS_DIR:
        hint = "Set METRICS_DIR, too: a folder where the processes of this host put their counts."
        return [Error("METRICS_DIR is not set.", hint=hint, id="diary.E002")]
    return []
