"""How much it gets in the way, and of what."""

from dataclasses import dataclass

from diary.domain.vocabulary.codes import Code, CodeList, Row

# fmt: off
_INTERFERES = (
    Row("eat", "Eating", "吃東西", "S4", "Gets in the way of eating or chewing.", "eating"),
    Row("drink", "Drinking", "喝東西", "project", "Gets in the way of drinking.", "drinking"),
    Row("speak", "Speaking", "說話", "S4", "Gets in the way of talking.", "speaking; talking"),
    Row("read", "Reading", "閱讀", "project", "Gets in the way of reading.", "reading"),
    Row("drive", "Driving", "開車", "project", "Gets in the way of driving.", "driving"),
    Row("work", "Work", "工作", "S4", "Gets in the way of work or study.", "study; school"),
    Row("screen", "Screens", "使用螢幕", "project", "Gets in the way of using a screen."),
    Row("social", "Being with people", "社交", "S4",
        "Keeps the person from being with others.", "social_life"),
    Row("sleep", "Sleep", "睡眠", "project", "Keeps the person from sleeping.", "sleeping"),
    Row("see", "Seeing", "看東西", "S1",
        "Gets in the way of seeing, for instance because the eye shuts.", "seeing; vision"),
)
_LEVELS = (
    Row("none", "Not at all", "完全沒有", "project", "It does not bother the person.", "0"),
    Row("mild", "A little", "有一點", "project", "Noticed, but everything goes on.", "1; annoying"),
    Row("moderate", "Quite a lot", "相當多", "S1",
        "Some things are harder or put off.", "2"),
    Row("severe", "Very much", "非常多", "S1 S4",
        "Things the person needs to do are not possible.", "3"),
)
# fmt: on


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactLevel(Code):
    """A step of the impact scale; `value` is what records store."""

    value: int


INTERFERES = CodeList("interferes", (Code(**row.fields()) for row in _INTERFERES))
IMPACT_LEVELS = CodeList(
    "impact_levels",
    (ImpactLevel(**row.fields(), value=value) for value, row in enumerate(_LEVELS)),
)
