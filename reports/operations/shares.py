"""Sharing a report by a link: granted and taken back by the person, opened by whoever has the PIN.

A try at the PIN is counted before it is looked at and taken off again when it was right. So guesses
sent at once are as few as guesses sent one by one, and no lock is held while a PIN is hashed.
"""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F, Q
from django.db.models.functions import Greatest

from diary.domain.access_log import Access, Action, Actor
from diary.domain.deliveries import About
from diary.domain.errors import FieldError, InvalidRecord, LimitReached, RecordNotFound
from diary.domain.retention import Kept
from diary.models.isolation import acting_for, knowing, sweeping
from diary.operations.access_log import note_access, note_access_if_possible
from diary.operations.counter import lock_counter
from diary.operations.outbox import tell_once
from reports.domain.sharing import (
    MOST_SHARES,
    ONE_LOOK,
    SECRET_BYTES,
    SESSION_LASTS,
    SHORTEST_PIN,
    SharedForm,
    ViewKind,
    Visitor,
    digest_of,
    is_too_simple,
)
from reports.models import Report, ReportDue, Share, ShareKey, ShareSession, ShareView


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTerms:
    """What a person grants: one report, for how long, and the PIN, None for one made here."""

    report_id: UUID
    label: str
    lasts: timedelta
    pin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A new share with what opens it; neither the secret nor the PIN is kept."""

    share: Share
    secret: str
    pin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedContent:
    """One form of a shared report, exactly as it was made, and the report's id to name it by."""

    report_id: UUID
    content: bytes


def share_report(person_id: UUID, terms: ShareTerms, *, now: datetime) -> Granted:
    """Return a new share of a report that is ready; the report is kept as long as the share.

    Raises RecordNotFound for a report the person does not have, InvalidRecord for one that cannot
    be shared or a PIN that is too simple, and LimitReached beyond MOST_SHARES that can be opened.
    """
    pin = _chosen_pin(terms.pin)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    pin_hash = make_password(pin)  # before anything is locked: it takes a while
    expires_at = now + terms.lasts
    with acting_for(person_id):
        lock_counter(person_id)
        if Share.objects.takes_a_pin(now=now).filter(person_id=person_id).count() >= MOST_SHARES:
            raise LimitReached
        report = _kept(person_id, terms.report_id, until=expires_at, now=now)
        share = Share.objects.create(
            person_id=person_id,
            id=uuid4(),
            report_id=report.id,
            parameters=report.parameters,
            made_at=report.finished_at or now,
            label=terms.label,
            pin_hash=pin_hash,
            created_at=now,
            expires_at=expires_at,
        )
        ShareKey.objects.create(
            share_id=share.id,
            person_id=person_id,
            secret_digest=digest_of(secret),
            forget_at=expires_at + settings.RETENTION[Kept.SHARES],
        )
        note_access(person_id, Access(action=Action.SHARE_GRANTED, what="report"), now=now)
    return Granted(share=share, secret=secret, pin=pin)


def _chosen_pin(pin: str | None) -> str:
    if pin is None:
        pin = _random_pin()
        while is_too_simple(pin):
            pin = _random_pin()
    elif is_too_simple(pin):
        sentence = "This PIN is too easy to guess. Take other digits."
        raise InvalidRecord((FieldError(path=("pin",), code="too_simple", detail=sentence),))
    return pin


def _random_pin() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(SHORTEST_PIN))


def _kept(person_id: UUID, report_id: UUID, *, until: datetime, now: datetime) -> Report:
    """Return a report that can be shared, kept until then; its queue row keeps others away."""
    due = ReportDue.objects.select_for_update().filter(report_id=report_id, person_id=person_id)
    if due.first() is None:
        raise RecordNotFound
    mine = Report.objects.filter(person_id=person_id, id=report_id)
    complete = mine.filter(pdf__isnull=False, page__isnull=False, fhir__isnull=False)
    report = complete.filter(expires_at__gt=now).without_files().first()
    if report is None:
        sentence = "This report is not ready, or too old to be shared. Ask for a new one."
        raise InvalidRecord((FieldError(path=("report",), code="not_ready", detail=sentence),))
    mine.update(expires_at=Greatest(F("expires_at"), until))
    due.update(due_at=Greatest(F("due_at"), until))
    return report


def revoke_share(person_id: UUID, share_id: UUID, *, now: datetime) -> None:
    """End a share at once and for good, with all that is open of it; again changes nothing.

    Raises RecordNotFound when the person has no such share.
    """
    with acting_for(person_id):
        share = Share.objects.filter(person_id=person_id, id=share_id)
        if share.filter(ended_at__isnull=True).update(ended_at=now):
            ShareSession.objects.filter(share_id=share_id).delete()
            forget_at = now + settings.RETENTION[Kept.SHARES]
            ShareKey.objects.filter(share_id=share_id).update(forget_at=forget_at)
            revoked = Access(action=Action.SHARE_REVOKED, what="report")
            note_access_if_possible(person_id, revoked, now=now)
        elif not share.exists():
            raise RecordNotFound


