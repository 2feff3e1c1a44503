"""Faults put into the code on purpose, each with the test that must notice it.

`make mutants` writes each into a copy of the project and shows which test notices it; the tests do
the same to the running code where it is one function.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from textwrap import dedent
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One fault in the source of `place`, and the test below tests/ that must notice it."""

    name: str
    place: str
    old: str
    new: str
    killer: str

    @property
    def file(self) -> Path:
        """Return where the function is, from the project's folder."""
        return Path(self.place.partition(":")[0].replace(".", "/") + ".py")

    def break_text(self, text: str) -> str:
        """Return the source with the fault in it. Raises LookupError where it does not fit once."""
        if text.count(self.old) != 1:
            raise LookupError(f"the mutant {self.name} does not fit {self.file} once")
        return text.replace(self.old, self.new)

    def break_it(self, patch: pytest.MonkeyPatch) -> None:
        """Put the fault into the running function, for everyone who has imported it."""
        function = inspect.unwrap(resolve_name(self.place))
        names = dict(function.__globals__)
        exec(self.break_text(dedent(inspect.getsource(function))), names)  # noqa: S102 - the text above
        broken = inspect.unwrap(names[function.__name__])
        patch.setattr(function, "__code__", broken.__code__)

    def killer_with(self, request: pytest.FixtureRequest, **given: Any) -> Callable[[], None]:
        """Return the killing test as a function of no arguments, its fixtures at hand."""
        module, _, name = self.killer.removesuffix("]").partition(".py::")
        test = resolve_name(f"tests.{module.replace('/', '.')}:{name.partition('[')[0]}")
        wanted = inspect.signature(test).parameters
        values = {
            each: given[each] if each in given else request.getfixturevalue(each) for each in wanted
        }
        return lambda: test(**values)
