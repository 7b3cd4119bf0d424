"""Registers of centres, roles and accounts: no world, read-only in drills."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.db import Base, Identified, Owned


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


class Role(Base):
    """A set of permissions with its names."""

    __tablename__ = "role"
    code: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    zh: Mapped[str]
    en: Mapped[str]
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
