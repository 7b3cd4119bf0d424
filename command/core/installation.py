"""What this installation is: facts written once (demo or not), and single-use links to sign in while it is a demo."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from command.core import clock
from command.core.credentials import hashed
from command.core.node import Node
from command.core.store.db import Base, Json

LINK_LASTS = timedelta(minutes=15)


class Fact(Base):
    """A fact of the installation."""

    __tablename__ = "fact"
    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(Json)


class Link(Base):
    """A link that signs one person in once."""

    __tablename__ = "link_once"
    hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(sa.String(36))
    path: Mapped[str]
    ends_at: Mapped[datetime]


def fact(session: Session, name: str) -> Any:
    """A fact, or None."""
    row = session.get(Fact, name)
    return row.value if row else None


def set_fact(session: Session, name: str, value: Any) -> None:
    """State a fact."""
    session.merge(Fact(name=name, value=value))


def make_link(node: Node, user_id: str, path: str) -> str:
    """The secret of a fresh link."""
    secret = secrets.token_urlsafe(16)
    row = Link(hash=hashed(secret), user_id=user_id, path=path, ends_at=clock.real() + LINK_LASTS)
    node.database.write(lambda session: session.add(row), world=0)
    return secret


def use_link(node: Node, secret: str) -> tuple[str, str] | None:
    """(account, page) of a link, once; None when it was used, has ended, or never was."""

    def job(session: Session) -> tuple[str, str] | None:
        gone = (
            sa.delete(Link)
            .where(Link.hash == hashed(secret))
            .returning(Link.user_id, Link.path, Link.ends_at)
        )
        row = session.execute(gone).first()
        return (row.user_id, row.path) if row and row.ends_at > clock.real() else None

    return node.database.write(job, world=0)
