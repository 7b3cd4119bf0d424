"""Drills' worlds: which there are, who takes part in each, and whether it goes on. Life is world 0 and is none of these."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from command.core.store.db import Base, Owned

OPEN, ENDED = "open", "ended"


class DrillWorld(Owned, Base):
    """The world of a drill; `number` is what requests name. A register row: it stands in life."""

    __tablename__ = "drill_world"
    id: Mapped[str] = mapped_column(sa.String(12), primary_key=True, sort_order=-19)
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    state: Mapped[str] = mapped_column(sa.String(8))
    opened_by: Mapped[str]
    ended_at: Mapped[datetime | None]


class Enrolled(Base):
    """An account that takes part in a drill."""

    __tablename__ = "enrolled"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, index=True)


def worlds_of(session: Session, user_id: str) -> frozenset[int]:
    """Life, and the drills that go on in which an account takes part."""
    query = (
        sa.select(Enrolled.number)
        .join(DrillWorld, DrillWorld.number == Enrolled.number)
        .where(Enrolled.user_id == user_id, DrillWorld.state == OPEN)
    )
    return frozenset({0, *session.execute(query).scalars()})


def is_over(session: Session, world: int) -> bool:
    """Whether a drill has ended: nothing is done in it any more, also not by the system."""
    state = session.execute(sa.select(DrillWorld.state).where(DrillWorld.number == world)).scalar()
    return state == ENDED
