"""Telling somebody: a person did it and enters it; the machine only keeps who was told which figures, when, and how late it was.

Lateness is worked out once, at this moment, from the clocks as they stand, and never again: it is part of what was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from command.core import clock
from command.core.access import permission, set_audience
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Forbidden, Invalid, NotFound
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, incident_row, parties
from command.sitreps import clocks
from command.sitreps.actions import author, base_of, blank, in_state, own, reporting_of, said, step
from command.sitreps.contract import PhoneReport, SitrepOut, Telling
from command.sitreps.events import IncidentTold, SitrepTold
from command.sitreps.following import settle
from command.sitreps.models import Reporting, Sitrep
from command.sitreps.naming import checked, nameless
from command.sitreps.queries import INFO_REQUESTS, heard
from command.sitreps.words import figures_said

SEND = permission(
    "sitrep.send",
    "report by telephone, send signed reports, note who received them",
    "电话快报、报出已签发的报告、登记签收",
)


@action("sitrep.phone", wish=PhoneReport, needs=SEND, target="incident", http="POST /incidents/{id}/phone-report", status=201,
        output=SitrepOut)  # fmt: skip
def phone(tx: Tx, row: Incident, wish: PhoneReport) -> SitrepOut:
    """电话快报: somebody above was told the reporting figures by telephone; it needs no signature, the written report follows."""
    centre = author(tx, row)
    _allowed_to(centre, wish.to)
    _checked(tx, row, wish)
    nameless(tx, row.id, wish.text)
    base = base_of(tx, row.id, centre)
    made = tx.add(blank(tx, centre, "phone_flash", row, [wish.to]))
    made.figures, made.figures_at, made.base = dict(row.casualties), tx.at, base
    made.changes = clocks.differing(base["figures"], row.casualties) if base else {}
    words = wish.text or f"{row.title}：{figures_said(row.casualties)}。"
    made.sections = [{"code": "summary", "title": {"zh": "快报内容", "en": "What was said"}, "text": words}]
    made.steps, made.state = [step(tx, "submitted")], "submitted"
    tx.session.flush()
    set_audience(tx.session, "sitrep", made.id, heard(centre, tx.node), fresh=True)
    return tell(tx, made, wish.telling(), fresh=True)


def _checked(tx: Tx, row: Incident, wish: PhoneReport) -> None:
    """Who rang and asked is told nothing before the office was called back."""
    if wish.request_id is None:
        return
    try:
        request = tx.find(INFO_REQUESTS, wish.request_id)
    except NotFound:
        raise Invalid("request_id: there is no such request", zh="没有这项来电查询") from None
    if request.incident_id != row.id:
        raise Invalid("request_id: it asks about another incident", zh="该来电查询的是另一起事件")
    if request.state != "verified":
        raise Conflict("Call back first: the caller is not verified", zh="先回拨核对：来电人尚未核实")


def _allowed_to(centre: str, to: str) -> None:
    """A township tells its county; the county tells those above it and beside."""
    if (len(centre) > 6) is not (to == "county"):
        raise Forbidden(
            "A township reports to its county, the county to those above",
            zh="乡镇报县，县报上级；请改报送对象",
        )


@action(
    "sitrep.send", wish=Telling, needs=SEND, target="sitrep", http="POST /sitreps/{id}/send", output=SitrepOut
)
def send(tx: Tx, row: Sitrep, wish: Telling) -> SitrepOut:
    """Note that a signed report was given to somebody, by a person; to another recipient too."""
    own(tx, row)
    in_state(row, "signed", "submitted", "received_by_superior")
    if row.kind == "phone_flash":
        raise Conflict("A telephone report is told once: make another", zh="电话快报一次一报，请另记一次")
    checked(tx, row)
    if row.state == "signed":
        row.state, row.steps = "submitted", [*row.steps, step(tx, "submitted")]
    return tell(tx, row, wish)


def tell(tx: Tx, row: Sitrep, wish: Telling, *, fresh: bool = False) -> SitrepOut:
    """Keep who was told what by whom and when, and which clocks it met, how late."""
    if row.kind != "nil":
        _allowed_to(row.centre, wish.to)
    at = wish.at or tx.at
    if at > tx.now + AHEAD:
        raise Invalid("at: in the future", zh="时刻不能在将来")
    incident = incident_row(tx.session, row.incident_id) if row.incident_id else None
    if incident is not None and at < incident.received_at:
        raise Invalid("at: before the incident was reported", zh="早于接报时刻")
    told: dict[str, Any] = {
        "to": wish.to, "person": wish.person, "channel": wish.channel, "number": wish.number, "at": clock.wire(at),
        "entered_at": clock.wire(tx.received_at), "by": tx.actor.name, "by_id": tx.actor.id,
        "by_proxy": wish.by_proxy.model_dump() if wish.by_proxy else None, "figures": row.figures, "revision": row.revision,
        "clocks": [], "received": None,
    }  # fmt: skip
    owed = reporting_of(tx, incident, row.centre) if incident else None
    if owed is not None and incident is not None:
        told["clocks"] = meet(tx, owed, row, told, at)
    elif row.due_at is not None:
        told["clocks"] = [_nil_lateness(row, at, wish)]
    row.sent = [*row.sent, told]
    row.live = incident is not None and incident.live
    tx.session.flush() if fresh else tx.touch(row)
    shown = said(tx, row, SitrepTold)
    if owed is not None and incident is not None:
        _above(tx, incident, row, told, owed, at)
    return shown


def meet(tx: Tx, owed: Reporting, row: Sitrep, told: dict[str, Any], at: datetime) -> list[dict[str, Any]]:
    """Stop the clocks that this report serves, and say how late each was."""
    figures = incident_row(tx.session, owed.incident_id).casualties
    differs = clocks.differing(row.figures, figures)
    after, met = [dict(one) for one in owed.clocks], []
    for one in after:
        mine = one["to"] == told["to"] and one["state"] in clocks.OPEN and clocks.serves(one, told["channel"])
        if not mine or (one["report"] != "first" and differs):
            continue
        late = clocks.lateness(one, at, proxy=told["by_proxy"] is not None)
        one["state"] = "met"
        one["met"] = {
            "sitrep_id": row.id,
            "number": row.number,
            "kind": row.kind,
            "at": told["at"],
            "by": told["by"],
            **late,
        }
        met.append(
            {
                "key": one["key"],
                "report": one["report"],
                "channel": one["channel"],
                "due_at": one["due_at"],
                **late,
            }
        )
    owed.clocks = after
    _known_there(owed, row, told, differs)
    return met


def _known_there(owed: Reporting, row: Sitrep, told: dict[str, Any], differs: dict[str, Any]) -> None:
    """What a recipient knows now, and by how much that differs from what is."""
    mark = {
        "sitrep_id": row.id,
        "number": row.number,
        "kind": row.kind,
        "at": told["at"],
        "figures": row.figures,
    }
    owed.last = {**owed.last, told["to"]: mark}
    rest = {**owed.differs, told["to"]: differs}
    owed.differs = {to: one for to, one in rest.items() if one}


def _nil_lateness(row: Sitrep, at: datetime, wish: Telling) -> dict[str, Any]:
    due = clock.wire(row.due_at) if row.due_at else ""
    one = {"due_at": due, "starts_at": due, "rules": [], "cuts": []}
    late = clocks.lateness(one, at, proxy=wish.by_proxy is not None)
    return {"key": "nil", "report": "nil", "channel": "any", "due_at": due, **late}


def _above(
    tx: Tx, incident: Incident, row: Sitrep, told: dict[str, Any], owed: Reporting, at: datetime
) -> None:
    """The incident's own record learns that its figures are known above."""
    settle(tx, owed, incident)
    if len(row.centre) > 6:
        return
    followers = frozenset(one for one in parties(tx.session, incident.id) if not one.startswith("team:"))
    said_ = {"kind": row.kind, "to": told["to"], "channel": told["channel"], "at": at, "figures": row.figures}
    tx.say(IncidentTold(record=tx.show(INCIDENTS, incident), parties=followers, said=said_))
    if incident.report_changed is not None and not owed.differs:
        tx.act(
            "incident.report_change",
            {"id": incident.id, "to": told["person"], "channel": told["channel"]},
            as_system=True,
        )
