"""Hazards to test on: found, graded, assigned, rectified by people of the cast; photos as phones send them."""

from __future__ import annotations

import base64
import io
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from PIL import Image
from sqlalchemy.orm import Session

from command.core import clock, due
from command.hazards import steps
from command.hazards.models import Hazard
from tests.county import VILLAGE, County

WATER = "140429-water"
HERE = {"type": "Point", "coordinates": [112.8612, 36.8334]}
NEARBY = {"type": "Point", "coordinates": [112.8622, 36.8339]}
FAR = {"type": "Point", "coordinates": [112.90, 36.86]}
DUTIES: dict[str, Any] = {"department": {"centre": WATER, "post": "分管副局长"}, "lead": "department"}
FIVE = {"measure": "拆除并加固", "fund": "已落实 12 万元", "plan": "降雨超 50 毫米撤人"}
SIGNED = {"name": "李某", "post": "副县长"}
MAJOR: dict[str, Any] = {
    "level": "major",
    "criteria": ["stop_and_time"],
    "interim": [{"code": "evacuate", "text": "撤出下方 6 户"}],
}
WATCH = {
    "watcher": "村主任",
    "trigger": "裂缝日增 5 毫米或日雨 50 毫米",
    "route": "沿村道向东至小学",
    "people": 23,
}

RISK: dict[str, Any] = {
    "name": "示例加油站", "type": "production", "item": "hazchem", "colour": "orange", "village_code": VILLAGE, "location": HERE,
}  # fmt: skip
PLAN: dict[str, Any] = {
    "title": "护栏周巡", "checklist": ["护栏完好", "警示标志清晰"], "every_days": 7, "location": HERE, "centre": "140429100",
}  # fmt: skip
GOOD: list[dict[str, Any]] = [{"ok": True}, {"ok": True}]


def picture(colour: str = "red") -> str:
    """A small photo as a phone sends it."""
    made = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(made, "PNG")
    return base64.b64encode(made.getvalue()).decode()


def ahead(days: float) -> str:
    """A time so many days from now."""
    return clock.wire(clock.real() + timedelta(days=days))


def report(cast: County, who: str = "town_duty", **body: Any) -> dict[str, Any]:
    """A hazard as it was found; by default an open edge above water in a village of the township."""
    world = body.pop("world", 0)
    told = {
        "type": "traffic",
        "item": "cliff_water",
        "title": "护栏缺失",
        "village_code": VILLAGE,
        "location": HERE,
        **body,
    }
    return cast.do(who, "hazard.report", told, world=world)


def move(cast: County, who: str, hazard: str, to: str, **body: Any) -> dict[str, Any]:
    """Take a step."""
    return cast.do(who, "hazard.transition", {"id": hazard, "to": to, **body})


def photo(cast: County, who: str, hazard: str, stage: str, **body: Any) -> dict[str, Any]:
    """Hang a photo of a stage on it."""
    told = {"id": hazard, "stage": stage, "picture": picture(), "location": NEARBY, **body}
    return cast.do(who, "hazard.photo", told)


def at(cast: County, *, until: str, days: float = 10, who: str = "town_duty", **body: Any) -> str:
    """A general hazard that came as far as a state, by the usual way: the department leads."""
    found: str = report(cast, who, **body)["id"]
    for to in WAY[: WAY.index(until) + 1]:
        STEPS[to](cast, found, days)
    return found


WAY = ("reported", "registered", "graded", "assigned", "rectifying", "acceptance", "closed", "lookback")
STEPS = {
    "reported": lambda cast, one, days: None,
    "registered": lambda cast, one, days: move(cast, "town_duty", one, "registered"),
    "graded": lambda cast, one, days: move(cast, "town_duty", one, "graded", level="general"),
    "assigned": lambda cast, one, days: move(
        cast, "town_duty", one, "assigned", deadline=ahead(days), **DUTIES
    ),
    "rectifying": lambda cast, one, days: move(cast, "water_duty", one, "rectifying"),
    "acceptance": lambda cast, one, days: move(
        cast, "water_duty", one, "acceptance", picture=picture("green")
    ),
    "closed": lambda cast, one, days: move(
        cast, "town_duty", one, "closed", picture=picture("blue"), location=NEARBY
    ),
    "lookback": lambda cast, one, days: move(cast, "town_duty", one, "lookback"),
}


def watched(cast: County, **body: Any) -> str:
    """A landslide under watch."""
    found: str = report(cast, type="geological", item="landslide", title="村东滑坡", **body)["id"]
    move(cast, "town_duty", found, "registered")
    move(cast, "town_duty", found, "graded", level="general")
    move(cast, "town_duty", found, "monitored", watch=WATCH)
    return found


def overdue(cast: County, days: float) -> str:
    """A hazard whose department is so many days late: its deadline and its steps lie back, as if the clock had jumped."""
    found = at(cast, until="rectifying")
    jump(cast, found, days + 10)
    return found


def jump(cast: County, hazard: str, days: float) -> None:
    """Let so many days pass for one hazard: all its times lie so much farther back."""
    back = timedelta(days=days)

    def turn(session: Session) -> None:
        row = session.execute(sa.select(Hazard).where(Hazard.id == hazard)).scalar_one()
        row.deadline = row.deadline and row.deadline - back
        row.closed_at = row.closed_at and row.closed_at - back
        row.steps = [{**one, "at": clock.wire(datetime.fromisoformat(one["at"]) - back)} for one in row.steps]
        row.climb = row.climb and {**row.climb, "standing": steps.standing(row)}
        coming = steps.next_climb(session, row)
        if coming is not None:
            due.promise(session, 0, coming[0], steps.CHASE, {"id": row.id}, steps.due_key(row.id))

    cast.node.database.write(turn, world=0)
