"""Which cameras work: the leader looks at some of them every half minute, at each once in so many seconds. Only a change is an
entry; when each was looked at last is kept beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import clock, seal
from command.core.access import system_actor
from command.core.actions import Command
from command.core.jobs import command_id, every
from command.core.node import Node
from command.core.settings import setting
from command.places.cameras.addresses import HOSTS, NETWORKS, key_of
from command.places.cameras.checking import look
from command.places.cameras.models import Camera, CameraCheck, CameraStream

TURN_S = 30
BATCH, HANDS = 64, 8
DEADLINE_S = 5.0
MISSES = 2
"""One look that failed may be a moment's trouble; the second in a row is a camera that gives no picture."""
EVERY = setting(
    "camera.check_s", Annotated[int, Field(ge=30, le=86_400)], 120,
    zh="摄像头在线检测间隔", en="Each camera is looked at every", unit="s",
)  # fmt: skip


@dataclass(frozen=True)
class Due:
    """A camera whose time has come, with its address as it is sealed."""

    id: str
    protocol: str
    state: str
    reason: str | None
    sealed: bytes
    missed: int


@dataclass(frozen=True)
class House:
    """What a turn needs to know once."""

    cameras: list[Due]
    hosts: list[str]
    networks: list[str]


@every("cameras.check", seconds=TURN_S)
def check(node: Node) -> int:
    """Look at those whose time has come, the longest unseen first. Returns how many."""
    from gevent.threadpool import ThreadPool

    now = clock.real()
    house = node.database.read(partial(_due, node=node.name, now=now), world=None)
    if not house.cameras:
        return 0
    hands: Any = ThreadPool(min(HANDS, len(house.cameras)))
    try:
        found = list(hands.map(partial(_look, node.secret, house, now), house.cameras))
    finally:
        hands.kill()
    seen = list(zip(house.cameras, found, strict=True))
    node.database.write(partial(_keep, seen=seen, at=clock.real()), world=0)
    for camera, reason in seen:
        _settle(node, camera, reason, now)
    return len(seen)


def _due(session: Session, *, node: str, now: datetime) -> House:
    last = CameraCheck.checked_at
    before = now - timedelta(seconds=EVERY(session, node))
    again = now - timedelta(seconds=TURN_S / 2)  # what missed once is looked at in the next turn
    query = (
        sa.select(
            Camera.id, Camera.protocol, Camera.state, Camera.reason, CameraStream.sealed, CameraCheck.missed
        )
        .join(CameraStream, CameraStream.camera_id == Camera.id)
        .join(CameraCheck, CameraCheck.camera_id == Camera.id, isouter=True)
        .where(
            Camera.live,
            sa.or_(
                last.is_(None),
                last < before,
                sa.and_(CameraCheck.missed.between(1, MISSES - 1), last < again),
            ),
        )
        .order_by(last.is_not(None), last, Camera.id)
        .limit(BATCH)
    )
    cameras = [
        Due(row.id, row.protocol or "", row.state, row.reason, row.sealed, row.missed or 0)
        for row in session.execute(query)
    ]
    return House(cameras, HOSTS(session, node), NETWORKS(session, node))


def _look(secret: str, house: House, now: datetime, camera: Due) -> str | None:
    address = seal.open_(secret, camera.sealed).decode()
    until = now + timedelta(seconds=60)
    return look(camera.protocol, address, key_of(secret), until, house.hosts, house.networks, DEADLINE_S)


def _keep(session: Session, *, seen: list[tuple[Due, str | None]], at: datetime) -> None:
    for camera, reason in seen:
        if session.get(CameraStream, camera.id) is None:
            continue  # it lost its stream while it was looked at
        missed = 0 if reason is None else camera.missed + 1
        session.merge(CameraCheck(camera_id=camera.id, checked_at=at, missed=missed))


def _settle(node: Node, camera: Due, reason: str | None, now: datetime) -> None:
    """Say a change: on at once, off at the second miss."""
    state = "online" if reason is None else "offline"
    if reason is not None and camera.missed + 1 < MISSES:
        return
    if (state, reason) == (camera.state, camera.reason):
        return
    wish = {"id": camera.id, "state": state, "reason": reason}
    key = command_id(f"camera.settle:{camera.id}", now)
    node.act(Command("camera.settle", wish, system_actor(node.name), key))
