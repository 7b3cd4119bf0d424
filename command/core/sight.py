"""What an account that works for one team is told of a record: its own task, not who else takes part (RULES 13).

A slice says by `RecordType.to_team` what is left of a record; the same holds in lists, reads, answers, snapshots, entries and
timelines, so that an old snapshot with its entries is the new snapshot for a team's phone too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

import orjson

from command.core import canonical, records
from command.core.access import Actor
from command.core.records import Record

V_ = TypeVar("V_")


def told(actor: Actor, value: V_) -> V_:
    """A record as this actor may know it; what is no record is left as it is."""
    if actor.team_id is None or not isinstance(value, Record):
        return value
    spec = next((one for one in records.KINDS.values() if one.out is type(value)), None)
    if spec is None or spec.to_team is None:
        return value
    return value.model_copy(update=spec.to_team(value.model_dump(), actor.parties))


def narrowed(kind: str, record: Mapping[str, Any], parties: Collection[str]) -> dict[str, Any]:
    """A record as it stands in the journal or in a snapshot, for a team that hears it by these parties."""
    spec = records.KINDS.get(kind)
    return {**record, **(spec.to_team(record, parties) if spec is not None and spec.to_team else {})}


def content(kind: str, event: str, record: bytes, text: bytes, parties: Collection[str]) -> dict[str, Any]:
    """The content of an entry for a team: a sentence about who else takes part is not told."""
    spec = records.KINDS.get(kind)
    hushed = spec is not None and event in spec.hushed
    left = narrowed(kind, orjson.loads(record), parties)
    return {
        "record": orjson.Fragment(canonical.dump(left)),
        "text": {} if hushed else orjson.Fragment(text),
    }


def own_party(record: Mapping[str, Any], parties: Collection[str]) -> list[str]:
    """Of a record's audience, those whom the asker speaks for."""
    return [party for party in record["audience"] if party in parties]


def hushed_events() -> list[str]:
    """Events whose sentence a team is not told."""
    return sorted(event for spec in records.KINDS.values() for event in spec.hushed)
