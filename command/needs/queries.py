"""Reading needs and forces: their public form, who may see them, the public sentence of a need, what a shift hands over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import clock
from command.core.access import Actor, audiences, heard_by, permission
from command.core.matters import Matters, matter
from command.core.queries import View, Wish, query
from command.core.records import Criterion, RecordType, find, public, record
from command.incidents.queries import is_party
from command.needs.contract import ForceOut, NeedOut
from command.needs.models import Force, Need
from command.needs.words import FORCE_FLOW, NEED_FLOW

READ = permission(
    "need.read",
    "see needs and social forces of one's scope",
    "查看本单位的需求公告与社会力量报到",
)


def _shower(kind: str, out: Any) -> Any:
    def show(session: Session, rows: Sequence[Any]) -> list[Any]:
        heard = audiences(session, kind, [row.id for row in rows])
        return [public(out, row, audience=heard[row.id]) for row in rows]

    return show


def _visible(kind: str, model: Any) -> Callable[[Actor], Criterion]:
    """SQL: the actor is in its audience."""
    return lambda actor: sa.true() if actor.system else heard_by(kind, model.id, actor.parties)


def _in_topic(kind: str, model: Any) -> Callable[[str], Criterion | None]:
    def in_topic(topic: str) -> Criterion | None:
        if topic.startswith("incident:"):
            here = model.incident_id == topic.removeprefix("incident:")
            return sa.and_(model.live, here, model.state != "draft")
        if not is_party(topic) or topic.startswith("team:"):
            return None
        return sa.and_(model.live, heard_by(kind, model.id, [topic]))

    return in_topic


def _filters(model: Any) -> dict[str, Callable[[str], Criterion]]:
    return {
        "state": lambda v: model.state.in_(v.split(",")),
        "centre": lambda v: model.centre == v,
        "incident_id": lambda v: model.incident_id == v,
        "live": lambda v: model.live == (v in ("true", "1")),
    }


NEEDS: RecordType[Need, NeedOut] = record(
    RecordType(
        "need", Need, NeedOut, _shower("need", NeedOut), visible=_visible("need", Need), in_topic=_in_topic("need", Need),
        path="needs", needs=READ, order=(Need.id,), filters=_filters(Need),
    )
)  # fmt: skip
FORCES: RecordType[Force, ForceOut] = record(
    RecordType(
        "force", Force, ForceOut, _shower("force", ForceOut), visible=_visible("force", Force),
        in_topic=_in_topic("force", Force), path="forces", needs=READ, order=(Force.id,),
        filters={**_filters(Force), "need_id": lambda v: Force.need_id == v},
    )
)  # fmt: skip


class OfNeed(Wish):
    """A need."""

    id: str = Field(max_length=36)


@query("need.notice", wish=OfNeed, needs=READ, http="GET /needs/{id}/notice", output=dict[str, str])
def notice(view: View, wish: OfNeed) -> dict[str, str]:
    """The public sentence of a need as text to copy or print, in Chinese as the public is told: nothing is published by it."""
    return {"zh": sentence(find(view.session, NEEDS, wish.id, view.actor))}


def sentence(row: Need) -> str:
    """A need as people outside are told it: only what the need itself says, never the incident's own words."""
    until = row.until.astimezone(clock.LOCAL)
    bring = f"请自带{row.bring}。" if row.bring else ""
    return (
        f"【需求公告】需要{row.what} {row.people} 人，地点：{row.place}，截至 {until.month} 月 {until.day} 日 {until:%H:%M}。"
        f"{bring}保险：{row.insurance}。安全提示：{row.safety}。"
        f"请先与{row.contact_post}联系，到现场先报到、听安全交底，服从统一指挥；未经联系请勿自行前往。编号 {row.number}"
    )


@query("needs.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """Needs that a party has open, and the forces that are here or of which people are missing, the oldest first."""
    found = [
        matter("need", ("need", row.id), _said(row), row.created_at, row.until)
        for row in _open(view, Need, "need", wish.party)
    ]
    forces = _open(view, Force, "force", wish.party)
    return found + [matter("force", ("force", row.id), _told(row), row.arrived_at) for row in forces]


def _open(view: View, model: Any, kind: str, party: str) -> list[Any]:
    wanted = sa.select(model).where(model.live, heard_by(kind, model.id, [party])).order_by(model.id)
    return list(view.session.execute(wanted).scalars())


def _said(row: Need) -> tuple[str, str]:
    zh, en = NEED_FLOW.zh[row.state], NEED_FLOW.en[row.state].lower()
    return (
        f"需求公告（{zh}）：{row.what} {row.people} 人，{row.place}",
        f"Need ({en}): {row.what}, {row.people} people, {row.place}",
    )


def _told(row: Force) -> tuple[str, str]:
    if row.missing:
        return (
            f"{row.organisation}：{row.missing} 人下落不明",
            f"{row.organisation}: {row.missing} unaccounted for",
        )
    where = row.assigned["task_area"] if row.assigned else row.arrived_where
    zh, en = FORCE_FLOW.zh[row.state], FORCE_FLOW.en[row.state].lower()
    return (
        f"{row.organisation} {row.headcount} 人（{zh}）：{where}",
        f"{row.organisation}, {row.headcount} people ({en}): {where}",
    )
