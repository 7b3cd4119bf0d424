"""Recurring inspections: rounds with a checklist and proof of place; a round that does not come is counted, and nobody blamed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.centres.queries import centre
from command.core import due, files
from command.core.access import (
    COUNTY,
    Actor,
    audience_of,
    audiences,
    centre_party,
    heard_by,
    permission,
    set_audience,
)
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.rebuild import derived
from command.core.records import Criterion, RecordType, public, record
from command.core.store import spatial
from command.core.store.spatial import Point
from command.hazards.actions import REPORT
from command.hazards.events import ROOM
from command.hazards.inspection_contract import (
    InspectionEnded,
    InspectionEvent,
    InspectionGone,
    InspectionLapsed,
    InspectionOut,
    InspectionPlanned,
    PlanInspection,
    RecordRound,
    RoundOut,
    RoundRecorded,
)
from command.hazards.models import Inspection, Round
from command.hazards.onsite import SITE_M
from command.hazards.queries import HAZARDS, READ, of_team
from command.hazards.risk_points import RISKS
from geo.distance import metres

PLAN = permission("inspection.plan", "plan recurring inspections and end them")
LAPSE = "inspection.lapse"
GRACE = timedelta(days=1)


def _show(session: Session, rows: Sequence[Inspection]) -> list[InspectionOut]:
    heard = audiences(session, "inspection", [row.id for row in rows])
    return [
        public(InspectionOut, row, location=spatial.shown(row.location), audience=heard[row.id])
        for row in rows
    ]


def inspection_visible(actor: Actor) -> Criterion:
    """SQL: the actor is in the inspection's audience."""
    found: Criterion = _visible(Inspection.id)(actor)
    return found


def _visible(model: Any) -> Any:
    return lambda actor: sa.true() if actor.system else heard_by("inspection", model, actor.parties)


INSPECTIONS = record(
    RecordType(
        "inspection", Inspection, InspectionOut, _show, visible=_visible(Inspection.id),
        in_topic=of_team(Inspection, "inspection"), passing=ROOM, path="inspections", needs=READ, order=(Inspection.id,),
        place=Inspection.location,
        filters={
            "centre": lambda v: Inspection.centre == v,
            "assigned": lambda v: Inspection.assigned == v,
            "live": lambda v: Inspection.live == (v in ("true", "1")),
        },
    )
)  # fmt: skip
ROUNDS = record(
    RecordType(
        "inspection_round", Round, RoundOut, lambda session, rows: [public(RoundOut, row) for row in rows],
        visible=_visible(Round.inspection_id), path="inspection_rounds", needs=READ, order=(Round.id,),
        filters={"inspection_id": lambda v: Round.inspection_id == v},
    )
)  # fmt: skip


@action(
    "inspection.plan",
    wish=PlanInspection,
    needs=PLAN,
    http="POST /inspections",
    status=201,
    output=InspectionOut,
)
def plan(tx: Tx, wish: PlanInspection) -> InspectionOut:
    """Plan a recurring inspection: of a hazard, of a risk point, or of a place."""
    home, place, text = _where(tx, wish)
    if not (tx.actor.covers(home) or tx.actor.centre[:9] == home or "-" in tx.actor.centre):
        raise Forbidden("Another centre's inspections", zh="属其他单位")
    assigned = wish.assigned or home
    if centre(tx.session, assigned) is None:
        raise Invalid(f"assigned: there is no centre {assigned}", zh=f"没有单位 {assigned}")
    row = tx.add(
        Inspection(
            title=wish.title, centre=home, assigned=assigned, location=spatial.stored(place), place_text=text,
            hazard_id=wish.hazard_id, risk_point_id=wish.risk_point_id, checklist=wish.checklist, every_days=wish.every_days,
            next_due=wish.next_due or tx.now + timedelta(days=wish.every_days), last_at=None, lapsed=0, live=True,
        )
    )  # fmt: skip
    tx.session.flush()
    tx.session.refresh(row)
    parties = {COUNTY, centre_party(home), centre_party(assigned)} - {centre_party(tx.node[:6])}
    set_audience(tx.session, "inspection", row.id, parties, fresh=True)
    _promise(tx, row)
    return _say(tx, row, InspectionPlanned)


def _where(tx: Tx, wish: PlanInspection) -> tuple[str, Point | None, str | None]:
    target: Any = None
    if wish.hazard_id is not None:
        target = tx.find(HAZARDS, wish.hazard_id)
    elif wish.risk_point_id is not None:
        target = tx.find(RISKS, wish.risk_point_id)
    place, home = wish.location, wish.centre or (None if tx.actor.county else tx.actor.centre[:9])
    if target is not None:
        home, shown = target.centre, spatial.shown(target.location)
        place = place or (Point.model_validate(shown) if shown else None)
    if home is None or centre(tx.session, home) is None:
        raise Invalid("centre: whose ground it is", zh="请写明属地（centre）")
    return home, place, wish.place_text or (target.place_text if target is not None else None)


