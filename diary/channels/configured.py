"""The channels of this process, from the settings."""

from collections.abc import Mapping
from functools import cache

from django.conf import settings

from diary.channels.base import Channel
from diary.channels.factory import channels


@cache
def configured_channels() -> Mapping[str, Channel]:
    """Return the channels the settings ask for, by kind of endpoint; built once in a process.

    Raises ChannelsMisconfigured when a setting cannot be used.
    """
    return channels(settings.CHANNELS)
