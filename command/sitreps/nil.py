"""零报告: at the end of a shift in which a centre reported nothing, its nil report stands drafted; a person sends it with one key.
Nobody is asked who reported anything in that shift."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.centres.models import Centre
from command.core import clock, jobs
from command.core.access import set_audience, system_actor
from command.core.actions import Command, Tx, action
from command.core.errors import Conflict
from command.core.node import Node
from command.incidents.models import Incident
from command.sitreps import rules
from command.sitreps.actions import blank, in_state, own, said, step
from command.sitreps.contract import NilPeriod, SitrepOut, Telling
from command.sitreps.events import SitrepDrafted
from command.sitreps.models import Sitrep
from command.sitreps.queries import heard
from command.sitreps.telling import SEND, tell

FRESH = timedelta(hours=6)


@action("sitrep.nil_draft", wish=NilPeriod, inner=True)
def draft_nil(tx: Tx, wish: NilPeriod) -> SitrepOut | None:
    """Draft the nil report of a shift, unless there is one or something was reported."""
    if reported(tx.session, wish.centre, wish.since, wish.until) or asked(
        tx.session, wish.centre, wish.until
    ):
        return None
    to = "city" if len(wish.centre) == 6 else "county"
    row = tx.add(blank(tx, wish.centre, "nil", None, [to]))
    since, until = (one.astimezone(clock.LOCAL).strftime("%m月%d日%H:%M") for one in (wish.since, wish.until))
    row.period = {"from": clock.wire(wish.since), "to": clock.wire(wish.until)}
    row.due_at = wish.until + timedelta(minutes=rules.NIL_MINUTES(tx.session, wish.centre))
    words = f"{since}至{until}，本辖区无突发事件，无伤亡，值班在岗。"
    row.sections = [{"code": "summary", "title": {"zh": "情况", "en": "Summary"}, "text": words}]
    tx.session.flush()
    set_audience(tx.session, "sitrep", row.id, heard(wish.centre, tx.node), fresh=True)
    return said(tx, row, SitrepDrafted)


def reported(session: Session, centre: str, since: datetime, until: datetime) -> bool:
    """Whether a centre reported anything in a shift: an incident that it entered, or a report that it gave."""
    opened = sa.select(Incident.id).where(Incident.created_at >= since, Incident.created_at < until)
    if len(centre) > 6:
        opened = opened.where(Incident.centre == centre)
    if session.execute(opened.limit(1)).first() is not None:
        return True
    given = sa.select(Sitrep.sent).where(
        Sitrep.centre == centre, Sitrep.kind != "nil", Sitrep.updated_at >= since
    )
    times = [datetime.fromisoformat(one["at"]) for sent in session.execute(given).scalars() for one in sent]
    return any(since <= at < until for at in times)


def asked(session: Session, centre: str, until: datetime) -> bool:
    """Whether the nil report of this shift is there already."""
    nils = sa.select(Sitrep.period).where(
        Sitrep.centre == centre, Sitrep.kind == "nil", Sitrep.updated_at >= until
    )
    return any(one and one["to"] == clock.wire(until) for one in session.execute(nils).scalars())


@action(
    "sitrep.nil_send",
    wish=Telling,
    needs=SEND,
    target="sitrep",
    http="POST /sitreps/{id}/nil-send",
    output=SitrepOut,
)
def send_nil(tx: Tx, row: Sitrep, wish: Telling) -> SitrepOut:
    """One key: the duty officer answers for the nil report by name and it is given."""
    own(tx, row)
    in_state(row, "draft")
    if row.kind != "nil":
        raise Conflict("It is no nil report: it is reviewed and signed", zh="不是零报告，须经审核签发")
    row.state, row.steps = "submitted", [*row.steps, step(tx, "submitted", "零报告")]
    return tell(tx, row, wish)


def shift_of(session: Session, centre: str, now: datetime) -> tuple[datetime, datetime] | None:
    """The shift that ended last at a centre, as long as its end is near."""
    days = [(now.astimezone(clock.LOCAL) - timedelta(days=ago)).date() for ago in (0, 1, 2)]
    hours = rules.NIL_AT(session, centre)
    ends = [
        datetime.fromisoformat(f"{day} {hour}").replace(tzinfo=clock.LOCAL) for day in days for hour in hours
    ]
    past = sorted(one for one in ends if one <= now)
    if len(past) < 2 or now - past[-1] > FRESH:
        return None
    return past[-2], past[-1]


def due_shifts(session: Session, node: str, now: datetime) -> list[tuple[str, datetime, datetime]]:
    """Whose nil report is to be drafted: centre, from, until."""
    found = []
    wanted = sa.select(Centre.id, Centre.created_at).where(Centre.kind.in_(("county", "township")))
    for centre, there_since in session.execute(wanted.order_by(Centre.id)).all():
        shift = shift_of(session, centre, now)
        if (
            shift
            and there_since < shift[0]
            and not asked(session, centre, shift[1])
            and not reported(session, centre, *shift)
        ):
            found.append((centre, *shift))
    return found


@jobs.every("sitrep.nil", seconds=60)
def draft_due(node: Node) -> None:
    """Draft what is due; the same shift gives the same command."""
    now = clock.real()
    for centre, since, until in node.database.read(
        lambda session: due_shifts(session, node.name, now), world=0
    ):
        wish = {"centre": centre, "since": clock.wire(since), "until": clock.wire(until)}
        command_id = jobs.command_id(f"sitrep.nil:{centre}", until)
        node.act(Command("sitrep.nil_draft", wish, system_actor(node.name), command_id))
