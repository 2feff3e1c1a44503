#!/usr/bin/env python
"""Django's command line for this service."""

import os
import sys

from django.core.management import execute_from_command_line

ANSWERED_WITHOUT_SERVERS = {"--help", "-h", "--version", "help", "version"}


def main() -> None:
    """Run one command; the embedded servers are started only for one that may need them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not sys.argv[1:] or ANSWERED_WITHOUT_SERVERS.intersection(sys.argv[1:]):
        os.environ["EMBEDDED_SERVERS"] = "off"
    else:
        import config.celery  # noqa: F401 - commands' tasks must find their broker
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
