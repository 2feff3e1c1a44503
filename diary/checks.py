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
