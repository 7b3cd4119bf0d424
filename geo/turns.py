"""Turns that are not allowed: from one stretch, at a junction, into another; for some vehicles.

A junction at which a stretch may not be left as one likes is there once more for those who come by that stretch: the copy has the
ways on that are left. So shortest paths need to know nothing of turns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from geo.roadnet import RoadNet

Ints = NDArray[np.int32]


class Turns:
    """The turns of a net that are barred to a kind of vehicle, as copies of junctions, numbered after the junctions themselves."""

    def __init__(self, net: RoadNet, kind: int) -> None:
        barred: dict[tuple[int, int], set[int]] = defaultdict(set)
        for at in np.flatnonzero(net.turn_kinds & kind).tolist():
            barred[int(net.turn_from[at]), int(net.turn_at[at])].add(int(net.turn_to[at]))
        self.nodes = net.junctions + len(barred)
        """how many junctions and copies there are"""
        self.into: dict[tuple[int, int], int] = {}
        """(stretch, junction) → the copy at which one arrives by it"""
        self.copies: dict[int, list[tuple[int, set[int]]]] = defaultdict(list)
        """junction → its copies, each with the stretches that it does not lead to"""
        for node, ((stretch, junction), not_into) in enumerate(sorted(barred.items()), net.junctions):
            self.into[stretch, junction] = node
            self.copies[junction].append((node, not_into))
        self.at = np.array([junction for _, junction in sorted(barred)], dtype=np.int32)
        self._redirect(net)

    def _redirect(self, net: RoadNet) -> None:
        """Which directed edges (forward, then backward) end at a copy, and which are there once more from one."""
        count = len(net)
        heads = [
            (stretch if net.b[stretch] == junction else count + stretch, node)
            for (stretch, junction), node in self.into.items()
        ]
        ends: dict[int, list[int]] = defaultdict(list)
        if self.copies:
            wanted = np.array(sorted(self.copies), dtype=np.int32)
            for edge in np.flatnonzero(np.isin(net.a, wanted)).tolist():
                ends[int(net.a[edge])].append(edge)
            for edge in np.flatnonzero(np.isin(net.b, wanted)).tolist():
                ends[int(net.b[edge])].append(count + edge)
        more = [
            (edge, node)
            for junction, copies in self.copies.items() for node, not_into in copies
            for edge in ends[junction] if edge % count not in not_into
        ]  # fmt: skip
        self.ended, self.ended_at = _pair(heads)
        self.again, self.again_from = _pair(more)

    def arrive(self, stretch: int, junction: int) -> int:
        """Where one is who comes to a junction by a stretch."""
        return self.into.get((stretch, junction), junction)

    def leading_to(self, stretch: int, junction: int) -> Iterator[int]:
        """The junction and those of its copies from which one may go into a stretch."""
        yield junction
        for node, not_into in self.copies.get(junction, ()):
            if stretch not in not_into:
                yield node

    def entering(
        self, seconds: NDArray[np.float64], net: RoadNet
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """When each stretch is entered at its a and at its b, by seconds at the junctions and their copies."""
        both = seconds[net.a], seconds[net.b]
        for ends, at in zip((net.a, net.b), both, strict=True):
            for stretch in np.flatnonzero(np.isin(ends, self.at)).tolist():
                at[stretch] = min(seconds[node] for node in self.leading_to(stretch, int(ends[stretch])))
        return both


def _pair(rows: Sequence[tuple[int, int]]) -> tuple[Ints, Ints]:
    both = np.array(rows, dtype=np.int32).reshape(-1, 2)
    return both[:, 0], both[:, 1]
