"""Roads from OpenStreetMap's `.osm.pbf`: which ways are roads, how fast they are, and who may use them in which direction.

The meanings of the tags are those of the OpenStreetMap wiki (Key:highway, Key:access, Key:oneway, Key:maxheight,
Key:maxweight, Key:tracktype, Key:4wd_only, Key:barrier, Relation:restriction). Speeds are free-flow speeds of our own for county
roads, below the legal limit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from geo.barring import Barred
from geo.leaving import Left
from geo.roadnet import CAR, FOOT, MOTOR, OFFROAD, TRUCK, BadNet, NoRoad, RoadNet, Way, build

SPEED_KMH = {
    "motorway": 90.0, "trunk": 70.0, "primary": 60.0, "secondary": 50.0, "tertiary": 40.0, "unclassified": 35.0,
    "residential": 25.0, "living_street": 15.0, "service": 20.0, "track": 15.0, "path": 5.0,
}  # fmt: skip
ALSO = {
    "road": "unclassified", "busway": "service",
    **dict.fromkeys(("footway", "pedestrian", "steps", "bridleway", "cycleway", "corridor"), "path"),
}  # fmt: skip
LINK_SHARE = 0.6
OF_LIMIT = 0.9
"""Of the posted limit, what a heavy vehicle keeps over bends and crossings."""
UNPAVED_SHARE = 0.7
UNPAVED = frozenset(
    (
        "unpaved",
        "gravel",
        "fine_gravel",
        "compacted",
        "ground",
        "dirt",
        "earth",
        "grass",
        "mud",
        "sand",
        "rock",
        "pebblestone",
    )
)
ROUGH = frozenset(("bad", "very_bad", "horrible", "very_horrible", "impassable"))
NO = frozenset(("no", "none", "military"))
YES = frozenset(("yes", "designated", "permissive", "official"))
SOLID = frozenset(
    ("bollard", "block", "jersey_barrier", "debris", "log", "chain", "cycle_barrier", "kissing_gate", "stile", "turnstile", "wall", "fence",
     "motorcycle_barrier", "planter", "guard_rail", "ditch")
)  # fmt: skip
GATES = frozenset(("gate", "lift_gate", "swing_gate", "sliding_gate", "hampshire_gate", "rope", "bar"))
NUMBER = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*([a-z/]*)\s*$", re.IGNORECASE)
FEET = re.compile(r"^\s*(\d+)'\s*(?:(\d+(?:\.\d+)?)\")?\s*$")
MPH, FOOT_M, LB_T = 1.609344, 0.3048, 0.00045359237
Tags = Mapping[str, str]
Progress = Callable[[int], None]
EVERY = 5000


class Road(NamedTuple):
    """What the tags of a way say."""

    road_class: str
    speed_kmh: float
    forward: int
    backward: int
    height_m: float
    weight_t: float


def roads(path: Path, progress: Progress = lambda ways: None, left: Left | None = None) -> RoadNet:
    """The road net of a `.osm.pbf`. BadNet when it cannot be read or holds no road; `progress` hears how many ways were read,
    `left` what did not become road."""
    left = left or Left()
    numbers: dict[int, int] = {}
    places: dict[int, int] = {}
    lon: list[float] = []
    lat: list[float] = []
    found: list[Way] = []
    read = 0
    for read, (way_id, tags, nodes) in enumerate(_ways(path), 1):
        if read % EVERY == 0:
            progress(read)
        road = road_of(tags)
        if road is None or len(nodes) < 2:
            left.out("cut" if road else "nobody" if _is_kind(tags) else "kind", way_id)
            continue
        ways = []
        for ref, x, y in nodes:
            number = numbers.setdefault(ref, len(lon))
            if number == len(lon):
                lon.append(x)
                lat.append(y)
            ways.append(number)
        places[way_id] = len(found)
        name = tags.get("name:zh") or tags.get("name", "")
        found.append(
            Way(ways, road.road_class, road.speed_kmh, road.forward, road.backward, name[:80], tags.get("ref", "")[:40],
                road.height_m, road.weight_t)
        )  # fmt: skip
    progress(read)
    try:
        return build(found, np.array(lon), np.array(lat), *_barred(path, places, numbers, left))
    except ValueError as error:
        raise NoRoad(f"{path.name}: no road in it") from error


def _barred(
    path: Path, places: Mapping[int, int], numbers: Mapping[int, int], left: Left
) -> tuple[list[Barred], dict[int, int]]:
    """Turns that are forbidden, and nodes that stop vehicles. Left out: what leads over a way between (`via` a way), what holds at
    some times only, and what names ways that are no roads of the extract."""
    import osmium

    rules: list[Barred] = []
    stopped: dict[int, int] = {}
    try:
        things: Any = osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.RELATION)
        for one in things.with_filter(osmium.filter.KeyFilter("barrier", "restriction", "restriction:hgv")):
            tags = dict(one.tags)
            if one.is_node():
                number, kinds = numbers.get(one.id), stops(tags)
                if number is not None and kinds:
                    stopped[number] = kinds
                continue
            parts: dict[str, list[tuple[str, int]]] = {}
            for member in one.members:
                parts.setdefault(member.role, []).append((member.type, member.ref))
            found = turns_of(tags, parts, places, numbers)
            if not found and tags.get("type") == "restriction":
                left.out("turn", one.id)
            rules += found
    except (RuntimeError, UnicodeDecodeError) as error:
        raise BadNet(f"{path.name} cannot be read as .osm.pbf") from error
    return rules, stopped


def turns_of(
    tags: Tags,
    parts: Mapping[str, Sequence[tuple[str, int]]],
    places: Mapping[int, int],
    numbers: Mapping[int, int],
) -> list[Barred]:
    """The rules of one relation (`no_left_turn`, `only_straight_on` …); none where it is not one between ways at a node."""
    said, kinds = tags.get("restriction", ""), MOTOR
    if not said:
        said, kinds = tags.get("restriction:hgv", ""), TRUCK
    via = parts.get("via", ())
    if (
        tags.get("type") != "restriction"
        or not said.startswith(("no_", "only_"))
        or len(via) != 1
        or via[0][0] != "n"
    ):
        return []
    if "emergency" in tags.get("except", ""):
        return []
    node = numbers.get(via[0][1])
    came = [places[ref] for kind, ref in parts.get("from", ()) if kind == "w" and ref in places]
    goes = [places[ref] for kind, ref in parts.get("to", ()) if kind == "w" and ref in places]
    if node is None:
        return []
    return [Barred(one, node, other, said.startswith("only_"), kinds) for one in came for other in goes]


def stops(tags: Tags) -> int:
    """Whom a node stops. Gates open for those on duty unless they are locked; what is built against vehicles stays closed to them."""
    sort = tags.get("barrier", "")
    if tags.get("motor_vehicle") in YES or tags.get("emergency") in YES or tags.get("access") in YES:
        return 0
    if sort == "height_restrictor" or "maxheight" in tags:
        height = measure(tags.get("maxheight"), "m")
        return (TRUCK if height < 3.6 else 0) | (CAR | OFFROAD if height < 2.4 else 0)
    if sort in SOLID or (sort in GATES and (tags.get("locked") == "yes" or tags.get("access") in NO)):
        return MOTOR
    return 0


def _ways(path: Path) -> Iterator[tuple[int, dict[str, str], list[tuple[int, float, float]]]]:
    """(id, tags, nodes as (id, lon, lat)) of each way that is a highway; nodes that the extract lacks are left out."""
    import osmium  # here: it is large, and only an import needs it

    try:
        ways: Any = osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY).with_locations()
        for way in ways.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)).with_filter(
            osmium.filter.KeyFilter("highway")
        ):
            nodes = [(node.ref, node.lon, node.lat) for node in way.nodes if node.location.valid()]
            yield way.id, dict(way.tags), nodes
    except (RuntimeError, osmium.InvalidLocationError, UnicodeDecodeError) as error:
        raise BadNet(f"{path.name} cannot be read as .osm.pbf") from error


def _kind(tags: Tags) -> str:
    kind = tags.get("highway", "").removesuffix("_link")
    return ALSO.get(kind, kind)


def _is_kind(tags: Tags) -> bool:
    return _kind(tags) in SPEED_KMH and tags.get("area") != "yes"


def road_of(tags: Tags) -> Road | None:
    """What a way is as a road, or None where nobody goes."""
    kind, link = _kind(tags), tags.get("highway", "").endswith("_link")
    if not _is_kind(tags):
        return None
    use = _use(kind, tags)
    forward, backward = _directions(kind, tags, use)
    if not forward | backward:
        return None
    height = measure(tags.get("maxheight") or tags.get("maxheight:physical"), "m")
    weight = measure(tags.get("maxweight"), "t")
    return Road(kind, _speed(kind, link, tags), forward, backward, height, weight)


def _use(kind: str, tags: Tags) -> int:
    """Who may use it at all. Emergency vehicles pass private gates; what is physically closed stays closed."""
    use = FOOT if kind == "path" else MOTOR if kind == "motorway" else MOTOR | FOOT
    if kind == "track":
        use &= ~(_too_rough(tags))
    if tags.get("4wd_only") in ("yes", "recommended") or tags.get("smoothness") in ROUGH:
        use &= ~(CAR | TRUCK)
    barred = tags.get("access") in NO
    if barred or tags.get("vehicle") in NO or tags.get("motor_vehicle") in NO:
        use &= ~MOTOR
    if tags.get("hgv") in NO:
        use &= ~TRUCK
    if barred:
        use &= ~FOOT
    if tags.get("foot") in NO:
        use &= ~FOOT
    elif tags.get("foot") in ("yes", "designated", "permissive"):
        use |= FOOT
    if tags.get("emergency") in ("yes", "designated") or tags.get("motor_vehicle") in ("yes", "designated"):
        use |= OFFROAD | CAR | (TRUCK if tags.get("hgv") not in NO and kind != "path" else 0)
    return use


def _too_rough(tags: Tags) -> int:
    """Who a field track is too rough for: lorries wherever it is not said to be firm, cars where it is said to be soft."""
    grade = tags.get("tracktype", "")
    if grade == "grade1":
        return 0
    return CAR | TRUCK if grade in ("grade4", "grade5") else TRUCK


def _directions(kind: str, tags: Tags, use: int) -> tuple[int, int]:
    """(forward, backward): who may go which way. Those on foot go both ways."""
    said = tags.get("oneway")
    round_ = tags.get("junction") in ("roundabout", "circular")
    if said is None and (round_ or kind == "motorway"):
        said = "yes"
    feet = use & FOOT
    if said in ("yes", "true", "1"):
        return use, feet
    if said in ("-1", "reverse"):
        return feet, use
    return use, use


def _speed(kind: str, link: bool, tags: Tags) -> float:
    limit = measure(tags.get("maxspeed"), "km/h")
    speed = SPEED_KMH[kind] * (LINK_SHARE if link else 1.0)
    if kind != "path" and limit == limit:  # said at all: nan is not itself
        speed = max(5.0, min(limit * OF_LIMIT, SPEED_KMH["motorway"]))
    if kind != "path" and (
        tags.get("surface") in UNPAVED or tags.get("tracktype") in ("grade3", "grade4", "grade5")
    ):
        speed *= UNPAVED_SHARE
    return max(speed, 4.0)


def measure(said: str | None, unit: str) -> float:
    """A number of metres, tonnes or km/h as people tag it (`3.5`, `3.5 m`, `12'6"`, `30 mph`, `7500 kg`); nan for what is none."""
    if said is None:
        return float("nan")
    if unit == "m" and (feet := FEET.match(said)):
        return (int(feet[1]) + float(feet[2] or 0) / 12) * FOOT_M
    plain = NUMBER.match(said)
    if plain is None:
        return float("nan")
    times = {"": 1.0, unit: 1.0, "kmh": 1.0, "mph": MPH, "ft": FOOT_M, "kg": 0.001, "lbs": LB_T, "cm": 0.01}
    return float(plain[1]) * times.get(plain[2].lower(), float("nan"))
