"""In a process of its own: erase a person, whose id is read, as the sweep does after the grace."""

import sys
from uuid import UUID

import django

django.setup()

from django.utils import timezone  # noqa: E402 - Django first

from diary.operations.erasure import ask_for_erasure, erase_due  # noqa: E402

ask_for_erasure(UUID(sys.stdin.read()), now=timezone.now())
for _ in ("tell", "erase"):
    erase_due(now=timezone.now(), limit=1)
