"""Sign-in: passwords (argon2id, beside the hub), sessions with a CSRF value, bearer tokens, one-time codes, back-off.
Secrets are stored as hashes; one-time seeds encrypted. Core knows accounts by id only."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import access, clock, credentials, seal
from command.core.access import Actor
from command.core.credentials import Credential, Pass, RecoveryCode, hashed
from command.core.errors import Forbidden, TooMany, Unauthenticated
from command.core.live import hints
from command.core.live.gathering import Gathering
from command.core.node import Node

ABSOLUTE = timedelta(days=7)
IDLE = timedelta(hours=2)
CACHE_S = 0.5
MOST_KNOWN = 10_000
TOUCH_S = 60.0
FREE_TRIES = 5
LONGEST_WAIT_S = 60.0
DISPLAY = "screen.wall.device"
DEVICE_LASTS = timedelta(days=400)  # as long as a browser keeps a cookie; renewed while it is used
TOKEN_LASTS = timedelta(days=365)
T = TypeVar("T")


@dataclass(frozen=True)
class Signed:
    """Somebody who is signed in: the actor, by which pass, with which CSRF value (empty for tokens)."""

    actor: Actor
    pass_hash: str
    csrf: str

    device: bool = False
    interim: bool = False

    @property
    def cookie(self) -> bool:
        """Whether a browser's session rather than a token."""
        return bool(self.csrf)


