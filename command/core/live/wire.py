"""Entries on the wire: cursors, items, tombstones. What a screen is told, and what it is not (RULES 11, 12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from command.core import clock, journal, sight


def cursor(incarnation: str, seq: int) -> str:
    """An opaque place in a stream."""
    return f"{incarnation}.{seq}"


def parse_cursor(text: Any) -> tuple[str, int] | None:
    """(incarnation, number), or None for what is not a cursor of ours."""
    if not isinstance(text, str) or text.count(".") != 1:
        return None
    incarnation, number = text.split(".")
    return (incarnation, int(number)) if number.isdigit() and len(number) < 19 else None


@dataclass(frozen=True)
class Said:
    """An entry ready to be told: its head as a value, record and text as bytes, its topics with change and previous number."""

    world: int
    seq: int
    incarnation: str
    kind: str
    thing: str
    head: dict[str, Any]
    content: tuple[bytes, bytes]
    topics: Mapping[str, tuple[int, int]]

    def heard_on(self, topics: Iterable[str]) -> dict[str, int]:
        """Of these topics, those the entry is told on, each with its change."""
        return {topic: self.topics[topic][0] for topic in topics if topic in self.topics}

    def item(self, heard: Mapping[str, int], of_team: bool = False) -> dict[str, Any]:
        """The item for somebody who hears it on these topics: the whole (a team: its part of it), or only that it is gone."""
        prev = {topic: cursor(self.incarnation, self.topics[topic][1]) for topic in heard}
        if all(change == journal.LOSE for change in heard.values()):
            gone = {"type": "scope.ended", "kind": self.kind, "record": {"id": self.thing}, "text": {}}
            return {
                "cursor": self.head["cursor"],
                "at": self.head["at"],
                "received_at": self.head["received_at"],
                "world": self.world,
                **gone,
                "prev": prev,
            }
        lost = [topic for topic, change in heard.items() if change == journal.LOSE]
        record, text = self.content
        if of_team:
            content = sight.content(self.kind, self.head["type"], record, text, heard)
        else:
            content = {"record": orjson.Fragment(record), "text": orjson.Fragment(text)}
        return {**self.head, **content, "prev": prev, **({"lost": lost} if lost else {})}


def said(row: Any, topic_rows: Sequence[Any]) -> Said:
    """An entry row and its topic rows as something to tell."""
    record = orjson.loads(row.record)
    head = {
        "cursor": cursor(row.incarnation, row.seq),
        "at": clock.wire(row.at),
        "received_at": clock.wire(row.received_at),
        "type": row.type,
        "kind": row.kind,
        "v": row.v,
        "actor": row.actor,
        "actor_name": row.actor_name,
        "cause": row.cause,
        "command": row.command,
        "world": row.world,
    }
    topics = {one.topic: (one.change, one.prev) for one in topic_rows}
    return Said(
        row.world,
        row.seq,
        row.incarnation,
        row.kind,
        record.get("id", ""),
        head,
        (row.record, row.text),
        topics,
    )


def frame(upto: str, items: Sequence[Any] | orjson.Fragment, world: int) -> bytes:
    """The payload of one `entries` message."""
    return orjson.dumps({"upto": upto, "now": clock.wire(clock.real()), "world": world, "items": items})
