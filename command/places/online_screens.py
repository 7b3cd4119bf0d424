"""The door of online pictures: `/tiles/online/{id}/{z}/{x}/{y}`, asked for by this server of whoever was set."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Response

from command.core import outbound
from command.core.errors import NotFound, Problem
from command.core.outbound import NotAllowed
from command.core.queries import View
from command.core.web import Web
from command.places.online import NETWORKS, sources
from command.places.queries import READ

ANSWER_S, MOST_BYTES, QUIET_S = 6.0, 1_000_000, 15.0
"""A source that did not answer is asked again after so long: a map asks for dozens of pictures at once."""
MEDIA = frozenset({"image/png", "image/jpeg", "image/webp"})


class NoPicture(Problem):
    """The source gives none."""

    status, slug, title = 502, "no-online-ground", "The online ground cannot be reached"
    zh = "在线底图取不到"


@dataclass(frozen=True)
class _Found:
    url: str
    max_zoom: int
    networks: list[str]


class Door:
    """Asks for pictures; knows which source was silent a moment ago."""

    def __init__(self, web: Web, key: str) -> None:
        self._web, self._key = web, key
        self._silent: dict[str, float] = {}

    def picture(self, id: str, z: int, x: int, y: int) -> Response:
        """One picture, for whoever may see layers."""
        signed = self._web.signed()
        self._web.limits.check_read(signed.actor.id)
        signed.actor.need(READ)
        found = self._web.node.look(lambda view: self._find(view, id), signed.actor, 0)
        if not (z <= found.max_zoom and x < 1 << z and y < 1 << z):
            raise NotFound()
        url = found.url
        for name, value in (("{z}", str(z)), ("{x}", str(x)), ("{y}", str(y)), ("{key}", self._key)):
            url = url.replace(name, value)
        answer = self._ask(url, found.networks)
        if answer.status == http.HTTPStatus.NOT_FOUND:
            raise NotFound()
        if (
            answer.status != http.HTTPStatus.OK
            or answer.media not in MEDIA
            or len(answer.content) >= MOST_BYTES
        ):
            raise NoPicture(f"It answers {answer.status} {answer.media[:40]}", zh=f"对方答复 {answer.status}")
        reply = Response(answer.content, content_type=answer.media)
        reply.headers["Cache-Control"] = "private, max-age=86400"
        return reply

    def _find(self, view: View, id: str) -> _Found:
        one = next((one for one in sources(view) if one.id == id), None)
        if one is None:
            raise NotFound()
        return _Found(one.url, one.max_zoom, NETWORKS(view.session, view.node[:6]))

    def _ask(self, url: str, networks: list[str]) -> outbound.Reply:
        parts = urlsplit(url)
        host = parts.netloc
        if time.monotonic() < self._silent.get(host, 0.0):
            raise NoPicture("It did not answer a moment ago", zh="对方刚才没有答复")
        try:
            target = outbound.find(url, {parts.hostname or ""}, networks)
            headers = {"Accept": "image/*", "User-Agent": "fengsui"}
            return outbound.exchange(target, "GET", headers, seconds=ANSWER_S, most=MOST_BYTES)
        except NotAllowed as refused:
            raise NoPicture(
                "Its address is not allowed: map.allow_networks", zh="地址未获允许：见设置 map.allow_networks"
            ) from refused
        except (OSError, http.client.HTTPException) as error:
            self._silent[host] = time.monotonic() + QUIET_S
            raise NoPicture("It does not answer", zh="对方没有答复") from error


def bind(running: Any) -> None:
    """Mount the door."""
    door = Door(running.web, running.settings.map_key or "")
    rule = "/tiles/online/<id>/<int:z>/<int:x>/<int:y>"
    running.web.app.add_url_rule(rule, "tile:online", door.picture, methods=["GET"])
