"""The webhook gateway: hands a message by HTTPS to the county's own SMS platform, or to what stands before it.

Only to a host that an administrator allowed (`outbound`). Every request is signed: docs/gateways.md says how.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ssl
from contextlib import suppress

import orjson

from command.core import clock, outbound
from command.core.gateways import Message, Outcome, Route, gateway
from command.core.outbound import NotAllowed, Target

MOST_ANSWER = 65_536
MOST_TEXT = 4_000
BUSY = frozenset({408, 425, 429})


def sign(secret: str, at: str, body: bytes) -> str:
    """HMAC-SHA256 over the time, a dot and the body, in hex: what `Fengsui-Signature` carries after `v1=`."""
    return hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()


@gateway("webhook", "sms", "voice")
def post(message: Message, route: Route) -> Outcome:
    """Hand a message over."""
    if not route.secret:
        return Outcome("refused", "未配置网关密钥", "FENGSUI_GATEWAY_SECRET is not set")
    try:
        target = outbound.find(route.url or "", route.hosts, route.networks)
    except NotAllowed as refused:
        return Outcome("refused", *_refusal(refused))
    except OSError as error:
        return Outcome("again", "网关域名解析失败", f"the gateway's name was not found: {_said(error)}")
    try:
        status, answer = _exchange(target, _body(message), message.id, route)
    except ssl.SSLError as error:
        return Outcome("again", "网关证书不可信", f"the gateway's certificate: {_said(error)}")
    except (OSError, http.client.HTTPException) as error:
        return Outcome("again", "网关无应答", f"no answer from the gateway: {_said(error)}")
    return _read(status, answer)


def _refusal(refused: NotAllowed) -> tuple[str, str]:
    """Why nothing was sent, in Chinese and English."""
    if refused.why == "address":
        return "未设置网关地址", "the gateway has no address"
    if refused.why == "host":
        return "网关主机未获准", f"{refused.host} is not among the allowed hosts"
    said = f"{refused.host} is private, or not HTTPS, and its network is not allowed"
    return "网关地址属内网或非加密，未获准", said


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


def _exchange(target: Target, body: bytes, key: str, route: Route) -> tuple[int, bytes]:
    """Ask once, and be done with it by the deadline, however slowly the other side drips."""
    at = clock.wire(clock.real())
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "Fengsui-Time": at,
        "Fengsui-Signature": f"v1={sign(route.secret, at, body)}",
        "User-Agent": "fengsui",
    }
    answer = outbound.exchange(target, "POST", headers, body, seconds=route.deadline_s, most=MOST_ANSWER)
    return answer.status, answer.content


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
