"""Fetching CAP from the addresses that the county reads: an alert, or an Atom or RSS feed of alerts. Each is asked again in its time,
with what it answered last (ETag), later and later while it does not answer; what it brings is taken as from any other door."""

from __future__ import annotations

import hashlib
import http.client
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pydantic import AfterValidator, Field
from sqlalchemy.orm import Session

from command.core import canonical, clock, outbound
from command.core.access import COUNTY, system_actor
from command.core.actions import Command
from command.core.errors import Problem
from command.core.jobs import SPACE, every
from command.core.node import Node
from command.core.outbound import NotAllowed, Reply
from command.core.settings import setting
from command.warnings.cap import reading
from command.warnings.cap.reading import BadCap
from command.warnings.cap.schema import NAMESPACE
from command.warnings.cap.writing import ATOM

TURN_S = 15
DEADLINE_S = 10.0
MOST_FEED = 4_000_000
MOST_ENTRIES = 60
LONGEST_WAIT = timedelta(minutes=30)
MISSES = 3
"""So many failures in a row are told to a person: one may be a moment's trouble."""


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.fragment:
        raise ValueError("https://host[:port]/path, without a name or password")
    return value


FEEDS = setting(
    "warning.feeds", Annotated[list[Annotated[str, Field(max_length=300), AfterValidator(_address)]], Field(max_length=10)], [],
    zh="CAP 预警来源地址", en="Addresses of CAP alerts or feeds",
)  # fmt: skip
HOSTS = setting(
    "warning.feed_hosts", Annotated[list[Annotated[str, Field(max_length=120)]], Field(max_length=20)], [],
    zh="允许读取 CAP 的主机（host 或 host:端口）", en="Hosts that CAP may be read from (host or host:port)",
)  # fmt: skip
NETWORKS = setting(
    "warning.feed_networks", Annotated[list[Annotated[str, Field(max_length=50)]], Field(max_length=20)], [],
    zh="允许读取 CAP 的内网网段", en="Private networks that CAP may be read from",
)  # fmt: skip
EVERY = setting(
    "warning.feed_s", Annotated[int, Field(ge=15, le=3600)], 60,
    zh="CAP 来源读取间隔", en="Each CAP address is read every", unit="s",
)  # fmt: skip


@dataclass
class Source:
    """What is known of one address: its tag, when it is asked next, how often it failed in a row, what of it was taken already."""

    next_at: datetime = field(default_factory=lambda: reading.BEGINNING)
    tag: str = ""
    misses: int = 0
    told: bool = False
    taken: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class House:
    """What a turn needs to know once."""

    feeds: list[str]
    hosts: list[str]
    networks: list[str]
    pause: timedelta


