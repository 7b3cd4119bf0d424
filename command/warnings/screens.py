"""The doors of CAP: alerts come in as XML (by a signed-in account, or signed by a gateway), go out as XML and as an Atom feed."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Response, request

from command.core import jobs, strict
from command.core.access import Actor, system_actor
from command.core.actions import Command
from command.core.deliveries.reported import check
from command.core.errors import Invalid, NotFound, Unauthenticated
from command.core.queries import View, parse
from command.core.settings import setting
from command.core.web import PREFIX, Web, key_of
from command.warnings.cap import reading, writing
from command.warnings.cap.reading import BadCap
from command.warnings.models import CapMessage, WarningRow
from command.warnings.queries import READ, OfIdentifier, message_of

XML = frozenset({"application/cap+xml", "application/xml", "text/xml"})
PATH = "/gateways/cap"
MOST_ENTRIES = 200
ENDED_STAYS = timedelta(hours=24)
"""So long a cancellation stays in the feed: whoever reads it once a day still hears of it."""
OPEN = setting(
    "warning.feed_open", bool, False,
    zh="CAP 订阅源免登录开放", en="The CAP feed may be read without signing in",
)  # fmt: skip


def bind(running: Any) -> None:
    """Mount the doors; without the gateway's secret the signed one opens for nobody."""
    web: Web = running.web
    secret = running.settings.gateway_secret or ""
    web.app.before_request(lambda: _as_xml(web))
    web.app.add_url_rule(PATH, "gateways:cap", lambda: _pushed(web, secret), methods=["POST"])
    web.app.add_url_rule("/cap/feed.atom", "cap:feed", lambda: _feed(web), methods=["GET"])
    web.app.add_url_rule(
        "/cap/<path:identifier>.xml",
        "cap:message",
        lambda identifier: _message(web, identifier),
        methods=["GET"],
    )


def _as_xml(web: Web) -> Response | None:
    """`POST /api/v1/warnings` with XML instead of JSON."""
    if request.method != "POST" or request.path != f"{PREFIX}/warnings" or request.mimetype not in XML:
        return None
    signed = web.signed()
    web.limits.check_write(signed.actor.id)
    world = web.world(signed)
    return _took(web, strict.read(request), web.signed().actor, key_of(request), world)


def _took(web: Web, raw: bytes, actor: Actor, key: str, world: int) -> Response:
    try:
        text = reading.decoded(raw)
    except BadCap as bad:
        actor.need("warning.write")
        raise Invalid(f"CAP: {bad.en}", zh=f"CAP 不予接收：{bad.zh}") from None
    answer = web.node.act(Command("warning.take", {"xml": text}, actor, key, world, lang=web.lang()))
    media = "application/json" if answer.ok else "application/problem+json"
    return Response(answer.body, answer.status, content_type=media)


def _pushed(web: Web, secret: str) -> Response:
    """A gateway brings an alert: the body is the XML, signed as all that passes between it and this house."""
    web.limits.check_stranger(request.remote_addr or "")
    raw = strict.read(request)
    check(secret, request.headers.get("Fengsui-Time", ""), request.headers.get("Fengsui-Signature", ""), raw)
    key = str(uuid.uuid5(jobs.SPACE, f"cap:{hashlib.sha256(raw).hexdigest()}"))
    answer = _took(web, raw, system_actor(web.node.name), key, 0)
    return Response(status=204) if answer.status_code < 300 else answer


def _reader(web: Web) -> tuple[Actor, int]:
    """Who reads, and of which world; a stranger where the county opened its feed, and then only of life."""
    try:
        signed = web.signed()
    except Unauthenticated:
        web.limits.check_stranger(request.remote_addr or "")
        if not web.node.database.read(lambda session: OPEN(session, web.node.name), world=None):
            raise
        return Actor("stranger", "", "stranger", web.node.name, frozenset(), frozenset({READ})), 0
    web.limits.check_read(signed.actor.id)
    world = web.world(signed, request.args.get("world"))
    web.signed().actor.need(READ)
    return web.signed().actor, world


def _feed(web: Web) -> Response:
    actor, world = _reader(web)

    def look(view: View) -> list[Any]:
        return [message.alert for message in _listed(view)]

    alerts = web.node.look(look, actor, world)
    own = f"{request.url_root}cap/feed.atom"
    listed = [(alert, f"{request.url_root}cap/{alert['identifier']}.xml") for alert in alerts]
    updated = max((reading.time_of(alert["sent"]) for alert in alerts), default=reading.BEGINNING)
    content = writing.feed(f"{web.node.name} CAP", own, updated, listed)
    return Response(content, content_type="application/atom+xml; charset=utf-8")


def _listed(view: View) -> list[CapMessage]:
    """The newest public message of each warning that holds, and the end of what was ended in the last day."""
    since = view.now - ENDED_STAYS
    right = "Exercise" if view.world else "Actual"
    wanted = (
        sa.select(CapMessage)
        .join(WarningRow, sa.and_(WarningRow.world == CapMessage.world, WarningRow.id == CapMessage.warning_id))
        .where(
            CapMessage.passed_at.is_not(None),
            sa.or_(WarningRow.live.is_(True), sa.and_(WarningRow.state == "cancelled", WarningRow.ended_at > since)),
        )
        .order_by(CapMessage.sent.desc(), CapMessage.id.desc())
    )  # fmt: skip
    newest: dict[str, CapMessage] = {}
    for message in view.session.execute(wanted).scalars():
        newest.setdefault(message.warning_id, message)
    shown = [
        one for one in newest.values() if one.alert["scope"] == "Public" and one.alert["status"] == right
    ]
    return shown[:MOST_ENTRIES]


def _message(web: Web, identifier: str) -> Response:
    actor, world = _reader(web)
    wish = parse(
        OfIdentifier,
        {
            "identifier": identifier,
            **({"sender": request.args["sender"]} if "sender" in request.args else {}),
        },
    )

    def look(view: View) -> Any:
        found = message_of(view, wish)
        return found.alert if found else None

    alert = web.node.look(look, actor, world)
    if alert is None or (
        actor.id == "stranger" and (alert["scope"], alert["status"]) != ("Public", "Actual")
    ):
        raise NotFound()
    return Response(writing.written(alert), content_type=f"{writing.MEDIA}; charset=utf-8")
