"""Looking whether a camera gives a picture: one short question to its media server, which must be one that was allowed."""

from __future__ import annotations

import http.client
import ssl
from datetime import datetime

from command.core import outbound
from command.core.outbound import NotAllowed, Reply
from command.places.cameras.addresses import signed

MOST = 262_144
JPEG = b"\xff\xd8\xff"
ASKED = {"Accept": "*/*", "User-Agent": "fengsui"}


def look(
    protocol: str,
    address: str,
    key: str,
    until: datetime,
    hosts: list[str],
    networks: list[str],
    seconds: float,
) -> str | None:
    """Why a camera gives no picture, as a code of `words.REASONS`; None when it does. Never raises for what the other side does."""
    try:
        target = outbound.find(signed(address, key, until).url, hosts, networks)
    except NotAllowed as refused:
        return "host" if refused.why == "host" else "inside"
    except OSError:
        return "name"
    method = "OPTIONS" if protocol == "webrtc" else "GET"
    try:
        answer = outbound.exchange(
            target,
            method,
            ASKED,
            seconds=seconds,
            most=MOST,
            enough=lambda content: is_picture(protocol, content),
        )
    except ssl.SSLError:
        return "certificate"
    except (OSError, http.client.HTTPException):
        return "silent"
    return _judged(protocol, answer)


def is_picture(protocol: str, content: bytes) -> bool:
    """Whether what was read so far shows that a picture comes."""
    if protocol == "hls":
        return content.removeprefix(b"\xef\xbb\xbf").startswith(b"#EXTM3U")
    return protocol == "mjpeg" and JPEG in content


def _judged(protocol: str, answer: Reply) -> str | None:
    if not 200 <= answer.status < 300:
        return "status"
    if protocol == "webrtc":  # a WHEP door that answers is all that can be seen without a whole call
        return None
    return None if is_picture(protocol, answer.content) else "picture"
