"""The table of retention, its setting, and the page that tells people of it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from diary.domain.retention import TERMS, Kept, RetentionRefused, retention_from

PRIVACY = Path(__file__).parents[3] / "docs" / "privacy.md"


def test_what_is_not_set_is_kept_as_long_as_the_table_says():
    kept = retention_from({"reports": 7})

    assert kept[Kept.REPORTS] == timedelta(days=7)
    assert kept[Kept.SHARES] == timedelta(days=90)
    assert set(kept) == set(Kept)


def test_all_that_is_wrong_is_named_at_once():
    with pytest.raises(RetentionRefused) as refused:
        retention_from({"diary": 1, "access_log": 365, "reports": True, "shares": "90"})

    assert str(refused.value) == (
        "access_log: not a whole number of days, 366 or more; diary: there is no such class;"
        " reports: not a whole number of days, 1 or more;"
        " shares: not a whole number of days, 1 or more"
    )


def test_the_page_about_privacy_says_the_same():
    rows = re.findall(r"(?m)^\| `([a-z_]+)` \|[^|]*\| (\d+) \| ([^|]+) \|$", PRIVACY.read_text())

    assert rows == [(kept, str(term.days), term.since) for kept, term in TERMS.items()]
