"""Psychological aid for victims, families and rescuers (突发事件应对法 art. 50, 81). Who it is and every note are sealed: the carer
and one named colleague read them, nobody in command does."""

from __future__ import annotations

from command.core import clock
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.incidents.models import Incident
from command.tracks import clocks, private
from command.tracks.actions import may_write, not_ahead
from command.tracks.contract import CareOut, CareSession, ChangeCare, OpenCare
from command.tracks.events import CareChanged, CareEvent, CareHeld, CareOpened
from command.tracks.models import CareCase
from command.tracks.queries import CARE, CARES, of_incident, who_care


@action(
    "care.open",
    wish=OpenCare,
    needs=CARE,
    target="incident",
    http="POST /incidents/{id}/care",
    status=201,
    output=CareOut,
)
def open_care(tx: Tx, incident: Incident, wish: OpenCare) -> CareOut:
    """Take somebody into care: victim, family or rescuer."""
    may_write(tx, incident, tx.actor.centre)
    number = 1 + max((one.number for one in of_incident(tx.session, CareCase, incident.id)), default=0)
    row = tx.add(
        CareCase(
            incident_id=incident.id, number=number, group=wish.group, person={}, carer=tx.actor.name, carer_id=tx.actor.id,
            colleague=_named(tx, wish.colleague_id), colleague_id=wish.colleague_id, sessions=[], next_at=wish.next_at,
            state="open", late_since=None,
        )
    )  # fmt: skip
    row.person = private.keep(tx, incident.id, private.CARE, row.id, "care", {"name": wish.name})
    clocks.settle(tx, row)
    tx.session.flush()
    return _say(tx, row, CareOpened)


def _named(tx: Tx, account: str | None) -> str | None:
    """The colleague's name; only who gives care may be one, and not oneself."""
    if account is None:
        return None
    found = next((one for one in who_care(tx.session) if one.id == account and one.id != tx.actor.id), None)
    if found is None:
        raise Invalid("colleague_id: not another carer", zh="指定同事须为另一名心理援助人员")
    return found.name


@action(
    "care.hold",
    wish=CareSession,
    needs=CARE,
    target="care_case",
    http="POST /care_cases/{id}/sessions",
    output=CareOut,
)
def hold(tx: Tx, row: CareCase, wish: CareSession) -> CareOut:
    """A session was held; its note is sealed."""
    _carer(tx, row)
    not_ahead(tx, wish.at)
    if row.state != "open":
        raise Conflict("Care has ended", zh="已结案")
    kept = private.keep(tx, row.incident_id, private.CARE, row.id, "session", {"note": wish.note})
    entry = {**kept, "at": clock.wire(wish.at or tx.at), "by": tx.actor.name, "by_id": tx.actor.id}
    row.sessions, row.next_at = [*row.sessions, entry], wish.next_at
    clocks.settle(tx, row)
    tx.touch(row)
    return _say(tx, row, CareHeld)


@action(
    "care.change",
    wish=ChangeCare,
    needs=CARE,
    target="care_case",
    http="PATCH /care_cases/{id}",
    output=CareOut,
)
def change(tx: Tx, row: CareCase, wish: ChangeCare) -> CareOut:
    """Another colleague (the carer alone names one), another next time, or the end."""
    _carer(tx, row)
    if "colleague_id" in wish.model_fields_set:
        if tx.actor.id != row.carer_id:
            raise Forbidden("The carer names the colleague", zh="由主责人员指定同事")
        row.colleague, row.colleague_id = _named(tx, wish.colleague_id), wish.colleague_id
    if "next_at" in wish.model_fields_set:
        row.next_at = wish.next_at
    if wish.state is not None:
        row.state = wish.state
    clocks.settle(tx, row)
    tx.touch(row)
    return _say(tx, row, CareChanged)


def _carer(tx: Tx, row: CareCase) -> None:
    if tx.actor.id not in (row.carer_id, row.colleague_id):
        raise Forbidden("The carer and the named colleague may", zh="只有主责人员和指定同事可以办理")


def _say(tx: Tx, row: CareCase, event: type[CareEvent]) -> CareOut:
    shown = tx.show(CARES, row)
    tx.say(event(record=shown))
    return shown
