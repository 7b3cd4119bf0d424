"""Needs and forces to test on: drafted, published, checked in, assigned, and their clocks moved."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import clock
from command.needs import actions, reminding
from command.needs.models import Force, Need
from tests.county import OTHER, County

HEAD = {"name": "赵镇长", "post": "镇长"}
LEADER = {"name": "孙某某", "number": "13700000002"}
BRIEFED: dict[str, Any] = {
    "task_area": "河东堤段", "reports_to": "镇武装部长", "briefed": True, "briefed_by": "李安全员", "insurance_seen": True,
}  # fmt: skip
FORCE: dict[str, Any] = {
    "organisation": "武乡蓝天救援队", "leader": LEADER, "headcount": 12, "skills": ["water"], "equipment": "冲锋舟 2 艘",
    "vehicles": "皮卡 2 辆", "arrived_where": "镇政府大院",
}  # fmt: skip


def hence(minutes: float) -> str:
    """A time so many minutes from now."""
    return clock.wire(clock.real() + timedelta(minutes=minutes))


def need(**more: Any) -> dict[str, Any]:
    """What is needed, as a desk drafts it."""
    return {
        "skill": "water", "what": "水上搜救志愿者", "people": 20, "place": "丰州镇河东堤段", "bring": "救生衣、头灯",
        "until": hence(240), "insurance": "镇里统一购买意外险", "safety": "夜间水急，三人一组", "contact_post": "镇应急值班室", **more,
    }  # fmt: skip


def published(cast: County, who: str = "town_duty", **more: Any) -> str:
    """A need that a named person published."""
    made: str = cast.do(who, "need.draft", need(**more))["id"]
    cast.do(who, "need.publish", {"id": made, "published_by": HEAD})
    return made


def arrived(cast: County, who: str = "town_duty", **more: Any) -> str:
    """A force that checked in."""
    world = more.pop("world", 0)
    made: str = cast.do(who, "force.check_in", {**FORCE, **more}, world=world)["id"]
    return made


def at_work(cast: County, who: str = "town_duty", **more: Any) -> str:
    """A force that was briefed and assigned."""
    made = arrived(cast, who, **more)
    cast.do(who, "force.assign", {"id": made, **BRIEFED})
    return made


def short(cast: County, out: int = 10, **more: Any) -> str:
    """A force that left with fewer than came."""
    made = at_work(cast, **more)
    cast.do("town_duty", "force.check_out", {"id": made, "headcount": out, "counted_by": "王某"})
    return made


def lapse(cast: County, thing: str, minutes: float) -> str:
    """Let so many minutes pass for a need or a force: its times lie so much farther back."""
    back = timedelta(minutes=minutes)

    def turn(session: Session) -> None:
        needs = session.execute(sa.select(Need).where(Need.id == thing)).scalars().all()
        forces = session.execute(sa.select(Force).where(Force.id == thing)).scalars().all()
        for need_row in needs:
            need_row.until -= back
            session.flush()
            actions.promise(session, need_row)
        for force_row in forces:
            force_row.arrived_at -= back
            session.flush()
            reminding.promise(session, force_row)

    cast.node.database.write(turn, world=0)
    return thing


def share(cast: County, incident: str) -> None:
    """Let the other township see an incident."""
    cast.do("town_duty", "incident.share", {"id": incident, "centre": OTHER})


class Helping:
    """What the table of actions names; each is made when it is first asked for. `wide` ones another township sees."""

    def __init__(self, cast: County, stage: Any) -> None:
        self.cast, self.stage = cast, stage

    @cached_property
    def draft(self) -> str:
        """A draft on the incident."""
        found: str = self.cast.do("town_duty", "need.draft", need(incident_id=self.stage.incident))["id"]
        return found

    @cached_property
    def need(self) -> str:
        """Published, on the incident."""
        return published(self.cast, incident_id=self.stage.incident)

    @cached_property
    def wide_need(self) -> str:
        """Published, on the shared incident."""
        return published(self.cast, incident_id=self.stage.shared)

    @cached_property
    def ended(self) -> str:
        """Published, past its end."""
        return lapse(self.cast, self.need, 300)

    @cached_property
    def force(self) -> str:
        """Checked in to the incident."""
        return arrived(self.cast, incident_id=self.stage.incident)

    @cached_property
    def wide_force(self) -> str:
        """Checked in to the shared incident."""
        return arrived(self.cast, incident_id=self.stage.shared)

    @cached_property
    def waiting(self) -> str:
        """Checked in half an hour ago."""
        return lapse(self.cast, self.force, 30)

    @cached_property
    def short(self) -> str:
        """Left with two fewer than came."""
        return short(self.cast, incident_id=self.stage.incident)

    @cached_property
    def wide_short(self) -> str:
        """The same on the shared incident."""
        return short(self.cast, incident_id=self.stage.shared)
