"""Teams: master data is a register (no world); duty and how free a team is are state, one row for each world."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from command.core.store.db import Base, Identified, Json, Owned, Worldly
from command.core.store.spatial import point_column


class Team(Identified, Owned, Base):
    """A team: what it can, how it is ordered, where its base is. `synthetic`: an invented demo team or base. `live`: false when it
    was taken off the register."""

    __tablename__ = "team"
    name: Mapped[str]
    type: Mapped[str] = mapped_column(sa.String(32))
    centre: Mapped[str] = mapped_column(sa.ForeignKey("centre.id"), index=True)
    skills: Mapped[list[Any]]
    headcount: Mapped[int]
    equipment: Mapped[list[Any]]
    readiness: Mapped[str] = mapped_column(sa.String(4))
    mode: Mapped[str] = mapped_column(sa.String(16))
    via: Mapped[str | None]
    call: Mapped[Any | None] = mapped_column(Json)
    base: Mapped[Any | None] = mapped_column(point_column())
    synthetic: Mapped[bool]
    live: Mapped[bool] = mapped_column(server_default=sa.true())


class TeamState(Worldly, Base):
    """A team's state in one world: on duty, how free its tasks leave it. `version` counts its changes."""

    __tablename__ = "team_state"
    team_id: Mapped[str] = mapped_column(sa.ForeignKey("team.id"), primary_key=True)
    on_duty: Mapped[bool]
    status: Mapped[str] = mapped_column(sa.String(12))
    version: Mapped[int]


class TeamLine(Base):
    """The number of one of a team's leaders, sealed; a register, so that a drill has the same (its gateways pretend)."""

    __tablename__ = "team_line"
    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    team_id: Mapped[str] = mapped_column(sa.ForeignKey("team.id"), index=True)
    place: Mapped[int]
    sealed: Mapped[bytes]
