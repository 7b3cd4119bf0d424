"""Tables of cameras: the register (without a world), what is sealed beside it, when each was looked at, and who watched."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Owned, Worldly
from command.core.store.spatial import point_column


class Camera(Identified, Owned, Base):
    """A camera of the register. Where its picture comes from is sealed in `camera_stream`; here stand only the sort of stream
    and a salted commitment."""

    __tablename__ = "camera"
    name: Mapped[str]
    centre: Mapped[str] = mapped_column(sa.String(32), index=True)
    village_code: Mapped[str | None] = mapped_column(sa.String(12))
    location: Mapped[Any | None] = mapped_column(point_column())
    place_text: Mapped[str | None]
    facing: Mapped[int | None]
    owner: Mapped[str | None]
    protocol: Mapped[str | None] = mapped_column(sa.String(8))
    commitment: Mapped[str | None] = mapped_column(sa.String(40))
    state: Mapped[str] = mapped_column(sa.String(8))
    state_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(sa.String(16))
    source: Mapped[str]
    source_crs: Mapped[str] = mapped_column(sa.String(12))
    synthetic: Mapped[bool]
    live: Mapped[bool] = mapped_column(index=True)


class CameraStream(Base):
    """The address of a camera's stream, sealed under the installation's secret: it may hold a password."""

    __tablename__ = "camera_stream"
    camera_id: Mapped[str] = mapped_column(sa.String(36), sa.ForeignKey("camera.id"), primary_key=True)
    salt: Mapped[bytes]
    sealed: Mapped[bytes]


class CameraCheck(Base):
    """When a camera was looked at last, and how often in a row it gave no picture: known here, told by no entry."""

    __tablename__ = "camera_check"
    camera_id: Mapped[str] = mapped_column(sa.String(36), sa.ForeignKey("camera.id"), primary_key=True)
    checked_at: Mapped[datetime]
    missed: Mapped[int]


class CameraViewing(Worldly, Identified, Owned, Base):
    """Somebody watches a camera, for a purpose, until a time."""

    __tablename__ = "camera_viewing"
    __table_args__ = (
        sa.Index("ix_camera_viewing_by", "world", "by_id"),
        sa.Index("ix_camera_viewing_camera", "world", "camera_id"),
    )
    camera_id: Mapped[str] = mapped_column(sa.String(36))
    camera_name: Mapped[str]
    centre: Mapped[str] = mapped_column(sa.String(32))
    purpose: Mapped[str] = mapped_column(sa.String(12))
    note: Mapped[str | None] = mapped_column(sa.String(40))
    incident_id: Mapped[str | None] = mapped_column(sa.String(36))
    by: Mapped[str]
    by_id: Mapped[str] = mapped_column(sa.String(64))
    begun_at: Mapped[datetime]
    until: Mapped[datetime]
    prolonged: Mapped[int]
    ended_at: Mapped[datetime | None]
    live: Mapped[bool]


class CameraNote(Worldly, Base):
    """What somebody wrote of a purpose: it may name people, so it is sealed; the record holds a commitment."""

    __tablename__ = "camera_note"
    viewing_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    salt: Mapped[bytes]
    sealed: Mapped[bytes]
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "viewing_id"], ["camera_viewing.world", "camera_viewing.id"]),
    )
