"""The columns are described where people look for them."""

from pathlib import Path

import pytest

from diary.domain.imports.columns import CHECK_IN_COLUMNS, EPISODE_COLUMNS

DESCRIPTION = Path(__file__).parents[4].joinpath("docs/api.md").read_text("utf-8")


@pytest.mark.parametrize("columns", [EPISODE_COLUMNS, CHECK_IN_COLUMNS])
def test_each_column_stands_in_the_description_in_the_order_of_the_template(columns):
    rows = [
        f"| `{column.name}` | {column.meaning}{' (required)' if column.required else ''} |"
        for column in columns
    ]

    assert "\n".join(rows) in DESCRIPTION
