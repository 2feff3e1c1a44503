"""How a twitch moves: its kind and its directions."""

from diary.domain.vocabulary.codes import Code, CodeList, Row

# fmt: off
_MOVEMENTS = (
    Row("twitch", "Twitch", "抽動", "S0 S1 S2 S3 S4",
        "Small quick movements of a muscle that come by themselves.",
        "twitching; muscle twitch; 跳動; 顫搐; flicker; flickering; jumping; pulsing; pulsating; "
        "pulse; fasciculation; fasciculations; 抽; 抖一下; 肉跳"),
    Row("spasm", "Spasm", "痙攣", "S1 S2 S3 S4",
        "A muscle tightens suddenly and lets go.",
        "spasms; spasming; spasmodic; clonic spasm; 抽筋"),
    Row("contraction", "Sustained contraction", "持續收縮", "S1 S2 S4",
        "A muscle tightens and stays tight for seconds or longer.",
        "sustained; pulling; twisting; cramping; squeezing; tightening; clenching; cramp; "
        "pulled; dystonic; tonic; locked; 抽緊; 拉扯; 糾結"),
    Row("jerk", "Jerk", "抽搐", "project",
        "One sudden, shock-like movement.",
        "jerking; jolt; jerky; myoclonic; myoclonus; clonic; 猛抽"),
    Row("quiver", "Quiver", "輕顫", "S4",
        "A fine, fast trembling.",
        "quivering; trembling; lip trembling; lip quivering; fluttering; flutter; vibrating; "
        "vibration; buzzing; 顫動; 微顫"),
    Row("rippling", "Rippling", "波浪狀蠕動", "project",
        "Fine waves run through the muscle, as of worms under the skin.",
        "ripple; ripples; rippling movement; undulating; worm-like; wave-like; wriggling; "
        "myokymia; myokymic; crawling; 蠕動; 波動"),
    Row("shaking", "Shaking", "抖動", "S0",
        "A shaking felt inside or seen outside, unlike a spasm.",
        "shake; shaking sensation; shaky; 搖動"),
    Row("tremor", "Tremor", "震顫", "S0 S1 S2 S4",
        "A regular to-and-fro movement.",
        "tremors; rhythmic shaking; tremble; trembly; rhythmic movement; 發抖; 顫抖"),
    Row("tic", "Tic", "習慣性抽動", "S2 S3 S4",
        "A repeated movement that can be held back for a while.",
        "tics; puckering; pursing; grimace; grimacing; nose wrinkling; 怪表情"),
    Row("blinking", "Blinking or winking", "眨眼", "project",
        "The lids blink, wink or squeeze by themselves.",
        "blink; wink; winking; forced blinking; excessive blinking; eye squeezing; squinting"),
    Row("chewing", "Chewing or smacking", "咀嚼或咂嘴動作", "project",
        "Lips, jaw or tongue move as in chewing or smacking.",
        "smacking; lip smacking; chewing movements; writhing; mouthing; dyskinesia; dyskinetic; "
        "咂嘴"),
    Row("synkinesis", "Moves along with another part", "連帶運動", "project",
        "The part moves only when another part of the face is meant to move.",
        "synkinetic; co-movement; moves together; mirror movement; 聯帶運動; 連動"),
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
