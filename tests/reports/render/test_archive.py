"""A ZIP file in pieces is a ZIP file, and is given away while it is written."""

import io
import json
import random
import zipfile
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from reports.render.archive import PIECE, zipped
from reports.render.json import json_pieces

AT = datetime(2026, 3, 10, 12, 0, 4, tzinfo=UTC)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


def test_files_are_read_back_with_their_names_and_time():
    files = {"README.txt": [b"one", b"two"], "empty.csv": [], "\u65e5.json": [b"{}"]}

    archive = zipfile.ZipFile(io.BytesIO(b"".join(zipped(files.items(), at=AT))))

    assert archive.testzip() is None
    assert {name: archive.read(name) for name in archive.namelist()} == {
        name: b"".join(pieces) for name, pieces in files.items()
    }
    assert archive.infolist()[0].date_time == (2026, 3, 10, 12, 0, 4)


def test_what_is_written_is_given_away_before_the_rest_is_asked_for():
    noise = random.Random(1)
    asked = []

    def pieces():
        for number in range(40):
            asked.append(number)
            yield noise.randbytes(PIECE // 2)

    parts = zipped([("noise", pieces())], at=AT)
    first = next(parts)

    assert len(asked) < 5
    assert len(first) < 3 * PIECE
    assert len(first) + sum(map(len, parts)) > 39 * PIECE // 2


@given(st.dictionaries(st.sampled_from("abc"), VALUES), st.lists(VALUES, max_size=3))
def test_json_in_pieces_is_one_object(head, items):
    text = b"".join(json_pieces(head, {"items": iter(items), "none": iter(())}))

    assert json.loads(text) == head | {"items": items, "none": []}
