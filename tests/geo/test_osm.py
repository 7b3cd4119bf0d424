"""Roads out of OpenStreetMap files: what tags mean, a small file of our own, a real one, and larger ones where they lie."""

from __future__ import annotations

import math
import os
from pathlib import Path

import numpy as np
import pytest

from geo.drivable import VEHICLES, Drivable, Ground
from geo.osm import measure, road_of, roads
from geo.roadnet import CAR, FOOT, MOTOR, OFFROAD, BadNet
from geo.route import Roads
from geo.steps import steps_of

HERE = Path(__file__).resolve().parents[1] / "data"
REAL = HERE / "rural_finland.osm.pbf"
MORE = Path(os.environ.get("OSM_EXTRACTS", "/nowhere"))
"""A directory of larger extracts to travel over as well, where the environment names one."""

OWN = (
    ({"highway": "primary", "name": "省道", "ref": "S222"}, (1, 2, 3)),
    ({"highway": "residential", "oneway": "yes", "name": "单行街"}, (2, 4)),
    ({"highway": "track", "tracktype": "grade5"}, (3, 5)),
    ({"highway": "footway"}, (4, 5)),
    ({"highway": "tertiary", "maxheight": "2.8", "name": "涵洞"}, (4, 6)),
    ({"waterway": "river"}, (1, 6)),
    ({"highway": "proposed"}, (1, 5)),
)
PLACES = {
    1: (112.80, 36.80),
    2: (112.81, 36.80),
    3: (112.82, 36.80),
    4: (112.81, 36.81),
    5: (112.82, 36.81),
    6: (112.81, 36.82),
}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A small `.osm.pbf` of our own."""
    import osmium

    path = tmp_path / "own.osm.pbf"
    with osmium.SimpleWriter(str(path)) as out:
        for number, place in PLACES.items():
            out.add_node(osmium.osm.mutable.Node(id=number, location=place))
        for number, (tags, nodes) in enumerate(OWN, 1):
            out.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=tags))
    return path


@pytest.mark.parametrize(
    ("tags", "forward", "backward"),
    [
        ({"highway": "primary"}, MOTOR | FOOT, MOTOR | FOOT),
        ({"highway": "motorway"}, MOTOR, 0),
        ({"highway": "tertiary", "oneway": "-1"}, FOOT, MOTOR | FOOT),
        ({"highway": "tertiary", "junction": "roundabout"}, MOTOR | FOOT, FOOT),
        ({"highway": "footway"}, FOOT, FOOT),
        ({"highway": "track"}, CAR | OFFROAD | FOOT, CAR | OFFROAD | FOOT),
        ({"highway": "track", "tracktype": "grade1"}, MOTOR | FOOT, MOTOR | FOOT),
        ({"highway": "track", "tracktype": "grade5"}, OFFROAD | FOOT, OFFROAD | FOOT),
        ({"highway": "track", "4wd_only": "yes"}, OFFROAD | FOOT, OFFROAD | FOOT),
        ({"highway": "residential", "motor_vehicle": "no"}, FOOT, FOOT),
        ({"highway": "service", "access": "private"}, MOTOR | FOOT, MOTOR | FOOT),
        ({"highway": "service", "access": "no", "emergency": "yes"}, MOTOR, MOTOR),
        ({"highway": "tertiary", "hgv": "no"}, CAR | OFFROAD | FOOT, CAR | OFFROAD | FOOT),
        ({"highway": "tertiary", "foot": "no"}, MOTOR, MOTOR),
    ],
)
def test_it_reads_who_may_use_a_road_and_which_way(tags: dict[str, str], forward: int, backward: int) -> None:
    found = road_of(tags)
    assert found is not None
    assert (found.forward, found.backward) == (forward, backward)


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "construction"},
        {"highway": "service", "access": "no"},
        {"highway": "service", "area": "yes"},
    ],
)
def test_it_leaves_out_where_nobody_goes(tags: dict[str, str]) -> None:
    assert road_of(tags) is None


def test_it_believes_a_posted_limit_and_slows_on_gravel() -> None:
    usual = road_of({"highway": "tertiary"}).speed_kmh
    assert road_of({"highway": "tertiary", "maxspeed": "30"}).speed_kmh == 27
    assert road_of({"highway": "tertiary", "surface": "gravel"}).speed_kmh == pytest.approx(usual * 0.7)
    assert road_of({"highway": "primary_link"}).speed_kmh < road_of({"highway": "primary"}).speed_kmh


@pytest.mark.parametrize(
    ("said", "unit", "value"),
    [("3.5", "m", 3.5), ("3.5 m", "m", 3.5), ("12'6\"", "m", 3.81), ("7.5 t", "t", 7.5), ("7500 kg", "t", 7.5),
     ("30 mph", "km/h", 48.28), ("none", "m", math.nan), (None, "m", math.nan), ("CN:urban", "km/h", math.nan)],
)  # fmt: skip
def test_it_reads_measures_as_people_tag_them(said: str | None, unit: str, value: float) -> None:
    assert measure(said, unit) == pytest.approx(value, abs=0.01, nan_ok=True)


def test_it_makes_a_net_of_a_file_and_finds_ways_that_its_tags_allow(own: Path) -> None:
    net = roads(own)
    assert net.junctions == 6
    assert len(net) == 6  # the primary road is cut where the side street leaves it
    assert net.digest == roads(own).digest

    def way(vehicle: str, start: int, goal: int) -> list[str] | None:
        travel = Roads(Drivable(Ground(net), VEHICLES[vehicle]))
        spots = travel.drivable.spots(*zip(PLACES[start], PLACES[goal], strict=True), within_m=1)
        found = travel.route(*spots) if None not in spots else None
        return [step.name or step.road_class for step in steps_of(travel, found.legs)] if found else None

    assert way("car", 1, 6) == ["省道", "单行街", "涵洞"]
    assert way("car", 6, 1) is None  # against the one-way street
    assert way("foot", 6, 1) == ["涵洞", "单行街", "省道"]
    assert way("truck", 1, 6) is None  # too low for it
    assert way("offroad", 1, 5) == ["省道", "track"]
    assert way("car", 1, 5) is None


@pytest.mark.parametrize(
    "content", [b"", b"no such thing", b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18\xff\xff\xff\x7f"]
)
def test_it_refuses_what_is_no_osm_file(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.osm.pbf"
    path.write_bytes(content)
    with pytest.raises(BadNet):
        roads(path)


def test_it_refuses_a_file_that_ends_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "half.osm.pbf"
    path.write_bytes(REAL.read_bytes()[:60_000])
    with pytest.raises(BadNet):
        roads(path)


def _extracts() -> list[Path]:
    return [REAL, *sorted(MORE.glob("*.osm.pbf"))]


@pytest.mark.parametrize("path", _extracts(), ids=lambda path: path.name)
def test_it_travels_over_a_real_extract(path: Path) -> None:
    net = roads(path)
    travel = Roads(Drivable(Ground(net), VEHICLES["car"]))
    chance = np.random.default_rng(7)
    chosen = chance.choice(travel.drivable.usable, 40)
    ends = np.array([net.line(int(one))[0] for one in chosen])
    spots = travel.drivable.spots(ends[:, 0], ends[:, 1])
    assert None not in spots
    seconds = travel.matrix(spots[:10], spots[10:])
    assert np.isfinite(seconds).mean() > 0.6
    for row, column in chance.integers(0, [10, 30], (12, 2)).tolist():
        found = travel.route(spots[row], spots[10 + column])
        assert (found is None) == (seconds[row, column] == math.inf)
        if found is not None:
            assert found.seconds == pytest.approx(seconds[row, column], abs=0.01)
            assert found.metres / max(found.seconds, 1) < 100 / 3.6
