"""What every layer gives out is GeoJSON, read by a checker of others (geojson-pydantic, RFC 7946), by each of its doors."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from geojson_pydantic import FeatureCollection

from command.core.map.layers import LAYERS
from tests.county import TOWN, County
from tests.doors import Doors

RING = [[112.80, 36.80], [112.86, 36.80], [112.86, 36.84], [112.80, 36.84], [112.80, 36.80]]
HOLE = [[112.82, 36.81], [112.82, 36.82], [112.83, 36.82], [112.83, 36.81], [112.82, 36.81]]
DOORS = (
    "/api/v1/layers/{}?limit=1000",
    "/ogc/collections/{}/items?f=json&limit=1000",
    "/api/v1/exports/{}?format=geojson",
)


@pytest.fixture
def full(cast: County) -> County:
    """A county with something on its live layers: a point, a line, an area with a hole that was given the wrong way round."""
    incident = cast.open(
        "town_duty",
        village_code=None,
        location={"type": "Point", "coordinates": [112.86, 36.83]},
        centre=TOWN,
    )
    area = {"type": "Polygon", "coordinates": [RING[::-1], HOLE]}
    cast.do("town_duty", "danger_area.declare", {"sort": "flood", "reason": "漫堤", "shape": area})
    line = {"type": "LineString", "coordinates": [[112.80, 36.80], [112.84, 36.82]]}
    cast.do("town_duty", "drawing.add", {"id": incident["id"], "kind": "line", "shape": line, "text": "堤"})
    return cast


def test_every_layer_is_read_by_a_checker_of_others(client: Doors, full: County) -> None:
    read: dict[str, int] = {}
    headers = {"Authorization": f"Bearer {client.tokens['county_duty']}"}
    for name in LAYERS:
        for door in DOORS:
            answer = client.app.test_client().get(door.format(name), headers=headers)
            assert answer.status_code == 200, (door, name, answer.text)
            FeatureCollection[Any].model_validate_json(answer.data)
            found: dict[str, Any] = json.loads(answer.data)
            assert "crs" not in found, (door, name)
            for one in found["features"]:
                _holds(one["geometry"], (door, name, one["id"]))
            read[door] = read.get(door, 0) + len(found["features"])
    assert min(read.values()) > 20
    assert len(set(read.values())) == 1, "each door gives the same features"


def _holds(geometry: dict[str, Any] | None, where: object) -> None:
    """What the checker leaves: degrees of this world, outer rings against the clock and holes with it (RFC 7946, 3.1.6)."""
    if geometry is None:
        return
    assert all(
        -180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat, *_ in _points(geometry["coordinates"])
    ), where
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}.get(
        geometry["type"], []
    )
    for rings in polygons:
        assert [_turns_left(ring) for ring in rings] == [True, *[False] * (len(rings) - 1)], where


def _points(coordinates: Any) -> list[list[float]]:
    return (
        [coordinates]
        if not isinstance(coordinates[0], list)
        else [one for part in coordinates for one in _points(part)]
    )


def _turns_left(ring: list[list[float]]) -> bool:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) > 0
