"""Secrets of accounts: password hashes, encrypted one-time seeds, and passes (browser sessions, bearer tokens) as SHA-256."""

from __future__ import annotations

import hashlib
import hmac
import time
from datetime import datetime

import pyotp
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Mapped, Session, mapped_column

from command.core.db import Base

hasher = PasswordHasher()


class Credential(Base):
    """How an account proves itself."""

    __tablename__ = "credential"
    user_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    username: Mapped[str] = mapped_column(sa.String(64), unique=True)
    password_hash: Mapped[str]
    totp_seed: Mapped[bytes | None]
    totp_step: Mapped[int] = mapped_column(default=0)


class Pass(Base):
    """A browser's session or a bearer token."""

    __tablename__ = "pass"
    hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(sa.String(36), index=True)
    kind: Mapped[str] = mapped_column(sa.String(8))
    label: Mapped[str]
    csrf: Mapped[str] = mapped_column(sa.String(64))
    idle: Mapped[bool]
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]


def hashed(secret: str) -> str:
    """The stored form of a bearer secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def verify(stored: str, password: str) -> bool:
    """Whether the password is the one whose argon2id hash is stored. Slow on purpose: never on the hub."""
    try:
        return hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def otp_step(seed: str, code: str, after: int) -> int | None:
    """The time step whose code this is: now or a neighbour, later than `after`, so that no code serves twice (RFC 6238 §5.2)."""
    now, totp = int(time.time()) // 30, pyotp.TOTP(seed)
    for step in (now, now - 1, now + 1):
        if step > after and hmac.compare_digest(totp.at(step * 30).encode(), code.encode()):
            return step
    return None


def set_password(session: Session, user_id: str, username: str, password: str) -> None:
    """Store a new password for an account, inside the caller's transaction."""
    row = session.get(Credential, user_id) or Credential(user_id=user_id, username=username, totp_step=0)
    row.username, row.password_hash = username, hasher.hash(password)
    session.add(row)
    session.flush()


def end_all(session: Session, user_id: str) -> None:
    """End every pass of an account."""
    session.execute(sa.delete(Pass).where(Pass.user_id == user_id))
