"""The answers that are one of a few: sides, courses, precisions, statuses."""

from enum import StrEnum


class Side(StrEnum):
    """The patient's own side. `ONE` is one-sided with the side unsaid."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    MIDLINE = "midline"
    ONE = "one"


class Onset(StrEnum):
    """How something began."""

    SUDDEN = "sudden"
    GRADUAL = "gradual"


class Course(StrEnum):
    """How a problem has gone since it began, in the person's own judgment."""

    STABLE = "stable"
    MORE_FREQUENT = "more_frequent"
    WORSENING = "worsening"
    IMPROVING = "improving"
    SPREADING = "spreading"
    MIGRATING = "migrating"
    INTERMITTENT = "intermittent"
    RESOLVED = "resolved"


class EyeClosure(StrEnum):
    """How far the twitch shuts the eye."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


class Twitched(StrEnum):
    """The answer to "did it twitch today?". `UNSURE` counts as a missing day, never as quiet."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Reporter(StrEnum):
    """Who observed what is reported."""

    SELF = "self"
    RELATIVE = "relative"
    FRIEND = "friend"
    CARER = "carer"
    CLINICIAN = "clinician"


class DatePrecision(StrEnum):
    """How exactly a date is known; the unknown parts of the stored date are 1."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class MomentPrecision(StrEnum):
    """How exactly a time of day is known."""

    MINUTE = "minute"
    PART_OF_DAY = "part_of_day"
    DAY = "day"


class HistoryStatus(StrEnum):
    """The three answers of a history question, kept apart on paper and in rules."""

    PRESENT = "present"
    NONE_KNOWN = "none_known"
    NOT_ASKED = "not_asked"


class HistoryKind(StrEnum):
    """What a history item is about."""

    CONDITION = "condition"
    SURGERY = "surgery"
    TEST = "test"
    FAMILY = "family"


class Referral(StrEnum):
    """Whether the person can book a neurologist directly or goes through their own doctor."""

    DIRECT = "direct"
    VIA_GP = "via_gp"
