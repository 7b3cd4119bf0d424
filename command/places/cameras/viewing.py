"""Watching a camera: for a stated purpose, written down, for some minutes; the address is handed out only then, and each time it
is, a line stands in the chained access log (RULES 33)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import clock, ids, personal, records, seal
from command.core.access import Actor, permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from command.core.queries import View, Wish, query
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.core.settings import setting
from command.places.cameras import viewing_contract as contract
from command.places.cameras.addresses import HOSTS, NETWORKS, SIGNED_S, is_signed, key_of, origin, signed
from command.places.cameras.models import Camera, CameraNote, CameraStream, CameraViewing
from command.places.cameras.queries import CAMERAS, VIEW
from command.places.cameras.viewing_contract import ViewingEvent, ViewingOut

personal.personal(
    "camera.note", CameraNote, of="camera_viewing", by=CameraNote.viewing_id, zh="摄像头调看说明", en="notes of viewings of cameras"
)  # fmt: skip
personal.standing(
    CameraStream,
    "摄像头画面地址：随摄像头停用删除，不是个人信息",
    "addresses of cameras: gone with the camera, no personal data",
)
AUDIT = permission("camera.viewings", "see who watched which camera, and why", "查谁因何调看过哪个摄像头")
MINUTES = setting(
    "camera.view_minutes", Annotated[int, Field(ge=1, le=60)], 10,
    zh="一次调看的时限", en="A camera is watched for at most", unit="min",
)  # fmt: skip
MOST_PROLONGED = 5


def _show(session: Session, rows: Sequence[CameraViewing]) -> list[ViewingOut]:
    return [public(ViewingOut, row) for row in rows]


def _visible(actor: Actor) -> Criterion:
    """One's own; all, for those who look after it at the county."""
    if actor.system or (actor.may(AUDIT) and actor.centre.isdigit() and len(actor.centre) == 6):
        return sa.true()
    return CameraViewing.by_id == actor.id if actor.may(VIEW) else NOBODY


VIEWINGS = record(
    RecordType(
        "camera_viewing",
        CameraViewing,
        ViewingOut,
        _show,
        visible=_visible,
        path="camera_viewings",
        order=(CameraViewing.id.desc(),),
        filters={
            "camera_id": lambda v: CameraViewing.camera_id == v,
            "incident_id": lambda v: CameraViewing.incident_id == v,
            "by_id": lambda v: CameraViewing.by_id == v,
            "purpose": lambda v: CameraViewing.purpose == v,
        },
    )
)


@action(
    "camera.view", wish=contract.View, needs=VIEW, target="camera", http="POST /cameras/{id}/view", status=201, output=ViewingOut
)  # fmt: skip
def view(tx: Tx, row: Camera, wish: contract.View) -> ViewingOut:
    """Begin to watch a camera for a purpose; the address is asked for afterwards."""
    if row.protocol is None:
        raise Conflict("It has no stream: there is nothing to see", zh="该摄像头没有画面地址，无法调看")
    _check_incident(tx, wish.incident_id)
    made = ids.new_id()
    commitment, note = _sealed(tx, wish.note)
    begun: datetime = tx.received_at
    viewing = tx.add(
        CameraViewing(id=made, camera_id=row.id, camera_name=row.name, centre=row.centre, purpose=wish.purpose, note=commitment,
                      incident_id=wish.incident_id, by=tx.actor.name, by_id=tx.actor.id, begun_at=begun, until=_end(tx, begun),
                      prolonged=0, ended_at=None, live=True)
    )  # fmt: skip
    if note is not None:
        salt, sealed = note
        tx.add(CameraNote(viewing_id=made, salt=salt, sealed=sealed))
    return _say(tx, viewing, contract.ViewingBegun)


@action(
    "camera.view_on", needs=VIEW, target="camera_viewing", http="POST /camera_viewings/{id}/prolong", output=ViewingOut
)  # fmt: skip
def prolong(tx: Tx, row: CameraViewing, wish: object) -> ViewingOut:
    """Watch on for the same purpose; the address is handed out anew, and the old one ends in its time."""
    _own(tx.actor, row)
    _going_on(row)
    if row.prolonged >= MOST_PROLONGED:
        raise Conflict(
            f"Prolonged {MOST_PROLONGED} times: state the purpose again",
            zh=f"已延长 {MOST_PROLONGED} 次：请重新说明用途",
        )
    row.prolonged += 1
    row.until = _end(tx, tx.received_at)
    tx.touch(row)
    return _say(tx, row, contract.ViewingProlonged)


@action(
    "camera.view_end",
    needs=VIEW,
    target="camera_viewing",
    http="POST /camera_viewings/{id}/end",
    output=ViewingOut,
)
def end(tx: Tx, row: CameraViewing, wish: object) -> ViewingOut:
    """Stop watching; the address is handed out no more."""
    _own(tx.actor, row)
    if row.ended_at is not None:
        return tx.show(VIEWINGS, row)
    row.ended_at, row.live = min(tx.received_at, row.until), False
    tx.touch(row)
    return _say(tx, row, contract.ViewingEnded)


class OfViewing(Wish):
    """A viewing."""

    id: str = Field(max_length=36)


