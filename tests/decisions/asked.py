"""Questions to leaders to test on: asked, decided by word, past their time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import clock, due
from command.decisions.actions import LOOK
from command.decisions.models import Decision
from tests.county import County

QUESTION: dict[str, Any] = {
    "question": "是否全镇转移",
    "grounds": "水位距警戒 0.3 米",
    "options": ["全部转移", "只转移沿河三村"],
}
WORD = {"person": "李某", "post": "镇长", "channel": "电话", "number": "8001"}


def ask(cast: County, who: str = "town_duty", **body: Any) -> str:
    """A question to a house's own leader."""
    world = body.pop("world", 0)
    made: str = cast.do(who, "decision.ask", {**QUESTION, **body}, world=world)["id"]
    return made


def by_word(cast: County, thing: str, who: str = "town_duty") -> str:
    """Decided by a leader's word on the telephone."""
    cast.do(who, "decision.decide", {"id": thing, "option": "2", "spoken": WORD})
    return thing


def by_hand(cast: County, thing: str, who: str = "town_leader") -> str:
    """Decided by the leader's own tap."""
    cast.do(who, "decision.decide", {"id": thing, "option": "1"})
    return thing


def lapse(cast: County, thing: str) -> str:
    """Let the time pass by which it was needed."""
    back = clock.real() - timedelta(minutes=1)

    def turn(session: Session) -> None:
        row = session.execute(sa.select(Decision).where(Decision.id == thing)).scalar_one()
        row.due_at = back
        due.promise(session, 0, back, LOOK, {"id": thing}, f"{LOOK}:{thing}")

    cast.node.database.write(turn, world=0)
    return thing
