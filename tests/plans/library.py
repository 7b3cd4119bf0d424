"""Plans and responses to test on: drafted, approved, in force; proposed, approved by word, past their term."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import clock, due
from command.plans.lasting import ASK
from command.plans.models import Response
from tests.county import County

WATER = "140429-water"
LADDER = {"R4": "县应急局局长", "R3": "分管副县长", "R2": "县长", "R1": "县委书记"}
SIGNED = {"name": "李某", "post": "县长", "document": "武政办发〔示例〕1号"}


def level(code: str, **more: Any) -> dict[str, Any]:
    """One level whose approver is a post that nobody holds in the contact tree: the role beside it stands in."""
    approvers = [{"post": LADDER[code], "role": "county_leader"}]
    return {
        "level": code,
        "trigger": "见预案",
        "approvers": approvers,
        "measures": "转移避险",
        "hours": 12,
        **more,
    }


PLAN: dict[str, Any] = {
    "code": "flood", "title": "防汛预案", "kinds": ["flood_drought"],
    "levels": [level("R4", incident_levels=["IV"], warnings=["yellow"]), level("R3", incident_levels=["III"]),
               level("R2", people=True, warnings=["red", "orange"])],
    "groups": [{"code": "rescue", "name": "抢险救援组", "lead": {"centre": WATER}, "members": [{"name": "民兵应急连"}]}],
    "actions": [
        {"code": "watch", "levels": ["R4", "R3", "R2"], "text": "加密监测", "to": WATER, "within_min": 30, "group": "rescue"},
        {"code": "move", "levels": ["R4", "R3", "R2"], "text": "转移群众", "to": "home", "post": "乡镇长", "urgency": "flash",
         "within_min": 60, "checklist": ["清点人数"], "needs_proof": True},
        {"code": "medic", "levels": ["R2"], "text": "医疗待命", "to": "140429-health", "within_min": 40},
    ],
}  # fmt: skip
ASKED: dict[str, Any] = {"matter": "丰州镇山洪", "level": "R4", "expected_hours": 12, "measures": "转移避险"}
WORD = {"person": "张某", "post": "县应急局局长", "channel": "电话", "number": "6002"}
TALK: dict[str, Any] = {
    "topic": "洪峰前转移范围", "chair": "分管副县长", "attended": [{"name": "王工", "house": "水利局"}],
    "opinions": [{"name": "王工", "text": "两小时后到"}], "conclusion": "全部转移",
}  # fmt: skip


def draft(cast: County, **body: Any) -> str:
    """A plan of the county as a draft."""
    made: str = cast.do("planner", "plan.draft", {**PLAN, **body})["id"]
    return made


def in_force(cast: County, **body: Any) -> str:
    """One in force."""
    thing = draft(cast, **body)
    cast.do("county_leader", "plan.transition", {"id": thing, "to": "approved", **SIGNED})
    cast.do("planner", "plan.transition", {"id": thing, "to": "in_force"})
    return thing


def propose(cast: County, plan: str, who: str = "county_duty", **body: Any) -> str:
    """A response that waits for who may approve it."""
    world = body.pop("world", 0)
    made: str = cast.do(who, "response.propose", {**ASKED, "plan_id": plan, **body}, world=world)["id"]
    return made


def by_word(cast: County, thing: str) -> str:
    """Activated by a leader's word on the telephone."""
    cast.do("county_duty", "response.transition", {"id": thing, "to": "active", "spoken": WORD})
    return thing


def lapse(cast: County, thing: str) -> str:
    """Let its expected term pass."""
    back = clock.real() - timedelta(minutes=1)

    def turn(session: Session) -> None:
        row = session.execute(sa.select(Response).where(Response.id == thing)).scalar_one()
        row.expected_until = back
        due.promise(session, 0, back, ASK, {"id": thing}, f"{ASK}:{thing}")

    cast.node.database.write(turn, world=0)
    return thing
