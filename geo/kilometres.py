"""A kilometre on a road as a point: between the posts whose place is known, and posts reckoned along the road's own line."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shapely.geometry import LineString, MultiLineString, Point
from shapely.ops import linemerge, substring

from geo.distance import metres

BEYOND_KM = 3.0
"""So far past the last known post its own place still says something."""
WIDEST_KM = 50.0
"""Posts farther apart do not say where the road runs between them."""
DRIFT = 0.1
"""By how much of its distance from the nearer post a reckoning along the road may be wrong: posts move when roads are rebuilt."""
OFF_M = 300.0
"""A post lies this near the line, or it stands on another road."""


class Post(NamedTuple):
    """A kilometre whose place is known, in degrees, within so many metres."""

    km: float
    lon: float
    lat: float
    within_m: float


class At(NamedTuple):
    """Where a kilometre lies: `how` is post (on one), between (two of them) or beyond (past the last one)."""

    lon: float
    lat: float
    within_m: float
    how: str


def place(posts: Sequence[Post], km: float) -> At | None:
    """Where a kilometre of a road lies, by its posts in the order of their kilometres; None where they do not say."""
    below = max((one for one in posts if one.km <= km), key=lambda one: one.km, default=None)
    above = min((one for one in posts if one.km >= km), key=lambda one: one.km, default=None)
    near = min((one for one in (below, above) if one), key=lambda one: abs(one.km - km), default=None)
    if near is None:
        return None
    if abs(near.km - km) < 0.0005:
        return At(near.lon, near.lat, near.within_m, "post")
    if below is not None and above is not None and above.km - below.km <= WIDEST_KM:
        return _between(below, above, km)
    if abs(near.km - km) <= BEYOND_KM:
        return At(near.lon, near.lat, round(near.within_m + abs(near.km - km) * 1000), "beyond")
    return None


def _between(below: Post, above: Post, km: float) -> At:
    """On the straight line between two posts, and how far the road may leave it: it lies within `s` of the one and `t` of the other."""
    s, t = (km - below.km) * 1000, (above.km - km) * 1000
    chord = metres(below.lon, below.lat, above.lon, above.lat)
    share = s / (s + t)
    within = max(below.within_m, above.within_m) + DRIFT * min(s, t) + _leeway(s, t, chord)
    lon = below.lon + share * (above.lon - below.lon)
    lat = below.lat + share * (above.lat - below.lat)
    return At(lon, lat, round(within), "between")


def _leeway(s: float, t: float, chord: float) -> float:
    """The farthest that a point within `s` of one end and `t` of the other, `chord` metres apart, lies from their straight line's
    point at s / (s + t). Posts that lie farther apart than their kilometres contradict each other by so much."""
    if chord >= s + t:
        return chord - s - t
    here = chord * s / (s + t)
    if chord <= abs(s - t):  # the road winds so much that the smaller circle lies in the other
        return min(s, t) + (here if s < t else chord - here)
    x = (s * s - t * t + chord * chord) / (2 * chord)
    top = math.hypot(x - here, math.sqrt(max(s * s - x * x, 0.0)))
    return max(top, abs(here - (chord - t)), abs(s - here))


def along(lines: Iterable[LineString], posts: Sequence[Post]) -> list[Post]:
    """Posts at the whole kilometres between known ones, reckoned along the road's line; of a pair whose way along the line is not
    about as long as its kilometres say, none."""
    known = sorted(posts)
    if len(known) < 2:
        return []
    scale = math.cos(math.radians(known[0].lat))
    flat = [LineString([(x * scale, y) for x, y in line.coords]) for line in lines]
    if not flat:
        return []
    merged = linemerge(MultiLineString(flat))
    parts = list(merged.geoms) if isinstance(merged, MultiLineString) else [merged]
    made: list[Post] = []
    for below, above in itertools.pairwise(known):
        made += _reckoned(parts, below, above, scale)
    return made


def _reckoned(parts: Sequence[LineString], below: Post, above: Post, scale: float) -> list[Post]:
    a, b = (Point(one.lon * scale, one.lat) for one in (below, above))
    limit = OFF_M / 111_195
    for line in sorted(parts, key=lambda one: one.distance(a) + one.distance(b)):
        if line.distance(a) > limit or line.distance(b) > limit:
            return []
        begin, end = line.project(a), line.project(b)
        way = substring(line, begin, end)
        if not isinstance(way, LineString):
            continue  # both posts stand on one spot of it
        long = _metres(way, scale)
        said = (above.km - below.km) * 1000
        if abs(long - said) > 0.2 * said + 100:
            continue
        return [_on(way, km, below, above, abs(long - said), scale) for km in _whole(below.km, above.km)]
    return []


def _whole(below: float, above: float) -> list[float]:
    return [float(km) for km in range(math.floor(below) + 1, math.ceil(above))]


def _on(way: LineString, km: float, below: Post, above: Post, off_m: float, scale: float) -> Post:
    share = (km - below.km) / (above.km - below.km)
    at = way.interpolate(share, normalized=True)
    near = min(km - below.km, above.km - km) * 1000
    within = max(below.within_m, above.within_m) + DRIFT * near + 0.5 * off_m
    return Post(km, round(at.x / scale, 7), round(at.y, 7), float(round(within)))


def _metres(way: LineString, scale: float) -> float:
    points = [(x / scale, y) for x, y in way.coords]
    return sum(metres(*one, *other) for one, other in itertools.pairwise(points))
