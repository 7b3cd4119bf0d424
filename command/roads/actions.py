"""Taking a road net into force and out of it; closing a part of the roads, and opening it again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shapely.geometry import shape as shaped

from command.centres.models import Centre
from command.core.access import permission
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.places import areas
from command.roads import nets
from command.roads.contract import (
    AddClosure,
    ClosureAdded,
    ClosureBegun,
    ClosureEvent,
    ClosureLifted,
    ClosureOut,
    LiftClosure,
    RoadNetEvent,
    RoadNetOut,
    RoadNetTaken,
    RoadNetWithdrawn,
    TakeNet,
)
from command.roads.models import Closure, RoadNet
from command.roads.queries import CLOSURES, NETS, net_in_force
from geo.roadnet import BadNet

WRITE = permission("road.write", "take road nets into force, and out of it")
CLOSE = permission("closure.write", "close roads, and open them again")
MISSING = ("there is no such road net in DATA_DIR/roads", "DATA_DIR/roads 中没有这个路网文件")
GONE = ("the file is no longer kept: bring it up again", "文件已清理：请重新上传")
BEGIN, END = "closure.begin:", "closure.expire:"


def _looked_at(payload: dict[str, Any], directory: Path) -> nets.Found | BadNet | None:
    """What is in the file that is named, or why it cannot be taken; looked at before the transaction. What was brought up is kept
    from here on under its digest."""
    file, upload = payload.get("file"), payload.get("upload")
    try:
        if isinstance(upload, str):
            return nets.adopt(directory, upload)
        return nets.find(directory, file) if isinstance(file, str) else None
    except BadNet as bad:
        return bad


@action(
    "road_net.take",
    wish=TakeNet,
    needs=WRITE,
    http="POST /road_nets",
    status=201,
    output=RoadNetOut,
    prepare=_looked_at,
)
def take(tx: Tx, wish: TakeNet) -> RoadNetOut:
    """Take a road net into force in the place of the one before; the same one again changes nothing."""
    _not_in_a_drill(tx)
    found = tx.prepared
    if not isinstance(found, nets.Found):
        which, why = ("file", MISSING) if wish.upload is None else ("upload", GONE)
        raise Invalid(f"{which}: {why[0]}", zh=why[1])
    before = net_in_force(tx.session)
    said = wish.model_dump(mode="json", exclude={"upload"}) | {"file": found.file}
    said |= {"source_crs": found.crs} if found.crs else {}
    if before is not None and all(getattr(before, name) == value for name, value in said.items()):
        return tx.show(NETS, before)
    if before is not None:
        _leave(tx, before)
    row = tx.add(
        RoadNet(**said, counts=found.about.counts, bounds=found.about.bounds, taken_by=tx.actor.name, taken_at=tx.at,
                replaces=before.id if before else None, live=True)
    )  # fmt: skip
    return _told(tx, row, RoadNetTaken)


@action(
    "road_net.withdraw",
    needs=WRITE,
    target="road_net",
    http="POST /road_nets/{id}/withdraw",
    output=RoadNetOut,
)
def withdraw(tx: Tx, row: RoadNet, wish: object) -> RoadNetOut:
    """Take a road net out of force: the one before it is in force again, if there was one."""
    _not_in_a_drill(tx)
    if not row.live:
        raise Conflict("It is not in force", zh="该路网未在使用")
    shown = _leave(tx, row)
    before = tx.session.get(RoadNet, row.replaces) if row.replaces else None
    if before is not None:
        before.live = True
        tx.touch(before)
        _told(tx, before, RoadNetTaken)
    return shown


def _leave(tx: Tx, row: RoadNet) -> RoadNetOut:
    row.live = False
    tx.touch(row)
    return _told(tx, row, RoadNetWithdrawn)


def _told(tx: Tx, row: RoadNet, event: type[RoadNetEvent]) -> RoadNetOut:
    shown = tx.show(NETS, row)
    tx.say(event(record=shown))
    return shown


def _not_in_a_drill(tx: Tx) -> None:
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")


@action("closure.add", wish=AddClosure, needs=CLOSE, http="POST /closures", status=201, output=ClosureOut)
def add(tx: Tx, wish: AddClosure) -> ClosureOut:
    """Close a part of the roads: ways change at once."""
    begins = wish.begins_at or tx.at
    if wish.ends_at is not None and wish.ends_at <= tx.now:
        raise Invalid("ends_at: in the future", zh="解除时间须在此刻之后")
    planned = begins > tx.now + AHEAD
    row = tx.add(
        Closure(centre=_home(tx, wish), cause=wish.cause, reason=wish.reason, shape=wish.shape, one_way=wish.one_way,
                bars=wish.bars, begins_at=begins, ends_at=wish.ends_at, state="planned" if planned else "closed",
                added_by=tx.actor.name, lifted_by=None, lifted_at=None, lifted_reason=None, live=True)
    )  # fmt: skip
    promise(tx, row)
    return _say(tx, row, ClosureAdded)


def promise(tx: Tx, row: Closure) -> None:
    """What time itself will do with a closure."""
    if row.state == "planned":
        tx.due(row.begins_at, "closure.begin", {"id": row.id}, key=BEGIN + row.id)
    if row.ends_at is not None:
        tx.due(row.ends_at, "closure.expire", {"id": row.id}, key=END + row.id)


def _home(tx: Tx, wish: AddClosure) -> str:
    """Whose closure it is: the township's whose official area it lies in, else of the one who closes."""
    inside = shaped(wish.shape).representative_point()
    owner = areas.official_at(tx.session, inside.x, inside.y)
    centre = wish.centre or (owner if owner and tx.actor.county else tx.actor.centre)
    if tx.session.get(Centre, centre) is None:
        raise Invalid("centre: there is no such centre", zh="没有这个单位")
    if not tx.actor.covers(centre) or (owner and not tx.actor.covers(owner)):
        raise Forbidden(
            "Another centre's roads: ask it, or the county", zh="属其他单位辖区：请其处理或报县里"
        )
    return centre


