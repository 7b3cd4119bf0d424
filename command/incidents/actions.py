"""Opening incidents and moving them through their states; what all actions on them check."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from command.core import clock
from command.core.access import COUNTY, centre_party, permission, set_audience
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.gates import need_open
from command.core.store import spatial
from command.incidents import callers, figures, late, numbers, placing
from command.incidents.contract import IncidentOut, MoveIncident, OpenIncident
from command.incidents.events import IncidentMoved, IncidentOpened
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, parties, show_incident
from command.incidents.words import INCIDENT_FLOW

OPEN = permission("incident.open", "open incidents")
MOVE = permission("incident.transition", "move incidents through their states")
GRADE = permission("incident.grade", "set an incident's legal level")
permission("incident.read", "see incidents of one's scope")

ENDED = frozenset({"dismissed", "archived"})
NEEDS_REASON = frozenset({"dismissed", "response_ended", "archived"})


def _urgent(payload: dict[str, Any]) -> bool:
    return payload.get("life_risk") in ("possible", "people")


@action(
    "incident.open",
    wish=OpenIncident,
    needs=OPEN,
    http="POST /incidents",
    status=201,
    output=IncidentOut,
    urgent=_urgent,
)
def open_incident(tx: Tx, wish: OpenIncident) -> IncidentOut:
    """Open an incident from a report and tell its centre and the county."""
    not_ahead(tx, "occurred_at", wish.occurred_at)
    placing.check_village(wish.village_code)
    check_extra(wish.extra, wish.kind)
    if wish.level is not None:
        tx.actor.need(GRADE)
    wish, road = placing.by_road(tx, wish)
    centre, to_confirm, proposed = placing.home_centre(tx, wish)
    home = {"centre": centre, "to_confirm": to_confirm, "proposed_centre": proposed}
    row = _new_row(tx, wish, home, road)
    figures.nothing_said(row)
    row.late_window = late.window(tx.session, row, tx.now)
    tx.add(row)
    late.promise(tx, row)
    first = len(tx.said)
    heard = {COUNTY, centre_party(centre), centre_party(tx.actor.centre)} - {centre_party(tx.node)}
    set_audience(tx.session, "incident", row.id, heard, fresh=True)
    if wish.caller is not None:
        row.caller = callers.keep(tx, row.id, wish.caller)
    if wish.casualties is not None and wish.casualties.given():
        figures.state(tx, row, wish.casualties.given(), as_of=tx.at, source=wish.source, confirmed=False)
        figures.summarise(tx, row, told=True)
    shown = show_incident(row, sorted(heard))
    tx.say(IncidentOpened(record=shown, parties=frozenset(heard)), before=first)
    return shown


def _new_row(tx: Tx, wish: OpenIncident, home: dict[str, Any], road: dict[str, Any] | None) -> Incident:
    return Incident(
        **home,
        number=numbers.next_number(tx, home["centre"]),
        kind=wish.kind,
        title=wish.title or placing.default_title(wish),
        state="received",
        level=wish.level,
        life_risk=wish.life_risk or _risk(wish),
        location=spatial.stored(wish.location),
        village_code=wish.village_code,
        place_text=wish.place_text or placing.words_of(wish),
        road=road,
        opened_by=tx.actor.centre,
        description=wish.description,
        occurred_at=min(wish.occurred_at or tx.at, tx.received_at),
        received_at=tx.received_at,
        source=wish.source,
        caller=None,
        casualties={},
        figures={},
        level_suggested={},
        dangerous=False,
        loss_wan=wish.loss_wan,
        area_ha=wish.area_ha,
        magnitude=wish.magnitude,
        extra=wish.extra or {},
        dangers=dangers(tx, wish),
        merged_into=None,
        merged_from=[],
        on_scene=wish.on_scene.model_dump() if wish.on_scene else None,
        shares=[],
        command=None,
        report_changed=None,
        times={"received": clock.wire(tx.at)},
        ahead=tx.ahead,
        live=True,
    )


def _risk(wish: OpenIncident) -> str:
    """Who is missing or trapped is in danger, also where the caller's program says nothing of it."""
    given = wish.casualties.given() if wish.casualties else {}
    return "people" if any(given.get(name) for name in figures.AT_RISK) else "none"


