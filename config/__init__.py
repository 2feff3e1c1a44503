"""Wiring: settings, environment, Celery, routes. No decisions."""
