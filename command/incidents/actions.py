"""Opening, correcting, grading and moving incidents; what is reported about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from command.core import clock, spatial
from command.core.access import COUNTY, centre_party, permission, set_audience
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.incidents import callers, figures, numbers, placing
from command.incidents.contract import (
    EditIncident,
    Grade,
    IncidentOut,
    MoveIncident,
    OpenIncident,
)
from command.incidents.events import (
    IncidentEdited,
    IncidentGraded,
    IncidentMoved,
    IncidentOpened,
)
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, parties, show_incident
from command.incidents.words import INCIDENT_FLOW, LEVEL_RANK
from command.places import register

OPEN = permission("incident.open", "open incidents")
EDIT = permission("incident.edit", "correct incidents")
MOVE = permission("incident.transition", "move incidents through their states")
GRADE = permission("incident.grade", "set an incident's legal level")
permission("incident.read", "see incidents of one's scope")

ENDED = frozenset({"dismissed", "archived"})
NEEDS_REASON = frozenset({"dismissed", "response_ended", "archived"})
LABELS = {
    "title": "标题",
    "description": "经过",
    "place_text": "地点",
    "location": "位置",
    "village_code": "村",
    "kind": "类别",
    "life_risk": "人员危险",
    "source": "来源",
    "occurred_at": "发生时间",
    "extra": "专项情况",
    "dangers": "现场危险",
    "on_scene": "现场联系人",
    "loss_wan": "损失",
    "area_ha": "面积",
    "magnitude": "震级",
}


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
    _check_place_and_extra(wish.village_code, wish.extra, wish.kind)
    centre, to_confirm, proposed = placing.home_centre(tx, wish)
    row = _new_row(tx, wish, centre, to_confirm, proposed)
    figures.nothing_said(row)
    tx.add(row)
    first = len(tx.said)
    heard = {COUNTY, centre_party(centre), centre_party(tx.actor.centre)} - {centre_party(tx.node)}
    set_audience(tx.session, "incident", row.id, heard, fresh=True)
    if wish.caller is not None:
        row.caller = callers.keep(tx, row.id, wish.caller)
    if wish.casualties is not None and wish.casualties.given():
        figures.state(tx, row, wish.casualties.given(), as_of=tx.at, source=wish.source, confirmed=False)
        figures.summarise(tx, row)
    shown = show_incident(row, sorted(heard))
    tx.say(IncidentOpened(record=shown, parties=frozenset(heard)), before=first)
    return shown


def _new_row(tx: Tx, wish: OpenIncident, centre: str, to_confirm: bool, proposed: str | None) -> Incident:
    return Incident(
        number=numbers.next_number(tx, centre),
        kind=wish.kind,
        title=wish.title or placing.default_title(wish),
        state="received",
        level=wish.level,
        life_risk=wish.life_risk or "none",
        location=spatial.stored(wish.location),
        village_code=wish.village_code,
        place_text=wish.place_text or placing.place_words(wish.village_code),
        centre=centre,
        opened_by=tx.actor.centre,
        to_confirm=to_confirm,
        proposed_centre=proposed,
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
        dangers=_dangers(tx, wish),
        merged_into=None,
        merged_from=[],
        on_scene=wish.on_scene.model_dump() if wish.on_scene else None,
        shares=[],
        command=None,
        times={"received": clock.wire(tx.at)},
        ahead=tx.ahead,
        live=True,
    )


def _dangers(tx: Tx, wish: Any) -> list[Any]:
    return [{**one.model_dump(), "at": clock.wire(tx.at)} for one in wish.dangers or []]


def _check_place_and_extra(village_code: str | None, extra: dict[str, Any] | None, kind: str) -> None:
    if village_code and register.village(village_code) is None:
        raise Invalid(f"village_code: there is no village {village_code}", zh=f"没有村（社区）{village_code}")
    known = {field.code: field for field in KINDS[kind].fields}
    for name, value in (extra or {}).items():
        if name not in known:
            raise Invalid(f"extra.{name}: {kind} has no such field", zh=f"该类事件没有“{name}”一项")
        if fault := known[name].fault(value):
            raise Invalid(f"extra.{name}: {fault.en}", zh=f"{known[name].zh}：{fault.zh}")


@action(
    "incident.edit",
    wish=EditIncident,
    needs=EDIT,
    target="incident",
    http="PATCH /incidents/{id}",
    output=IncidentOut,
    version="required",
)
def edit_incident(tx: Tx, row: Incident, wish: EditIncident) -> IncidentOut:
    """Correct what is known; earlier words stay in the journal."""
    own(tx, row)
    not_ahead(tx, "occurred_at", wish.occurred_at)
    given = wish.model_fields_set - {"casualties", "level"}
    if "kind" in given and (wish.kind not in KINDS):
        raise Invalid(f"kind: there is no kind {wish.kind}", zh=f"没有类别 {wish.kind}")
    if {"location", "village_code"} <= given and wish.location is None and wish.village_code is None:
        raise Invalid("location or village_code: one of them is needed", zh="位置和村至少要有一项")
    for name in given & {"title", "kind", "life_risk", "occurred_at"}:
        if getattr(wish, name) is None:
            raise Invalid(f"{name}: cannot be taken away", zh=f"{name} 不能清空")
    _check_place_and_extra(wish.village_code, wish.extra, wish.kind or row.kind)
    for name in given:
        setattr(row, name, _value(tx, wish, name))
    if row.location is None and row.village_code is None:
        raise Invalid("location or village_code: one of them is needed", zh="位置和村至少要有一项")
    if "level" in wish.model_fields_set:
        _set_level(tx, row, wish.level)
    if wish.casualties is not None:
        figures.state(tx, row, wish.casualties.given(), as_of=tx.at, source=row.source, confirmed=False)
    figures.summarise(tx, row)
    tx.touch(row)
    tx.session.refresh(row)
    shown = tx.show(INCIDENTS, row)
    fields = [LABELS.get(name, name) for name in sorted(wish.model_fields_set)]
    tx.say(IncidentEdited(record=shown, parties=parties(tx.session, row.id), said={"fields": fields}))
    return shown


def _value(tx: Tx, wish: EditIncident, name: str) -> Any:
    value = getattr(wish, name)
    if name == "location":
        return spatial.stored(value)
    if name == "dangers":
        return _dangers(tx, wish)
    if name == "extra":
        return value or {}
    return value.model_dump() if hasattr(value, "model_dump") else value


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
    if row.merged_into:
        raise Conflict("It was merged into another incident", zh="它已并入另一起事件", into=row.merged_into)


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
        raise Invalid(f"to: one of {', '.join(INCIDENT_FLOW.states)}")
    if not INCIDENT_FLOW.can(row.state, wish.to):
        onward = INCIDENT_FLOW.onward(row.state)
        raise Conflict(
            f"{row.state} may go to {', '.join(onward) or 'nothing'}",
            zh=f"{INCIDENT_FLOW.zh[row.state]} 之后只能是：{'、'.join(INCIDENT_FLOW.zh[one] for one in onward) or '无'}",
            allowed=list(onward),
        )
    if wish.to in NEEDS_REASON and not wish.reason and not tx.actor.system:
        raise Invalid(f"reason: say why it is {wish.to}", zh=f"转为“{INCIDENT_FLOW.zh[wish.to]}”须说明理由")
    at = tx.at if wish.at is None else wish.at
    if at > tx.received_at + AHEAD:
        raise Invalid(
            "at: more than two minutes ahead of the server's clock", zh="时间超前服务器时钟两分钟以上"
        )
    ended = not row.live
    row.state, row.live = wish.to, wish.to not in ENDED
    row.times = {**row.times, wish.to: clock.wire(at)}
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    heard = parties(tx.session, row.id)
    back = (
        heard if ended and row.live else frozenset()
    )  # it comes back into the lists with all that hangs on it
    tx.say(IncidentMoved(record=shown, parties=heard, gained=back, said={"reason": wish.reason}))
    return shown


def _set_level(tx: Tx, row: Incident, level: str | None) -> None:
    tx.actor.need(GRADE)
    if level is not None and not KINDS[row.kind].graded:
        raise Invalid("level: social-security kinds have no statutory level", zh="社会安全事件不分级")
    row.level = level


@action(
    "incident.grade",
    wish=Grade,
    needs=GRADE,
    target="incident",
    http="POST /incidents/{id}/grade",
    output=IncidentOut,
)
def grade_incident(tx: Tx, row: Incident, wish: Grade) -> IncidentOut:
    """Set the legal level: always by a person; a lower one than before needs a reason."""
    own(tx, row)
    lower = row.level is not None and (wish.level is None or LEVEL_RANK[wish.level] > LEVEL_RANK[row.level])
    if lower and not wish.reason:
        raise Invalid("reason: say why the level goes down", zh="降级须说明理由")
    _set_level(tx, row, wish.level)
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    tx.say(IncidentGraded(record=shown, parties=parties(tx.session, row.id), said={"reason": wish.reason}))
    return shown
