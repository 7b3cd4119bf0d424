"""The register of risk points in four colours (风险分级管控): risk is not hazard, and has no deadline and no loop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.access import Actor, centre_party, permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.live.topics import may_hear
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.core.store import spatial
from command.hazards import lec, placing
from command.hazards.kinds import ITEMS
from command.hazards.models import RiskPoint
from command.hazards.queries import READ
from command.hazards.risk_contract import (
    ROOM,
    EditRisk,
    RegisterRisk,
    RiskEdited,
    RiskEvent,
    RiskOut,
    RiskRegistered,
    RiskWithdrawn,
    parties_of,
)

WRITE = permission("risk.write", "keep the register of risk points")
ALWAYS = ("name", "type", "colour", "control_level")


def _show(session: Session, rows: Sequence[RiskPoint]) -> list[RiskOut]:
    return [public(RiskOut, row, location=spatial.shown(row.location)) for row in rows]


def _of(centre: str) -> Criterion:
    return sa.or_(RiskPoint.centre == centre[:9], RiskPoint.answers_centre == centre)


def risk_visible(actor: Actor) -> Criterion:
    """SQL: the county sees all, a township its own, a department or unit those that it answers for."""
    if actor.county:
        return sa.true()
    return NOBODY if actor.team_id is not None else _of(actor.centre)


@may_hear
def _rooms(session: Session, actor: Actor, topic: str) -> bool:
    """The county's room for the county; of a centre's rooms one's own, and for a village its township's."""
    if not topic.startswith(ROOM) or not actor.may(READ) or actor.team_id is not None:
        return False
    party = topic.removeprefix(ROOM)
    if party == "county":
        return actor.county
    own = {centre_party(actor.centre)}
    return party in own | ({centre_party(actor.centre[:9])} if actor.centre.isdigit() else set())


RISKS = record(
    RecordType(
        "risk_point",
        RiskPoint,
        RiskOut,
        _show,
        visible=risk_visible,
        passing=ROOM,
        path="risk_points",
        needs=READ,
        order=(RiskPoint.id,),
        place=RiskPoint.location,
        worldly=False,
        filters={
            "colour": lambda v: RiskPoint.colour == v,
            "type": lambda v: RiskPoint.type == v,
            "centre": lambda v: RiskPoint.centre == v,
            "live": lambda v: RiskPoint.live == (v in ("true", "1")),
        },
    )
)


@action(
    "risk_point.register",
    wish=RegisterRisk,
    needs=WRITE,
    http="POST /risk_points",
    status=201,
    output=RiskOut,
)
def register_risk(tx: Tx, wish: RegisterRisk) -> RiskOut:
    """Enter a risk point; its colour is given, or follows from its LEC."""
    _not_in_a_drill(tx)
    placing.check_village(wish.village_code)
    centre, unsure, _ = placing.home_centre(tx, wish.location, wish.village_code, wish.centre)
    if unsure and not tx.actor.county:
        raise Invalid("centre: name the township", zh="请写明乡镇")
    _mine(tx, centre)
    judged = _judged(tx, centre, wish)
    given = wish.model_dump(exclude={"centre", "lec", "location", "colour", "control_level"})
    row = tx.add(
        RiskPoint(
            **given, centre=centre, lec=judged, colour=wish.colour or (judged or {})["colour"], location=spatial.stored(wish.location),
            control_level=wish.control_level or "township", synthetic=False, live=True,
        )
    )  # fmt: skip
    tx.session.flush()
    tx.session.refresh(row)
    return _say(tx, row, RiskRegistered)


def _judged(tx: Tx, centre: str, wish: RegisterRisk | EditRisk) -> dict[str, Any] | None:
    if wish.lec is None:
        return None
    if off := wish.lec.off_scale():
        values = ", ".join(f"{value:g}" for value in lec.SCALES[off])
        raise Invalid(f"lec.{off}: one of {values}", zh=f"LEC 的 {off.upper()} 只能取 {values}")
    return lec.judged(tx.session, centre, wish.lec)


@action(
    "risk_point.edit",
    wish=EditRisk,
    needs=WRITE,
    target="risk_point",
    http="PATCH /risk_points/{id}",
    output=RiskOut,
    version="required",
)
def edit_risk(tx: Tx, row: RiskPoint, wish: EditRisk) -> RiskOut:
    """Correct a risk point."""
    _not_in_a_drill(tx)
    _mine(tx, row.centre)
    placing.check_village(wish.village_code)
    kind, before = wish.type or row.type, parties_of(row.centre, row.answers_centre)
    if wish.item is not None and wish.item not in ITEMS[kind]:
        raise Invalid(
            f"item: one of {', '.join(ITEMS[kind])}", zh=f"具体类型须为 {'、'.join(ITEMS[kind])} 之一"
        )
    for name in sorted(wish.model_fields_set):
        value = getattr(wish, name)
        if name in ALWAYS and value is None:
            raise Invalid(f"{name}: cannot be taken away", zh=f"{name} 不能清空")
        if name == "lec":
            value = _judged(tx, row.centre, wish)
        setattr(row, name, spatial.stored(value) if name == "location" else value)
    if wish.lec is not None and wish.colour is None and row.lec:
        row.colour = row.lec["colour"]
    tx.touch(row)
    tx.session.refresh(row)
    return _say(tx, row, RiskEdited, before)


@action(
    "risk_point.withdraw",
    needs=WRITE,
    target="risk_point",
    http="POST /risk_points/{id}/withdraw",
    output=RiskOut,
)
def withdraw_risk(tx: Tx, row: RiskPoint, wish: object) -> RiskOut:
    """Strike a risk point off the register."""
    _not_in_a_drill(tx)
    _mine(tx, row.centre)
    if not row.live:
        raise Conflict("It is struck off already", zh="已撤销")
    row.live = False
    tx.touch(row)
    return _say(tx, row, RiskWithdrawn)


def _say(tx: Tx, row: RiskPoint, event: type[RiskEvent], before: frozenset[str] | None = None) -> RiskOut:
    """Told to whom it concerns; `before`: to whom it was known until now."""
    shown, now = tx.show(RISKS, row), parties_of(row.centre, row.answers_centre)
    was = before if before is not None else now
    tx.say(event(record=shown, parties=now, gained=now - was, lost=was - now))
    return shown


def _mine(tx: Tx, centre: str) -> None:
    if not (tx.actor.covers(centre) or tx.actor.centre[:9] == centre):
        raise Forbidden("Another centre's register", zh="属其他单位的登记")


def _not_in_a_drill(tx: Tx) -> None:
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