@dataclass(frozen=True)
class Running:
    """A viewing that goes on: its camera's address as it is registered, and signed as it is asked for now."""

    protocol: str
    purpose: str
    camera: str
    address: str
    url: str
    until: datetime
    hosts: list[str]
    networks: list[str]


@query(
    "camera.stream",
    wish=OfViewing,
    needs=VIEW,
    http="GET /camera_viewings/{id}/stream",
    output=dict[str, Any],
)
def stream(view: View, wish: OfViewing) -> dict[str, Any]:
    """Where a viewing's picture is. HLS: its address, signed for a minute and asked for anew while it is watched, each reading a
    line of the access log with its purpose. MJPEG and WebRTC have none: they pass by `/picture` and `/call`, and are logged there."""
    viewing, camera, address = _opened(view, wish.id)
    told = {
        "protocol": camera.protocol,
        "url": None,
        "until": clock.wire(viewing.until),
        "begun_at": clock.wire(viewing.begun_at),
        "timed": True,
        "camera_name": camera.name,
        "synthetic": camera.synthetic,
    }
    if camera.protocol != "hls":
        return told
    view.log_read(f"camera {viewing.purpose}", camera.id)
    good = min(viewing.until, clock.real() + timedelta(seconds=SIGNED_S(view.session, view.actor.centre)))
    made = signed(address, key_of(view.secret), good)
    return told | {
        "url": made.url,
        "timed": is_signed(address),
        "marks": made.marks,
        "signed_until": clock.wire(good),
    }


def running(view: View, viewing_id: str) -> Running:
    """A viewing that goes on, for whoever watches; a Problem when it does not."""
    viewing, camera, address = _opened(view, viewing_id)
    soon = clock.real() + timedelta(seconds=SIGNED_S(view.session, view.actor.centre))
    url = signed(address, key_of(view.secret), min(viewing.until, soon)).url
    lists = HOSTS(view.session, view.node), NETWORKS(view.session, view.node)
    return Running(camera.protocol or "", viewing.purpose, camera.id, address, url, viewing.until, *lists)


def log_picture(view: View, viewing: str, protocol: str) -> Running:
    """The same, where its picture begins: a line of the access log, with its purpose."""
    found = running(view, viewing)
    if found.protocol != protocol:
        raise NotFound()
    view.log_read(f"camera {found.purpose}", found.camera)
    return found


def opens_for(view: View, viewing_id: str) -> tuple[str, str]:
    """(protocol, origin) that the player's page of a running viewing may reach; a Problem when there is none."""
    _, camera, address = _opened(view, viewing_id)
    return camera.protocol or "", origin(address)


def _opened(view: View, viewing_id: str) -> tuple[CameraViewing, Camera, str]:
    view.actor.need(VIEW)
    viewing = records.find(view.session, VIEWINGS, viewing_id, view.actor)
    _own(view.actor, viewing)
    _going_on(viewing)
    camera = records.find(view.session, CAMERAS, viewing.camera_id, view.actor)
    kept = view.session.get(CameraStream, camera.id)
    if kept is None:
        raise Gone("Its stream was taken away", zh="画面地址已撤销")
    return viewing, camera, seal.open_(view.secret, kept.sealed).decode()


@query(
    "camera.note", wish=OfViewing, needs=AUDIT, http="GET /camera_viewings/{id}/note", output=dict[str, Any]
)
def note_of(view: View, wish: OfViewing) -> dict[str, Any]:
    """What somebody wrote of a purpose; the reading is written to the access log."""
    viewing = records.find(view.session, VIEWINGS, wish.id, view.actor)
    kept = view.session.get(CameraNote, (view.world, viewing.id))
    if kept is None:
        raise NotFound()
    view.log_read("camera note", viewing.id)
    return {"note": seal.open_(view.secret, kept.sealed).decode()}


def _say(tx: Tx, row: CameraViewing, event: type[ViewingEvent]) -> ViewingOut:
    shown = tx.show(VIEWINGS, row)
    tx.say(event(record=shown))
    return shown


def _sealed(tx: Tx, note: str | None) -> tuple[str | None, tuple[bytes, bytes] | None]:
    if note is None:
        return None, None
    value, salt = note.encode(), os.urandom(16)
    return seal.commitment(salt, value), (salt, seal.seal(tx.secret, value))


def _check_incident(tx: Tx, incident_id: str | None) -> None:
    if incident_id is None:
        return
    try:
        records.find(tx.session, "incident", incident_id, tx.actor)
    except NotFound:
        raise Invalid("incident_id: there is no such incident", zh="没有这个事件") from None


def _end(tx: Tx, at: datetime) -> datetime:
    minutes: int = MINUTES(tx.session, tx.actor.centre)
    return (at + timedelta(minutes=minutes)).replace(microsecond=0)


def _own(actor: Actor, row: CameraViewing) -> None:
    if row.by_id != actor.id:
        raise Forbidden("Somebody else's viewing", zh="他人的调看")


def _going_on(row: CameraViewing) -> None:
    if row.ended_at is not None or row.until <= clock.real():
        raise Gone("The viewing is over: state the purpose again", zh="调看已结束：请重新说明用途")
