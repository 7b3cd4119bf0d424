"""The door of the demo's rainy evening: only while the data is the demo's, only from this machine; else it is not there."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from pydantic import Field

from command.core import installation, strict
from command.core.errors import Conflict, NotFound
from command.core.openapi import also
from command.core.queries import Wish, parse
from command.core.web import PREFIX, reply
from command.screens import loopback
from dispatch.play.stage import DEFAULT_SPEED
from dispatch.play.theatre import Theatre

PATH = PREFIX + "/demo/play"


class Begin(Wish):
    """How fast: minutes of the evening per real minute."""

    speed: float = Field(DEFAULT_SPEED, ge=0.1, le=6000)


also(
    "POST /demo/play",
    "Begin the rainy evening: only on a demo, from its own machine",
    "201",
    Begin.model_json_schema(),
)
also("DELETE /demo/play", "End the rainy evening early and tidy up")


def bind(running: Any) -> None:
    """Mount the door: POST begins an evening, DELETE ends it early, `running.play` is the stage."""
    node = running.node
    running.play = Theatre(node)

    def check() -> None:
        if not (running.settings.loopback and loopback()) or _elsewhere():
            raise NotFound()
        if not node.database.read(lambda session: installation.fact(session, "demo"), world=None):
            raise NotFound()

    def begin() -> Response:
        check()
        wish = parse(Begin, strict.body_of(request, 1000))
        if not running.play.begin(wish.speed):
            raise Conflict("An evening is being played", zh="雨夜正在上演")
        return _told(201)

    def end() -> Response:
        check()
        running.play.end()
        return _told(200)

    def _told(status: int) -> Response:
        answer = reply({"playing": running.play.playing})
        answer.status_code = status
        return answer

    running.app.add_url_rule(PATH, "play.begin", begin, methods=["POST"])
    running.app.add_url_rule(PATH, "play.end", end, methods=["DELETE"])


def _elsewhere() -> bool:
    """Whether a page of another site sent this (a browser names its origin on every write), or a proxy passed it on."""
    origin = request.headers.get("Origin")
    return (
        origin is not None and origin != request.host_url.rstrip("/")
    ) or "X-Forwarded-For" in request.headers
