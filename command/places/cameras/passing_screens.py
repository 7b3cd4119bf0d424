"""The doors of pictures that a browser does not fetch by itself: a moving JPEG passes through, a WebRTC call (WHEP) is made for it.
So the address of such a stream leaves this house only towards the media server, and the picture ends when the right does."""

from __future__ import annotations

import http.client
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urljoin

from flask import Response, request

from command.core import outbound
from command.core.errors import Problem, TooLarge
from command.core.openapi import also
from command.core.outbound import NotAllowed, Open, Target
from command.core.web import PREFIX, Web
from command.places.cameras.relay import LOOK_S, Pacer, Relay, Relays
from command.places.cameras.viewing import Running, log_picture
from command.places.cameras.words import REASONS

log = logging.getLogger(__name__)
T_ = TypeVar("T_")
ANSWER_S, SILENT_S = 8.0, 15.0
PIECE = 65_536
RATE, BURST = 1_000_000, 2_000_000
"""Bytes a second of one picture: 8 Mbit/s, more than a camera's second stream has."""
MOST_SDP = 65_536
SDP = "application/sdp"
ASKED = {"Accept": "*/*", "User-Agent": "fengsui"}

also("GET /camera_viewings/{id}/picture", "The moving picture (MJPEG) of a viewing, as long as it may be watched; it begins with the "
     "boundary of its parts", media="application/octet-stream", signed=True)  # fmt: skip
also("POST /camera_viewings/{id}/call", "An offer (SDP) of a WebRTC picture: the media server's answer; the call ends with the viewing",
     "201", media=SDP, signed=True)  # fmt: skip
also("DELETE /camera_viewings/{id}/call", "End the call of a viewing", "204", media=SDP, signed=True)


class NoPicture(Problem):
    """The media server gives none; `why`: a code of `words.REASONS`."""

    status, slug, title = 502, "no-picture", "No picture"
    zh = "没有画面"

    def __init__(self, why: str) -> None:
        word = REASONS[why]
        super().__init__(f"No picture: {word.en}", zh=f"没有画面：{word.zh}", why=why)


def bind(app: Any) -> None:
    """Mount the doors, and hear what ends a right."""
    web: Web = app.web
    relays = Relays(app.node, app.auth)
    app.hub.on_entries.append(relays.heard)
    app.hub.ending.on_ended.append(relays.changed)
    app.hub.on_start.append(lambda: app.hub.repeat(LOOK_S, relays.look))
    app.hub.on_stop.append(relays.stop)
    at, rule = f"{PREFIX}/camera_viewings/<id>", web.app.add_url_rule
    rule(f"{at}/picture", "camera:picture", lambda id: _picture(web, relays, id), methods=["GET"])
    rule(f"{at}/call", "camera:call", lambda id: _call(web, relays, id), methods=["POST"])
    rule(f"{at}/call", "camera:hang-up", lambda id: _hang_up(web, relays, id), methods=["DELETE"])


def _begun(web: Web, relays: Relays, viewing: str, protocol: str) -> tuple[Relay, Running]:
    """Who asks may watch it, it is of this sort, and it is written to the access log that it is watched."""
    signed = web.signed()
    world = web.world(signed)
    signed = web.signed()
    web.limits.check_read(signed.actor.id)
    found = web.node.look(partial(log_picture, viewing=viewing, protocol=protocol), signed.actor, world)
    return relays.begin(signed, world, viewing, found), found


def _picture(web: Web, relays: Relays, viewing: str) -> Response:
    relay, found = _begun(web, relays, viewing, "mjpeg")
    try:
        source = _reach(found, partial(_opened, method="GET", body=None))
        relay.cut = source.cut
        if not 200 <= source.status < 300:
            raise NoPicture("status")
        if source.media != "multipart/x-mixed-replace":
            raise NoPicture("picture")
        relay.cut = partial(_cut, source, request.environ.get("fengsui.cut"))
        if relay.over:  # before there was anything to cut
            raise NoPicture("silent")
    except BaseException:
        relays.end(relay)
        raise
    # never as what it is: parts of another's making would be shown as pages of this house
    answer = Response(_passed(relays, relay, source), content_type="application/octet-stream")
    answer.call_on_close(partial(relays.end, relay))  # also when nobody came to read it
    answer.call_on_close(source.close)
    answer.headers["X-Accel-Buffering"] = "no"
    answer.headers["Content-Disposition"] = "attachment"
    return answer


def _passed(relays: Relays, relay: Relay, source: Open) -> Iterator[bytes]:
    """What comes, as it comes, until the right ends, the media server is silent or whoever watched has gone."""
    pacer = Pacer(RATE, BURST)
    try:
        while not relay.over:
            piece = source.read(PIECE)
            if not piece:
                break
            yield piece
            pacer.passed(len(piece))
    except (OSError, ValueError, AttributeError, http.client.HTTPException):
        log.info("the picture of viewing %s ended", relay.viewing)  # cut here or there: it is over either way
    finally:
        relays.end(relay)


def _cut(source: Open, client: Callable[[], None] | None) -> None:
    """End both sides: a client that does not read would hold the picture open for ever."""
    source.cut()
    if client is not None:
        client()


def _call(web: Web, relays: Relays, viewing: str) -> Response:
    offer = request.stream.read(MOST_SDP + 1)
    if len(offer) > MOST_SDP:
        raise TooLarge()
    relay, found = _begun(web, relays, viewing, "webrtc")
    try:
        answer = _reach(found, partial(_asked, method="POST", body=offer))
        if answer.place:
            relay.cut = partial(web.node.later, _hung_up, found, urljoin(found.url, answer.place))
        if answer.status != 201 or answer.media != SDP:
            raise NoPicture("status")
        if relay.over:  # it ended while the media server answered: nothing was there to be cut yet
            relay.cut()
            raise NoPicture("silent")
    except BaseException:
        relays.end(relay)
        raise
    return Response(answer.content, 201, content_type=SDP)


def _hang_up(web: Web, relays: Relays, viewing: str) -> Response:
    signed = web.signed()
    relay = relays.of(signed, web.world(signed), viewing)
    if relay is not None:
        relays.end(relay)
    return Response(status=204)


def _hung_up(found: Running, place: str) -> None:
    """The media server ends the call (RFC 9725 §4.2)."""
    try:
        target = outbound.find(place, found.hosts, found.networks)
        outbound.exchange(target, "DELETE", ASKED, seconds=ANSWER_S, most=PIECE)
    except (NotAllowed, OSError, http.client.HTTPException) as error:
        log.warning("a WHEP call could not be ended at the media server: %s", type(error).__name__)


def _opened(target: Target, method: str, body: bytes | None) -> Open:
    return outbound.open_(target, method, ASKED, body, seconds=ANSWER_S, silent_s=SILENT_S)


def _asked(target: Target, method: str, body: bytes) -> outbound.Reply:
    headers = {**ASKED, "Content-Type": SDP}
    return outbound.exchange(target, method, headers, body, seconds=ANSWER_S, most=MOST_SDP)


def _reach(found: Running, ask: Callable[[Target], T_]) -> T_:
    """Ask the media server of a viewing; NoPicture says why it gives none."""
    try:
        return ask(outbound.find(found.url, found.hosts, found.networks))
    except NotAllowed as refused:
        raise NoPicture("host" if refused.why == "host" else "inside") from None
    except ssl.SSLError:
        raise NoPicture("certificate") from None
    except socket.gaierror:
        raise NoPicture("name") from None
    except (OSError, http.client.HTTPException):
        raise NoPicture("silent") from None
