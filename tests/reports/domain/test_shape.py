import json

import pytest

from reports.domain.model import build_report
from reports.domain.shape import json_text, json_value
from tests.reports.hostile import HOSTILE, diary_with
from tests.reports.samples import CATALOG, diary_of, edition, full_diary, gate


@pytest.mark.parametrize("diary", [diary_of(), full_diary(20), diary_with(*HOSTILE.values())])
def test_the_quick_way_to_json_text_writes_the_same_values(diary):
    model = build_report(diary, edition=edition(), gate=gate(), catalog=CATALOG)

    for value in (diary, model):
        assert json_text(value) == json.dumps(
            json_value(value), sort_keys=True, separators=(",", ":")
        )
