"""Tables, constraints and querysets of the diary; no decisions."""

from diary.models.access_log import AccessLogBeginning, AccessLogRow
from diary.models.alerts import LIVE_STATES, Alert, Look, LookDue
from diary.models.consents import Consent
from diary.models.data_keys import DataKey
from diary.models.days import DailyRow
from diary.models.erasure import Erasure, ErasureTombstone
from diary.models.follows import FollowerSaw
from diary.models.lookups import AnyOf
from diary.models.outbox import (
    AlertPush,
    Delivery,
    DeliveryAttempt,
    Endpoint,
    Follow,
    PushDue,
)
from diary.models.people import Device, DevicePlatform, User
from diary.models.profile import Profile
from diary.models.records import (
    CheckIn,
    Episode,
    HistoryItem,
    Medication,
    Problem,
    RemedyTrial,
)
from diary.models.reminders import ReminderDue
from diary.models.retention import RetentionRound
from diary.models.sync import EntryVersion, PersonSync, RefusedOperation

__all__ = [
    "LIVE_STATES",
    "AccessLogBeginning",
    "AccessLogRow",
    "Alert",
    "AlertPush",
    "AnyOf",
    "CheckIn",
    "Consent",
    "DailyRow",
    "DataKey",
    "Delivery",
    "DeliveryAttempt",
    "Device",
    "DevicePlatform",
    "Endpoint",
    "EntryVersion",
    "Episode",
    "Erasure",
    "ErasureTombstone",
    "Follow",
    "FollowerSaw",
    "HistoryItem",
    "Look",
    "LookDue",
    "Medication",
    "PersonSync",
    "Problem",
    "Profile",
    "PushDue",
    "RefusedOperation",
    "RemedyTrial",
    "ReminderDue",
    "RetentionRound",
    "User",
]
