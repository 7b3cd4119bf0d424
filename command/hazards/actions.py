"""Finding hazards and correcting what is known of them; what all actions on them check."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from command.core import clock, files
from command.core.access import COUNTY, centre_party, permission, set_audience, team_party
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.store import spatial
from command.hazards import numbers, placing, private, steps
from command.hazards.contract import EditHazard, HazardOut, InterimIn, ReportHazard, WatchIn
from command.hazards.events import HazardEdited, HazardPeopleErased, HazardReported
from command.hazards.kinds import ITEMS
from command.hazards.models import Hazard, HazardKey, HazardPerson
from command.hazards.queries import HAZARDS, index, parties
from command.hazards.words import EDITED

REPORT = permission("hazard.report", "report hazards, with photos")
HANDLE = permission("hazard.handle", "register, grade, assign hazards, and correct them")
ALWAYS = ("title", "type", "source")
SIDES = {"picture": "before", "after": "after"}


def pictures_of(payload: dict[str, Any], directory: Path) -> dict[str, Any]:
    """`prepare` of a report: each of its photos is kept, or why it cannot be."""
    return {name: files.kept_of({"picture": payload.get(name)}, directory) for name in SIDES}


@action(
    "hazard.report",
    wish=ReportHazard,
    needs=REPORT,
    http="POST /hazards",
    status=201,
    output=HazardOut,
    prepare=pictures_of,
)
def report_hazard(tx: Tx, wish: ReportHazard) -> HazardOut:
    """Report a hazard to those on whose ground it lies and to the county; put right on the spot, it is closed in the same visit."""
    not_ahead(tx, "found_at", wish.found_at)
    placing.check_village(wish.village_code)
    row = _new_row(tx, wish)
    tx.add(row)
    heard = {COUNTY, centre_party(row.centre), finder(tx)} - {centre_party(tx.node[:6])}
    set_audience(tx.session, "hazard", row.id, heard, fresh=True)
    if wish.reporter is not None:
        row.reporter = private.keep(tx, row.id, "reporter", wish.reporter)
    for name, stage in SIDES.items():
        if getattr(wish, name) is not None:
            steps.hang(
                row, steps.photo_of(tx, (tx.prepared or {}).get(name), stage, wish.note, wish.location)
            )
    index(tx.session, row.id, [one["photo"] for one in row.photos], [])
    tx.session.flush()
    tx.session.refresh(row)
    tx.say(HazardReported(record=tx.show(HAZARDS, row), parties=frozenset(heard)))
    if wish.after is not None:
        for to in ("registered", "closed"):
            tx.act(
                "hazard.transition", {"id": row.id, "to": to, **({"at_once": True} if to == "closed" else {})}
            )
    if wish.incident_id is not None:
        tx.act("hazard.link", {"id": row.id, "incident_id": wish.incident_id})
    return tx.show(HAZARDS, row)


def finder(tx: Tx) -> str:
    """The party for which the actor found it."""
    return team_party(tx.actor.team_id) if tx.actor.team_id else centre_party(tx.actor.centre)


def _new_row(tx: Tx, wish: ReportHazard) -> Hazard:
    centre, to_confirm, proposed = placing.home_centre(tx, wish.location, wish.village_code, wish.centre)
    where = wish.place_text or placing.place_words(wish.village_code)
    given = {name: getattr(wish, name) for name in (
        "type", "item", "description", "village_code", "threatened", "basis", "duty", "measure", "fund", "plan", "source",
    )}  # fmt: skip
    return Hazard(
        **given,
        **steps.nothing_done(),
        number=numbers.next_number(tx, centre),
        title=wish.title or placing.default_title(wish.type, wish.item, where),
        state="reported",
        location=spatial.stored(wish.location),
        place_text=where,
        centre=centre,
        to_confirm=to_confirm,
        proposed_centre=proposed,
        found_at=min(wish.found_at or tx.at, tx.received_at),
        received_at=tx.received_at,
        found_by=tx.actor.name,
        found_centre=tx.actor.centre,
        interim=noted_interim(tx, wish.interim),
        times={"reported": clock.wire(tx.at)},
        steps=[steps.step(tx, "reported", tx.at, None)],
        ahead=tx.ahead,
    )


def noted_interim(tx: Tx, given: list[InterimIn] | None) -> list[dict[str, Any]]:
    """Interim measures with who said so, and when."""
    return [
        {"code": one.code, "text": one.text, "by": tx.actor.name, "at": clock.wire(tx.at)}
        for one in given or ()
    ]


def noted_watch(tx: Tx, row: Hazard, watch: WatchIn) -> dict[str, Any]:
    """监测管控 as the record tells it; the watcher's name and number are sealed."""
    held = (row.watch or {}).get("contact")
    if watch.contact is not None:
        private.forget(tx, row.id, "watcher")
        held = private.keep(tx, row.id, "watcher", watch.contact)
    return {**watch.model_dump(exclude={"contact"}), "contact": held}


