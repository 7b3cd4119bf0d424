"""What an incident owes in reports, kept up with it: each change of the incident promises a look at once, beside the transaction
that changed it, so that nothing about reports can hold up or refuse a call (docs/decisions/sitreps.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.contact.contract import LinkCut, LinkUp
from command.core import clock
from command.core.access import set_audience
from command.core.actions import Tx, action
from command.core.events import on
from command.core.queries import Nothing, Wish
from command.incidents.contract import IncidentOut
from command.incidents.events import (
    AudienceChanged,
    CasualtiesStated,
    ChangeReported,
    CommandTaken,
    IncidentAbsorbed,
    IncidentEdited,
    IncidentEvent,
    IncidentGraded,
    IncidentMerged,
    IncidentMoved,
    IncidentOpened,
    IncidentReleased,
    IncidentUnmerged,
    LateWindowEnded,
    PrivateErased,
)
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, incident_row
from command.incidents.words import OVER_STATES
from command.sitreps import clocks, rules
from command.sitreps.contract import ReportingOut
from command.sitreps.events import ReportingChanged, ReportingOverdue
from command.sitreps.models import Reporting
from command.sitreps.queries import REPORTINGS, heard

FOLLOW, LAPSE = "reporting.follow", "reporting.lapse"
WATCHED = (
    AudienceChanged, CasualtiesStated, ChangeReported, CommandTaken, IncidentAbsorbed, IncidentEdited, IncidentGraded,
    IncidentMerged, IncidentMoved, IncidentOpened, IncidentReleased, IncidentUnmerged, LateWindowEnded, PrivateErased,
)  # fmt: skip


def follow_key(incident_id: str) -> str:
    """The name of the promise to look at an incident."""
    return f"{FOLLOW}:{incident_id}"


def lapse_key(reporting_id: str) -> str:
    """The name of the promise to say that a clock has run out."""
    return f"{LAPSE}:{reporting_id}"


@on(*WATCHED)
def promise_look(tx: Tx, event: IncidentEvent) -> None:
    """Something may be owed: look at once, in a command of its own."""
    row: IncidentOut = event.record
    tx.due(row.updated_at, FOLLOW, {"id": row.id}, key=follow_key(row.id))


@action(FOLLOW, target="incident", inner=True)
def follow(tx: Tx, row: Incident, wish: Nothing) -> IncidentOut:
    """Bring what each reporter owes of an incident up to date."""
    for centre in reporters(tx, row):
        look(tx, row, centre)
    return tx.show(INCIDENTS, row)


def reporters(tx: Tx, row: Incident) -> list[str]:
    """Who reports an incident: the township that took the call, and the county; the county's own call is told to no county."""
    own = [row.centre] if len(row.centre) == 9 and row.opened_by[:9] == row.centre else []
    return [*own, tx.node[:6]]


def known(tx: Tx, incident_id: str, centre: str) -> Reporting | None:
    """What a centre owes of an incident, as it stands; the incident is locked by whoever asks."""
    wanted = sa.select(Reporting).where(Reporting.incident_id == incident_id, Reporting.centre == centre)
    return tx.session.execute(wanted.with_for_update()).scalar_one_or_none()


def look(tx: Tx, row: Incident, centre: str) -> Reporting | None:
    """What a centre owes of an incident now; nothing is written where nothing is owed."""
    found = known(tx, row.id, centre)
    facts, asked = facts_of(tx, row, centre), rules.RULES(tx.session, centre)
    had, last = (found.clocks, found.last) if found else ([], {})
    after = clocks.follow(had, asked, facts, last, row.casualties)
    if found is None:
        return _first(tx, row, centre, after, clocks.too(asked, facts)) if after else None
    differs = {
        to: changed
        for to, told in last.items()
        if (changed := clocks.differing(told["figures"], row.casualties))
    }
    told = (after, clocks.too(asked, facts), differs, row.title)
    if told != (found.clocks, found.also, found.differs, found.incident_title):
        found.clocks, found.also, found.differs, found.incident_title = told
        settle(tx, found, row)
    return found


def _first(tx: Tx, row: Incident, centre: str, after: list[clocks.Clock], also: list[str]) -> Reporting:
    made: Reporting = tx.add(
        Reporting(
            incident_id=row.id, incident_number=row.number, incident_title=row.title, centre=centre, clocks=after, also=also,
            last={}, differs={}, live=True,
        )
    )  # fmt: skip
    set_audience(tx.session, "reporting", made.id, heard(centre, tx.node), fresh=True)
    settle(tx, made, row, fresh=True)
    return made


