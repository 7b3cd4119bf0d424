"""The small county that tests act in: its accounts and teams, and rows of others that must never be met (noise)."""

from __future__ import annotations

import dataclasses
import json
import uuid
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

import wsgi  # noqa: F401  # puts the slices together
from command.core import access, credentials, first, installation, journal, verifying
from command.core.access import Actor, system_actor
from command.core.actions import Command
from command.core.auth import Auth
from command.core.due import Due
from command.core.node import Node
from command.core.receipts import Answer
from command.core.store.database import Database
from dispatch.teams.models import TeamState

COUNTY, NODE, DRILL = "140429", "140429", 7
TOWN, OTHER, NOISE = "140429100", "140429101", "140429105"
VILLAGE, OTHER_VILLAGE, NOISE_VILLAGE = "140429100003", "140429101200", "140429105200"
SECRET = "a secret of tests only, of good length"
PASSWORD = "right horse battery"
FLOOD, FIRE = "flash_flood", "forest_fire"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
POINT = {"type": "Point", "coordinates": [112.86, 36.83]}

PEOPLE = (
    ("county_duty", "county_duty", COUNTY), ("county_duty2", "county_duty", COUNTY),
    ("county_leader", "county_leader", COUNTY), ("planner", "planner", COUNTY), ("wall", "wall", COUNTY),
    ("admin", "admin", COUNTY), ("security", "security", COUNTY), ("auditor", "auditor", COUNTY),
    ("evaluator", "evaluator", COUNTY), ("water_duty", "dept_duty", "140429-water"),
    ("town_duty", "township_duty", TOWN), ("town_leader", "township_leader", TOWN),
    ("other_duty", "township_duty", OTHER), ("noise_duty", "township_duty", NOISE), ("keeper", "keeper", TOWN),
)  # fmt: skip
TEAMS = (
    ("town_team", "township_general", TOWN, "丰州综合队"), ("town_team2", "township_general", TOWN, "丰州二队"),
    ("other_team", "township_general", OTHER, "洪水综合队"), ("noise_team", "township_general", NOISE, "韩北综合队"),
    ("county_team", "county_general", COUNTY, "县综合救援队"), ("fire_team", "national_fire", COUNTY, "消防大队"),
    ("invited", "social_force", COUNTY, "蓝天救援队"),
)  # fmt: skip
SCHEMATIC = {TOWN: (112.86, 36.83), OTHER: (113.0, 36.9), NOISE: (112.95, 36.98), COUNTY: (112.87, 36.84)}


def new_id() -> str:
    """A command id as a client makes it."""
    return str(uuid.uuid4())


class County:
    """A node with its cast: act as anybody, see what comes of it."""

    def __init__(self, node: Node, facts: dict[str, Any]) -> None:
        self.node, self.facts = node, facts
        self.tokens: dict[str, str] = facts["tokens"]
        self.teams: dict[str, str] = facts["teams"]
        self.users: dict[str, str] = facts["users"]
        self.noise: dict[str, str] = facts["noise"]

    def actor(self, who: str, *worlds: int) -> Actor:
        """The actor of an account with its rights of now; also enrolled in the worlds named."""
        if who == "system":
            return system_actor(self.node.name)
        user = self.users[who]
        found = self.node.database.read(lambda session: access.load_actor(session, user), world=None)
        assert found is not None
        return dataclasses.replace(found, worlds=found.worlds | set(worlds)) if worlds else found

    def act(self, who: str, name: str, payload: dict[str, Any], **options: Any) -> Answer:
        """Do something; the answer as the door gives it. Options: command_id, world, version, at."""
        world = options.pop("world", 0)
        command_id = options.pop("command_id", None) or new_id()
        actor = self.actor(who, *([world] if world else []))
        return self.node.act(Command(name, payload, actor, command_id, world, **options))

    def do(self, who: str, name: str, payload: dict[str, Any], **options: Any) -> dict[str, Any]:
        """Do something that must succeed; the record."""
        answer = self.act(who, name, payload, **options)
        assert answer.ok, answer.body.decode()
        value: dict[str, Any] = json.loads(answer.body)
        return value

    def open(self, who: str = "town_duty", **body: Any) -> dict[str, Any]:
        """Open an incident; by default a flood in a village of the township."""
        world = body.pop("world", 0)
        return self.do(
            who,
            "incident.open",
            {"kind": FLOOD, "title": "漫堤", "village_code": VILLAGE, **body},
            world=world,
        )

    def order(self, who: str, incident: str, *teams: str, **body: Any) -> list[dict[str, Any]]:
        """Order teams, named as in the cast, to an incident."""
        named = [self.teams[team] for team in teams]
        made = self.do(who, "task.order", {"id": incident, "team_ids": named, **body})
        items: list[dict[str, Any]] = made["items"]
        return items

    def step(self, who: str, task: str, to: str, **body: Any) -> dict[str, Any]:
        """Take a step of a task."""
        return self.do(who, "task.transition", {"id": task, "to": to, **body})

    def entries(self, world: int = 0, after: int = 0) -> list[Any]:
        """The journal of a world after a number, as rows."""
        return self.node.database.read(
            lambda session: journal.entries_after(session, world, after, 10_000), world=None
        )

    def end(self, world: int = 0) -> int:
        """The last number of a world's journal."""
        return self.node.database.read(lambda session: journal.end_of(session, world)[1], world=None)

    def topics(self, seq: int, world: int = 0) -> dict[str, int]:
        """Who heard an entry, and how: topic → hear 0, lose 1, gain 2."""
        rows = self.node.database.read(lambda s: journal.topics_of(s, world, seq, seq), world=None)
        return {row.topic: row.change for row in rows.get(seq, [])}

    def flaws(self) -> list[str]:
        """What `verify` finds."""
        found = self.node.database.read(lambda session: [*verifying.verify(session)], world=None)
        return [f"{flaw.seq}: {flaw.what}" for flaw in found]

    def close(self) -> None:
        """Give the database back."""
        self.node.database.close()


