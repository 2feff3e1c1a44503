"""The ASGI entry point, for those who must; WSGI serves more than twice as many requests."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_asgi_application()

import config.celery  # noqa: F401 - the views' tasks must find their broker
