"""The ASGI entry point of the process for streams of events."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from config.observation import observe

observe()

from api.listening import Listeners
from api.v1.live import Streams

application = Streams(Listeners())
