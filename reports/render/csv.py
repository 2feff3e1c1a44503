"""The episodes of a report as CSV: one row per episode, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from diary.domain.days import duration_seconds
from diary.domain.entries import Episode, SitedSide
from diary.domain.imports.apostrophes import safe_cell, safe_text

# UTF-8 with a byte order mark: without it, spreadsheets misread every name that is not English.
BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "id",
    "local_date",
    "start_local",
    "start_utc",
    "utc_offset_minutes",
    "time_zone",
    "start_precision",
    "duration_seconds",
    "sites",
    "movement",
    "visible",
    "strength",
    "contractions",
    "directions",
    "at_rest",
    "asleep",
    "eye_closure",
    "suppressible",
    "urge_before",
    "contexts",
    "symptoms_present",
    "symptoms_absent",
    "triggers_present",
    "triggers_absent",
    "impact",
    "interferes",
    "distress",
    "remedies_helped",
    "remedies_not_helped",
    "remedies_unrated",
    "reported_by",
    "note_for_doctor",
    "version",
)
OWN_WORDS = frozenset({"note_for_doctor"})
Value = str | int | bool | None


def episodes_csv(episodes: Sequence[Episode]) -> bytes:
    """Return the episodes in the order given, UTF-8 with a byte order mark, lines ended CR LF.

    An empty cell is an unsaid answer; `true` and `false` are answers. Several codes in one cell are
    apart by spaces, or by semicolons where own words may stand among them; a site carries its side
    after a colon. Notes not ticked for the doctor are left out. Text that a spreadsheet would run,
    or read as a number, gets a leading apostrophe. The import reads the file back.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_cell, COLUMNS, _row(episode)) for episode in episodes)
    return (BYTE_ORDER_MARK + out.getvalue()).encode("utf-8", "replace")


def _cell(column: str, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return safe_text(value) if column in OWN_WORDS else safe_cell(value)


def _row(episode: Episode) -> tuple[Value, ...]:
    return (*_when(episode), *_what(episode), *_around(episode), *_after(episode))


def _when(episode: Episode) -> tuple[Value, ...]:
    start, seconds = episode.start, duration_seconds(episode)
    return (
        str(episode.id),
        episode.local_date.isoformat(),
        start.local.isoformat(sep=" ", timespec="minutes"),
        start.instant.isoformat(timespec="seconds"),
        start.utc_offset_minutes,
        start.time_zone,
        str(start.precision),
        None if seconds is None else round(seconds),
    )


def _what(episode: Episode) -> tuple[Value, ...]:
    return (
        _codes(_place(sited) for sited in episode.sites),
        episode.movement,
        episode.visible,
        episode.strength,
        episode.contractions,
        _codes(episode.directions),
        episode.at_rest,
        episode.asleep,
        str(episode.eye_closure or ""),
        episode.suppressible,
        episode.urge_before,
    )


def _around(episode: Episode) -> tuple[Value, ...]:
    return (
        _codes(episode.contexts),
        _codes(s.symptom for s in episode.symptoms if s.present),
        _codes(s.symptom for s in episode.symptoms if not s.present),
        _codes_or_own_words((f.factor, f.own_label) for f in episode.triggers if f.present),
        _codes_or_own_words((f.factor, f.own_label) for f in episode.triggers if not f.present),
    )


def _after(episode: Episode) -> tuple[Value, ...]:
    def remedies(*, helped: bool | None) -> str:
        used = (use for use in episode.remedies if use.helped is helped)
        return _codes_or_own_words((use.remedy, use.own_label) for use in used)

    return (
        episode.impact,
        _codes(episode.interferes),
        episode.distress,
        remedies(helped=True),
        remedies(helped=False),
        remedies(helped=None),
        str(episode.reported_by),
        episode.note if episode.note_for_doctor else "",
        episode.version,
    )


def _place(sited: SitedSide) -> str:
    return f"{sited.site}:{sited.side}" if sited.side else sited.site


def _codes(codes: Iterable[str]) -> str:
    return " ".join(codes)


def _codes_or_own_words(items: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{code}:{words}" if words else code for code, words in items)
