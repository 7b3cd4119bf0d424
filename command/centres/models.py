"""Registers of centres, roles and accounts: no world, read-only in drills."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned


class Centre(Owned, Base):
    """A county, a township, a village, a department or a unit, named by its division code."""

    __tablename__ = "centre"
    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True, sort_order=-19)
    kind: Mapped[str] = mapped_column(sa.String(16))
    name: Mapped[str]
    pinyin: Mapped[str]
    parent: Mapped[str | None] = mapped_column(sa.ForeignKey("centre.id"))
    phones: Mapped[list[Any]]
    posts: Mapped[list[Any]]
    synthetic: Mapped[bool] = mapped_column(default=False)


class Role(Owned, Base):
    """A set of permissions with its names. `base`: the role of the installation as which it acts."""

    __tablename__ = "role"
    id: Mapped[str] = mapped_column("code", sa.String(32), primary_key=True, sort_order=-19)
    zh: Mapped[str]
    en: Mapped[str]
    base: Mapped[str] = mapped_column(sa.String(32))
    permissions: Mapped[list[Any]]


class User(Identified, Owned, Base):
    """An account: a post at a centre, not a person's file."""

    __tablename__ = "account"
    username: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(sa.ForeignKey("role.code"))
    centre: Mapped[str] = mapped_column(sa.ForeignKey("centre.id"))
    team_id: Mapped[str | None] = mapped_column(sa.String(36))
    disabled: Mapped[bool] = mapped_column(default=False)
    lang: Mapped[str] = mapped_column(sa.String(8), default="zh")


class PrivateLine(Base):
    """A person's own number on a post, sealed; the journal holds its id and a salted commitment only (RULES 8)."""

    __tablename__ = "private_line"
    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    centre: Mapped[str] = mapped_column(sa.ForeignKey("centre.id"), index=True)
    salt: Mapped[bytes]
    sealed: Mapped[bytes]


class Device(Identified, Owned, Base):
    """A display that may open a wall's account: invited with a code, enrolled once, until it is taken back."""

    __tablename__ = "device"
    name: Mapped[str]
    user_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    centre: Mapped[str] = mapped_column(sa.ForeignKey("centre.id"))
    state: Mapped[str] = mapped_column(sa.String(8))
    invited_by: Mapped[str]
    ends_at: Mapped[datetime]
    enrolled_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Invitation(Base):
    """The one-time code of a device that is not enrolled yet, as its hash."""

    __tablename__ = "device_code"
    device_id: Mapped[str] = mapped_column(sa.ForeignKey("device.id"), primary_key=True)
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    ends_at: Mapped[datetime]
