"""The door at which a gateway brings what people wrote back: signed with the house's own secret, taken once however often it comes."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from flask import Response, request
from pydantic import ConfigDict, Field

from command.core import jobs, strict
from command.core.access import system_actor
from command.core.actions import Command
from command.core.deliveries.replies import MOST_WORDS, answered
from command.core.deliveries.reported import check
from command.core.queries import Wish, parse
from command.core.web import Web

PATH = "/gateways/replies"
MOST = 8_000


class Brought(Wish):
    """One message: the gateway's own id of it, the number that sent it, the words, when it was sent."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    id: str = Field(min_length=1, max_length=80)
    sender: str = Field(alias="from", min_length=3, max_length=24)
    text: str = Field(min_length=1, max_length=MOST_WORDS)
    at: datetime | None = None


def bind(running: Any) -> None:
    """Mount the door; without a secret it opens for nobody."""
    mount(running.web, running.settings.gateway_secret or "")


def mount(web: Web, secret: str) -> None:
    """`POST /gateways/replies` with `Fengsui-Time` and `Fengsui-Signature`; in the world of the delivery that it answers."""

    def take() -> Response:
        web.limits.check_stranger(request.remote_addr or "")
        raw = strict.read(request, MOST)
        check(
            secret, request.headers.get("Fengsui-Time", ""), request.headers.get("Fengsui-Signature", ""), raw
        )
        told = parse(Brought, strict.parse(raw))
        node = web.node

        def find(session: Any) -> int:
            to = answered(session, node.secret, told.sender)
            return to.world if to else 0

        world = node.database.read(find, world=None)
        payload = {
            "number": told.sender,
            "text": told.text,
            "said_at": told.at.isoformat() if told.at and told.at.tzinfo else None,
        }
        command_id = str(uuid.uuid5(jobs.SPACE, f"reply:{told.id}"))
        node.act(Command("reply.take", payload, system_actor(node.name), command_id, world))
        return Response(status=204)

    web.app.add_url_rule(PATH, "gateways:replies", take, methods=["POST"])
