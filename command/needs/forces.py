"""Check-in of social forces (社会力量报到): they come under one command, nobody works without a safety briefing, everybody is counted
out; a difference is an alarm of life until each is accounted for by name of who says so."""

from __future__ import annotations

from typing import Any

from command.core import clock
from command.core.access import permission
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Invalid, NotFound
from command.core.numbering import next_number
from command.incidents.models import Incident
from command.needs import audience, private, reminding
from command.needs.actions import skilled
from command.needs.contract import Account, Assign, CheckIn, CheckOut, Decline, ForceOut, Recount
from command.needs.events import (
    ForceAccounted,
    ForceAssigned,
    ForceCheckedIn,
    ForceCheckedOut,
    ForceDeclined,
    ForceEvent,
    ForceRecounted,
)
from command.needs.models import Force, Need
from command.needs.queries import FORCES, NEEDS
from command.needs.words import FORCE_FLOW, HERE

ENTER = permission(
    "force.enter",
    "check social forces in and out, count them, decline them",
    "登记社会力量报到、清点、离开、婉拒",
)
ASSIGN = permission("force.assign", "give social forces their task area", "给社会力量编组派任务")
MARK = "BD"


def always(payload: dict[str, Any]) -> bool:
    """Who is in the field is always taken down, also when the disk is nearly full."""
    return True


@action(
    "force.check_in", wish=CheckIn, needs=ENTER, http="POST /forces", status=201, output=ForceOut, urgent=always
)  # fmt: skip
def check_in(tx: Tx, wish: CheckIn) -> ForceOut:
    """A social force is here, or said so by telephone: against a published need, to an incident, or of itself."""
    need = _need(tx, wish.need_id)
    named = wish.incident_id or (need.incident_id if need else None)
    if need is not None and need.incident_id != named:
        raise Invalid("incident_id: the need is another incident's", zh="该需求公告属于另一起事件")
    incident = audience.incident_of(tx, named)
    skilled(tx, *wish.skills)
    at = wish.arrived_at or tx.at
    if at > tx.now + AHEAD:
        raise Invalid("arrived_at: not in the future", zh="报到时间不能晚于现在")
    row = tx.add(
        Force(
            number=next_number(tx, MARK, tx.actor.centre), centre=tx.actor.centre, incident_id=incident.id if incident else None,
            incident_title=incident.title if incident else None, need_id=wish.need_id, organisation=wish.organisation,
            person=None, headcount=wish.headcount, skills=wish.skills, equipment=wish.equipment, vehicles=wish.vehicles,
            arrived_at=at, arrived_where=wish.arrived_where, channel=wish.channel,
            entered_by=tx.actor.name, reminded_at=None, assigned=None, counts=[], missing=0, declined=None, state="checked_in",
            live=True,
        )
    )  # fmt: skip
    row.person = private.keep(tx, row.id, wish.leader)
    audience.settle(tx, "force", row, fresh=True)
    reminding.promise(tx.session, row)
    return _say(tx, row, ForceCheckedIn)


def _need(tx: Tx, need_id: str | None) -> Need | None:
    if need_id is None:
        return None
    try:
        need = tx.find(NEEDS, need_id)
    except NotFound:
        raise Invalid("need_id: there is no such need", zh="没有这条需求公告") from None
    if need.state != "published":
        raise Conflict("That need is not published, or over", zh="该需求公告未发布或已关闭")
    return need


def _say(tx: Tx, row: Force, event: type[ForceEvent]) -> ForceOut:
    shown = tx.show(FORCES, row)
    tx.say(event(record=shown))
    return shown


def _go(row: Force, to: str) -> None:
    """The next state, if it is one."""
    if not FORCE_FLOW.can(row.state, to):
        onward = FORCE_FLOW.onward(row.state)
        raise Conflict(
            f"{row.state} may go to {', '.join(onward) or 'nothing'}",
            zh=f"{FORCE_FLOW.zh[row.state]} 之后只能是：{'、'.join(FORCE_FLOW.zh[one] for one in onward) or '无'}",
        )
    row.state = to


def _count(tx: Tx, row: Force, what: str, headcount: int, by: str, note: str | None) -> None:
    told = {
        "what": what,
        "headcount": headcount,
        "by": by,
        "note": note,
        "at": clock.wire(tx.at),
        "entered_by": tx.actor.name,
    }
    row.counts = [*row.counts, told]


