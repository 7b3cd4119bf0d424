"""Rows of requisitions: what was taken, from the taking to the settlement; and, sealed, whose it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Json, Owned, Worldly


class Requisition(Worldly, Identified, Owned, Base):
    """One thing that was requisitioned for an incident."""

    __tablename__ = "requisition"
    __table_args__ = (
        sa.ForeignKeyConstraint(["world", "incident_id"], ["incident.world", "incident.id"]),
        sa.Index("ix_requisition_incident", "world", "incident_id"),
        sa.Index("ix_requisition_state", "world", "state"),
    )
    number: Mapped[str] = mapped_column(sa.String(64))
    incident_id: Mapped[str] = mapped_column(sa.String(36))
    centre: Mapped[str] = mapped_column(sa.String(32))
    sort: Mapped[str] = mapped_column(sa.String(12))
    what: Mapped[str]
    quantity: Mapped[float]
    unit: Mapped[str] = mapped_column(sa.String(12))
    owner_kind: Mapped[str] = mapped_column(sa.String(12))
    owner: Mapped[dict[str, Any]]
    authority: Mapped[str]
    basis: Mapped[str | None]
    worth_yuan: Mapped[float | None]
    note: Mapped[str | None]
    taken_by: Mapped[str]
    taken_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(sa.String(10))
    given_back: Mapped[Any | None] = mapped_column(Json)
    settled: Mapped[Any | None] = mapped_column(Json)
    reason: Mapped[str | None]


class RequisitionOwner(Worldly, Identified, Base):
    """Whose a requisitioned thing is: name and number, sealed under the installation's secret."""

    __tablename__ = "requisition_owner"
    __table_args__ = (sa.Index("ix_requisition_owner_of", "world", "requisition_id"),)
    requisition_id: Mapped[str] = mapped_column(sa.String(36))
    sealed: Mapped[bytes]
    salt: Mapped[bytes]
