"""The report model of one diary: a pure function of the diary, the edition and the fonts."""

import hashlib
from datetime import timedelta

from diary.domain.words.advice import emergency_number
from reports.domain.alternatives import alternative_texts
from reports.domain.inputs import Edition, ReportDiary
from reports.domain.leaving_out import with_gaps
from reports.domain.looks import looks_of, rows_of
from reports.domain.printable import printable, without_unticked_notes
from reports.domain.sections.background import background
from reports.domain.sections.changes import changes
from reports.domain.sections.character import character
from reports.domain.sections.goes_with import goes_with
from reports.domain.sections.index import Index, arrivals, indexed
from reports.domain.sections.page_two import page_two
from reports.domain.sections.reasons import reasons
from reports.domain.sections.timeline import timeline
from reports.domain.sections.warning_signs import warning_signs
from reports.domain.sections.where import where
from reports.domain.shape import (
    MODEL_VERSION,
    Furniture,
    Identity,
    Period,
    ReportModel,
    json_text,
)
from reports.domain.text_gate import TextGate
from reports.domain.words import Words
from reports.domain.words.catalog import Catalog
from reports.domain.words.choices import ChoiceWords

REPORT_VERSION = "0.1"
HASH_LENGTH = 12


def build_report(
    diary: ReportDiary,
    *,
    edition: Edition,
    gate: TextGate,
    catalog: Catalog,
    recorded: str | None = None,
) -> ReportModel:
    """Return everything the report says about `diary`.

    `catalog` speaks the language of the edition. Texts pass the gate first. The same diary,
    edition, catalog and fonts always give the same model; the data hash is taken from the diary as
    recorded, before the gate: from `recorded`, where the caller has its text already.
    """
    words = Words(catalog, edition.language)
    gated = printable(diary, gate)
    index = indexed(gated.diary)
    looks = looks_of(gated.diary)
    places, drawn = where(index, words), timeline(index, words)
    factors = goes_with(looks.factors, rows_of(gated.diary), gated.own_factors, words)
    model = ReportModel(
        model_version=MODEL_VERSION,
        who=_identity(gated.diary, words),
        period=_period(index, words),
        why=reasons(index, looks, words),
        warning_signs=warning_signs(index, words),
        changed=changes(index, looks, words),
        where=places,
        when=drawn,
        goes_with=factors,
        character=character(index, words),
        background=background(index, looks, words),
        page_two=page_two(index, words, edition=edition, replaced=gated.replaced),
        alternatives=alternative_texts(index, places, drawn, factors, words),
        furniture=_furniture(
            diary,
            edition,
            words,
            fingerprint=data_hash(recorded or recorded_text(diary)),
            replaced=gated.replaced,
        ),
    )
    return with_gaps(model, edition.left_out, ChoiceWords(catalog, edition.language).left_out)


def recorded_text(diary: ReportDiary) -> str:
    """Return the diary as it is handed over, as JSON; megabytes of it when the diary is long."""
    return json_text(without_unticked_notes(diary))


def data_hash(recorded: str) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 over a diary's `recorded_text`."""
    return hashlib.sha256(recorded.encode()).hexdigest()[:HASH_LENGTH]


def attachment(diary: ReportDiary, model: ReportModel, *, recorded: str | None = None) -> bytes:
    """Return diary.json: the entries of the period and the model, as UTF-8 JSON.

    `recorded` is the text of this diary, where the caller has it already.
    """
    members = (
        f'"diary":{recorded or recorded_text(diary)}',
        '"format":"quiver-report"',
        f'"report":{json_text(model)}',
        f'"version":{MODEL_VERSION}',
    )
    return f"{{{','.join(members)}}}".encode()


def _identity(diary: ReportDiary, words: Words) -> Identity:
    person = diary.person
    age = person.age_on(diary.end)
    return Identity(
        name=diary.display_name,
        description=words.person(person.sex, age, person.birth_year, diary.diary_id),
        diary_id=diary.diary_id,
        birth_year=person.birth_year,
        sex=person.sex,
        country=person.country,
    )


def _period(index: Index, words: Words) -> Period:
    diary = index.diary
    late, timed = arrivals(diary.episodes)
    return Period(
        first_day=diary.start,
        last_day=diary.end - timedelta(days=1),
        days=diary.length,
        check_in_days=len(index.rate_days),
        timed_episodes=timed,
        prompt_episodes=timed - late,
        text=words.period(diary.start, diary.end),
        completeness=words.completeness(len(index.rate_days), diary.length),
        promptness=words.promptness(timed - late, timed),
    )


def _furniture(
    diary: ReportDiary, edition: Edition, words: Words, *, fingerprint: str, replaced: int
) -> Furniture:
    number = emergency_number(diary.person.country)
    versions = (edition.report_version, edition.rules_version)
    return Furniture(
        language=words.language,
        region=words.region,
        paper=edition.paper,
        synthetic=diary.synthetic,
        attachment=edition.attachment,
        report_version=edition.report_version,
        rules_version=edition.rules_version,
        data_hash=fingerprint,
        generated_at=edition.now,
        emergency_number=number,
        foot_left=words.foot_left(number),
        foot_right=words.foot_right(versions, fingerprint, edition.now),
        replaced_characters=replaced,
        labels=dict(words.labels),
    )