def open_share(secret: str, pin: str, visitor: Visitor, *, now: datetime) -> str | None:
    """Return the token of a new session, or None, whatever the reason and after the same work.

    Wrong, expired, taken back, unknown and used up are one: each costs the hashing of one PIN.
    """
    key = _key_of(secret)
    pin_hash = None if key is None else _take_a_try(key, now=now)
    if key is None or pin_hash is None:
        make_password(pin)
        return None
    if not check_password(pin, pin_hash):
        refused = _by_clinician(Action.REFUSED, "wrong_pin", key.share_id)
        note_access_if_possible(key.person_id, refused, now=now)
        return None
    return _begin_session(key, visitor, now=now)


def _key_of(secret: str) -> ShareKey | None:
    digest = digest_of(secret)
    with knowing(digest):
        return ShareKey.objects.filter(secret_digest=digest, person__is_active=True).first()


def _session_of(token: str) -> ShareSession | None:
    digest = digest_of(token)
    with knowing(digest):
        return ShareSession.objects.filter(token_digest=digest, person__is_active=True).first()


def _take_a_try(key: ShareKey, *, now: datetime) -> str | None:
    """Count a try, as one of the few there are; return the hash of the PIN, None when none is left.

    The update locks the row, so that parallel tries are counted one after the other.
    """
    with acting_for(key.person_id):
        share = Share.objects.filter(person_id=key.person_id, id=key.share_id)
        if not share.takes_a_pin(now=now).update(wrong_pins=F("wrong_pins") + 1):
            return None
        return share.values_list("pin_hash", flat=True).get()


def _begin_session(key: ShareKey, visitor: Visitor, *, now: datetime) -> str | None:
    token = secrets.token_urlsafe(SECRET_BYTES)
    with acting_for(key.person_id):
        valid = Share.objects.valid(now=now).filter(person_id=key.person_id, id=key.share_id)
        share = valid.select_for_update().first()
        if share is None:  # taken back while the PIN was hashed
            return None
        share.wrong_pins -= 1
        share.save(update_fields=["wrong_pins"])
        view = _note_view(share, ViewKind.OPENED, visitor, now=now)
        ShareSession.objects.create(
            token_digest=digest_of(token),
            person_id=share.person_id,
            share_id=share.id,
            opening_id=view.id,
            expires_at=min(now + SESSION_LASTS, share.expires_at),
        )
        tell_once(share.person_id, About.SHARE, news=view.id, now=now)
        opened = _by_clinician(Action.SHARE_OPENED, "report", share.id)
        note_access(share.person_id, opened, now=now)
    return token


def _by_clinician(action: Action, what: str, share_id: UUID) -> Access:
    return Access(action=action, what=what, actor=Actor.CLINICIAN, actor_id=share_id)


def _note_view(share: Share, what: ViewKind, visitor: Visitor, *, now: datetime) -> ShareView:
    return ShareView.objects.create(
        person_id=share.person_id,
        id=uuid4(),
        share_id=share.id,
        at=now,
        what=what.value,
        **asdict(visitor),
    )


def read_shared(
    token: str, form: SharedForm, visitor: Visitor, *, now: datetime
) -> SharedContent | None:
    """Return one form of the report that a session may read, and log that it was read.

    None without a session, and as soon as the share has expired or was taken back. The name in the
    log is the one given when the link was opened.
    """
    session = _session_of(token)
    if session is None or session.expires_at <= now:
        return None
    with acting_for(session.person_id):
        mine = Q(person_id=session.person_id)
        share = Share.objects.valid(now=now).filter(mine, id=session.share_id).first()
        if share is None:
            return None
        report = Report.objects.only("id", form.value).get(mine, id=share.report_id)
        opening = ShareView.objects.get(mine, id=session.opening_id)
        named = replace(visitor, recipient=opening.recipient)
        _note_reading(share, ViewKind(form.value), named, now=now)
        read = _by_clinician(Action.SHARE_READ, f"report.{form.value}", share.id)
        note_access(share.person_id, read, now=now, once_an_hour=True)
    return SharedContent(report_id=report.id, content=bytes(getattr(report, form.value)))


def _note_reading(share: Share, what: ViewKind, visitor: Visitor, *, now: datetime) -> None:
    """Log a look, unless it is the same as a moment ago: nobody hides an older one by reloading."""
    before = ShareView.objects.filter(
        person_id=share.person_id, share_id=share.id, what=what.value, at__gt=now - ONE_LOOK
    )
    if visitor not in (_visitor_of(view) for view in before):
        _note_view(share, what, visitor, now=now)


def _visitor_of(view: ShareView) -> Visitor:
    return Visitor(recipient=view.recipient, network=view.network, browser=view.browser)


def close_session(token: str) -> None:
    """End a session, if there is one; the link can be opened again."""
    session = _session_of(token)
    if session is not None:
        with acting_for(session.person_id):
            session.delete()


def forget_shares(*, now: datetime, limit: int) -> int:
    """Delete up to `limit` shares, with their log, whose time to be looked up is over.

    Sessions that have run out go, too. Returns how many shares went; again deletes nothing more.
    """
    with sweeping():
        ShareSession.objects.filter(expires_at__lte=now).delete()
        over = ShareKey.objects.filter(forget_at__lte=now).order_by("forget_at")
        keys = list(over.values_list("person_id", "share_id")[:limit])
    for person_id, share_id in keys:
        with acting_for(person_id):
            Share.objects.filter(person_id=person_id, id=share_id).delete()
            ShareKey.objects.filter(person_id=person_id, share_id=share_id).delete()
    return len(keys)
