"""The webhook gateway: hands a message by HTTPS to the county's own SMS platform, or to what stands before it.

Only to a host that an administrator allowed; its name is resolved once and the connection made to that very address, so that
a name which changes its mind reaches nothing else; private addresses only where their network was allowed; no redirects; one
deadline for the whole attempt; the answer capped (RULES 34). Every request is signed: docs/gateways.md says how.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import orjson

from command.core import clock
from command.core.gateways import Message, Outcome, Route, gateway

MOST_ANSWER = 65_536
MOST_TEXT = 4_000
BUSY = frozenset({408, 425, 429})


class Refused(Exception):
    """The address may not be sent to; the words say why, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True)
class Target:
    """Where an attempt goes: the address as it was set, and the one IP that it was resolved to."""

    host: str
    port: int
    path: str
    tls: bool
    ip: str


def sign(secret: str, at: str, body: bytes) -> str:
    """HMAC-SHA256 over the time, a dot and the body, in hex: what `Fengsui-Signature` carries after `v1=`."""
    return hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()


@gateway("webhook", "sms")
def post(message: Message, route: Route) -> Outcome:
    """Hand a message over."""
    if not route.secret:
        return Outcome("refused", "未配置网关密钥", "FENGSUI_GATEWAY_SECRET is not set")
    try:
        target = find(route)
    except Refused as refused:
        return Outcome("refused", refused.zh, refused.en)
    except OSError as error:
        return Outcome("again", "网关域名解析失败", f"the gateway's name was not found: {_said(error)}")
    try:
        status, answer = _exchange(target, _body(message), message.id, route)
    except ssl.SSLError as error:
        return Outcome("again", "网关证书不可信", f"the gateway's certificate: {_said(error)}")
    except (OSError, http.client.HTTPException) as error:
        return Outcome("again", "网关无应答", f"no answer from the gateway: {_said(error)}")
    return _read(status, answer)


def find(route: Route) -> Target:
    """Resolve the gateway's name and choose an address that may be sent to; Refused when there is none."""
    parts = urlsplit(route.url or "")
    host = parts.hostname
    if not host:
        raise Refused("未设置网关地址", "the gateway has no address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if host not in route.hosts and f"{host}:{port}" not in route.hosts:
        raise Refused("网关主机未获准", f"{host} is not among the allowed hosts")
    networks = [ipaddress.ip_network(one) for one in route.networks]
    for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        ip = ipaddress.ip_address(str(address[0]).split("%")[0])
        own = any(ip in network for network in networks)
        if own or (parts.scheme == "https" and _public(ip)):
            return Target(host, port, _path(parts), parts.scheme == "https", str(ip))
    raise Refused(
        "网关地址属内网或非加密，未获准", f"{host} is private, or not HTTPS, and its network is not allowed"
    )


def _public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(ip, "ipv4_mapped", None) or ip
    return bool(inner.is_global) and not inner.is_multicast


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _body(message: Message) -> bytes:
    return orjson.dumps(
        {
            "id": message.id,
            "channel": message.channel,
            "to": message.to,
            "text": message.text[:MOST_TEXT],
            "purpose": message.purpose,
            "drill": message.world != 0,
            "made_at": clock.wire(message.made_at),
            "expires_at": clock.wire(message.expires_at),
        }
    )


class _Pinned(http.client.HTTPConnection):
    """A connection to the one address that was checked; the certificate must still be the name's."""

    def __init__(self, target: Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.target, self.seconds = target, seconds

    def connect(self) -> None:
        family = socket.AF_INET6 if ":" in self.target.ip else socket.AF_INET
        self.sock = socket.socket(family, socket.SOCK_STREAM)  # by number: no name is asked a second time
        self.sock.settimeout(self.seconds)
        self.sock.connect((self.target.ip, self.target.port))
        if self.target.tls:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.target.host)


def _exchange(target: Target, body: bytes, key: str, route: Route) -> tuple[int, bytes]:
    """Ask once, and be done with it by the deadline, however slowly the other side drips."""
    at = clock.wire(clock.real())
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "Fengsui-Time": at,
        "Fengsui-Signature": f"v1={sign(route.secret, at, body)}",
        "User-Agent": "fengsui",
        "Connection": "close",
    }
    until = time.monotonic() + route.deadline_s
    connection = _Pinned(target, route.deadline_s)
    cut = threading.Timer(route.deadline_s, _cut, (connection,))
    cut.daemon = True
    cut.start()
    try:
        connection.request("POST", target.path, body, headers)
        response = connection.getresponse()
        answer = response.read(MOST_ANSWER)
        if time.monotonic() > until:
            raise TimeoutError("the deadline is over")
        return response.status, answer
    finally:
        cut.cancel()
        connection.close()


def _cut(connection: _Pinned) -> None:
    with suppress(OSError, AttributeError):  # it may be over by itself in this very moment
        connection.sock.shutdown(socket.SHUT_RDWR)


def _read(status: int, answer: bytes) -> Outcome:
    """What the gateway's answer means. A redirect is not followed: it is refused."""
    if status >= 500 or status in BUSY:
        return Outcome("again", f"网关忙（{status}）", f"the gateway is busy ({status})")
    if not 200 <= status < 300:
        return Outcome("refused", f"网关拒收（{status}）", f"the gateway refused it ({status})")
    told: object = None
    with suppress(orjson.JSONDecodeError):  # an answer without JSON is an answer: 2xx means taken
        told = orjson.loads(answer or b"{}")
    known = told if isinstance(told, dict) else {}
    reference = str(known["id"])[:80] if isinstance(known.get("id"), str | int) else None
    return Outcome("confirmed" if known.get("state") == "delivered" else "handed", reference=reference)


def _said(error: Exception) -> str:
    return str(error)[:120] or type(error).__name__
