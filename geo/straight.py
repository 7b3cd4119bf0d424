"""How long it takes where no road net is known: the straight line times a factor, at an even pace."""

from __future__ import annotations

from geo.distance import metres

ROAD_FACTOR = 1.4
SPEED_MS = 40 / 3.6


def travel(lon1: float, lat1: float, lon2: float, lat2: float) -> tuple[float, float]:
    """(metres, seconds) between two points, as an estimate of the road's."""
    away = metres(lon1, lat1, lon2, lat2) * ROAD_FACTOR
    return away, away / SPEED_MS
