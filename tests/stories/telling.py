"""A person who tells a story through the API: signs up, fills in, logs, and is looked at."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from diary.operations.looks import look_at_due
from tests.api.v1.test_records import send
from tests.stories.conftest import TODAY
from tests.sync.requests import create

LEASE = timedelta(minutes=1)


class Teller:
    """A signed-up person in Taipei; days are counted back from TODAY."""

    def __init__(self, phone):
        self.phone = phone
        profile = {"country": "TW", "time_zone": "Asia/Taipei", "birth_year": 1998}
        assert send(phone, "put", "/v1/profile", profile).status_code == 200

    def save(self, route, **data):
        """Create a record and return the answer of the service."""
        answer = send(self.phone, "post", f"/v1/{route}", {"id": str(uuid4()), "data": data})
        assert answer.status_code == 201, answer.content
        return answer.json()

    def is_born_in(self, year):
        """Correct the year of birth."""
        changed = self.phone.get("/v1/profile").json() | {"birth_year": year}
        profile = {name: changed[name] for name in ("country", "time_zone", "birth_year")}
        answer = send(self.phone, "put", "/v1/profile", profile, **{"If-Match": 'W/"1"'})
        assert answer.status_code == 200, answer.content

    def tells(self, *, since=None, sites=(), **fields):
        """Fill in the intake of today."""
        data = {"asked_on": day(0), "sites": list(sites), "still_present": True} | fields
        if since is not None:
            data |= {"first_day_earliest": day(since), "first_day_latest": day(since)}
        return self.save("problems", **data)

    def logs(self, days_ago=0, *, hour=9, sites=(), **fields):
        """Log an episode."""
        at = at_hour(days_ago, hour).isoformat()
        start = {"at": at, "time_zone": "Asia/Taipei"}
        return self.save("episodes", start=start, sites=list(sites), **fields)

    def logs_offline(self, *episodes):
        """Send episodes logged today without a network in one batch; return the answer to each."""
        operations = [
            create(
                {"start": {"at": at_hour(0, hour).isoformat(), "time_zone": "Asia/Taipei"}} | fields
            )
            for hour, fields in episodes
        ]
        answer = self.phone.post("/v1/sync", {"sent_at": TODAY.isoformat(), "ops": operations})
        assert answer.status_code == 200, answer.content
        results = answer.json()["results"]
        assert [result["status"] for result in results] == ["applied"] * len(episodes)
        return results

    def checks_in(self, days_ago=0, twitched="no", **fields):
        """Answer the evening's questions."""
        data = {"local_date": day(days_ago), "twitched": twitched, "warning_signs_asked": True}
        return self.save("check-ins", **(data | fields))

    def takes(self, name, medicine_class, *, since, until=None):
        """Put a medicine on the list."""
        data = {"name": name, "medicine_class": medicine_class, "started": {"date": day(since)}}
        if until is not None:
            data["stopped"] = {"date": day(until)}
        return self.save("medications", **data)

    def assessment(self):
        """Let the background look, and return what the service says about everything."""
        look_at_due(now=timezone.now(), limit=10, lease=LEASE)
        return Told(self.phone.get("/v1/assessment").json(), self.alerts())

    def experiments(self):
        """Return what each remedy trial showed before and during it."""
        items = self.phone.get("/v1/insights/experiments").json()["items"]
        assert items
        return items

    def alerts(self):
        return {item["rule"]: item for item in self.phone.get("/v1/alerts").json()["items"]}


class Told:
    """An assessment as the tests ask about it."""

    def __init__(self, answer, alerts):
        self.level = answer["level"]
        self.addressee = answer["addressee"]
        self.findings = {finding["rule"]: finding for finding in answer["findings"]}
        self.rules = set(self.findings)
        self.open_alerts = {rule for rule, alert in alerts.items() if alert["state"] == "open"}


def at_hour(days_ago, hour):
    return TODAY.replace(hour=hour) - timedelta(days=days_ago)


def day(days_ago):
    return at_hour(days_ago, 12).date().isoformat()


def place(site, side=None):
    return {"site": site, "side": side}