@action("closure.begin", target="closure", inner=True, output=ClosureOut)
def begin(tx: Tx, row: Closure, wish: object) -> ClosureOut:
    """Its time has come."""
    if row.state != "planned":
        return tx.show(CLOSURES, row)
    tx.call_off(BEGIN + row.id)
    row.state = "closed"
    tx.touch(row)
    return _say(tx, row, ClosureBegun)


@action("closure.expire", target="closure", inner=True, output=ClosureOut)
def expire(tx: Tx, row: Closure, wish: object) -> ClosureOut:
    """Its time is over."""
    if not row.live:
        return tx.show(CLOSURES, row)
    return _lift(tx, row, "系统", "到期")


@action(
    "closure.lift",
    wish=LiftClosure,
    needs=CLOSE,
    target="closure",
    http="POST /closures/{id}/lift",
    output=ClosureOut,
)
def lift(tx: Tx, row: Closure, wish: LiftClosure) -> ClosureOut:
    """Open a closed part of the roads again."""
    if not tx.actor.covers(row.centre):
        raise Forbidden(
            "Another centre closed it: ask it, or the county", zh="由其他单位封闭：请其解除或报县里"
        )
    if not row.live:
        raise Conflict(f"{row.lifted_by} opened it already", zh=f"{row.lifted_by} 已解除")
    return _lift(tx, row, tx.actor.name, wish.reason)


def _lift(tx: Tx, row: Closure, by: str, reason: str | None) -> ClosureOut:
    tx.call_off(BEGIN + row.id, END + row.id)
    row.state, row.live = "lifted", False
    row.lifted_by, row.lifted_at, row.lifted_reason = by, tx.at, reason
    tx.touch(row)
    return _say(tx, row, ClosureLifted)


def _say(tx: Tx, row: Closure, event: type[ClosureEvent]) -> ClosureOut:
    shown = tx.show(CLOSURES, row)
    tx.say(event(record=shown))
    return shown
