"""One rule that fails must not cost a person the others, nor what was being saved or asked for."""

import logging
import traceback
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, InternalError, OperationalError

from diary.domain.findings import Finding
from diary.domain.rules.base import Rule
from diary.domain.view import DiaryView

Done = TypeVar("Done")

logger = logging.getLogger("quiver.rules")


class Guard:
    """Tries one thing after the other; `failed` names those that raised.

    What fails is logged by name, class and place alone: the text of an exception may quote an
    entry. A database that is away or busy is nobody's mistake and is raised.
    """

    def __init__(self) -> None:
        self.failed: list[str] = []

    def ask(self, rule: Rule, view: DiaryView) -> Finding | None:
        """Return what the rule finds, None when it fails."""
        return self.attempt(rule.id, lambda: rule.judge(view), otherwise=None)

    def attempt(self, name: str, do: Callable[[], Done], *, otherwise: Done) -> Done:
        """Return `do()`, or `otherwise` when it fails."""
        try:
            return do()
        except (InterfaceError, InternalError, OperationalError):
            raise
        except Exception as error:
            self.failed.append(name)
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error(
                "%s failed class=%s at %s:%s",
                name,
                type(error).__name__,
                place.filename,
                place.lineno,
            )
            return otherwise
