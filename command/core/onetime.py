"""One-time codes (RFC 6238): an account enrols with its password, confirms with a first code, may take it off again."""

from __future__ import annotations

import pyotp
import sqlalchemy as sa
from flask import Response, request
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import credentials, openapi, seal, strict
from command.core.credentials import Credential
from command.core.errors import Conflict, Unauthenticated
from command.core.queries import Wish, parse
from command.core.web import PREFIX, Web, reply

ISSUER = "Fengsui 烽燧"


class Enrol(Wish):
    """Begin: the account's password."""

    password: str = Field(max_length=200)


class Confirm(Wish):
    """The seed that was shown, and the first code made with it."""

    seed: str = Field(pattern=r"^[A-Z2-7]{32}$")
    otp: str = Field(pattern=r"^\d{6}$")
    password: str = Field(max_length=200)


openapi.also(
    "POST /session/otp", "Begin one-time codes: a fresh seed", body=Enrol.model_json_schema(), signed=True
)
openapi.also(
    "PUT /session/otp", "Confirm the seed with a first code", body=Confirm.model_json_schema(), signed=True
)
openapi.also("DELETE /session/otp", "Take the codes off again", body=Enrol.model_json_schema(), signed=True)


def mount(web: Web) -> None:
    """POST /session/otp shows a fresh seed, PUT confirms it, DELETE takes it off."""

    def checked(password: str) -> Credential:
        signed = web.signed()
        web.limits.check_stranger(request.remote_addr or "?")
        row = web.node.database.read(lambda session: session.get(Credential, signed.actor.id), world=None)
        if row is None or not web.auth.beside(credentials.verify, row.password_hash, password):
            raise Unauthenticated("The password is wrong", zh="密码不对")
        return row

    def begin() -> Response:
        row = checked(parse(Enrol, strict.body_of(request, 10_000)).password)
        seed = pyotp.random_base32()
        return reply(
            {"seed": seed, "uri": pyotp.TOTP(seed).provisioning_uri(name=row.username, issuer_name=ISSUER)}
        )

    def confirm() -> Response:
        wish = parse(Confirm, strict.body_of(request, 10_000))
        row = checked(wish.password)
        step = credentials.otp_step(wish.seed, wish.otp, 0)
        if step is None:
            raise Conflict("The code does not fit the seed", zh="验证码与密钥不符")
        sealed = seal.seal(web.node.secret, wish.seed.encode())
        web.node.database.write(lambda session: _store(session, row.user_id, sealed, step), world=0)
        return reply({"otp": True})

    def take_off() -> Response:
        row = checked(parse(Enrol, strict.body_of(request, 10_000)).password)
        web.node.database.write(lambda session: _store(session, row.user_id, None, 0), world=0)
        return reply({"otp": False})

    for method, view in (("POST", begin), ("PUT", confirm), ("DELETE", take_off)):
        web.app.add_url_rule(PREFIX + "/session/otp", f"otp.{method.lower()}", view, methods=[method])


def _store(session: Session, user_id: str, sealed: bytes | None, step: int) -> None:
    change = (
        sa.update(Credential).where(Credential.user_id == user_id).values(totp_seed=sealed, totp_step=step)
    )
    session.execute(change)
