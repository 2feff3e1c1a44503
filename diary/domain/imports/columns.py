"""What a table of an older diary may hold: its columns, by the type of record."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from diary.domain import vocabulary as words
from diary.domain.entries import MomentPrecision
from diary.domain.imports.cells import (
    Cell,
    Choice,
    Day,
    Decimal,
    Identity,
    Integer,
    Text,
    Truth,
    WallTime,
    Word,
    Zone,
)
from diary.domain.imports.lists import Codes, CodesOrOwnWords, TaggedCodes
from diary.domain.wire.records import RecordType

_SITED = TaggedCodes(words.SITES, "site", {"side": words.SIDES})
_SIGNS = TaggedCodes(words.SYMPTOMS, "symptom", {"onset": words.ONSETS, "side": words.SIDES})
_FACTORS = CodesOrOwnWords(words.TRIGGERS, "factor")
_REMEDIES = CodesOrOwnWords(words.REMEDIES, "remedy")
_TWITCHED = Choice(words.TWITCHED, {"true": "yes", "false": "no", "1": "yes", "0": "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    `fills` names the field of the wire data. What several columns fill together is told apart by
    `part`: for a list it is added to each item, else to the record. Times and the id are put
    together from columns that fill none.
    """

    name: str
    meaning: str
    cell: Cell
    fills: str = ""
    part: Mapping[str, Any]
    required: bool = False

    @property
    def is_list(self) -> bool:
        """Return whether its cell holds items of a list."""
        return isinstance(self.cell, Codes | TaggedCodes | CodesOrOwnWords)


def _column(
    name: str,
    meaning: str,
    cell: Cell,
    *,
    fills: str | None = None,
    part: Mapping[str, Any] | None = None,
    required: bool = False,
) -> Column:
    return Column(
        name=name,
        meaning=meaning,
        cell=cell,
        fills=name if fills is None else fills,
        part=part or {},
        required=required,
    )


_EXPERIENCE_START = (
    _column("symptoms_present", "Symptoms that were there; `:sudden` or `:gradual` and a side may "
            "follow", _SIGNS, fills="symptoms", part={"present": True}),
    _column("symptoms_absent", "Symptoms that were asked about and not there", _SIGNS,
            fills="symptoms", part={"present": False}),
)  # fmt: skip
_EXPERIENCE_END = (
    _column("impact", "How much it got in the way, 0 to 3", Integer()),
    _column("interferes", "What it got in the way of", Codes(words.INTERFERES)),
    _column("distress", "How much it bothered, 0 to 10", Integer()),
    _column("remedies_helped", "What was tried and helped", _REMEDIES,
            fills="remedies", part={"helped": True}),
    _column("remedies_not_helped", "What was tried and did not help", _REMEDIES,
            fills="remedies", part={"helped": False}),
    _column("remedies_unrated", "What was tried, effect unsaid", _REMEDIES,
            fills="remedies", part={"helped": None}),
    _column("reported_by", "Who observed it; `self` when empty", Choice(words.REPORTERS)),
    _column("note", "A note for yourself", Text(), fills="note", part={"note_for_doctor": False}),
    _column("note_for_doctor", "A note that reports may print", Text(), fills="note",
            part={"note_for_doctor": True}),
)  # fmt: skip
_ID = _column("id", "The record's own id, where it has one", Identity(), fills="")

EPISODE_COLUMNS = (
    _column("start_local", "Date and time it began, as the clock showed it; a date alone will do",
            WallTime(), fills="", required=True),
    _column("end_local", "Date and time it ended", WallTime(), fills=""),
    _column("time_zone", "Time zone of that clock; your own when empty", Zone(),
            fills=""),
    _column("utc_offset_minutes", "Minutes that clock was ahead of UTC", Integer(), fills=""),
    _column("start_precision", "`minute`, `part_of_day` or `day`", Word(tuple(MomentPrecision)),
            fills=""),
    _column("duration_seconds", "How long it lasted; not together with an end", Integer()),
    _column("sites", "Where, each with a side after a colon", _SITED),
    _column("movement", "What it did", Choice(words.MOVEMENTS)),
    _column("visible", "Others could see it", Truth()),
    _column("strength", "0 to 10", Integer()),
    _column("contractions", "How many, as far as counted", Integer()),
    _column("directions", "Which way it pulled", Codes(words.DIRECTIONS)),
    _column("continuous", "Without a pause", Truth()),
    _column("at_rest", "While at rest", Truth()),
    _column("in_action", "While the part was used", Truth()),
    _column("asleep", "While asleep", Truth()),
    _column("eyes_closed", "With the eyes closed", Truth()),
    _column("stops_with_action", "It stopped when the part was used", Truth()),
    _column("rhythmic", "In a rhythm", Truth()),
    _column("suppressible", "It could be held back", Truth()),
    _column("urge_before", "With an urge before it", Truth()),
    _column("contexts", "What was going on", Codes(words.CONTEXTS)),
    _column("eye_closure", "How far the eye closed", Choice(words.EYE_CLOSURES)),
    *_EXPERIENCE_START,
    _column("triggers_present", "What may have set it off; your own words as `own:green tea`",
            _FACTORS, fills="triggers", part={"present": True}),
    _column("triggers_absent", "What was not there", _FACTORS, fills="triggers",
            part={"present": False}),
    *_EXPERIENCE_END,
    _column("video_recorded", "There is a video of it", Truth()),
    _ID,
)  # fmt: skip

CHECK_IN_COLUMNS = (
    _column("local_date", "The day, as your calendar showed it", Day(),
            required=True),
    _column("twitched", "Whether it twitched that day: yes, no or unsure", _TWITCHED,
            required=True),
    _column("warning_signs_asked", "Whether the warning signs were gone through", Truth()),
    *_EXPERIENCE_START,
    _column("caffeine_mg", "Milligrams of caffeine", Integer()),
    _column("sleep_hours", "Hours slept", Decimal()),
    _column("stress", "0 to 10", Integer()),
    _column("ill", "Ill that day", Truth()),
    _column("alcohol_units", "Drinks", Decimal()),
    _column("screen_hours", "Hours at a screen", Decimal()),
    _column("exercise_minutes", "Minutes of exercise", Integer()),
    _column("low_fluid", "Drank too little", Truth()),
    _column("medicines_changed", "A medicine was changed", Truth()),
    _column("factors_present", "What else there was that day", _FACTORS,
            fills="factors", part={"present": True}),
    _column("factors_absent", "What there was not", _FACTORS, fills="factors",
            part={"present": False}),
    *_EXPERIENCE_END,
    _ID,
)  # fmt: skip

COLUMNS_OF_TYPE: Mapping[RecordType, tuple[Column, ...]] = MappingProxyType(
    {RecordType.EPISODE: EPISODE_COLUMNS, RecordType.CHECK_IN: CHECK_IN_COLUMNS}
)
# Columns of the CSV of a report that say again what others say, or what the service made of it.
PASSED_OVER: Mapping[RecordType, frozenset[str]] = MappingProxyType(
    {
        RecordType.EPISODE: frozenset({"local_date", "start_utc", "version"}),
        RecordType.CHECK_IN: frozenset(),
    }
)
