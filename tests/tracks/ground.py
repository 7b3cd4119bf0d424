"""An incident with its tracks for tests: people of publicity and of care, a family with names to look for, a figure told above;
and its night, in which everything happens on tracks that can be said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from argon2 import PasswordHasher

from command.core import canonical, clock, credentials
from command.core.auth import Auth
from command.core.errors import Problem
from tests.county import PASSWORD, VILLAGE, County
from tests.doors import Doors

PUBLICITY, HEALTH = "140429-publicity", "140429-health"
PEOPLE = (
    ("publicity_duty", "dept_duty", PUBLICITY),
    ("carer", "care", HEALTH),
    ("carer2", "care", HEALTH),
    ("carer3", "care", HEALTH),
)
VICTIM, RELATIVE, LIAISON = "乔望山", "乔小满", "裴解语"
MARKERS = (
    VICTIM,
    RELATIVE,
    LIAISON,
    "13911112222",
    "13933334444",
    "迎宾楼三零二",
    "已看到救援通道",
    "梦见井下",
    "柳青禾",
)
FAMILY = {
    "victim": VICTIM, "relative": RELATIVE, "relative_phone": "13911112222", "lodging": "迎宾楼三零二", "liaison": LIAISON,
    "liaison_phone": "13933334444",
}  # fmt: skip
WORDS = {"title": "关于顶板事故的情况通报", "text": "事故造成4人被困，救援正在进行。"}


def people(cast: County) -> None:
    """Bring in who works on tracks; once."""
    if "carer" in cast.users:
        return
    credentials.hasher = PasswordHasher(time_cost=1, memory_cost=1024)  # a hash names its own cost
    auth = Auth(cast.node)
    cast.users, cast.tokens = dict(cast.users), cast.tokens
    for username, role, centre in PEOPLE:
        body = {"username": username, "name": f"甲 {username}", "role": role, "centre": centre, "lasting": True,
                "password": f"{PASSWORD} {username}", "team_id": None}  # fmt: skip
        cast.users[username] = cast.do("system", "user.create", body)["id"]
        cast.tokens[username] = auth.issue_token(cast.users[username], "tests")
    credentials.hasher = PasswordHasher()


def share(cast: County, incident: str) -> None:
    """Publicity and health see it too."""
    people(cast)
    for centre in (PUBLICITY, HEALTH):
        cast.do("county_duty", "incident.share", {"id": incident, "centre": centre})


def roof_fall(cast: County) -> str:
    """A roof fall with four trapped, shared with publicity and health."""
    body = {"kind": "roof", "title": "顶板冒落", "village_code": VILLAGE, "casualties": {"trapped": 4}}
    incident = str(cast.do("county_duty", "incident.open", body)["id"])
    share(cast, incident)
    return incident


def tell_above(cast: County, incident: str) -> None:
    """The city is told the reporting figures by telephone."""
    cast.do("county_duty", "sitrep.phone", {"id": incident, "to": "city", "person": "市值班员"})


def draft(cast: County, incident: str, who: str = "publicity_duty", **words: Any) -> str:
    """A statement."""
    return str(cast.do(who, "statement.draft", {"id": incident, **WORDS, **words})["id"])


def approved(cast: County, incident: str, **words: Any) -> str:
    """A statement approved by both sides."""
    thing = draft(cast, incident, **words)
    cast.do("county_leader", "statement.approve", {"id": thing})
    cast.do("publicity_duty", "statement.approve", {"id": thing})
    return thing


def family(cast: County, incident: str, who: str = "county_duty", **more: Any) -> str:
    """A family with its liaison."""
    return str(cast.do(who, "family.open", {"id": incident, **FAMILY, **more})["id"])


def care(cast: County, incident: str, **more: Any) -> str:
    """Somebody in care, with a colleague who reads along."""
    body = {"group": "rescuer", "name": "柳青禾", "colleague_id": cast.users["carer2"], **more}
    return str(cast.do("carer", "care.open", {"id": incident, **body})["id"])


WORD = {"person": "王县长", "post": "县长", "channel": "电话"}
"""A leader's word as the duty officer records it."""


