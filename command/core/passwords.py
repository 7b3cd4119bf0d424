"""One's own password: changed by its owner, and asked for at the first sign-in with one that somebody else made.

A session that was opened with a one-time password is an interim one: it may say who is there, change the password and sign out.
"""

from __future__ import annotations

import re

from flask import Response, request
from pydantic import Field, field_validator

from command.core import credentials, openapi, own, strict
from command.core.errors import Invalid
from command.core.faults import Wrong
from command.core.queries import Wish, parse
from command.core.web import PREFIX, Web, reply

SHORTEST = 10
SORTS = (re.compile(r"[a-z]", re.IGNORECASE), re.compile(r"\d"), re.compile(r"[^a-z\d]", re.IGNORECASE))


class Renew(Wish):
    """The password of now, and the one to come: ten characters or more, of two sorts (letters, digits, others)."""

    password: str = Field(max_length=200)
    fresh: str = Field(min_length=SHORTEST, max_length=200)

    @field_validator("fresh")
    @classmethod
    def _mixed(cls, fresh: str) -> str:
        if sum(1 for sort in SORTS if sort.search(fresh)) < 2:
            raise Wrong(
                "two sorts of characters at least: letters, digits, others",
                "须含字母、数字、符号中的至少两种",
            )
        return fresh


openapi.also(
    "POST /session/password", "Change one's own password; other sessions of the account end",
    body=Renew.model_json_schema(), signed=True,
)  # fmt: skip


def mount(web: Web) -> None:
    """POST /session/password."""

    def renew() -> Response:
        signed = web.signed(interim=True)
        wish = parse(Renew, strict.body_of(request, 10_000))
        row = own.checked(web, signed, wish.password)
        if wish.fresh == wish.password:
            raise Invalid("fresh: the same as before: choose another", zh="新密码与原密码相同：请换一个")
        if row.username.lower() in wish.fresh.lower():
            raise Invalid("fresh: your user name is in it: choose another", zh="新密码包含用户名：请换一个")
        stored = web.node.beside(credentials.hash_of, wish.fresh)
        own.change(web, signed, "own.password", {"stored": stored, "pass": signed.pass_hash})
        return reply({"changed": True})

    web.app.add_url_rule(f"{PREFIX}/session/password", "session.password", renew, methods=["POST"])
