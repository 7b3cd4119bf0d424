"""One-time codes (RFC 6238): an account enrols with its password, confirms with a first code, may take it off again. Ten recovery
codes stand in for a lost authenticator; they are shown once. That they were turned on or off is journaled, by `own.py`. The picture
of the seed is drawn here: nothing leaves the house."""

from __future__ import annotations

import base64
from typing import Any, TypeVar

import pyotp
import segno
import sqlalchemy as sa
from flask import Response, request
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import credentials, openapi, own, seal, strict
from command.core.credentials import Credential, RecoveryCode
from command.core.errors import Conflict
from command.core.queries import Wish, parse
from command.core.web import PREFIX, Web, reply

W_ = TypeVar("W_", bound=Wish)
ISSUER = "Fengsui 烽燧"


class Enrol(Wish):
    """The account's password."""

    password: str = Field(max_length=200)


class Confirm(Wish):
    """The seed that was shown, and the first code made with it."""

    seed: str = Field(pattern=r"^[A-Z2-7]{32}$")
    otp: str = Field(pattern=r"^\d{6}$")
    password: str = Field(max_length=200)


SAID: tuple[tuple[str, str, type[Wish] | None], ...] = (
    (
        "GET /session/otp",
        "Whether this account has one-time codes, and how many recovery codes are left",
        None,
    ),
    ("POST /session/otp", "Begin one-time codes: a fresh seed, and its picture for an authenticator", Enrol),
    ("PUT /session/otp", "Confirm the seed with a first code; the recovery codes are shown once", Confirm),
    ("POST /session/otp/recovery", "Fresh recovery codes in place of those before; shown once", Enrol),
    ("DELETE /session/otp", "Take the codes off again", Enrol),
)
for _http, _says, _wish in SAID:
    openapi.also(_http, _says, body=_wish.model_json_schema() if _wish else None, signed=True)


class Onetime:
    """The doors of one's own codes."""

    def __init__(self, web: Web) -> None:
        self.web, self.database = web, web.node.database

    def state(self) -> Response:
        """On or off, and the recovery codes that are left."""
        user = self.web.signed().actor.id
        left = sa.select(sa.func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user)

        def job(session: Session) -> dict[str, Any]:
            row = session.get(Credential, user)
            on = row is not None and row.totp_seed is not None
            return {"on": on, "recovery_left": session.execute(left).scalar_one()}

        return reply(self.database.read(job, world=None))

    def begin(self) -> Response:
        """A fresh seed; nothing is stored until a first code proves that the authenticator has it."""
        row = self._checked(self._wish(Enrol).password)
        seed = pyotp.random_base32()
        uri = pyotp.TOTP(seed).provisioning_uri(name=row.username, issuer_name=ISSUER)
        return reply(
            {"seed": seed, "uri": uri, "qr": segno.make(uri, error="m").svg_data_uri(border=4, scale=4)}
        )

    def confirm(self) -> Response:
        """The codes are on from now; the recovery codes are told this once."""
        wish = self._wish(Confirm)
        row = self._checked(wish.password)
        step = credentials.otp_step(wish.seed, wish.otp, 0)
        if step is None:
            raise Conflict(
                "The code does not fit the seed: scan it again, and look at the clock of the phone",
                zh="动态码与密钥不符：请重新扫码，并核对手机时间",
            )
        seed = seal.seal(self.web.node.secret, wish.seed.encode())
        made = credentials.recovery_codes()
        value = {"seed": base64.b64encode(seed).decode(), "step": step, "recovery": _stored(row, made)}
        own.change(self.web, self.web.signed(), "own.codes_on", value)
        return reply({"otp": True, "recovery": made})

    def renew(self) -> Response:
        """Other recovery codes: those before serve no more."""
        row = self._checked(self._wish(Enrol).password)
        if row.totp_seed is None:
            raise Conflict("This account has no one-time codes", zh="该账号没有启用动态码")
        made = credentials.recovery_codes()
        own.change(self.web, self.web.signed(), "own.recovery", {"recovery": _stored(row, made)})
        return reply({"recovery": made})

    def take_off(self) -> Response:
        """The password alone opens the account again."""
        self._checked(self._wish(Enrol).password)
        own.change(self.web, self.web.signed(), "own.codes_off", {})
        return reply({"otp": False})

    def _wish(self, model: type[W_]) -> W_:
        """The input of somebody who is signed in: who asks comes before what is asked."""
        self.web.signed()
        return parse(model, strict.body_of(request, 10_000))

    def _checked(self, password: str) -> Credential:
        return own.checked(self.web, self.web.signed(), password)


def mount(web: Web) -> None:
    """The doors of one's own codes on an application."""
    one = Onetime(web)
    doors = (("GET", "", one.state), ("POST", "", one.begin), ("PUT", "", one.confirm), ("DELETE", "", one.take_off),
             ("POST", "/recovery", one.renew))  # fmt: skip
    for method, path, view in doors:
        rule, name = f"{PREFIX}/session/otp{path}", f"otp.{method.lower()}{path}"
        web.app.add_url_rule(rule, name, view, methods=[method])


def _stored(row: Credential, codes: list[str]) -> list[str]:
    return [credentials.recovery_hash(row.user_id, one) for one in codes]
