"""Reading reports: what is owed, what was written and sent, who was told which figures by whom at what time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import canonical, seal
from command.core.access import COUNTY, Actor, audiences, centre_party, heard_by, permission
from command.core.errors import Gone
from command.core.queries import Nothing, View, Wish, query
from command.core.records import Criterion, RecordType, find, public, record
from command.incidents.queries import INCIDENTS, is_party
from command.sitreps import rules
from command.sitreps.clocks import differing
from command.sitreps.contract import InfoRequestOut, ReportingOut, SitrepOut
from command.sitreps.models import InfoCaller, InfoRequest, Reporting, Sitrep
from command.sitreps.words import OUT

READ = permission("sitrep.read", "see reports and their clocks", "查看信息报送及时限")


def heard(centre: str, node: str) -> frozenset[str]:
    """Who knows of a centre's reports: itself and the county."""
    return frozenset({COUNTY} if centre == node[:6] else {COUNTY, centre_party(centre)})


def _visible(kind: str, model: Any) -> Any:
    def visible(actor: Actor) -> Criterion:
        return sa.true() if actor.system else heard_by(kind, model.id, actor.parties)

    return visible


def _in_topic(kind: str, model: Any) -> Any:
    def of(topic: str) -> Criterion | None:
        if not is_party(topic) or topic.startswith("team:"):
            return None
        return sa.and_(model.live, heard_by(kind, model.id, [topic]))

    return of


def _show(kind: str, out: Any) -> Any:
    def show(session: Session, rows: Sequence[Any]) -> list[Any]:
        known = audiences(session, kind, [row.id for row in rows])
        return [public(out, row, audience=known[row.id]) for row in rows]

    return show


def _among(column: Any, value: str) -> Criterion:
    found: Criterion = column.in_(value.split(","))
    return found


def _filters(model: Any, *names: str) -> dict[str, Any]:
    found: dict[str, Any] = {name: partial(_among, getattr(model, name)) for name in names}
    return {**found, "live": lambda value: model.live == (value in ("true", "1"))}


REPORTINGS: RecordType[Reporting, ReportingOut] = record(
    RecordType(
        "reporting", Reporting, ReportingOut, _show("reporting", ReportingOut), visible=_visible("reporting", Reporting),
        in_topic=_in_topic("reporting", Reporting), path="reportings", needs=READ, order=(Reporting.id,),
        filters=_filters(Reporting, "incident_id", "centre"),
    )
)  # fmt: skip
SITREPS: RecordType[Sitrep, SitrepOut] = record(
    RecordType(
        "sitrep", Sitrep, SitrepOut, _show("sitrep", SitrepOut), visible=_visible("sitrep", Sitrep),
        in_topic=_in_topic("sitrep", Sitrep), path="sitreps", needs=READ, order=(Sitrep.id,),
        filters=_filters(Sitrep, "incident_id", "centre", "state", "kind"),
    )
)  # fmt: skip
INFO_REQUESTS: RecordType[InfoRequest, InfoRequestOut] = record(
    RecordType(
        "info_request", InfoRequest, InfoRequestOut, _show("info_request", InfoRequestOut),
        visible=_visible("info_request", InfoRequest), in_topic=_in_topic("info_request", InfoRequest), path="info_requests",
        needs=READ, order=(InfoRequest.id,), filters=_filters(InfoRequest, "incident_id", "state"),
    )
)  # fmt: skip


class OfIncident(Wish):
    """An incident."""

    id: str = Field(max_length=36)


@query("sitreps.told", wish=OfIncident, needs=READ, http="GET /incidents/{id}/told", output=dict[str, Any])
def told(view: View, wish: OfIncident) -> dict[str, Any]:
    """Who was told which figures, by whom, by which channel, at what time; whose figures differ from another's, and from now's."""
    incident = find(view.session, INCIDENTS, wish.id, view.actor)
    sent = sa.select(Sitrep).where(
        Sitrep.incident_id == wish.id, Sitrep.state.in_(OUT), SITREPS.visible(view.actor)
    )
    items = [
        {
            **one,
            "sitrep_id": row.id,
            "number": row.number,
            "kind": row.kind,
            "ordinal": row.ordinal,
            "centre": row.centre,
        }
        for row in view.session.execute(sent.order_by(Sitrep.id)).scalars()
        for one in row.sent
    ]
    items.sort(key=lambda one: one["at"])
    last = {(one["centre"], one["to"]): one for one in items}
    return {
        "items": items,
        "now": dict(incident.casualties),
        "differs": [
            {"centre": centre, "to": to, "at": one["at"], "changes": changed}
            for (centre, to), one in last.items()
            if (changed := differing(one["figures"], incident.casualties))
        ],
        "disagree": disagreeing(list(last.values())),
    }


def disagreeing(last: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The figures of which two recipients know different ones, with what each was told."""
    names = sorted({name for one in last for name in one["figures"]})
    found = []
    for name in names:
        values = [
            {"to": one["to"], "centre": one["centre"], "value": one["figures"].get(name)} for one in last
        ]
        if len({one["value"] for one in values}) > 1:
            found.append({"field": name, "values": values})
    return found


@query("sitreps.rules", wish=Nothing, needs=READ, http="GET /sitreps/rules", output=dict[str, Any])
def table(view: View, wish: Nothing) -> dict[str, Any]:
    """The rule table in force with each row's source, and the offices that are told."""
    centre = view.actor.centre[:9]
    return {"items": rules.RULES(view.session, centre), "offices": rules.OFFICES(view.session, view.node[:6])}


@query(
    "sitreps.caller",
    wish=OfIncident,
    needs="personal.read",
    http="GET /info_requests/{id}/caller",
    output=dict[str, Any],
)
def caller(view: View, wish: OfIncident) -> dict[str, Any]:
    """Who asked for information and the number he gave; the reading is written to the access log."""
    row = find(view.session, INFO_REQUESTS, wish.id, view.actor)
    kept = view.session.execute(
        sa.select(InfoCaller).where(InfoCaller.request_id == row.id)
    ).scalar_one_or_none()
    if kept is None:
        raise Gone("It was erased", zh="已依法清除")
    view.log_read("info caller", row.id)
    said: dict[str, Any] = canonical.load(seal.open_(view.secret, kept.sealed))
    return said
