"""Displays of the wall: an administrator invites one, its browser enrols once with a code, it stays until it is taken back.

The wall's account opens only there (and, while the data is the demo's, on this machine). Its pass is a cookie of its own kind:
no idle end, renewed while it is used, read-only whatever the role may do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar, Literal

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.centres.contract import keeper_topics
from command.centres.models import Device, Invitation, Role, User
from command.core import credentials, shown_once
from command.core.access import Actor, permission
from command.core.actions import Tx, action
from command.core.auth import DEVICE_LASTS, DISPLAY
from command.core.errors import Conflict, Forbidden, Invalid, NotFound
from command.core.events import Event
from command.core.queries import Wish
from command.core.records import NOBODY, Record, RecordType, Time, public, record

WRITE = permission("device.write", "invite displays and take them back")
READ = permission("device.read", "see displays")
CODE_LASTS = timedelta(minutes=15)


class DeviceOut(Record):
    """A display: `invited` until its browser enrols, `enrolled` until it is `revoked`."""

    name: str
    user_id: str
    centre: str
    state: Literal["invited", "enrolled", "revoked"]
    invited_by: str
    ends_at: Time
    enrolled_at: Time | None
    revoked_at: Time | None


class Invite(Wish):
    """A display that is to open a wall's account. `sealed`: the code's hash, as the server's own route made it."""

    name: str = Field(min_length=1, max_length=60)
    user_id: str = Field(max_length=36)
    sealed: str = Field(max_length=400)


class Enrol(Wish):
    """The hash of the code that was shown, the hash of the secret that the display's browser keeps, its CSRF value."""

    code: str = Field(max_length=64)
    hash: str = Field(max_length=64)
    csrf: str = Field(max_length=64)


class DeviceEvent(Event):
    """Something happened to a display: heard by those who keep the centre's registers."""

    kind: ClassVar[str] = "device"
    says: ClassVar[tuple[str, str]]
    record: DeviceOut

    def topics(self) -> frozenset[str]:
        return keeper_topics(self.record.centre)

    def text(self) -> dict[str, str]:
        zh, en = self.says
        return {"zh": f"大屏设备“{self.record.name}”{zh}", "en": f"display {self.record.name} {en}"}


class DeviceInvited(DeviceEvent):
    type: ClassVar[str] = "device.invited"
    says: ClassVar[tuple[str, str]] = ("待注册", "invited")


class DeviceEnrolled(DeviceEvent):
    type: ClassVar[str] = "device.enrolled"
    says: ClassVar[tuple[str, str]] = ("已注册", "enrolled")


class DeviceRevoked(DeviceEvent):
    type: ClassVar[str] = "device.revoked"
    says: ClassVar[tuple[str, str]] = ("已收回", "taken back")


def _show(session: Session, rows: Sequence[Device]) -> list[DeviceOut]:
    return [public(DeviceOut, row, live=row.state != "revoked") for row in rows]


def _visible(actor: Actor) -> sa.ColumnElement[bool]:
    return managed(Device.centre, actor) if actor.may(READ) else NOBODY


def managed(column: sa.orm.InstrumentedAttribute[str], actor: Actor) -> sa.ColumnElement[bool]:
    """SQL: the centre named by the column is this actor's to keep (`Actor.manages`)."""
    if actor.system or len(actor.centre) <= 6:
        return column.startswith(actor.centre[:6])
    return sa.or_(
        column == actor.centre, sa.literal("-" not in actor.centre) & column.startswith(actor.centre)
    )


def in_keepers_topic(column: sa.orm.InstrumentedAttribute[str], topic: str) -> sa.ColumnElement[bool] | None:
    """SQL: what stands at the centres whose keepers hear this topic; None for any other topic."""
    if topic == "admin":
        return sa.true()
    if not topic.startswith("admin:"):
        return None
    code = topic.removeprefix("admin:")
    return column == code if "-" in code else column.startswith(code)