class Auth:
    """Who is signed in. `is_bound(actor, source)`: whether the account opens only on an enrolled display."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.is_bound: Callable[[Actor, str], bool] = lambda actor, source: False
        self._dummy = credentials.hasher.hash("no such account")
        self.on_ended: list[Callable[[], None]] = []
        self._known: dict[str, tuple[Signed, float]] = {}
        self._fails: dict[tuple[str, str], tuple[int, float]] = {}
        self._passes: Gathering[str, tuple[Signed, datetime] | None] = Gathering(node.database, _load_all)

    def forget(self) -> None:
        """A right changed somewhere: ask the database again for everybody."""
        self._known.clear()

    def sign_in(self, username: str, password: str, otp: str | None, source: str) -> tuple[str, Signed]:
        """A new session for right credentials: (cookie secret, who). Wrong ones cost time, never a lock (RULES 33)."""
        self._check_wait(username, source)
        row = self._read(
            lambda s: s.execute(
                sa.select(Credential).where(Credential.username == username)
            ).scalar_one_or_none()
        )
        right = self.node.beside(credentials.verify, row.password_hash if row else self._dummy, password)
        if row is None or not right:
            self._failed(username, source)
            raise Unauthenticated("The name or the password is wrong", zh="用户名或密码不对")
        if row.totp_seed is not None:
            self._check_otp(row, otp, source)
        self._fails.pop((username, source), None)
        self._check_bound(row.user_id, source)
        return self.open_session(row.user_id, "browser", interim=row.one_time)

    def check_password(self, row: Credential, password: str, source: str) -> None:
        """Ask somebody who is signed in for the password again; wrong tries wait as at the first page."""
        self._check_wait(row.username, source)
        if not self.node.beside(credentials.verify, row.password_hash, password):
            self._failed(row.username, source)
            raise Unauthenticated("The password is wrong", zh="密码不对")

    def _check_bound(self, user_id: str, source: str) -> None:
        """A wall's account opens on its enrolled displays, by their cookie; not by its password."""
        actor = self._read(lambda session: access.load_actor(session, user_id))
        if actor is not None and self.is_bound(actor, source):
            raise Forbidden(
                "This account opens only on an enrolled display: ask the administrator for a code, then enter it on the "
                "display's first page",
                zh="大屏账号只能在已注册的设备上打开：请向管理员索取注册码，在大屏首页输入",
                bound=True,
            )

    def open_session(self, user_id: str, label: str, *, interim: bool = False) -> tuple[str, Signed]:
        """A new browser session for an account: (cookie secret, who). `interim`: only to choose a password."""
        secret, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
        actor = self._read(lambda session: access.load_actor(session, user_id))
        if actor is None:
            raise Unauthenticated("This account is closed", zh="账号已停用")
        kind = "interim" if interim else "session"
        self._store(secret, user_id, kind, label, csrf, idle=not actor.may(DISPLAY), lasts=ABSOLUTE)
        return secret, Signed(actor, hashed(secret), csrf, interim=interim)

    def issue_token(self, user_id: str, label: str, lasts: timedelta = TOKEN_LASTS) -> str:
        """A new bearer token for an account; shown once."""
        secret = credentials.random_token()
        self._store(secret, user_id, "token", label, "", idle=False, lasts=lasts)
        return secret

    def _store(
        self, secret: str, user_id: str, kind: str, label: str, csrf: str, *, idle: bool, lasts: timedelta
    ) -> None:
        row = credentials.new_pass(hashed(secret), user_id, kind, label, csrf, idle=idle, lasts=lasts)
        self.node.database.write(lambda session: session.add(row), world=0)

    def who(self, secret: str) -> Signed:
        """Who holds this pass now; Unauthenticated when nobody does. At most CACHE_S old."""
        name = hashed(secret)
        known = self._known.get(name)
        if known and known[1] > time.monotonic():
            return known[0]
        found = self._passes.ask(name)
        if found is None:
            self._known.pop(name, None)
            raise Unauthenticated()
        signed, seen_at = found
        self._known[name] = (signed, time.monotonic() + CACHE_S)
        if len(self._known) > MOST_KNOWN:
            self._known.pop(next(iter(self._known)))
        if seen_at < clock.real() - timedelta(seconds=TOUCH_S):
            self._touch(name)
        return signed

    def still(self, pass_hash: str) -> Signed | None:
        """The same, for what stays open: None when the right has ended."""
        return self.still_all([pass_hash])[pass_hash]

    def still_all(self, passes: Iterable[str]) -> dict[str, Signed | None]:
        """The same for many, in one look."""
        found = self._read(lambda session: _load_all(session, passes))
        return {name: one[0] if one else None for name, one in found.items()}

    def ended(self, passes: set[str]) -> set[str]:
        """Of these passes, those that are over."""
        if not passes:
            return set()
        now = clock.real()
        live = sa.select(Pass.hash).where(Pass.hash.in_(passes), Pass.ends_at > now)
        return passes - set(self._read(lambda session: list(session.execute(live).scalars())))

    def _touch(self, name: str) -> None:
        """Remember that a pass is in use: an idle one ends."""
        now = clock.real()
        mine = sa.update(Pass).where(Pass.hash == name)
        seen, longer = (
            mine.values(seen_at=now),
            mine.where(Pass.kind == "device").values(ends_at=now + DEVICE_LASTS),
        )
        self.node.database.write(lambda session: (session.execute(seen), session.execute(longer)), world=0)

    def keep(self, passes: set[str]) -> None:
        """Passes whose screens are open are in use: a desk that only watches through the night is not idle."""
        if passes:
            seen = sa.update(Pass).where(Pass.hash.in_(passes)).values(seen_at=clock.real())
            self.node.database.write(lambda session: session.execute(seen), world=0)

    def sign_out(self, pass_hash: str) -> None:
        """End one pass at once."""

        def end(session: Session) -> None:
            session.execute(sa.delete(Pass).where(Pass.hash == pass_hash))
            hints.ended(session)

        self.node.database.write(end, world=0)
        self._known.pop(pass_hash, None)
        for told in self.on_ended:
            told()

    def _check_otp(self, row: Credential, otp: str | None, source: str) -> None:
        assert row.totp_seed is not None
        if otp and credentials.is_recovery(otp):
            self._use_recovery(row, otp, source)
            return
        seed = seal.open_(self.node.secret, row.totp_seed).decode()
        step = credentials.otp_step(seed, otp or "", row.totp_step)
        if step is None or not self._use_step(row.user_id, step):
            if otp:
                self._failed(row.username, source)
            raise Unauthenticated(
                "One-time code needed" if not otp else "The one-time code is wrong or was used",
                zh="请输入动态码" if not otp else "动态码不对或已用过",
                otp=True,
            )

    def _use_recovery(self, row: Credential, code: str, source: str) -> None:
        """Take a recovery code for good."""
        name = credentials.recovery_hash(row.user_id, code)
        used = sa.delete(RecoveryCode).where(RecoveryCode.hash == name, RecoveryCode.user_id == row.user_id)
        gone = used.returning(RecoveryCode.hash)
        if self.node.database.write(lambda session: session.execute(gone).first(), world=0) is None:
            self._failed(row.username, source)
            raise Unauthenticated("The recovery code is wrong or was used", zh="恢复码不对或已用过", otp=True)

    def _use_step(self, user_id: str, step: int) -> bool:
        """Take a step for good; False when it, or a later one, was taken meanwhile."""
        used = (
            sa.update(Credential)
            .where(Credential.user_id == user_id, Credential.totp_step < step)
            .values(totp_step=step)
            .returning(Credential.user_id)
        )
        taken = self.node.database.write(lambda session: session.execute(used).first(), world=0)
        return taken is not None

    def _check_wait(self, username: str, source: str) -> None:
        _, until = self._fails.get((username, source), (0, 0.0))
        left = until - time.monotonic()
        if left > 0:
            raise TooMany(
                f"Too many wrong tries: wait {left:.0f} s",
                zh=f"输错次数过多：请等 {left:.0f} 秒",
                retry_after=max(1, round(left)),
            )

    def _failed(self, username: str, source: str) -> None:
        fails = self._fails.get((username, source), (0, 0.0))[0] + 1
        wait = min(LONGEST_WAIT_S, 2.0 ** (fails - FREE_TRIES)) if fails >= FREE_TRIES else 0.0
        if len(self._fails) > 10_000:
            self._fails.pop(next(iter(self._fails)))
        self._fails[username, source] = (fails, time.monotonic() + wait)

    def _read(self, job: Callable[[Session], T]) -> T:
        return self.node.database.read(job, world=None)


def same(one: str, other: str) -> bool:
    """Compare secrets in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def _load_all(session: Session, names: Iterable[str]) -> dict[str, tuple[Signed, datetime] | None]:
    """Who holds each of these passes, and when it was last seen in use."""
    return {name: _load(session, name) for name in names}


def _load(session: Session, name: str) -> tuple[Signed, datetime] | None:
    row = session.get(Pass, name)
    now = clock.real()
    if row is None or row.ends_at <= now or (row.idle and row.seen_at + IDLE <= now):
        return None
    actor = access.load_actor(session, row.user_id)
    if actor is None or row.kind != "device":
        interim = row.kind == "interim"
        return None if actor is None else (Signed(actor, name, row.csrf, interim=interim), row.seen_at)
    if not actor.may(DISPLAY):
        return None
    return Signed(replace(actor, read_only=True), name, row.csrf, device=True), row.seen_at