def dangers(tx: Tx, wish: Any) -> list[Any]:
    """Dangers to crews with the time at which they were said."""
    return [{**one.model_dump(), "at": clock.wire(tx.at)} for one in wish.dangers or []]


def check_extra(extra: dict[str, Any] | None, kind: str) -> None:
    """Refuse what the kind of incident has no field for, or what cannot stand in it."""
    known = {field.code: field for field in KINDS[kind].fields}
    for name, value in (extra or {}).items():
        if name not in known:
            raise Invalid(f"extra.{name[:40]}: {kind} has no such field", zh=f"该类事件没有“{name[:40]}”一项")
        if fault := known[name].fault(value):
            raise Invalid(f"extra.{name}: {fault.en}", zh=f"{known[name].zh}：{fault.zh}")


def not_ahead(tx: Tx, name: str, at: datetime | None) -> None:
    """Refuse a time that a desk dates ahead; a field device's clock may run ahead (RULES 32)."""
    if at is not None and at > tx.received_at + AHEAD and not tx.actor.device:
        raise Invalid(
            f"{name}: more than two minutes ahead of the server's clock", zh="时间超前服务器时钟两分钟以上"
        )


def own(tx: Tx, row: Incident) -> None:
    """Refuse unless the incident is the actor's own business: its home centre, or the county's."""
    if not (tx.actor.covers(row.centre) or tx.actor.centre[:9] == row.centre):
        raise Forbidden("Only its home centre and the county may change it", zh="只有属地单位和县里可以改")
    itself(row)


def itself(row: Incident) -> None:
    """Refuse on an incident that goes on as part of another: what is said now belongs there."""
    if row.merged_into:
        raise Conflict(
            "It was merged into another incident: say it there",
            zh="它已并入另一起事件：请在那里录入",
            into=row.merged_into,
        )


@action(
    "incident.transition",
    wish=MoveIncident,
    needs=MOVE,
    target="incident",
    http="POST /incidents/{id}/transition",
    output=IncidentOut,
)
def move_incident(tx: Tx, row: Incident, wish: MoveIncident) -> IncidentOut:
    """Move an incident to its next state."""
    own(tx, row)
    if wish.to not in INCIDENT_FLOW.states:
        raise Invalid(
            f"to: one of {', '.join(INCIDENT_FLOW.states)}",
            zh=f"目标状态须为 {'、'.join(INCIDENT_FLOW.states)} 之一",
        )
    if not INCIDENT_FLOW.can(row.state, wish.to):
        onward = INCIDENT_FLOW.onward(row.state)
        raise Conflict(
            f"{row.state} may go to {', '.join(onward) or 'nothing'}",
            zh=f"{INCIDENT_FLOW.zh[row.state]} 之后只能是：{'、'.join(INCIDENT_FLOW.zh[one] for one in onward) or '无'}",
            allowed=list(onward),
        )
    if wish.to in NEEDS_REASON and not wish.reason and not tx.actor.system:
        raise Invalid(f"reason: say why it is {wish.to}", zh=f"转为“{INCIDENT_FLOW.zh[wish.to]}”须说明理由")
    if wish.to == "archived":
        need_open(tx, row.id, wish.to)
    at = tx.at if wish.at is None else wish.at
    if at > tx.received_at + AHEAD:
        raise Invalid(
            "at: more than two minutes ahead of the server's clock", zh="时间超前服务器时钟两分钟以上"
        )
    return _move(tx, row, wish, at)


def _move(tx: Tx, row: Incident, wish: MoveIncident, at: datetime) -> IncidentOut:
    ended = not row.live
    row.state, row.live = wish.to, wish.to not in ENDED
    row.times = {**row.times, wish.to: clock.wire(at)}
    late.moved(row)
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    heard = parties(tx.session, row.id)
    back = (
        heard if ended and row.live else frozenset()
    )  # it comes back into the lists with all that hangs on it
    tx.say(IncidentMoved(record=shown, parties=heard, gained=back, said={"reason": wish.reason}))
    return shown
