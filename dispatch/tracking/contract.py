"""What tracking takes and answers."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from command.core.queries import Moment, Wish

MOST_ROWS = 5000
MOST_POINTS = 5000


class Position(Wish):
    """Where a team was: degrees WGS-84, when by the device's clock, m/s, degrees from north, metres (radius)."""

    team_id: str = Field(max_length=36)
    lon: float = Field(ge=-180, le=180, strict=True)
    lat: float = Field(ge=-90, le=90, strict=True)
    at: Moment
    speed: float | None = Field(None, ge=0, le=1000, strict=True)
    heading: float | None = Field(None, ge=0, le=360, strict=True)
    accuracy: float | None = Field(None, ge=0, le=1e6, strict=True)


class OfTrail(Wish):
    """A team's way between two times, newest `limit` points."""

    id: str = Field(max_length=36)
    from_: Moment | None = Field(None, alias="from")
    to: Moment | None = None
    limit: int = Field(1000, ge=1, le=MOST_POINTS)


def milliseconds(at: datetime) -> int:
    """A time as whole milliseconds since 1970."""
    return round(at.timestamp() * 1000)
