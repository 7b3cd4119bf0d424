"""通报, 约谈, 挂牌: what a draft takes and what is told of it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from command.core.queries import Wish
from command.core.records import Record, Time
from command.hazards.contract import SignatureIn

Kind = Literal["circular", "talk", "listing"]


class DraftNotice(Wish):
    """A draft for a hazard: which, to whom, in which words."""

    kind: Kind
    addressee: str | None = Field(None, min_length=1, max_length=200)
    text: str | None = Field(None, min_length=1, max_length=4000)


class SignNotice(SignatureIn):
    """The named signature, with the words as they are signed."""

    text: str | None = Field(None, min_length=1, max_length=4000)


class DropNotice(Wish):
    """Why it is not signed."""

    reason: str = Field(min_length=1, max_length=500)


class NoticeOut(Record):
    """A draft, or what became of it."""

    hazard_id: str
    hazard_number: str
    kind: str
    state: str
    addressee: str
    text: str
    centre: str
    drafted_by: str
    drafted_at: Time
    signed_name: str | None
    signed_post: str | None
    signed_by: str | None
    signed_at: Time | None
    reason: str | None
    audience: list[str]
