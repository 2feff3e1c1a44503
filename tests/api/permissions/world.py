"""Everybody who may call the service, around one person who has used all of it."""

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from api.clinician import COOKIE
from diary.domain.deliveries import EndpointKind
from diary.domain.following import Terms
from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import RecordType
from diary.models import Alert, Device
from diary.models.isolation import acting_for
from diary.models.people import User
from diary.operations.devices import revoke_device
from diary.operations.endpoints import EndpointRequest, register_endpoint
from diary.operations.erasure import ask_for_erasure
from diary.operations.following import end_following, invite, take_up
from diary.operations.profile import save_profile
from reports.operations.shares import Granted, share_report
from tests.api.accounts.steps import reauthenticate
from tests.factories import check_in, episode, moment, operation, problem, symptom, write
from tests.reports.shared import opened, ready_report, terms
from tests.sync.service import rows_of

CONTRACT = json.loads(Path("docs/openapi.json").read_text("utf-8"))
SHARES = "/v1/shares"
CANARY = "canary-of-the-owner"
ASKED = {
    "period_start": "2025-12-11", "period_end": "2026-03-10", "paper": "a4", "language": "en",
    "attachment": True,
}  # fmt: skip
DATA: dict[RecordType, dict[str, Any]] = {
    RecordType.EPISODE: episode(note=CANARY, symptoms=[symptom("seizure")]),
    RecordType.CHECK_IN: check_in(note=CANARY),
    RecordType.PROBLEM: problem(note=CANARY),
    RecordType.MEDICATION: {"name": CANARY},
    RecordType.HISTORY_ITEM: {"kind": "condition", "own_label": CANARY},
    RecordType.REMEDY_TRIAL: {"remedy": "own", "own_label": CANARY, "started_on": "2026-03-01"},
}