def _topic(topic: str) -> sa.ColumnElement[bool] | None:
    found = in_keepers_topic(Device.centre, topic)
    return None if found is None else sa.and_(found, Device.state != "revoked")


DEVICES = record(
    RecordType(
        "device", Device, DeviceOut, _show, visible=_visible, in_topic=_topic, path="devices", needs=READ,
        order=(Device.id,), worldly=False, filters={"state": lambda v: Device.state == v},
    )
)  # fmt: skip


@action("device.invite", wish=Invite, needs=WRITE, status=201, output=DeviceOut)
def invite(tx: Tx, wish: Invite) -> DeviceOut:
    """Expect a display: its code serves once, within 15 minutes."""
    user = tx.session.get(User, wish.user_id)
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
    if user is None or not tx.actor.manages(user.centre):
        raise NotFound()
    role = tx.session.get(Role, user.role)
    if role is None or DISPLAY not in role.permissions:
        raise Invalid("user_id: a display opens an account of a wall", zh="只有大屏账号可以绑定设备")
    ends = tx.received_at + CODE_LASTS
    row = tx.add(Device(name=wish.name, user_id=user.id, centre=user.centre, state="invited", ends_at=ends,
                        invited_by=tx.actor.name, enrolled_at=None, revoked_at=None))  # fmt: skip
    tx.session.add(Invitation(device_id=row.id, hash=shown_once.hash_of(tx, wish.sealed), ends_at=ends))
    shown = tx.show(DEVICES, row)
    tx.say(DeviceInvited(record=shown))
    return shown


@action("device.enrol", wish=Enrol, inner=True, output=DeviceOut)
def enrol(tx: Tx, wish: Enrol) -> DeviceOut:
    """A display's browser showed its code: the code is used up, and the browser holds the account's pass from now on."""
    row = _taken(tx, wish.code)
    user = tx.session.get(User, row.user_id) if row is not None else None
    if row is None or row.state != "invited" or user is None or user.disabled:
        raise Forbidden(
            "This code was used, or its 15 minutes are over: ask the administrator for a new one",
            zh="注册码已用过或已超过 15 分钟，请管理员重新生成",
        )
    row.state, row.enrolled_at = "enrolled", tx.received_at
    kept = credentials.new_pass(
        wish.hash, user.id, "device", row.name, wish.csrf, idle=False, lasts=DEVICE_LASTS
    )
    kept.device_id = row.id
    tx.session.add(kept)
    tx.touch(row)
    shown = tx.show(DEVICES, row)
    tx.say(DeviceEnrolled(record=shown))
    return shown


def _taken(tx: Tx, code: str) -> Device | None:
    """The device that a code enrols, once; None when it was used, has ended, or never was."""
    gone = (
        sa.delete(Invitation)
        .where(Invitation.hash == code)
        .returning(Invitation.device_id, Invitation.ends_at)
    )
    row = tx.session.execute(gone).first()
    return tx.session.get(Device, row.device_id) if row and row.ends_at > tx.received_at else None


@action("device.revoke", needs=WRITE, target="device", http="POST /devices/{id}/revoke", output=DeviceOut)
def revoke(tx: Tx, row: Device, wish: object) -> DeviceOut:
    """Take a display back: it is signed out within a second, an unused code serves no more."""
    if row.state == "revoked":
        raise Conflict("It was taken back already", zh="该设备已收回")
    return take_back(tx, row)


def take_back(tx: Tx, row: Device) -> DeviceOut:
    """End a display's pass and its code."""
    row.state, row.revoked_at = "revoked", tx.received_at
    tx.session.execute(sa.delete(credentials.Pass).where(credentials.Pass.device_id == row.id))
    tx.session.execute(sa.delete(Invitation).where(Invitation.device_id == row.id))
    tx.touch(row)
    shown = tx.show(DEVICES, row)
    tx.say(DeviceRevoked(record=shown))
    return shown


shown_once.shown_once("POST /devices", "device.invite", lambda: credentials.random_code(5), shows="code")