def settle(tx: Tx, found: Reporting, row: Incident, *, fresh: bool = False, event: type[ReportingChanged] = ReportingChanged,
           **said: Any) -> ReportingOut:  # fmt: skip
    """Say what changed, and promise the next time at which a clock runs out."""
    is_open = any(one["state"] in clocks.OPEN for one in found.clocks)
    found.live = is_open or (row.live and row.state not in OVER_STATES)
    tx.session.flush() if fresh else tx.touch(found)
    tx.call_off(lapse_key(found.id))
    if (at := clocks.next_due(found.clocks)) is not None:
        tx.due(at, LAPSE, {"id": found.id}, key=lapse_key(found.id))
    shown = tx.show(REPORTINGS, found)
    tx.say(event(record=shown, parties=heard(found.centre, tx.node), said=said))
    return shown


def facts_of(tx: Tx, row: Incident, centre: str) -> clocks.Facts:
    """An incident as clocks see it. The county learns of a township's call when it is entered where both see it."""
    kind = KINDS[row.kind]
    mine = row.opened_by[:9] == centre
    suggested = row.level_suggested or {}
    changed = row.report_changed["since"] if row.report_changed else None
    return clocks.Facts(
        reporter="county" if len(centre) == 6 else "township",
        klass=kind.klass,
        kinds=frozenset({kind.code, kind.parent or kind.code}),
        level=row.level,
        possible=frozenset({one for one in (suggested.get("confirmed"), suggested.get("possible")) if one}),
        learned=row.received_at if mine else row.created_at,
        occurred=row.occurred_at,
        changed=datetime.fromisoformat(changed) if changed else row.updated_at,
        gone=row.state == "dismissed" or row.merged_into is not None,
        over=row.state in OVER_STATES,
    )


@action(LAPSE, target="reporting", inner=True)
def lapse(tx: Tx, row: Reporting, wish: Nothing) -> ReportingOut:
    """A clock has run out: it is marked in words, calmly, for whoever looks; nothing is sent."""
    after = [dict(one) for one in row.clocks]
    late = [
        one for one in after if one["state"] == "running" and datetime.fromisoformat(one["due_at"]) <= tx.now
    ]
    if not late:
        return tx.show(REPORTINGS, row)
    for one in late:
        one["state"] = "overdue"
    row.clocks = after
    return settle(
        tx, row, incident_row(tx.session, row.incident_id), event=ReportingOverdue, to=late[0]["to"]
    )


@on(LinkCut, LinkUp)
def note_line(tx: Tx, event: Any) -> None:
    """The line to a township was cut, or is there again: what it could not report meanwhile is not late."""
    centre, cut = event.record.id, isinstance(event, LinkCut)
    wanted = sa.select(Reporting.id).where(Reporting.centre == centre, Reporting.live)
    for one in tx.session.execute(wanted.order_by(Reporting.id)).scalars().all():
        tx.act(
            "reporting.line", {"id": one, "cut": cut, "at": clock.wire(_since(event, tx.now))}, as_system=True
        )


def _since(event: Any, now: datetime) -> datetime:
    last: datetime | None = event.record.last_at
    return last if isinstance(event, LinkCut) and last else now


class Line(Wish):
    """A line that was cut or is there again, and since when."""

    cut: bool
    at: str = Field(max_length=40)


@action("reporting.line", wish=Line, target="reporting", inner=True)
def mark_line(tx: Tx, row: Reporting, wish: Line) -> ReportingOut:
    """Note in the clocks that run that the line was cut, or is there again."""
    after = [{**one, "cuts": _marked(one, wish.cut, wish.at)} for one in row.clocks]
    if after == row.clocks:
        return tx.show(REPORTINGS, row)
    row.clocks = after
    return settle(tx, row, incident_row(tx.session, row.incident_id))


def _marked(one: Mapping[str, Any], cut: bool, at: str) -> list[dict[str, Any]]:
    cuts = [dict(was) for was in one["cuts"]]
    if one["state"] not in ("running", "overdue"):
        return cuts
    if cut:
        return [*cuts, {"from": at, "to": None}]
    return [{**was, "to": was["to"] or at} for was in cuts]