def not_ahead(tx: Tx, name: str, at: datetime | None) -> None:
    """Refuse a time that a desk dates ahead; a field device's clock may run ahead (RULES 32)."""
    if at is not None and at > tx.received_at + AHEAD and not tx.actor.device:
        raise Invalid(
            f"{name}: more than two minutes ahead of the server's clock", zh="时间超前服务器时钟两分钟以上"
        )


def handles(tx: Tx, row: Hazard) -> bool:
    """Whether the actor sees to a hazard: the county, its home centre, the department that answers for it or found it."""
    if tx.actor.team_id is not None:
        return False
    own = tx.actor.centre
    departments = {
        (row.duties.get("department") or {}).get("centre"),
        row.found_centre if "-" in row.found_centre else None,
    }
    return tx.actor.covers(row.centre) or own[:9] == row.centre or ("-" in own and own in departments)


def own(tx: Tx, row: Hazard) -> None:
    """Refuse unless the actor sees to it."""
    if not handles(tx, row):
        raise Forbidden(
            "Only its home centre, its department and the county may change it",
            zh="只有属地、主管部门和县里可以改",
        )


@action(
    "hazard.edit",
    wish=EditHazard,
    needs=HANDLE,
    target="hazard",
    http="PATCH /hazards/{id}",
    output=HazardOut,
    version="required",
)
def edit_hazard(tx: Tx, row: Hazard, wish: EditHazard) -> HazardOut:
    """Correct what is known; earlier words stay in the journal. A running deadline moves only by an extension."""
    own(tx, row)
    given = wish.model_fields_set - {"reason"}
    _check(row, wish, given)
    if not given:
        return tx.show(HAZARDS, row)
    for name in sorted(given):
        setattr(row, name, _value(tx, row, wish, name))
    if "type" in given and row.item is not None and row.item not in ITEMS[row.type]:
        row.item = None
    if "village_code" in given and "place_text" not in given:
        row.place_text = placing.place_words(row.village_code) or row.place_text
    steps.promise(tx, row)
    tx.touch(row)
    tx.session.refresh(row)
    shown = tx.show(HAZARDS, row)
    said = {"fields": [EDITED[name] for name in sorted(given)], "reason": wish.reason}
    tx.say(HazardEdited(record=shown, parties=parties(tx.session, row.id), said=said))
    return shown


def _check(row: Hazard, wish: EditHazard, given: set[str]) -> None:
    for name in given & set(ALWAYS):
        if getattr(wish, name) is None:
            raise Invalid(f"{name}: cannot be taken away", zh=f"{EDITED[name].zh}不能清空")
    kind = wish.type or row.type
    if wish.item is not None and wish.item not in ITEMS[kind]:
        raise Invalid(
            f"item: one of {', '.join(ITEMS[kind])}", zh=f"具体类型须为 {'、'.join(ITEMS[kind])} 之一"
        )
    placing.check_village(wish.village_code)
    if "deadline" in given and row.state not in ("reported", "registered", "graded"):
        raise Conflict(
            "deadline: it is set when it is assigned, and moved by an extension",
            zh="时限在交办时确定，变更须申请延期",
        )
    if "watch" in given and (row.state != "monitored" or wish.watch is None):
        raise Conflict("watch: only of a danger point under watch", zh="只有监测管控的隐患点有此项")


def _value(tx: Tx, row: Hazard, wish: EditHazard, name: str) -> Any:
    value = getattr(wish, name)
    if name == "location":
        return spatial.stored(value)
    if name == "interim":
        return noted_interim(tx, value)
    return noted_watch(tx, row, value) if name == "watch" else value


@action("hazard.erase_people", target="hazard", inner=True, output=HazardOut)
def erase_people(tx: Tx, row: Hazard, wish: object) -> HazardOut:
    """Destroy key, salt and sealed rows of whoever reported or watched a closed hazard; the commitments in the journal stay."""
    if row.state != "closed":
        raise Conflict("It is not closed", zh="销号后才能清除")
    tx.session.execute(sa.delete(HazardKey).where(HazardKey.hazard_id == row.id))
    tx.session.execute(sa.delete(HazardPerson).where(HazardPerson.hazard_id == row.id))
    tx.touch(row)
    shown = tx.show(HAZARDS, row)
    tx.say(HazardPeopleErased(record=shown, parties=parties(tx.session, row.id)))
    return shown
