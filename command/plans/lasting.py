"""How long a response lasts (预计期限): past its term somebody is asked; time ends no response."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from command.core import due
from command.core.access import COUNTY, audience_of, centre_party, set_audience
from command.core.actions import Tx, action
from command.core.events import on
from command.incidents.events import AudienceChanged
from command.plans.models import Response
from command.plans.response_contract import ResponseOut, ResponsePassed, ResponsePastDue
from command.plans.response_queries import RESPONSES
from command.plans.words import IN_FORCE, LEVELS

ASK = "response.ask"
CAUSE = "response_term:"


def settle(tx: Tx, row: Response, *, again: bool) -> None:
    """After a step: its term begins (`again`), goes on, or is over with it."""
    if row.state not in IN_FORCE:
        due.call_off(tx.session, tx.world, f"{ASK}:{row.id}")
        tx.act("alarm.clear", {"cause": CAUSE + row.id}, as_system=True)
        return
    if again and row.expected_hours is not None:
        begun = datetime.fromisoformat(row.times[row.state])
        row.expected_until, row.past_due = begun + timedelta(hours=row.expected_hours), False
        tx.act("alarm.clear", {"cause": CAUSE + row.id}, as_system=True)
        due.promise(tx.session, tx.world, row.expected_until, ASK, {"id": row.id}, f"{ASK}:{row.id}")


@action(ASK, target="response", inner=True, output=ResponseOut)
def ask(tx: Tx, row: Response, wish: object) -> ResponseOut:
    """Its expected term is over: whose it is are asked to end it, or to say how long it lasts."""
    over = row.expected_until is not None and row.expected_until <= tx.now
    if row.state in IN_FORCE and over and not row.past_due:
        row.past_due = True
        tx.touch(row)
        tx.say(ResponsePastDue(record=tx.show(RESPONSES, row)))
        word = LEVELS[row.level or "R4"]
        tx.act(
            "alarm.raise",
            {
                "cause": CAUSE + row.id, "rank": 3, "centre": row.centre,
                "title": {"zh": f"{word.zh}响应已到预计期限", "en": f"{word.en} response: past its term"},
                "detail": {"zh": f"{row.matter}・请终止或延长", "en": f"{row.matter}: end it or say how long it lasts"},
                "parties": sorted({COUNTY, centre_party(row.centre)}),
            },
            as_system=True,
        )  # fmt: skip
    return tx.show(RESPONSES, row)


@on(AudienceChanged)
def follow_incident(tx: Tx, event: AudienceChanged) -> None:
    """A response to an incident is seen by those who see that; whose it is and whom it concerns see it anyway."""
    gained = {one for one in event.gained if not one.startswith("team:")}
    if not gained and not event.lost:
        return
    live = sa.select(Response).where(Response.live, Response.incident_id == event.record.id)
    for row in tx.session.execute(live.order_by(Response.id)).scalars():
        before = audience_of(tx.session, "response", row.id)
        keeps = {COUNTY, centre_party(row.centre), *(centre_party(one) for one in row.areas)} & before
        more, less = set_audience(tx.session, "response", row.id, (before - event.lost) | gained | keeps)
        if more or less:
            tx.touch(row)
            tx.say(ResponsePassed(record=tx.show(RESPONSES, row), gained=more, lost=less))