def open_node(url: str, directory: Path) -> Node:
    """A node on a database that is there already."""
    return Node(NODE, Database(url), directory, SECRET)


def found_county(url: str, directory: Path) -> dict[str, Any]:
    """Migrate an empty database, found the county, bring in cast and noise. Returns who and what is in it."""
    node = open_node(url, directory)
    first.bring_up(node)
    node.database.write(lambda session: journal.start_stream(session, DRILL, NODE, "d0"), world=DRILL)
    facts: dict[str, Any] = {"tokens": {}, "teams": {}, "users": {}, "noise": {}}
    county = County(node, facts)
    _bring_teams(county)
    _bring_people(county)
    _bring_noise(county)
    node.database.write(lambda session: installation.set_fact(session, "demo", False), world=0)
    node.database.close()
    return facts


def _bring_teams(county: County) -> None:
    for code, kind, centre, name in TEAMS:
        lon, lat = SCHEMATIC[centre]
        body = {"name": name, "type": kind, "centre": centre, "skills": ["water", "evac"], "headcount": 12,
                "base": {"type": "Point", "coordinates": [lon, lat]}, "call": {"who": "值班室", "number": "6102"}}  # fmt: skip
        county.teams[code] = county.do("system", "team.create", body)["id"]


def _bring_people(county: County) -> None:
    credentials.hasher = PasswordHasher(time_cost=1, memory_cost=1024)  # a hash names its own cost
    auth = Auth(county.node)
    rows = [(*row, None) for row in PEOPLE]
    rows += [(name, "team", centre, county.teams[name]) for name, _, centre, _ in TEAMS if name != "invited"]
    rows += [("village", "village", TOWN, None), ("guest", "guest_force", COUNTY, county.teams["invited"])]
    for username, role, centre, team in rows:
        body = {"username": username, "name": f"甲 {username}", "role": role, "centre": centre,
                "password": f"{PASSWORD} {username}", "team_id": team, "lasting": True}  # fmt: skip
        county.users[username] = county.do("system", "user.create", body)["id"]
        county.tokens[username] = auth.issue_token(county.users[username], "tests")
    credentials.hasher = PasswordHasher()


def _bring_noise(county: County) -> None:
    """Another township's incident with all that hangs on it, and a drill's."""
    county.noise["incident"] = _incident_with_all("noise_duty", county, world=0)
    teams = list(county.teams.values())

    def states(session: Session) -> None:
        for team in teams:
            session.add(TeamState(world=DRILL, team_id=team, on_duty=True, status="available", version=0))

    county.node.database.write(states, world=DRILL)
    county.noise["drill_incident"] = _incident_with_all("noise_duty", county, world=DRILL)
    for world in (0, DRILL):  # no promise of the noise may ripen while tests run
        county.node.database.write(lambda session: session.execute(sa.delete(Due)), world=world)


def _incident_with_all(who: str, county: County, world: int) -> str:
    opened = county.open(
        who, kind=FIRE, title="噪声火情", village_code=NOISE_VILLAGE, casualties={"missing": 1},
        caller={"name": "噪声报警人", "phone": "13000000000"}, life_risk="people", world=world,
    )  # fmt: skip
    thing: str = opened["id"]
    county.do(who, "incident.report", {"id": thing, "text": "噪声报告"}, world=world)
    body = {"id": thing, "team_ids": [county.teams["noise_team"]]}
    task = county.do(who, "task.order", body, world=world)["items"][0]["id"]
    county.do("system", "task.overdue", {"id": task}, world=world)
    body = {"type": "geological", "title": "噪声滑坡", "village_code": NOISE_VILLAGE, "location": POINT, "source": "report",
            "reporter": {"name": "噪声举报人", "phone": "13000000001"}, "incident_id": None}  # fmt: skip
    hazard = county.do(who, "hazard.report", body, world=world)["id"]
    county.do(who, "hazard.link", {"id": hazard, "incident_id": thing}, world=world)
    notice = county.do(who, "hazard.draft", {"id": hazard, "kind": "talk"}, world=world)["id"]
    plan = {"title": "噪声巡查", "checklist": ["噪声"], "every_days": 7, "hazard_id": hazard}
    inspection = county.do(who, "inspection.plan", plan, world=world)["id"]
    if not world:
        wish = {"id": inspection, "answers": [{"ok": True}], "picture": PIXEL, "location": POINT}
        county.noise["inspection"], county.noise["round"] = (
            inspection,
            county.do(who, "inspection.record", wish)["id"],
        )
        risk = {"name": "噪声风险", "type": "fire", "colour": "red", "village_code": NOISE_VILLAGE}
        seen = {"name": "韩北沟口", "village_code": NOISE_VILLAGE, "location": POINT}
        county.noise["camera"] = county.do(who, "camera.add", seen)["id"]
        county.noise["risk"] = county.do(who, "risk_point.register", risk)["id"]
    county.noise["drill_hazard" if world else "hazard"] = hazard
    county.noise["drill_notice" if world else "notice"] = notice
    county.noise["drill_task" if world else "task"] = task
    return thing