class Fall:
    """A roof fall for the table of actions, with one thing of each kind on it."""

    def __init__(self, cast: County) -> None:
        self.incident = roof_fall(cast)
        tell_above(cast, self.incident)
        seen = {"id": self.incident, "seen_where": "抖音", "claim": "死了十个"}
        self.item = str(cast.do("town_duty", "opinion.note", seen)["id"])
        self.statement = draft(cast, self.incident)
        self.approved = approved(cast, self.incident)
        self.spoken = draft(cast, self.incident)
        cast.do("county_duty", "statement.approve", {"id": self.spoken, "spoken": WORD})
        self.family = family(cast, self.incident)
        self.care = care(cast, self.incident)


def read(client: Doors, who: str, path: str) -> Any:
    """What a read answers."""
    found = client.get(who, path)
    assert found.status_code == 200, found.text
    return found.json


def answer(cast: County, who: str, name: str, body: dict[str, Any], **options: Any) -> tuple[int, str]:
    """(status, what was said): also of a refusal that is not kept."""
    try:
        found = cast.act(who, name, body, **options)
    except Problem as problem:
        return problem.status, canonical.dump(problem.body("", "zh")).decode()
    return found.status, found.body.decode()


def tracks_of(cast: County, things: dict[str, str]) -> Iterator[str]:
    """The night of tracks, one command at a time, on the incident `k`."""
    things["k"] = roof_fall(cast)
    yield "a roof fall that publicity and health see"
    by = clock.wire(clock.real() + timedelta(hours=1))
    tell_above(cast, things["k"])
    yield "told above"
    track = cast.do("county_duty", "track.set", {"id": things["k"], "sort": "opinion", "due_at": by})["id"]
    yield "a track is taken up"
    item = cast.do("publicity_duty", "opinion.note",
                   {"id": things["k"], "seen_where": "抖音", "claim": "死了十个", "due_at": by})["id"]  # fmt: skip
    yield "a post is seen"
    cast.do("publicity_duty", "opinion.edit", {"id": item, "verdict": "false", "heat": "yellow"})
    thing = draft(cast, things["k"])
    yield "a statement"
    other = {"id": thing, "text": "事故造成4人被困。"}
    cast.do("publicity_duty", "statement.edit", other, version=1)
    cast.do("county_leader", "statement.approve", {"id": thing})
    yield "one side approves"
    cast.do("county_leader", "statement.move", {"id": thing, "to": "draft", "reason": "措辞"})
    for who in ("county_leader", "publicity_duty"):
        cast.do(who, "statement.approve", {"id": thing})
    cast.do(
        "publicity_duty", "statement.record_published", {"id": thing, "where": "武乡发布", "by": "宣传部"}
    )
    yield "published by a person"
    for wrong in (False, True):
        thing = draft(cast, things["k"])
        cast.do("county_duty", "statement.approve", {"id": thing, "spoken": WORD})
        cast.do("county_leader", "statement.dispute" if wrong else "statement.confirm", {"id": thing})
    yield "approved by word, once as it was said and once not"
    cast.do("county_duty", "incident.casualties", {"id": things["k"], "trapped": 3})
    yield "its figures are of before"
    yield from _people_of(cast, things["k"], by, (("track", track), ("opinion", item)))
    cast.do("publicity_duty", "opinion.settle", {"id": item, "to": "answered", "text": "已辟谣"})
    cast.do("county_duty", "incident.unshare", {"id": things["k"], "centre": PUBLICITY})
    yield "publicity sees it no more"
    cast.do("county_duty", "track.set", {"id": things["k"], "sort": "opinion", "state": "done"})
    yield "done"


def _people_of(cast: County, incident: str, by: str, dated: tuple[tuple[str, str], ...]) -> Iterator[str]:
    one = family(cast, incident)
    yield "a liaison"
    cast.do("county_duty", "family.edit", {"id": one, "lodging": "别处"})
    cast.do("county_duty", "family.tell", {"id": one, "text": "已看到救援通道"})
    case = care(cast, incident, next_at=by)
    cast.do("carer", "care.change", {"id": case, "colleague_id": cast.users["carer3"]})
    late = clock.real() + timedelta(hours=13)
    with patch.object(clock, "real", lambda: late):
        for kind, thing in (*dated, ("family", one), ("care_case", case)):
            cast.do("system", "tracks.look", {"kind": kind, "id": thing})
    yield "all is late"
    cast.do("county_duty", "family.notify", {"id": one, "how": "in_person"})
    cast.do("carer", "care.hold", {"id": case, "note": "梦见井下"})
    cast.do("county_duty", "family.close", {"id": one, "reason": "已返家"})
    yield "notified, cared for, ended"
