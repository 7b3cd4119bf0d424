"""What is open when a shift ends: gathered from every slice that has something open, by one question each.

A slice that has something to hand over declares `@query("<slice>.matters", wish=Matters)` and answers with `matter(...)`s
(command/core/matters.py). Nobody imports anybody; what is not installed is not asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from command.core.access import COUNTY, centre_party
from command.core.queries import QUERIES, View

MATTERS = ".matters"
MOST = 200
BLANK: dict[str, Any] = {"state": "open", "by": None, "done_at": None, "reason": None, "carried": None}


def party_of(centre: str) -> str:
    """Whose open things a shift hands over: of the county's desk all of the county."""
    return COUNTY if len(centre) == 6 else centre_party(centre)


def gather(view: View, centre: str) -> list[dict[str, Any]]:
    """Everything that is open for a centre's desk, in the order of the slices; of one thing each sort once: a later slice that tells
    the same matter knows more of it (its clocks), and its line stands."""
    found: dict[str, dict[str, Any]] = {}
    for name in sorted(one for one in QUERIES if one.endswith(MATTERS)):
        found |= {one["key"]: one for one in view.ask(name, party=party_of(centre), centre=centre)}
    return list(found.values())[:MOST]


def listed(matters: Iterable[dict[str, Any]], deferred: Mapping[str, str]) -> list[dict[str, Any]]:
    """A new list; what was deferred last time says why. What was deferred and is no longer open has settled itself."""
    return [{**one, **BLANK, "carried": deferred.get(one["key"])} for one in matters]


def merged(before: Iterable[dict[str, Any]], now: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The list with what is open now: what was looked at stays so, what has ended is marked, what is new comes last."""
    fresh = {one["key"]: one for one in now}
    items = []
    for one in before:
        found = fresh.pop(one["key"], None)
        if found is not None:
            items.append({**one, **{name: found[name] for name in ("zh", "en", "due_at")}})
        else:
            items.append({**one, "state": "settled"} if one["state"] == "open" else one)
    return items + listed(fresh.values(), {})
