"""Words for the fixed answers of the records: side, onset, course, eye closure, reporter."""

from diary.domain.vocabulary.codes import Code, CodeList, Row

# fmt: off
_SIDES = (
    Row("left", "Left", "左側", "S0 S1 S3",
        "The person's own left.", "left side; l; 左; 左邊"),
    Row("right", "Right", "右側", "S0 S1",
        "The person's own right.", "right side; r; 右; 右邊"),
    Row("both", "Both sides", "兩側", "S0",
        "Left and right.", "bilateral; two sides; 雙側; 兩邊"),
    Row("midline", "Middle", "正中", "project",
        "In the middle, on neither side.", "center; centre; central; 中間"),
    Row("one", "One side", "單側", "S1 S2 S4",
        "One side only; which one is unsaid.", "one_sided; unilateral; 一邊; 單邊"),
)
_ONSETS = (
    Row("sudden", "Suddenly", "突然", "S0 S2 S4",
        "It began from one moment to the next.", "abrupt; acute; all at once; 忽然; 急性"),
    Row("gradual", "Gradually", "逐漸", "project",
        "It built up over hours or longer.", "slow; slowly; insidious; bit by bit; 慢慢; 漸漸"),
)
_COURSES = (
    Row("stable", "About the same", "差不多", "project",
        "It has not changed since it began.",
        "unchanged; same; constant; persistent; no change; 沒變"),
    Row("more_frequent", "More often", "更頻繁", "S1",
        "It comes more often than at first.", "increasing; more frequently; 變多"),
    Row("worsening", "Stronger", "加劇", "S3",
        "It is stronger or lasts longer.",
        "worse; worsens; getting worse; progressive; progressing; 變嚴重; 惡化"),
    Row("improving", "Getting better", "改善中", "S4",
        "It is weaker or rarer than at first.",
        "better; getting less; decreasing; easing; 好轉; 變好"),
    Row("spreading", "Spreading", "擴散", "S0",
        "A new place joined the old one.", "site_spread; spread; spreads"),
    Row("migrating", "Moving", "移動", "S3",
        "It moved to another place and the first one stopped.",
        "site_migration; moving around; wandering; 轉移"),
    Row("intermittent", "Comes and goes", "時有時無", "S3",
        "It stops and returns.",
        "on and off; waxing and waning; fluctuating; recurrent; recurring; relapsing; 斷斷續續; "
        "反覆"),
    Row("resolved", "Gone", "已消失", "S1 S2 S3",
        "It has stopped.", "self_resolved; once_off; stopped; disappeared; went away; 好了; 消失"),
)
_EYE_CLOSURES = (
    Row("none", "Eye stays open", "眼睛不會閉上", "project", "The twitch does not move the lid."),
    Row("partial", "Eye closes partly", "眼睛半閉", "project",
        "The twitch narrows the eye.", "half closed; partly; 半閉"),
    Row("full", "Eye closes fully", "眼睛完全閉上", "S1",
        "The twitch forces the eye shut.", "forces_eye_closed; eye shut; complete; 完全閉眼"),
)
_TWITCHED = (
    Row("yes", "Yes", "有", "project", "It twitched on that day."),
    Row("no", "No", "沒有", "project", "It did not twitch on that day."),
    Row("unsure", "Don't remember", "不記得", "project",
        "Counts as a missing day, never as a quiet one."),
)
_REPORTERS = (
    Row("self", "Myself", "本人", "S0 S1",
        "The person who twitches.", "patient; me; 自己"),
    Row("relative", "Relative", "家人", "S0",
        "A family member.",
        "observer; family; parent; mother; father; spouse; partner; wife; husband; child; "
        "daughter; son; 父母; 配偶; 子女"),
    Row("friend", "Friend", "朋友", "S1", "A friend."),
    Row("carer", "Carer", "照顧者", "project",
        "Someone who looks after the person.", "caregiver; 看護"),
    Row("clinician", "Clinician", "醫療人員", "project",
        "A health professional.", "doctor; nurse; neurologist; physician; 醫師; 護理師"),
)
_HISTORY_STATUSES = (
    Row("present", "Yes", "有", "project", "The person has or had it."),
    Row("none_known", "None known", "無已知病史", "project", "Asked, and none is known."),
    Row("not_asked", "Not asked", "未詢問", "project", "Nobody has asked yet."),
)
_REMEDY_RATINGS = (
    Row("helped", "Helped", "有幫助", "project", "It got better with it."),
    Row("no_change", "No change", "沒有變化", "project", "It made no difference."),
    Row("worse", "Worse", "變差", "project", "It got worse with it."),
)
# fmt: on


def _list(name: str, rows: tuple[Row, ...]) -> CodeList[Code]:
    return CodeList(name, (Code(**row.fields()) for row in rows))


SIDES = _list("sides", _SIDES)
ONSETS = _list("onsets", _ONSETS)
COURSES = _list("courses", _COURSES)
EYE_CLOSURES = _list("eye_closures", _EYE_CLOSURES)
TWITCHED = _list("twitched", _TWITCHED)
REPORTERS = _list("reporters", _REPORTERS)
HISTORY_STATUSES = _list("history_statuses", _HISTORY_STATUSES)
REMEDY_RATINGS = _list("remedy_ratings", _REMEDY_RATINGS)
