"""What a map says of turns and of what stands on a road, as rows between stretches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Barred(NamedTuple):
    """A rule of a map: from a way at a node into another, forbidden, or (`only`) the one that is allowed; for some vehicles."""

    from_way: int
    node: int
    to_way: int
    only: bool
    kinds: int


def rows_of(
    rules: Iterable[Barred],
    stopped: Mapping[int, int],
    ends: Sequence[tuple[int, int]],
    way_of: Sequence[int],
) -> list[tuple[int, int, int, int]]:
    """(from stretch, node, to stretch, kinds) of all rules, and of nodes that stop some vehicles: nobody passes, who comes may turn
    round. A rule whose way runs on through its node could mean two stretches, and is left out."""
    rules = list(rules)
    wanted = {one.node for one in rules} | set(stopped)
    at: dict[int, list[int]] = defaultdict(list)
    for stretch, pair in enumerate(ends):
        for node in pair:
            if node in wanted:
                at[node].append(stretch)
    found: dict[tuple[int, int, int], int] = defaultdict(int)
    for rule in rules:
        came = [one for one in at[rule.node] if way_of[one] == rule.from_way]
        goes = [one for one in at[rule.node] if way_of[one] == rule.to_way]
        if len(came) != 1 or len(goes) != 1:
            continue
        barred = [one for one in at[rule.node] if one != goes[0]] if rule.only else goes
        for one in barred:
            found[came[0], rule.node, one] |= rule.kinds
    for node, kinds in stopped.items():
        for came_by in at[node]:
            for goes_by in at[node]:
                if came_by != goes_by:
                    found[came_by, node, goes_by] |= kinds
    return [(*key, kinds) for key, kinds in sorted(found.items())]
