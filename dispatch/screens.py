"""The door of the demo's rainy evening: only while the data is the demo's, only from this machine; else it is not there."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from command.core import installation
from command.core.errors import Conflict, NotFound
from command.core.web import PREFIX, reply
from command.screens import loopback
from dispatch.play.theatre import Theatre

PATH = PREFIX + "/demo/play"


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
        if not running.play.begin():
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