@action(
    "inspection.record",
    wish=RecordRound,
    needs=REPORT,
    target="inspection",
    http="POST /inspections/{id}/rounds",
    status=201,
    output=RoundOut,
    prepare=files.kept_of,
)
def record_round(tx: Tx, row: Inspection, wish: RecordRound) -> RoundOut:
    """Record a round: refused from afar without a reason, and with an answer to each point; what is not in order may become a hazard."""
    if not row.live:
        raise Conflict("It has ended", zh="巡查计划已结束")
    if len(wish.answers) != len(row.checklist):
        raise Invalid(
            f"answers: {len(row.checklist)} points are asked",
            zh=f"清单共 {len(row.checklist)} 项，须逐项作答",
        )
    if not isinstance(tx.prepared, files.Picture):
        raise tx.prepared or Invalid("picture: this node keeps no files", zh="此节点不存文件")
    away = _away(tx, row, wish)
    said = zip(row.checklist, wish.answers, strict=True)
    made = tx.add(
        Round(
            inspection_id=row.id, at=tx.at, received_at=tx.received_at, by=tx.actor.name, place=wish.location.model_dump(),
            distance_m=away, photo=tx.prepared.id, answers=[{"item": item, **one.model_dump()} for item, one in said],
            failed=sum(not one.ok for one in wish.answers), reason=wish.reason, hazard_id=_found(tx, row, wish), ahead=tx.ahead,
            live=True,
        )
    )  # fmt: skip
    row.last_at, row.next_due = tx.at, tx.at + timedelta(days=row.every_days)
    _promise(tx, row)
    tx.touch(row)
    tx.say(RoundRecorded(record=tx.show(ROUNDS, made)))
    _say(tx, row, InspectionGone)
    return tx.show(ROUNDS, made)


def _away(tx: Tx, row: Inspection, wish: RecordRound) -> float | None:
    here = spatial.shown(row.location)
    if here is None:
        return None
    away = round(metres(*here["coordinates"], *wish.location.coordinates), 1)
    limit = SITE_M(tx.session, row.centre)
    if away > limit and not wish.reason:
        raise Invalid(
            f"location: {away:.0f} m from the place, more than {limit:.0f} m: say why in `reason`",
            zh=f"距巡查点 {away:.0f} 米，超过 {limit:.0f} 米：请说明理由",
        )
    return away


def _found(tx: Tx, row: Inspection, wish: RecordRound) -> str | None:
    if wish.found is None:
        return None
    body = {**wish.found.model_dump(exclude_none=True), "location": wish.location.model_dump(), "centre": row.centre,
            "source": "grid", "picture": wish.picture, "place_text": row.place_text}  # fmt: skip
    made: Any = tx.act("hazard.report", body, prepared={"picture": tx.prepared})
    return str(made.id)


@action(
    "inspection.end", needs=PLAN, target="inspection", http="POST /inspections/{id}/end", output=InspectionOut
)
def end(tx: Tx, row: Inspection, wish: object) -> InspectionOut:
    """End a recurring inspection; its rounds stay."""
    if not (tx.actor.covers(row.centre) or tx.actor.centre[:9] == row.centre):
        raise Forbidden("Another centre's inspections", zh="属其他单位")
    if not row.live:
        raise Conflict("It has ended", zh="巡查计划已结束")
    row.live = False
    tx.call_off(_key(row.id))
    tx.touch(row)
    return _say(tx, row, InspectionEnded)


@action(LAPSE, target="inspection", inner=True, output=InspectionOut)
def lapse(tx: Tx, row: Inspection, wish: object) -> InspectionOut:
    """A round did not come within a day of its date: it is counted and told, and the next one is looked for."""
    if row.live and row.next_due + GRACE <= tx.now:
        row.lapsed += 1
        while row.next_due + GRACE <= tx.now:
            row.next_due += timedelta(days=row.every_days)
        tx.touch(row)
        _say(tx, row, InspectionLapsed)
    _promise(tx, row)
    return tx.show(INSPECTIONS, row)


def _say(tx: Tx, row: Inspection, event: type[InspectionEvent]) -> InspectionOut:
    shown = tx.show(INSPECTIONS, row)
    tx.say(event(record=shown, parties=audience_of(tx.session, "inspection", row.id)))
    return shown


def _key(inspection_id: str) -> str:
    return f"{LAPSE}:{inspection_id}"


def _promise(tx: Tx, row: Inspection) -> None:
    if row.live:
        tx.due(row.next_due + GRACE, LAPSE, {"id": row.id}, key=_key(row.id))


@derived
def lapses(session: Session) -> None:
    """When the next round is missed, of each inspection that goes on."""
    for row in session.execute(
        sa.select(Inspection).where(Inspection.live).order_by(Inspection.id)
    ).scalars():
        due.promise(session, row.world, row.next_due + GRACE, LAPSE, {"id": row.id}, _key(row.id))


def may_see(session: Session, actor: Actor, name: str) -> bool:
    """Whether a round that the actor may see carries this photo."""
    found = sa.select(Round.id).where(Round.photo == name, ROUNDS.visible(actor)).limit(1)
    return actor.may(READ) and session.execute(found).first() is not None


def carried(session: Session, names: Collection[str]) -> set[str]:
    """Those of some photos that hang on a round."""
    return set(session.execute(sa.select(Round.photo).where(Round.photo.in_(names))).scalars())


files.guard(may_see)
files.carries(carried)
