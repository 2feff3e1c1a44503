"""How a twitch moves: its kind and its directions."""

from diary.domain.vocabulary.codes import Code, CodeList, Row

# fmt: off
_MOVEMENTS = (
    Row("twitch", "Twitch", "抽動", "S0 S1 S2 S3 S4",
        "Small quick movements of a muscle that come by themselves.",
        "twitching; muscle twitch; 跳動; 顫搐"),
    Row("spasm", "Spasm", "痙攣", "S1 S2 S3 S4",
        "A muscle tightens suddenly and lets go.", "spasms"),
    Row("contraction", "Sustained contraction", "持續收縮", "S1 S2 S4",
        "A muscle tightens and stays tight for seconds or longer.",
        "sustained; pulling; twisting; cramping"),
    Row("jerk", "Jerk", "抽搐", "project",
        "One sudden, shock-like movement.", "jerking; jolt"),
    Row("quiver", "Quiver", "輕顫", "S4",
        "A fine, fast trembling.", "quivering; trembling; lip trembling; lip quivering"),
    Row("shaking", "Shaking", "抖動", "S0",
        "A shaking felt inside or seen outside, unlike a spasm.", "shake; shaking sensation"),
    Row("tremor", "Tremor", "震顫", "S0 S1 S2 S4",
        "A regular to-and-fro movement.", "tremors; rhythmic shaking"),
    Row("tic", "Tic", "習慣性抽動", "S2 S3 S4",
        "A repeated movement that can be held back for a while.", "tics; puckering; pursing"),
)
_DIRECTIONS = (
    Row("up", "Upward", "向上", "S1", "The part is pulled up.", "upwards"),
    Row("down", "Downward", "向下", "project", "The part is pulled down.", "downwards"),
    Row("left", "To the left", "向左", "S1", "Toward the person's own left.", "leftward"),
    Row("right", "To the right", "向右", "project", "Toward the person's own right.", "rightward"),
    Row("inward", "Inward", "向內", "project", "Toward the middle of the face.", "medial"),
    Row("outward", "Outward", "向外", "project", "Away from the middle of the face.", "lateral"),
)
# fmt: on

MOVEMENTS = CodeList("movements", (Code(**row.fields()) for row in _MOVEMENTS))
DIRECTIONS = CodeList("directions", (Code(**row.fields()) for row in _DIRECTIONS))
