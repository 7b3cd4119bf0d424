"""All ways to one place at once: one walk against the traffic answers for every team that may go there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo.drivable import INF, Floats, Spot

if TYPE_CHECKING:
    from geo.route import Leg, Roads


class Toward:
    """From every junction to one goal: seconds at once, metres when they are asked for; from any point by a look at its stretch."""

    def __init__(self, roads: Roads, goal: Spot, seconds: Floats, onward: NDArray[np.int32]) -> None:
        self.roads, self.goal = roads, goal
        self._seconds, self._onward = seconds, onward
        self._arrivals = {
            one.junction: one for one in sorted(roads.arriving(goal), key=lambda one: -one.seconds)
        }
        self._metres: dict[int, float] = {}

    def from_spot(self, spot: Spot | None) -> float:
        """Seconds from a place on the net; inf where no way leads to the goal, or the place is not on the net."""
        return self.trip(spot)[0]

    def trip(self, spot: Spot | None) -> tuple[float, float]:
        """(seconds, metres on the road) from a place on the net; inf where no way leads to the goal."""
        if spot is None:
            return INF, INF
        length = float(self.roads.net.length_m[spot.stretch])
        ways = [(self.roads.along(spot, self.goal), length * abs(spot.share - self.goal.share), -1)]
        for one in self.roads.leaving(spot):
            driven = length * abs(one.leg.end - one.leg.begin)
            ways.append((one.seconds + float(self._seconds[one.junction]), driven, one.junction))
        seconds, metres, junction = min(ways)
        if seconds == INF:
            return INF, INF
        more = self._metres_from(junction) if junction >= 0 else 0.0
        return seconds + spot.off_s + self.goal.off_s, metres + more

    def way(self, spot: Spot) -> list[Leg]:
        """The way that takes least time from a place on the net, leg by leg; none where no way leads to the goal."""
        ways = [(end.seconds + float(self._seconds[end.junction]), end) for end in self.roads.leaving(spot)]
        seconds, first = min(ways, key=lambda one: one[0], default=(INF, None))
        direct = self.roads.along(spot, self.goal)
        if first is None or (seconds == INF and direct == INF):
            return []
        if direct <= seconds:
            return [first.leg._replace(end=self.goal.share)]
        legs, at = [first.leg], first.junction
        while (onward := int(self._onward[at])) != self.roads.turns.nodes:
            legs.append(self.roads.leg(at, onward))
            at = onward
        return [leg for leg in (*legs, self._arrivals[at].leg) if leg.begin != leg.end]

    def _metres_from(self, junction: int) -> float:
        """Metres from a junction to the goal: along the way that takes least time."""
        walked, at = [], junction
        while at not in self._metres:
            onward = int(self._onward[at])
            if onward == self.roads.turns.nodes:  # the next is the goal itself
                last = self._arrivals[at]
                self._metres[at] = abs(last.leg.end - last.leg.begin) * float(
                    self.roads.net.length_m[last.leg.stretch]
                )
                break
            walked.append(at)
            at = onward
        for earlier in reversed(walked):
            stretch = self.roads.between(self.roads.back, int(self._onward[earlier]), earlier)
            self._metres[earlier] = self._metres[int(self._onward[earlier])] + float(
                self.roads.net.length_m[stretch]
            )
        return self._metres[junction]
