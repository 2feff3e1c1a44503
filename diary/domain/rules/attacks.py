"""U6: attacks and losses of the last days that are no emergency any more, but must not wait."""

from diary.domain.entries import Course
from diary.domain.findings import Finding
from diary.domain.rules.history import HEADACHE_HISTORY, conditions
from diary.domain.rules.signs import (
    AIRWAY,
    PANIC,
    RECENT,
    SEIZURE,
    STROKE_IF_ONE_SIDED,
    TINGLING,
    Test,
    aged,
    began_within,
    found,
    of,
    sudden_loss,
)
from diary.domain.rules.spoken import urgently
from diary.domain.rules.treated import after_injury, explained_by_treatment
from diary.domain.symptom_reports import Origin, Recency, SymptomReport, recency
from diary.domain.view import DiaryView

LASTING_DAYS = 28  # a sudden loss that is still there; NICE NG127
PASSED = frozenset({"face_numbness", "limb_numbness", "one_sided_numbness"})


def recent_attack(view: DiaryView) -> Finding | None:
    """Return U6: an emergency sign 2 to 7 days ago or of unsaid age, or sudden one-sided tingling.

    So is a numb face or limb that has passed, of no more than 7 days ago or of unsaid age, unless a
    treatment, an injury, migraine or panic is told with it. Source: NICE NG127, a transient attack
    within a week is assessed within a day.
    """
    attacks = found(view, of(SEIZURE | AIRWAY), aged(view, Recency.WEEK, Recency.DOUBTFUL))
    lapses = found(view, of({"awareness_lapse"}), aged(view, *RECENT, Recency.DOUBTFUL))
    losses = found(view, sudden_loss, _sudden_lately(view))
    numb = found(view, of(STROKE_IF_ONE_SIDED), lambda r: r.sudden, aged(view, *RECENT))
    tingling = found(view, of(TINGLING), lambda r: r.sudden and r.one_sided, aged(view, *RECENT))
    headache = found(view, of({"severe_headache"}), aged(view, *RECENT, Recency.DOUBTFUL))
    if conditions(view) & HEADACHE_HISTORY:  # an old headache explains one without a date
        headache = tuple(r for r in headache if r.sudden or r.date_stated)
    passed = found(view, of(PASSED), aged(view, *RECENT, Recency.DOUBTFUL), _has_passed(view))
    return urgently("U6", view, (*attacks, *lapses, *losses, *numb, *tingling, *headache, *passed))


def _has_passed(view: DiaryView) -> Test:
    """Return a test for signs the intake tells as over, without what often explains them."""
    explained = bool(conditions(view) & HEADACHE_HISTORY) or bool(found(view, of(PANIC)))
    over = view.problem is not None and view.problem.course is Course.RESOLVED
    return lambda r: (
        r.origin is Origin.INTAKE
        and over
        and r.ongoing is False
        and not explained
        and not explained_by_treatment(r, view)
        and not after_injury(r, view)
    )


def _sudden_lately(view: DiaryView) -> Test:
    def is_recent(report: SymptomReport) -> bool:
        age = recency(report, view)
        lasts = report.ongoing is True and began_within(report, view, LASTING_DAYS)
        return age in {Recency.WEEK, Recency.DOUBTFUL} or (age is Recency.OLD and lasts)

    return is_recent
