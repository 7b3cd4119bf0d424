"""How the play's teams move: straight lines at an even pace with a little jitter, told like any tracker tells it."""

from __future__ import annotations

import random
from dataclasses import dataclass

MOVING_DEG, STANDING_DEG = 0.0002, 0.00004  # about 20 m on the road, 4 m at rest: a telephone in a valley


@dataclass(frozen=True)
class Drive:
    """One drive between two points (degrees), from and until a time of the play's clock (seconds)."""

    start: tuple[float, float]
    goal: tuple[float, float]
    begun: float
    until: float

    def at(self, now: float) -> tuple[float, float]:
        """Where the team is: on the line, at its goal after the end."""
        share = (
            1.0
            if self.until <= self.begun
            else min(1.0, max(0.0, (now - self.begun) / (self.until - self.begun)))
        )
        lon = self.start[0] + (self.goal[0] - self.start[0]) * share
        lat = self.start[1] + (self.goal[1] - self.start[1]) * share
        return lon, lat

    def over(self, now: float) -> bool:
        """Whether the goal is reached."""
        return now >= self.until

    def told(self, now: float, chance: random.Random) -> tuple[float, float]:
        """The point as a device would tell it."""
        shake = STANDING_DEG if self.over(now) else MOVING_DEG
        lon, lat = self.at(now)
        return round(lon + chance.uniform(-shake, shake), 6), round(lat + chance.uniform(-shake, shake), 6)
