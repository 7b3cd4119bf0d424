"""A leader's word: given by their own hand, or by mouth and written down by the duty officer (口头批准·代录).

What was spoken acts at once. Whose word it was confirms it later, or says that it was not so (有出入): that undoes nothing, it calls
the duty office. Plans, decisions and whatever else a leader approves keep it in the same form."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from command.core import clock
from command.core.access import COUNTY, centre_party
from command.core.actions import Tx
from command.core.errors import Conflict
from command.core.faults import label
from command.core.queries import Wish

DISPUTED = "disputed:"
label({"spoken": "口头批准", "post": "职务", "channel": "方式"})


class Spoken(Wish):
    """口头批准: who said it, in which post, by which channel; the duty officer enters it (代录), it acts at once."""

    person: str = Field(min_length=1, max_length=60)
    post: str = Field(min_length=1, max_length=40)
    channel: str = Field(min_length=1, max_length=40)
    number: str | None = Field(None, max_length=40)


class Dispute(Wish):
    """有出入: what was said instead, if that is told."""

    text: str | None = Field(None, min_length=1, max_length=300)


def approval(tx: Tx, post: str, spoken: Spoken | None, **more: Any) -> dict[str, Any]:
    """Who approved, when, in which post; spoken it waits for its confirmation, by one's own hand it is confirmed."""
    signed = {"by": tx.actor.name, "at": clock.wire(tx.at)}
    return {
        **more,
        **signed,
        "post": post,
        "spoken": spoken.model_dump() if spoken else None,
        "confirmed": None if spoken else signed,
    }


def unconfirmed(one: dict[str, Any] | None) -> bool:
    """Whether a word waits for whose it was."""
    return bool(one and one["spoken"] and one["confirmed"] is None)


def confirmed(tx: Tx, one: dict[str, Any]) -> dict[str, Any]:
    """As it stands once it is confirmed; what was disputed before stays written."""
    return {**one, "confirmed": {"by": tx.actor.name, "at": clock.wire(tx.at)}}


def disputed(tx: Tx, one: dict[str, Any], wish: Dispute) -> dict[str, Any]:
    """As it stands once its owner says that it was not so."""
    if one.get("disputed"):
        raise Conflict("It was said already: the duty office knows", zh="已提出过，值班室已知晓")
    return {**one, "disputed": {"by": tx.actor.name, "at": clock.wire(tx.at), "text": wish.text}}


def call_office(tx: Tx, about: tuple[str, str], centre: str, what: tuple[str, str], text: str | None) -> None:
    """The duty office is told that a recorded word is disputed."""
    kind, thing = about
    said = text or "请立即电话核实"
    tx.act(
        "alarm.raise",
        {
            "cause": f"{DISPUTED}{kind}:{thing}",
            "rank": 2,
            "title": {"zh": f"口头批准有出入：{what[0]}", "en": f"Recorded approval disputed: {what[1]}"},
            "detail": {"zh": said, "en": text or "Ring back at once and settle it"},
            "centre": centre,
            "parties": [COUNTY if len(centre) == 6 else centre_party(centre)],
        },
        as_system=True,
    )


def settled(tx: Tx, about: tuple[str, str]) -> None:
    """The dispute is over: confirmed, or the matter has ended."""
    tx.act("alarm.clear", {"cause": f"{DISPUTED}{about[0]}:{about[1]}"}, as_system=True)
