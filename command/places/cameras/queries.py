"""Reading the register of cameras: whose are seen by whom, and when each was looked at."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.access import Actor, centre_party, permission
from command.core.live.topics import may_hear
from command.core.records import NOBODY, Criterion, RecordType, fleeting, public, record
from command.core.store import spatial
from command.places.cameras.contract import ROOM, CameraOut
from command.places.cameras.models import Camera, CameraCheck

READ = permission("camera.read", "see where cameras are, and whether they work", "看摄像头位置与在线情况")
WRITE = permission(
    "camera.write",
    "enter, correct and retire cameras, and set their streams",
    "登记、更正、停用摄像头和画面地址",
)
VIEW = permission(
    "camera.view",
    "watch cameras for a stated purpose (each viewing is logged)",
    "说明用途后调看摄像头（逐次留痕）",
)
TOWNSHIP_DIGITS = 9


def _show(session: Session, rows: Sequence[Camera]) -> list[CameraOut]:
    return [public(CameraOut, row, location=spatial.shown(row.location)) for row in rows]


def keeps_all(actor: Actor) -> bool:
    """Whether the whole county's cameras are this one's to keep: the county's desk, and its administrator."""
    return actor.county or (
        actor.centre.isdigit() and len(actor.centre) < TOWNSHIP_DIGITS and actor.may(WRITE)
    )


def camera_visible(actor: Actor) -> Criterion:
    """SQL: the county sees all, a township or department its own; teams see none."""
    if keeps_all(actor):
        return sa.and_(Camera.live)
    if actor.team_id is not None:
        return NOBODY
    return sa.and_(Camera.live, Camera.centre == actor.centre)


def _yes(text: str) -> bool:
    return text in ("true", "1")


CAMERAS = record(
    RecordType(
        "camera",
        Camera,
        CameraOut,
        _show,
        visible=camera_visible,
        path="cameras",
        needs=READ,
        order=(Camera.id,),
        place=Camera.location,
        worldly=False,
        filters={
            "centre": lambda v: Camera.centre == v,
            "state": lambda v: Camera.state.in_(v.split(",")),
            "protocol": lambda v: Camera.protocol == v,
            "synthetic": lambda v: Camera.synthetic == _yes(v),
        },
    )
)


@fleeting("camera")
def _looked_at(session: Session, shown: list[CameraOut]) -> None:
    """When each was looked at: every look would be an entry, so only a read says it."""
    query = sa.select(CameraCheck).where(CameraCheck.camera_id.in_([one.id for one in shown]))
    known = {row.camera_id: row.checked_at for row in session.execute(query).scalars()}
    for one in shown:
        one.checked_at = known.get(one.id)


@may_hear
def _rooms(session: Session, actor: Actor, topic: str) -> bool:
    """The rooms of the parties that one speaks for."""
    if not topic.startswith(ROOM) or not actor.may(READ):
        return False
    party = topic.removeprefix(ROOM)
    return (
        party in actor.parties
        or (party == "county" and keeps_all(actor))
        or party == centre_party(actor.centre)
    )
