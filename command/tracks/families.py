"""Families: one named liaison each, when they were told what, and 家属已告知. Names, numbers, places and words are sealed."""

from __future__ import annotations

from typing import Any

from command.core import clock
from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Gone
from command.incidents.models import Incident
from command.incidents.queries import incident_row
from command.tracks import clocks, private
from command.tracks.actions import check_centre, may_write, not_ahead
from command.tracks.contract import (
    CloseFamily,
    EditFamily,
    FamilyOut,
    NotifyFamily,
    OpenFamily,
    TellFamily,
)
from command.tracks.events import (
    FamilyClosed,
    FamilyEdited,
    FamilyEvent,
    FamilyNotified,
    FamilyOpened,
    FamilyTold,
)
from command.tracks.models import Family
from command.tracks.queries import FAMILIES, of_incident, ours

WRITE = permission(
    "family.write", "keep contact with families of an incident", "家属对接（姓名密存，查阅留痕）"
)
PEOPLE = ("victim", "relative", "relative_phone", "lodging", "liaison", "liaison_phone")


@action("family.open", wish=OpenFamily, needs=WRITE, target="incident", http="POST /incidents/{id}/families", status=201,
        output=FamilyOut)  # fmt: skip
def open_family(tx: Tx, incident: Incident, wish: OpenFamily) -> FamilyOut:
    """Name the one liaison of a family; without one, hold back a name."""
    may_write(tx, incident)
    check_centre(tx, wish.centre)
    number = 1 + max((one.number for one in of_incident(tx.session, Family, incident.id)), default=0)
    row = tx.add(
        Family(
            incident_id=incident.id, number=number, centre=wish.centre or incident.centre, person={}, told_at=None, tellings=[],
            notified=None, state="open" if wish.liaison else "held", late_since=None,
        )
    )  # fmt: skip
    people = wish.model_dump(include=set(PEOPLE))
    row.person = private.keep(tx, incident.id, private.FAMILY, row.id, "family", people)
    clocks.settle(tx, row)
    tx.session.flush()
    return _say(tx, row, FamilyOpened)


@action(
    "family.edit",
    wish=EditFamily,
    needs=WRITE,
    target="family",
    http="PATCH /families/{id}",
    output=FamilyOut,
)
def edit(tx: Tx, row: Family, wish: EditFamily) -> FamilyOut:
    """Somebody else, another number or place: the earlier is destroyed."""
    _mine(tx, row)
    check_centre(tx, wish.centre)
    given = wish.model_dump(exclude_unset=True)
    before = _people(tx, row)
    people = {name: given.get(name, before.get(name)) for name in PEOPLE}
    people["victim"], people["liaison"] = (people[one] or before[one] for one in ("victim", "liaison"))
    if row.state == "held" and people["liaison"]:
        row.state = "open"
    row.person = private.renew(tx, row.incident_id, private.FAMILY, row.id, "family", people)
    row.centre = wish.centre or row.centre
    clocks.settle(tx, row)
    tx.touch(row)
    return _say(tx, row, FamilyEdited)


def _people(tx: Tx, row: Family) -> dict[str, Any]:
    found = private.opened(tx, row.incident_id, private.FAMILY).get(row.person["id"])
    if found is None:
        raise Gone("It was erased", zh="已依法清除")
    return found


@action(
    "family.tell",
    wish=TellFamily,
    needs=WRITE,
    target="family",
    http="POST /families/{id}/tell",
    output=FamilyOut,
)
def tell(tx: Tx, row: Family, wish: TellFamily) -> FamilyOut:
    """The family was told how things stand; what was said is sealed."""
    _mine(tx, row)
    _open(row)
    not_ahead(tx, wish.at)
    at = wish.at or tx.at
    kept = private.keep(tx, row.incident_id, private.FAMILY, row.id, "told", {"text": wish.text})
    row.tellings = [*row.tellings, {**kept, "at": clock.wire(at), "by": tx.actor.name}]
    row.told_at = max(at, row.told_at or at)
    clocks.settle(tx, row)
    tx.touch(row)
    return _say(tx, row, FamilyTold)


@action(
    "family.notify",
    wish=NotifyFamily,
    needs=WRITE,
    target="family",
    http="POST /families/{id}/notify",
    output=FamilyOut,
)
def notify(tx: Tx, row: Family, wish: NotifyFamily) -> FamilyOut:
    """家属已告知: from now on the name of its own may leave the house."""
    _mine(tx, row)
    _open(row, "held")
    not_ahead(tx, wish.at)
    if row.notified is not None:
        raise Conflict("It is entered already", zh="已登记“家属已告知”")
    at = wish.at or tx.at
    row.notified = {"at": clock.wire(at), "by": tx.actor.name, "how": wish.how}
    row.told_at = max(at, row.told_at or at)
    clocks.settle(tx, row)
    tx.touch(row)
    return _say(tx, row, FamilyNotified)


@action(
    "family.close",
    wish=CloseFamily,
    needs=WRITE,
    target="family",
    http="POST /families/{id}/close",
    output=FamilyOut,
)
def close(tx: Tx, row: Family, wish: CloseFamily) -> FamilyOut:
    """There is no more to be said; why is sealed with the rest."""
    _mine(tx, row)
    _open(row, "held")
    kept = private.keep(tx, row.incident_id, private.FAMILY, row.id, "told", {"text": wish.reason})
    row.tellings = [*row.tellings, {**kept, "at": clock.wire(tx.at), "by": tx.actor.name}]
    row.state = "closed"
    clocks.settle(tx, row)
    tx.touch(row)
    return _say(tx, row, FamilyClosed)


def _mine(tx: Tx, row: Family) -> None:
    incident = incident_row(tx.session, row.incident_id)
    if not ours(tx.actor, incident):
        raise Forbidden("Only its home centre and the county may", zh="只有属地单位和县里可以办理")


def _open(row: Family, *also: str) -> None:
    if row.state == "held" and "held" not in also:
        raise Conflict("Name a liaison first", zh="请先指定对接人")
    if row.state not in ("open", *also):
        raise Conflict("Contact has ended", zh="对接已结束")


def _say(tx: Tx, row: Family, event: type[FamilyEvent]) -> FamilyOut:
    shown = tx.show(FAMILIES, row)
    tx.say(event(record=shown))
    return shown
