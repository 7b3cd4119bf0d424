"""The page that plays one viewing, in a frame of the desk: its policy is opened for the one media server of that camera, and for
what its sort of stream needs; every other page stays as closed as it was."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from command.core.doors import Screen, shell
from command.core.errors import Problem
from command.core.web import CSP
from command.places.cameras.queries import VIEW
from command.places.cameras.viewing import opens_for

PLAYER = Screen("/camera", "camera", VIEW, "摄像头", "Camera")
OPENED = {"hls": ("connect-src", "media-src")}
"""The other sorts of stream pass through this house."""


def policy(protocol: str, origin: str) -> str:
    """The usual policy, opened for one host in what this sort of stream is fetched by."""
    rules = CSP.replace("connect-src 'self' ws: wss:", "connect-src 'self'").split("; ")
    if protocol == "hls":
        rules.append("media-src 'self' blob:")
    opened = OPENED.get(protocol, ())
    return "; ".join(f"{rule} {origin}" if rule.split(" ")[0] in opened else rule for rule in rules)


def bind(running: Any) -> None:
    """Mount the page."""
    node, web = running.node, running.web

    def player(viewing: str) -> Response:
        answer = Response(
            shell(PLAYER), content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-store"}
        )
        try:
            actor, world = web.signed().actor, web.world(web.signed(), request.args.get("world"))
            opened = node.look(lambda view: opens_for(view, viewing), actor, world)
        except Problem:
            return answer  # the page itself asks for the stream, and says why there is none
        answer.headers["Content-Security-Policy"] = policy(*opened)
        return answer

    web.app.add_url_rule("/camera/<viewing>", "page:/camera", player, methods=["GET"])
