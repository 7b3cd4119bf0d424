"""Secrets of accounts: password hashes, encrypted one-time seeds, and passes (browser sessions, bearer tokens) as SHA-256."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pyotp
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Mapped, Session, mapped_column

from command.core import clock
from command.core.store.db import Base

hasher = PasswordHasher()
QUICK = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)


class Credential(Base):
    """How an account proves itself."""

    __tablename__ = "credential"
    user_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    username: Mapped[str] = mapped_column(sa.String(64), unique=True)
    password_hash: Mapped[str]
    totp_seed: Mapped[bytes | None]
    totp_step: Mapped[int] = mapped_column(default=0)
    one_time: Mapped[bool] = mapped_column(
        default=False
    )  # somebody else made the password: it opens one thing, its change


class Pass(Base):
    """A browser's session (`interim`: only to choose a password), a bearer token, or an enrolled display."""

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
    device_id: Mapped[str | None] = mapped_column(sa.String(36), index=True)


class RecoveryCode(Base):
    """One of the codes that stand in for a lost authenticator, as its hash; each serves once."""

    __tablename__ = "recovery_code"
    hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(sa.String(36), index=True)


def new_pass(
    name: str, user_id: str, kind: str, label: str, csrf: str, *, idle: bool, lasts: timedelta
) -> Pass:
    """A pass whose secret has this hash."""
    now = clock.real()
    return Pass(
        hash=name, user_id=user_id, kind=kind, label=label, csrf=csrf, idle=idle, made_at=now, seen_at=now,
        ends_at=now + lasts, device_id=None,
    )  # fmt: skip


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


RECOVERY = re.compile(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}")
MOST_RECOVERY = 10


def is_recovery(code: str) -> bool:
    """Whether a code has the form of a recovery code."""
    return RECOVERY.fullmatch(code.strip().upper()) is not None


def recovery_hash(user_id: str, code: str) -> str:
    """The stored form of a recovery code: 80 random bits need no slow hash."""
    return hashed(f"{user_id}:{code.strip().upper()}")


def random_code(groups: int) -> str:
    """A code that a person types: 20 random bits a group."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(groups))


def random_token() -> str:
    """A bearer token."""
    return "fs_" + secrets.token_urlsafe(32)


def recovery_codes() -> list[str]:
    """Ten fresh recovery codes."""
    return [random_code(4) for _ in range(MOST_RECOVERY)]


def keep_recovery(session: Session, user_id: str, hashes: Iterable[str]) -> None:
    """Recovery codes by their stored forms, in place of those before."""
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    session.add_all(RecoveryCode(hash=one, user_id=user_id) for one in hashes)
    session.flush()


def hash_of(password: str) -> str:
    """The stored form of a password. Slow on purpose (argon2id): before the transaction, never inside it or on the hub."""
    return hasher.hash(password)


@contextmanager
def random_passwords() -> Iterator[None]:
    """While passwords of a hundred random bits are hashed, by one thread at a first start: nobody tries them all, so their hash
    need not be slow, and the demo's sixty accounts are there sooner. A hash names its own cost."""
    global hasher
    before, hasher = hasher, QUICK
    try:
        yield
    finally:
        hasher = before


def set_password(
    session: Session, user_id: str, username: str, stored: str, *, one_time: bool = False
) -> None:
    """Store a new password's hash for an account, inside the caller's transaction. `one_time`: its owner did not choose it."""
    row = session.get(Credential, user_id) or Credential(user_id=user_id, username=username, totp_step=0)
    row.username, row.password_hash, row.one_time = username, stored, one_time
    session.add(row)
    session.flush()


def end_all(session: Session, user_id: str) -> None:
    """End every session and token of an account; an enrolled display is taken back by itself."""
    session.execute(sa.delete(Pass).where(Pass.user_id == user_id, Pass.kind != "device"))


def end_others(session: Session, user_id: str, kept: str) -> None:
    """End the browser sessions of an account but one."""
    theirs = sa.and_(Pass.user_id == user_id, Pass.kind.in_(("session", "interim")), Pass.hash != kept)
    session.execute(sa.delete(Pass).where(theirs))


def take_off_codes(session: Session, user_id: str) -> bool:
    """Take an account's one-time codes off, with its recovery codes. Returns whether there were any."""
    off = (
        sa.update(Credential)
        .where(Credential.user_id == user_id, Credential.totp_seed.is_not(None))
        .values(totp_seed=None, totp_step=0)
        .returning(Credential.user_id)
    )
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    return session.execute(off).first() is not None