class Trouble(Exception):
    """Why an address gave nothing that can be taken, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


_sources: dict[tuple[str, str], Source] = {}
"""Kept while the process leads: after a start each is read whole once more, which changes nothing."""


@every("warnings.feeds", seconds=TURN_S)
def read_feeds(node: Node) -> int:
    """Read each address whose time has come. Returns how many messages were taken."""
    now = clock.real()
    house = node.database.read(partial(_house, node=node.name), world=None)
    taken = 0
    for url in house.feeds:
        source = _sources.setdefault((str(node.data_dir), url), Source())
        if source.next_at > now:
            continue
        try:
            taken += _read(node, house, url, source)
        except Trouble as trouble:
            source.misses += 1
            source.next_at = now + min(house.pause * 2**source.misses, LONGEST_WAIT)
            _tell(node, url, source, trouble)
        else:
            source.misses, source.next_at = 0, now + house.pause
            _settle(node, url, source)
    return taken


def _house(session: Session, *, node: str) -> House:
    pause = timedelta(seconds=EVERY(session, node))
    return House(FEEDS(session, node), HOSTS(session, node), NETWORKS(session, node), pause)


def _read(node: Node, house: House, url: str, source: Source) -> int:
    answer = _fetch(node, house, url, source.tag)
    if answer.status == 304:
        return 0
    root = _root(answer.content)
    taken, refused = 0, ""
    if root.tag == f"{{{NAMESPACE}}}alert":
        taken += _take(node, answer.content)
    else:
        links = [link for link in _links(root, url) if link not in source.taken]
        for link in links[:MOST_ENTRIES]:
            try:
                taken += _take(node, _fetch(node, house, link, "").content)
            except Trouble as trouble:
                refused = refused or f"{link}: {trouble.en}"
            source.taken.add(link)
        if len(links) > MOST_ENTRIES:
            return taken  # the rest with the next turn: without its tag it is told again
    source.tag = answer.tag
    if refused:
        raise Trouble(f"有 CAP 不予接收（{refused[:200]}）", f"an alert was refused ({refused[:200]})")
    return taken


def _fetch(node: Node, house: House, url: str, tag: str) -> Reply:
    headers = {
        "Accept": "application/cap+xml, application/atom+xml, application/xml",
        "User-Agent": "fengsui",
    }
    if tag:
        headers["If-None-Match"] = tag
    try:
        target = outbound.find(url, house.hosts, house.networks)
        answer: Reply = node.beside(
            partial(outbound.exchange, target, "GET", headers, seconds=DEADLINE_S, most=MOST_FEED)
        )
    except NotAllowed as refused:
        raise Trouble(f"主机未获准（{refused.host}）", f"{refused.host} is not allowed") from None
    except (OSError, http.client.HTTPException) as error:
        said = str(error)[:120] or type(error).__name__
        raise Trouble("无应答", f"no answer: {said}") from None
    if answer.status not in (200, 304):
        raise Trouble(f"应答 {answer.status}", f"answered {answer.status}")
    if len(answer.content) >= MOST_FEED:
        raise Trouble("内容过大", "too large")
    return answer


def _root(content: bytes) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        raise Trouble("不是可接收的 XML", "no XML that can be taken") from None
    return root


def _links(root: Element, base: str) -> Iterator[str]:
    """The addresses of a feed's alerts: Atom's entries, RSS's items."""
    for entry in root.iter(f"{{{ATOM}}}entry"):
        links = [one for one in entry.iter(f"{{{ATOM}}}link") if one.get("href")]
        cap = [one for one in links if one.get("type") == "application/cap+xml"]
        plain = [one for one in links if one.get("rel", "alternate") == "alternate"]
        if chosen := (cap or plain):
            yield urljoin(base, chosen[0].get("href", ""))
    for item in root.iter("item"):
        if (link := item.findtext("link")) and link.strip():
            yield urljoin(base, link.strip())


def _take(node: Node, raw: bytes) -> int:
    """Take one message as the system; the same bytes are the same command."""
    key = str(uuid.uuid5(SPACE, f"cap:{hashlib.sha256(raw).hexdigest()}"))
    try:
        text = reading.decoded(raw)
        answer = node.act(Command("warning.take", {"xml": text}, system_actor(node.name), key))
    except BadCap as bad:
        raise Trouble(bad.zh, bad.en) from None
    except Problem as problem:
        raise Trouble(problem.said, problem.detail) from None
    if not answer.ok:
        said = canonical.load(answer.body)["said"]
        raise Trouble(said["zh"], said["en"])
    return 0 if answer.repeated else 1


def _cause(url: str) -> str:
    return f"cap_feed:{hashlib.sha256(url.encode()).hexdigest()[:16]}"


def _tell(node: Node, url: str, source: Source, trouble: Trouble) -> None:
    if source.misses < MISSES or source.told:
        return
    host = urlsplit(url).hostname or url
    wish = {
        "cause": _cause(url), "rank": 3, "centre": node.name, "parties": [COUNTY],
        "title": {"zh": f"预警来源 {host} 读取失败", "en": f"CAP source {host} cannot be read"},
        "detail": {"zh": f"{trouble.zh}・连续 {source.misses} 次", "en": f"{trouble.en}, {source.misses} times"},
    }  # fmt: skip
    node.act(Command("alarm.raise", wish, system_actor(node.name), str(uuid.uuid4())))
    source.told = True


def _settle(node: Node, url: str, source: Source) -> None:
    if source.told:
        node.act(Command("alarm.clear", {"cause": _cause(url)}, system_actor(node.name), str(uuid.uuid4())))
        source.told = False
