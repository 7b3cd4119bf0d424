"""Channels and the gateway that serves each: chosen by a setting, none unless an administrator chose one.

Kept apart from the gateways themselves, so that actions may ask what serves a channel without knowing a gateway (RULES 5).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from sqlalchemy.orm import Session

from command.core.outbound import network
from command.core.settings import setting

NONE, SIMULATOR = "none", "simulator"
CHANNELS: dict[str, tuple[str, str]] = {"sms": ("短信", "SMS"), "voice": ("机器人外呼", "Robo-call")}
OFFERED: dict[str, set[str]] = {channel: {NONE} for channel in CHANNELS}
LIVE_WORLD = 0
MARGIN = timedelta(seconds=5)


def offer(kind: str, *channels: str) -> None:
    """A gateway of this kind can serve these channels."""
    for channel in channels:
        OFFERED[channel].add(kind)


def _offered(channel: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in OFFERED[channel]:
            raise ValueError(f"one of {', '.join(sorted(OFFERED[channel]))}")
        return value

    return check


def _address(value: str | None) -> str | None:
    if value is None:
        return None
    parts = urlsplit(value)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.fragment:
        raise ValueError("https://host[:port]/path, without a name or password")
    return value


KIND = {
    channel: setting(
        f"gateway.{channel}", Annotated[str, AfterValidator(_offered(channel))], NONE,
        zh=f"{zh}网关（none 无、simulator 模拟、webhook 接口）", en=f"{en} gateway: none, simulator or webhook",
    )
    for channel, (zh, en) in CHANNELS.items()
}  # fmt: skip
URL = {
    channel: setting(
        f"gateway.{channel}.url", Annotated[str | None, Field(max_length=300), AfterValidator(_address)], None,
        zh=f"{zh}网关地址", en=f"{en} gateway's address",
    )
    for channel, (zh, en) in CHANNELS.items()
}  # fmt: skip
HOSTS = setting(
    "gateway.allow_hosts", Annotated[list[Annotated[str, Field(max_length=120)]], Field(max_length=20)], [],
    zh="允许外发的主机（host 或 host:端口）", en="Hosts that may be sent to (host or host:port)",
)  # fmt: skip
NETWORKS = setting(
    "gateway.allow_networks", Annotated[list[Annotated[str, AfterValidator(network)]], Field(max_length=20)], [],
    zh="允许外发的内网网段", en="Private networks that may be sent to",
)  # fmt: skip
DEADLINE = setting(
    "gateway.deadline_s", Annotated[int, Field(ge=1, le=60)], 10,
    zh="一次外发的时限", en="One attempt takes at most", unit="s",
)  # fmt: skip
RETRY = setting(
    "delivery.retry_s", Annotated[list[Annotated[int, Field(ge=1, le=3600)]], Field(min_length=1, max_length=10)],
    [5, 15, 30, 60, 120], zh="外发重试间隔（末项重复）", en="Delivery: wait before each retry (the last repeats)", unit="s",
)  # fmt: skip

Reader = Callable[[Any, str], Any]


def gateway_of(session: Session, world: int, channel: str, centre: str) -> str:
    """The kind of gateway that serves a channel for a centre now. In a drill it always pretends."""
    if world != LIVE_WORLD:
        return SIMULATOR
    kind: str = KIND[channel](session, centre)
    return kind


def lease_lasts(session: Session, centre: str) -> timedelta:
    """How long a worker may hold a delivery: longer than any attempt can take."""
    return timedelta(seconds=DEADLINE(session, centre)) + MARGIN


def pause(session: Session, centre: str, tries: int) -> timedelta:
    """How long to wait after so many tries."""
    waits: list[int] = RETRY(session, centre)
    return timedelta(seconds=waits[min(tries, len(waits)) - 1])
