"""The WSGI entry point, for granian or gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from config.observation import observe

observe()
application = get_wsgi_application()

import config.celery  # noqa: F401 - the views' tasks must find their broker
from config.garbage import look_seldom

look_seldom()