@dataclass(kw_only=True)
class Caller:
    """Somebody with their way to be known: a session token, a cookie of a link, or neither."""

    token: str = ""
    cookie: str = ""
    names: dict[str, str] = field(default_factory=dict)

    def client(self, host: str = "testserver") -> Client:
        """Return what they call with."""
        known = {"X-Session-Token": self.token} if self.token else {}
        client = Client(raise_request_exception=False, headers=known, SERVER_NAME=host)
        if self.cookie:
            client.cookies[COOKIE] = self.cookie
        return client


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What came of one call."""

    status: int
    content: bytes
    has_changed_the_diary: bool

    def said(self) -> tuple[int, Any]:
        """Return status and body, without the number that each request has of its own."""
        body = json.loads(self.content)
        return self.status, {name: body[name] for name in body if name != "instance"}


class World:
    """The owner with one of everything, and the callers by name."""

    NAMES = (
        *(type_.value for type_ in DATA),
        "alert", "device", "endpoint", "follower", "follow", "report", "share",
    )  # fmt: skip

    def __init__(self, signed_up: Any) -> None:
        self.now = timezone.now()
        owner = signed_up("owner@example.org")
        reauthenticate(owner)
        self.owner = User.objects.get(email=owner.email)
        self.names = self._things_of_the_owner()
        self.callers = {
            "anonymous": Caller(),
            "owner": Caller(token=owner.token),
            "other": Caller(token=self._other(signed_up("other@example.org"))),
            "follower": self._follower(signed_up("follower@example.org")),
            "logger": self._follower(signed_up("logger@example.org"), may_log=True),
            "former": self._follower(signed_up("former@example.org"), ended=True),
            "link": Caller(cookie=opened(self._share(), now=self.now)),
            "revoked": Caller(token=self._revoked(owner)),
            "staff": Caller(token=self._staff(signed_up)),
        }
        self.diary = rows_of(self.owner.pk)

    def _things_of_the_owner(self) -> dict[str, str]:
        start = moment((self.now - timedelta(hours=1)).isoformat(timespec="seconds"), "")
        data = {**DATA, RecordType.EPISODE: {**DATA[RecordType.EPISODE], "start": start}}
        ids = {type_: uuid4() for type_ in data}
        write(
            self.owner,
            *(operation(one, type=type_, id=ids[type_]) for type_, one in data.items()),
            now=self.now,
        )
        save_profile(self.owner.pk, ProfileData(name=CANARY), base_version=None, now=self.now)
        asked = EndpointRequest(
            kind=EndpointKind.WEBHOOK, address={"url": "https://example.org/h"}, label=CANARY
        )
        registered = register_endpoint(self.owner.pk, asked, now=self.now)
        ask_for_erasure(self.owner.pk, now=self.now)
        share = self._share()
        offer = Terms(label=CANARY, relation="friend", levels=(), repeats=0, may_log=False)
        invitation, _ = invite(self.owner.pk, offer, now=self.now)
        with acting_for(self.owner.pk):
            alert = Alert.objects.get(rule="E3")
            [device] = Device.objects.all()
        records = {type_.value: str(id_) for type_, id_ in ids.items()}
        return records | {
            "alert": str(alert.id),
            "device": str(device.id),
            "endpoint": str(registered.id),
            "follower": str(invitation.id),
            "follow": str(invitation.id),
            "report": str(share.share.report_id),
            "share": str(share.share.id),
        }

    def _share(self) -> Granted:
        report = ready_report(self.owner, now=self.now, parameters=ASKED, document=CANARY.encode())
        return share_report(self.owner.pk, terms(report, label=CANARY), now=self.now)

    def _other(self, phone: Any) -> str:
        reauthenticate(phone)
        return str(phone.token)

    def _follower(self, phone: Any, *, may_log: bool = False, ended: bool = False) -> Caller:
        person = User.objects.get(email=phone.email)
        levels = ("emergency",)
        offer = Terms(label=CANARY, relation="friend", levels=levels, repeats=0, may_log=may_log)
        _, code = invite(self.owner.pk, offer, now=self.now)
        follow, _ = take_up(person.pk, code, label="Mom", now=self.now)
        if ended:
            end_following(follow.id, now=self.now, person_id=self.owner.pk)
        return Caller(token=phone.token, names={"follow": str(follow.id)})

    def _revoked(self, owner: Any) -> str:
        lost = type(owner)(owner.email)
        lost.sign_in()
        with acting_for(self.owner.pk):
            device = Device.objects.exclude(id=self.names["device"]).get()
        revoke_device(self.owner.pk, device.id, now=self.now)
        return str(lost.token)

    def _staff(self, signed_up: Any) -> str:
        phone = signed_up("staff@example.org")
        User.objects.filter(email=phone.email).update(is_staff=True, is_superuser=True)
        return str(phone.token)

    def address(self, path: str) -> str:
        """Return a path of the table with the ids of the owner's things in it."""
        return path.format(**self.names)

    def call(
        self,
        caller: Caller,
        method: str,
        path: str,
        *,
        names: dict[str, str] | None = None,
        more: dict[str, Any] | None = None,
    ) -> Call:
        """Return what came of one call, which leaves nothing behind."""
        cache.clear()
        headers = {"If-Match": '"1"', "Sec-Fetch-Site": "same-origin"}
        address = path.format(**(names or self.names | caller.names))
        body = example_body(method, address) | (more or {})
        if address == SHARES:
            body |= {"report": self.names["report"]}
        with transaction.atomic():
            answer = caller.client().generic(
                method, address, json.dumps(body), "application/json", headers=headers
            )
            content = answer.getvalue()  # while it is there: an export reads as it is taken
            writes = method != "GET" and answer.status_code < HTTPStatus.BAD_REQUEST
            changed = writes and rows_of(self.owner.pk) != self.diary
            transaction.set_rollback(True)
        return Call(status=answer.status_code, content=content, has_changed_the_diary=changed)


def route_of(path: str) -> str:
    """Return the route of an address as the contract writes it, such as /v1/alerts/{id}."""
    return "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", resolve(path.partition("?")[0]).route)


def example_body(method: str, path: str) -> dict[str, Any]:
    """Return the first example of the contract: what a phone may send there."""
    operation = CONTRACT["paths"].get(route_of(path), {}).get(method.lower(), {})
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    examples = list(content.get("examples", {}).values())
    return dict(examples[0]["value"]) if examples else {}
