"""Who hears of a need or a force: the county, the centre that keeps it, and who sees its incident; a draft nobody else, a team never."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.access import COUNTY, audience_of, centre_party, set_audience
from command.core.actions import Tx
from command.core.errors import Forbidden, Invalid, NotFound
from command.core.events import on
from command.incidents.events import AudienceChanged
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, parties
from command.needs.events import ForcePassed, NeedPassed
from command.needs.models import Force, Need
from command.needs.queries import FORCES, NEEDS


def heard(tx: Tx, row: Need | Force) -> set[str]:
    """Its parties now."""
    found = {COUNTY, centre_party(row.centre)} - {centre_party(tx.node[:6])}
    if row.state != "draft" and row.incident_id is not None:
        found |= {one for one in parties(tx.session, row.incident_id) if not one.startswith("team:")}
    return found


def settle(tx: Tx, kind: str, row: Need | Force, *, fresh: bool = False) -> frozenset[str]:
    """Make these its parties. Returns who gained it."""
    gained, _ = set_audience(tx.session, kind, row.id, heard(tx, row), fresh=fresh)
    tx.session.flush()
    return gained


def incident_of(tx: Tx, incident_id: str | None) -> Incident | None:
    """The incident that is named, if the actor may see it."""
    if incident_id is None:
        return None
    try:
        return tx.find(INCIDENTS, incident_id)
    except NotFound:
        raise Invalid("incident_id: there is no such incident", zh="没有这起事件") from None


def own(tx: Tx, centre: str) -> None:
    """Refuse unless it is the actor's own house that keeps it, or the county."""
    if not tx.actor.covers(centre):
        raise Forbidden(
            "Only the centre that keeps it, or the county, may do this", zh="只有登记单位和县里可以这样做"
        )


@on(AudienceChanged)
def follow_incident(tx: Tx, event: AudienceChanged) -> None:
    """What is open for an incident is seen by those who see that; who keeps it sees it anyway."""
    if not (event.gained or event.lost):
        return
    kinds: tuple[tuple[str, Any, Any, Any], ...] = (
        ("need", Need, NEEDS, NeedPassed),
        ("force", Force, FORCES, ForcePassed),
    )
    for kind, model, spec, passed in kinds:
        live = sa.select(model).where(
            model.live, model.incident_id == event.record.id, model.state != "draft"
        )
        for row in tx.session.execute(live.order_by(model.id)).scalars():
            before = audience_of(tx.session, kind, row.id)
            more = {one for one in event.gained if not one.startswith("team:")}
            keeps = {COUNTY, centre_party(row.centre)} & before
            gained, lost = set_audience(tx.session, kind, row.id, (before - event.lost) | more | keeps)
            if gained or lost:
                tx.touch(row)
                tx.say(passed(record=tx.show(spec, row), gained=gained, lost=lost))