def _commands(tx: Tx, row: Force) -> None:
    """统一指挥: who commands at the incident gives the work, else the centre at which they checked in; the county always."""
    incident = tx.session.get(Incident, (tx.world, row.incident_id)) if row.incident_id else None
    audience.own(tx, incident.centre if incident else row.centre)


@action(
    "force.assign", wish=Assign, needs=ASSIGN, target="force", http="POST /forces/{id}/assign", output=ForceOut
)  # fmt: skip
def assign(tx: Tx, row: Force, wish: Assign) -> ForceOut:
    """Give a force its task area and the one it reports to; never without a safety briefing."""
    _commands(tx, row)
    if not wish.briefed:
        raise Invalid(
            "briefed: nobody is assigned without a safety briefing: give it, say who gave it, then assign",
            zh="未作安全交底不得编组：先交底、写明交底人，再编组",
        )
    _go(row, "assigned")
    row.assigned = {
        **wish.model_dump(),
        "by": tx.actor.name,
        "centre": tx.actor.centre,
        "at": clock.wire(tx.at),
    }
    tx.touch(row)
    reminding.settle(tx, row)
    return _say(tx, row, ForceAssigned)


@action(
    "force.recount", wish=Recount, needs=ENTER, target="force", http="POST /forces/{id}/recount", output=ForceOut, urgent=always
)  # fmt: skip
def recount(tx: Tx, row: Force, wish: Recount) -> ForceOut:
    """Correct how many of a force are here, by the name of who counted, with why."""
    _own(tx, row)
    if row.state not in HERE:
        raise Conflict("It has left already", zh="该队伍已离开")
    _count(tx, row, "here", wish.headcount, wish.counted_by, wish.reason)
    row.headcount = wish.headcount
    tx.touch(row)
    return _say(tx, row, ForceRecounted)


def _own(tx: Tx, row: Force) -> None:
    """Those who took it in and those who command it count it."""
    if not tx.actor.covers(row.centre):
        _commands(tx, row)


@action(
    "force.check_out", wish=CheckOut, needs=ENTER, target="force", http="POST /forces/{id}/check-out", output=ForceOut, urgent=always
)  # fmt: skip
def check_out(tx: Tx, row: Force, wish: CheckOut) -> ForceOut:
    """It leaves, counted by a named person; who came and does not leave is searched for."""
    _own(tx, row)
    if wish.headcount > row.headcount:
        raise Invalid(
            f"headcount: {row.headcount} came in: if more came, count them in first (recount)",
            zh=f"报到只有 {row.headcount} 人：如后来增加，请先重新清点",
        )
    _go(row, "checked_out")
    _count(tx, row, "out", wish.headcount, wish.counted_by, wish.note)
    row.missing = row.headcount - wish.headcount
    row.live = row.missing > 0
    tx.touch(row)
    reminding.settle(tx, row)
    shown = _say(tx, row, ForceCheckedOut)
    if row.missing:
        reminding.missing(tx, row)
    return shown


@action(
    "force.account", wish=Account, needs=ENTER, target="force", http="POST /forces/{id}/account", output=ForceOut, urgent=always
)  # fmt: skip
def account(tx: Tx, row: Force, wish: Account) -> ForceOut:
    """People who did not leave with their force are known of: how many, where, who says so. With the last the alarm ends."""
    _own(tx, row)
    if not row.missing:
        raise Conflict("Nobody of it is missing", zh="该队伍没有下落不明的人")
    if wish.headcount > row.missing:
        raise Invalid(f"headcount: {row.missing} are missing", zh=f"下落不明的只有 {row.missing} 人")
    _count(tx, row, "found", wish.headcount, wish.counted_by, wish.note)
    row.missing -= wish.headcount
    row.live = row.missing > 0
    tx.touch(row)
    if not row.live:
        reminding.clear(tx, row, reminding.MISSING)
    return _say(tx, row, ForceAccounted)


@action(
    "force.decline", wish=Decline, needs=ENTER, target="force", http="POST /forces/{id}/decline", output=ForceOut
)  # fmt: skip
def decline(tx: Tx, row: Force, wish: Decline) -> ForceOut:
    """Thank a force that is not needed here: why, and where else it may go."""
    _own(tx, row)
    _go(row, "declined")
    row.declined = {**wish.model_dump(), "by": tx.actor.name, "at": clock.wire(tx.at)}
    row.live = False
    tx.touch(row)
    reminding.settle(tx, row)
    return _say(tx, row, ForceDeclined)
