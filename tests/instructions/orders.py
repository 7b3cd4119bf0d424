"""Instructions to test on: issued, accepted, fed back with proof, and their clocks moved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import clock
from command.core.node import Node
from command.instructions import clocks
from command.instructions.models import Instruction
from tests.county import TOWN, County
from tests.hazards.ground import picture

ORDER: dict[str, Any] = {
    "to": TOWN, "text": "转移河道两侧群众至镇中心小学", "post": "乡镇长", "urgency": "flash", "within_min": 60,
    "checklist": ["清点人数", "切断电源"], "needs_proof": True,
}  # fmt: skip
WAY = ("accepted", "in_progress", "feedback", "done")
BY_PHONE = {"person": "王镇长", "channel": "电话", "number": "8011"}


def ahead(minutes: float) -> str:
    """A time so many minutes from now."""
    return clock.wire(clock.real() + timedelta(minutes=minutes))


def issue(cast: County, who: str = "county_duty", **body: Any) -> str:
    """An instruction, by default of the county to the township."""
    world = body.pop("world", 0)
    made: str = cast.do(who, "instruction.issue", {**ORDER, **body}, world=world)["id"]
    return made


def move(cast: County, who: str, thing: str, to: str, **body: Any) -> dict[str, Any]:
    """Take a step."""
    return cast.do(who, "instruction.transition", {"id": thing, "to": to, **body})


def at(cast: County, until: str, *, thing: str | None = None, who: str = "town_duty", **body: Any) -> str:
    """One that came as far as a state by the usual way, fed back with a photo and its list ticked off."""
    found = thing or issue(cast, **body)
    for to in WAY[: WAY.index(until) + 1]:
        if to == "done":
            cast.do(who, "instruction.feedback", {"id": found, "checked": [0, 1]})
        more = {"text": "已转移 46 人", "picture": picture()} if to == "feedback" else {}
        move(cast, who, found, to, **more)
    return found


def lapse(cast: County, thing: str, minutes: float) -> str:
    """Let so many minutes pass for one instruction: its times lie so much farther back."""
    return lapse_on(cast.node, thing, minutes)


def lapse_on(node: Node, thing: str, minutes: float) -> str:
    """The same on a node."""
    back = timedelta(minutes=minutes)

    def turn(session: Session) -> None:
        row = session.execute(sa.select(Instruction).where(Instruction.id == thing)).scalar_one()
        row.accept_due_at = row.accept_due_at and row.accept_due_at - back
        row.due_at = row.due_at and row.due_at - back
        session.flush()
        clocks.promise(session, row)

    node.database.write(turn, world=0)
    return thing
