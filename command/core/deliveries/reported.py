"""The door at which a gateway reports later what became of a message that it took: signed with the house's own secret."""

from __future__ import annotations

import hmac
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from flask import Response, request
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import clock, jobs, strict, webhook
from command.core.access import system_actor
from command.core.actions import Command
from command.core.deliveries.contract import Call
from command.core.deliveries.models import Delivery
from command.core.errors import NotFound, Unauthenticated
from command.core.queries import Wish, parse
from command.core.web import Web

PATH = "/gateways/receipts"
MOST = 4_000
SKEW = timedelta(minutes=5)


class Receipt(Wish):
    """What a gateway says of one message."""

    id: str = Field(max_length=36)
    state: Literal["delivered", "undelivered"]
    reason: str = Field("", max_length=120)
    call: Call | None = None


def bind(running: Any) -> None:
    """Mount the door; without a secret it opens for nobody."""
    mount(running.web, running.settings.gateway_secret or "")


def mount(web: Web, secret: str) -> None:
    """`POST /gateways/receipts` with `Fengsui-Time` and `Fengsui-Signature`, as this house signs its own messages."""

    def take() -> Response:
        web.limits.check_stranger(request.remote_addr or "")
        raw = strict.read(request, MOST)
        check(
            secret, request.headers.get("Fengsui-Time", ""), request.headers.get("Fengsui-Signature", ""), raw
        )
        told = parse(Receipt, strict.parse(raw))
        world = web.node.database.read(lambda session: _world_of(session, told.id), world=None)
        if world is None:
            raise NotFound()
        reason = {
            "zh": told.reason or "网关报未送达",
            "en": told.reason or "the gateway reports: not delivered",
        }
        arrived = told.state == "delivered"
        payload: dict[str, Any] = {"id": told.id, "arrived": arrived, "reason": {} if arrived else reason}
        if told.call is not None:
            payload["call"] = told.call.model_dump()
        command_id = str(uuid.uuid5(jobs.SPACE, f"receipt:{world}:{told.id}:{told.state}"))
        web.node.act(Command("delivery.confirm", payload, system_actor(web.node.name), command_id, world))
        return Response(status=204)

    web.app.add_url_rule(PATH, "gateways:receipts", take, methods=["POST"])


def check(secret: str, at: str, signature: str, body: bytes) -> None:
    """Whether it was signed with the secret, just now; Unauthenticated when not."""
    right = f"v1={webhook.sign(secret, at, body)}"
    if not secret or not hmac.compare_digest(right.encode(), signature.encode()) or not _fresh(at):
        raise Unauthenticated("The signature is wrong or old", zh="签名不对或已过时")


def _fresh(at: str) -> bool:
    try:
        said = datetime.fromisoformat(at)
    except ValueError:
        return False
    return said.tzinfo is not None and abs(clock.real() - said.astimezone(UTC)) <= SKEW


def _world_of(session: Session, thing: str) -> int | None:
    return session.execute(sa.select(Delivery.world).where(Delivery.id == thing)).scalar_one_or_none()
