"""Asking another machine over HTTP, and only one that was allowed (RULES 34).

Its name is resolved once and the connection made to that very address, so that a name which changes its mind reaches nothing
else; private addresses, and what is not encrypted, only where their network was allowed; no redirects are followed; one deadline
for the whole exchange, however slowly the other side drips; the answer capped.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit

PIECE = 16_384


class NotAllowed(Exception):
    """The address may not be asked: it has none (`address`), its host (`host`) or where that leads (`inside`) is not allowed."""

    def __init__(self, why: Literal["address", "host", "inside"], host: str = "") -> None:
        super().__init__(f"{why} {host}".strip())
        self.why, self.host = why, host


@dataclass(frozen=True)
class Target:
    """Where an exchange goes: the address as it was given, and the one IP that it was resolved to."""

    host: str
    port: int
    path: str
    tls: bool
    ip: str


@dataclass(frozen=True)
class Reply:
    """What the other side answered: the status, the type of its content, the beginning of that, and the tag (ETag) by which it knows
    it again, the place (Location) of what it made."""

    status: int
    media: str
    content: bytes
    tag: str = ""
    place: str = ""


def network(value: str) -> str:
    """A network as it is written in a setting; ValueError if it is none."""
    return str(ipaddress.ip_network(value))


def find(url: str, hosts: Collection[str], networks: Collection[str]) -> Target:
    """Resolve an address and choose an IP that may be asked; NotAllowed when there is none, OSError when nobody knows the name."""
    parts = urlsplit(url)
    host = parts.hostname
    if not host:
        raise NotAllowed("address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if host not in hosts and f"{host}:{port}" not in hosts:
        raise NotAllowed("host", host)
    known = [ipaddress.ip_network(one) for one in networks]
    for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        ip = ipaddress.ip_address(str(address[0]).split("%")[0])
        own = any(ip in network for network in known)
        if own or (parts.scheme == "https" and _public(ip)):
            return Target(host, port, _path(parts), parts.scheme == "https", str(ip))
    raise NotAllowed("inside", host)


def _public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(ip, "ipv4_mapped", None) or ip
    return bool(inner.is_global) and not inner.is_multicast


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


class _Pinned(http.client.HTTPConnection):
    """A connection to the one address that was checked; the certificate must still be the name's."""

    def __init__(self, target: Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.target, self.seconds = target, seconds
        self.wire: socket.socket | None = None  # the socket, also when the answer has taken it over

    def connect(self) -> None:
        family = socket.AF_INET6 if ":" in self.target.ip else socket.AF_INET
        self.sock = socket.socket(family, socket.SOCK_STREAM)  # by number: no name is asked a second time
        self.sock.settimeout(self.seconds)
        self.sock.connect((self.target.ip, self.target.port))
        if self.target.tls:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.target.host)
        self.wire = self.sock


def exchange(
    target: Target,
    method: str,
    headers: Mapping[str, str],
    body: bytes | None = None,
    *,
    seconds: float,
    most: int,
    enough: Callable[[bytes], bool] = lambda content: False,
) -> Reply:
    """Ask once, and be done with it by the deadline. `enough`: says of what was read so far that no more is wanted, for an answer
    that never ends. Raises OSError, ssl.SSLError or http.client.HTTPException."""
    until = time.monotonic() + seconds
    connection = _Pinned(target, seconds)
    cut = threading.Timer(seconds, _cut, (connection,))
    cut.daemon = True
    cut.start()
    try:
        connection.request(method, target.path, body, {**headers, "Connection": "close"})
        response = connection.getresponse()
        content = b""
        while len(content) < most and not enough(content):
            piece = response.read1(min(PIECE, most - len(content)))
            if not piece:
                break
            content += piece
        if time.monotonic() > until:
            raise TimeoutError("the deadline is over")
        tag, place = (response.headers.get(name) or "" for name in ("ETag", "Location"))
        return Reply(response.status, response.headers.get_content_type(), content, tag, place)
    finally:
        cut.cancel()
        connection.close()


def _cut(connection: _Pinned) -> None:
    for one in (connection.wire, connection.sock):  # the second while it is being connected
        if one is not None:
            with suppress(OSError):  # it may be over by itself in this very moment
                one.shutdown(socket.SHUT_RDWR)


class Open:
    """An answer that goes on, read as it comes. `cut` may be called by another than who reads."""

    def __init__(self, connection: _Pinned, response: http.client.HTTPResponse) -> None:
        self._connection, self._response = connection, response
        self.status = response.status
        self.media = response.headers.get_content_type()

    def read(self, most: int) -> bytes:
        """What has come, as soon as something has; nothing at its end. TimeoutError when nothing comes for too long."""
        return self._response.read1(most)

    def cut(self) -> None:
        """End it: whoever reads it comes to its end."""
        _cut(self._connection)

    def close(self) -> None:
        """Done with it."""
        self._response.close()
        self._connection.close()


def open_(
    target: Target, method: str, headers: Mapping[str, str], body: bytes | None, *, seconds: float, silent_s: float
) -> Open:  # fmt: skip
    """Ask for what does not end by itself: the answer must begin by the deadline, and may never pause for longer than `silent_s`.
    Raises as `exchange` does."""
    connection = _Pinned(target, seconds)
    cut = threading.Timer(seconds, _cut, (connection,))
    cut.daemon = True
    cut.start()
    try:
        connection.request(method, target.path, body, dict(headers))
        response = connection.getresponse()
        if connection.wire is not None:
            connection.wire.settimeout(silent_s)
        return Open(connection, response)
    except BaseException:
        connection.close()
        raise
    finally:
        cut.cancel()
