"""What counts among statements: the newest of the source that was chosen (at first: that spoke first); what others say stands
beside it until a person chooses. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from command.core import clock


class Said(NamedTuple):
    """A statement as it is weighed."""

    id: str
    source: str
    by: str
    as_of: datetime
    by_proxy: dict[str, Any] | None
    numbers: Mapping[str, int]


def weigh(statements: Sequence[Said], chosen: Mapping[str, str]) -> dict[str, Any]:
    """Of each field the figure that counts, and those of other sources that differ. `statements` as they came."""
    found: dict[str, Any] = {}
    for name in dict.fromkeys(name for one in statements for name in one.numbers):
        latest: dict[str, Said] = {}
        for one in statements:
            if name in one.numbers and (one.source not in latest or one.as_of >= latest[one.source].as_of):
                latest[one.source] = one
        speaker = chosen.get(name, next(iter(latest)))
        counts = latest[speaker]
        others = [
            _told(one, name)
            for source, one in latest.items()
            if source != speaker and one.numbers[name] != counts.numbers[name]
        ]
        found[name] = {**_told(counts, name), "others": others}
    return found


def _told(one: Said, name: str) -> dict[str, Any]:
    return {
        "value": one.numbers[name], "as_of": clock.wire(one.as_of), "source": one.source, "by": one.by,
        "by_proxy": one.by_proxy, "count_id": one.id,
    }  # fmt: skip


def value(figures: Mapping[str, Any], name: str) -> int | None:
    """A figure's number; None is not reported, never 0."""
    one = figures.get(name)
    return None if one is None else int(one["value"])


def left(due: int, figures: Mapping[str, Any]) -> int:
    """Who of those that should leave has not gone. Below 0: more have gone than the register knows."""
    return due - (value(figures, "people_done") or 0)
