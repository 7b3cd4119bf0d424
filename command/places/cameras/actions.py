"""Keeping the register of cameras: entering, correcting, retiring, where the picture comes from, what a look at it found."""

from __future__ import annotations

import os
from typing import Any

import sqlalchemy as sa

from command.core import ids, records, seal
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid, NotFound
from command.core.store import spatial
from command.places import register
from command.places.areas import official_at
from command.places.cameras.addresses import checked
from command.places.cameras.contract import (
    AddCamera,
    CameraAdded,
    CameraAddressed,
    CameraEdited,
    CameraEvent,
    CameraOut,
    CameraRetired,
    CameraSettled,
    EditCamera,
    SetAddress,
    Settle,
)
from command.places.cameras.models import Camera, CameraCheck, CameraStream
from command.places.cameras.queries import CAMERAS, WRITE, keeps_all
from geo.crs import Crs

BY_HAND = "人工登记"
ALWAYS = ("name", "source", "source_crs")


@action("camera.add", wish=AddCamera, needs=WRITE, http="POST /cameras", status=201, output=CameraOut)
def add(tx: Tx, wish: AddCamera) -> CameraOut:
    """Enter a camera; it has no stream yet."""
    _not_in_a_drill(tx)
    _check_village(wish.village_code)
    centre = _home(tx, wish)
    row = tx.add(
        Camera(id=ids.new_id(), name=wish.name, centre=centre, village_code=wish.village_code, place_text=wish.place_text,
               location=spatial.stored(wish.location), facing=wish.facing, owner=wish.owner, protocol=None, commitment=None,
               state="none", state_at=None, reason=None, source=wish.source or BY_HAND,
               source_crs=(wish.source_crs or Crs.WGS84).value, synthetic=False, live=True)
    )  # fmt: skip
    return _say(tx, row, CameraAdded)


@action(
    "camera.edit", wish=EditCamera, needs=WRITE, target="camera", http="PATCH /cameras/{id}", output=CameraOut, version="required"
)  # fmt: skip
def edit(tx: Tx, row: Camera, wish: EditCamera) -> CameraOut:
    """Correct a camera."""
    _mine(tx, row.centre)
    _check_village(wish.village_code)
    for name in sorted(wish.model_fields_set):
        setattr(row, name, _value(wish, name))
    if row.location is None and row.village_code is None:
        raise Invalid("location or village_code: where it stands", zh="位置、村至少要有一项")
    tx.touch(row)
    tx.session.refresh(row)
    return _say(tx, row, CameraEdited)


@action("camera.retire", needs=WRITE, target="camera", http="POST /cameras/{id}/retire", output=CameraOut)
def retire(tx: Tx, row: Camera, wish: object) -> CameraOut:
    """Take a camera off the register; the address of its stream is destroyed."""
    _mine(tx, row.centre)
    _without_stream(tx, row)
    row.live = False
    tx.touch(row)
    return _say(tx, row, CameraRetired)


@action(
    "camera.address", wish=SetAddress, needs=WRITE, target="camera", http="POST /cameras/{id}/address", output=CameraOut
)  # fmt: skip
def address(tx: Tx, row: Camera, wish: SetAddress) -> CameraOut:
    """Set where the picture comes from, or take it away; the address is sealed and told to nobody but who watches."""
    _mine(tx, row.centre)
    _without_stream(tx, row)
    if wish.address is not None:
        value, salt = checked(tx.session, tx.node, wish.address).encode(), os.urandom(16)
        tx.session.add(CameraStream(camera_id=row.id, salt=salt, sealed=seal.seal(tx.secret, value)))
        row.protocol, row.commitment, row.state = wish.protocol, seal.commitment(salt, value), "unknown"
    tx.touch(row)
    return _say(tx, row, CameraAddressed)


@action("camera.settle", wish=Settle, target="camera", inner=True, output=CameraOut)
def settle(tx: Tx, row: Camera, wish: Settle) -> CameraOut:
    """Take a camera's state from what a look at it found; nothing is said when it has not changed."""
    if row.protocol is None or (row.state, row.reason) == (wish.state, wish.reason):
        return tx.show(CAMERAS, row)
    if row.state != wish.state:
        row.state_at = tx.at
    row.state, row.reason = wish.state, wish.reason
    tx.touch(row)
    return _say(tx, row, CameraSettled)


def _say(tx: Tx, row: Camera, event: type[CameraEvent]) -> CameraOut:
    shown = tx.show(CAMERAS, row)
    tx.say(event(record=shown))
    return shown


def _without_stream(tx: Tx, row: Camera) -> None:
    for model in (CameraStream, CameraCheck):
        tx.session.execute(sa.delete(model).where(model.camera_id == row.id))
    row.protocol, row.commitment, row.state, row.state_at, row.reason = None, None, "none", None, None


def _value(wish: EditCamera, name: str) -> Any:
    value = getattr(wish, name)
    if name == "location":
        return spatial.stored(value)
    if value is None and name in ALWAYS:
        raise Invalid(f"{name}: cannot be taken away", zh=f"{name} 不能清空")
    return value.value if isinstance(value, Crs) else value


def _check_village(code: str | None) -> None:
    if code is not None and register.village(code) is None:
        raise Invalid(f"village_code: there is no village {code}", zh=f"没有村（社区）{code}")


def _home(tx: Tx, wish: AddCamera) -> str:
    """Whose camera it is: as it is said, else the township where it stands, else one's own."""
    centre = wish.centre or _stands_in(tx, wish) or tx.actor.centre
    try:
        records.find(tx.session, "centre", centre, tx.actor)
    except NotFound:
        raise Invalid(f"centre: there is no centre {centre}", zh=f"没有单位 {centre}") from None
    _mine(tx, centre)
    return centre


def _stands_in(tx: Tx, wish: AddCamera) -> str | None:
    if not keeps_all(tx.actor):
        return None  # a township or department enters its own
    village = register.township_of(wish.village_code) if wish.village_code else None
    if village is not None:
        return village.code
    return official_at(tx.session, *wish.location.coordinates) if wish.location is not None else None


def _mine(tx: Tx, centre: str) -> None:
    _not_in_a_drill(tx)
    if not (keeps_all(tx.actor) or tx.actor.centre == centre):
        raise Forbidden(
            "Another centre's camera: it keeps it, or the county", zh="属其他单位的摄像头：由其或县里维护"
        )


def _not_in_a_drill(tx: Tx) -> None:
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
