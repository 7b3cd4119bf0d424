"""Vector tiles over HTTP: scoped like the lists, fresh after each entry that concerns them, kept and light."""

from __future__ import annotations

import random
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from werkzeug.test import TestResponse

import wsgi
from command.core.access import system_actor
from command.core.map.carried import Carried
from command.core.map.layers import LAYERS, Column, Feature, Layer, Style, Value
from command.core.map.layerstock import Stock, Stocks, cut
from geo import mercator
from tests.county import DRILL, NOISE, OTHER, TOWN, County
from tests.layers.test_layers import HERE, placed


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int, int]:
    """The tile that a point lies in."""
    x, y = mercator.to_square(np.array([lon]), np.array([lat]))
    return z, int(x[0] * 2**z), int(y[0] * 2**z)


def read(tile: bytes, layer: str = "incidents") -> list[dict[str, Any]]:
    """The features of a tile as somebody else's reader finds them."""
    if not tile:
        return []
    found: list[dict[str, Any]] = mapbox_vector_tile.decode(tile)[layer]["features"]
    return found


class Tiles:
    """Ask for tiles as an account of the cast."""

    def __init__(self, running: wsgi.Running, cast: County) -> None:
        self.app, self.tokens = running.app, cast.tokens

    def ask(self, who: str | None, path: str, **headers: str) -> TestResponse:
        given = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        return self.app.test_client().get(path, headers={**given, **headers})

    def tile(
        self, who: str, layer: str = "incidents", z: int = 6, lon: float = 112.86, lat: float = 36.83
    ) -> TestResponse:
        z, x, y = tile_of(lon, lat, z)
        answer = self.ask(who, f"/tiles/{layer}/{z}/{x}/{y}.mvt")
        assert answer.status_code == 200, answer.text
        return answer

    def ids(self, who: str, **where: Any) -> set[str]:
        """The ids of the things that stand alone in a tile."""
        return {one["properties"].get("id", "several") for one in read(self.tile(who, **where).data)}


@pytest.fixture
def tiles(running: wsgi.Running, cast: County) -> Tiles:
    return Tiles(running, cast)


def test_a_tile_shows_to_each_what_the_lists_show(tiles: Tiles, cast: County) -> None:
    own = placed(cast, "town_duty", "丰州漫堤", HERE, centre=TOWN)
    noise = placed(
        cast, "noise_duty", "噪声", {"type": "Point", "coordinates": [112.95, 36.98]}, centre=NOISE
    )
    assert tiles.ids("county_duty", z=10) | tiles.ids("county_duty", z=10, lon=112.95, lat=36.98) == {
        own,
        noise,
    }
    assert tiles.ids("town_duty") == {own}
    assert tiles.ids("noise_duty") == {noise}
    assert tiles.ids("other_duty") == set()
    told = read(tiles.tile("town_duty").data)[0]["properties"]
    assert (told["title"], told["kind"], told["state"]) == ("丰州漫堤", "flash_flood", "received")


def test_it_follows_the_journal_at_once(tiles: Tiles, cast: County) -> None:
    assert tiles.ids("town_duty") == tiles.ids("other_duty") == set()
    thing = placed(cast, "town_duty", "甲", HERE, centre=TOWN)
    assert tiles.ids("town_duty") == {thing}
    cast.do("town_duty", "incident.edit", {"id": thing, "title": "乙"}, version=1)
    assert read(tiles.tile("town_duty").data)[0]["properties"]["title"] == "乙"
    cast.do("town_duty", "incident.share", {"id": thing, "centre": OTHER})
    assert tiles.ids("other_duty") == {thing}
    cast.do("town_duty", "incident.unshare", {"id": thing, "centre": OTHER})
    assert tiles.ids("other_duty") == set()


def test_only_what_changed_is_read_again(cast: County, running: wsgi.Running) -> None:
    asked: list[Any] = []
    real = LAYERS["incidents"]

    def counted(view: Any, wish: Any) -> Any:
        asked.append(wish.ids)
        return real.run(view, wish)

    spied = Layer(**{**vars(real), "run": counted})
    stocks, actor = Stocks(running.node), cast.actor("town_duty")
    first = stocks.of(spied, 0, actor)
    assert stocks.of(spied, 0, actor) is first
    one, two = (placed(cast, "town_duty", name, HERE, centre=TOWN) for name in ("甲", "乙"))
    cast.do("town_team", "team.duty", {"id": cast.teams["town_team"], "on_duty": True})
    second = stocks.of(spied, 0, actor)
    assert set(second.features) == {one, two}
    assert asked == [None, frozenset({one, two})]
    cast.do("town_team", "team.duty", {"id": cast.teams["town_team"], "on_duty": False})
    assert stocks.of(spied, 0, actor).stamp == second.stamp
    noise = stocks.of(spied, 0, cast.actor("noise_duty"))
    assert (len(asked), one in noise.features) == (3, False)


def test_a_drill_has_its_own_tiles(tiles: Tiles, cast: County) -> None:
    placed(cast, "town_duty", "演练", HERE, centre=TOWN, world=DRILL)
    assert tiles.ids("town_duty") == set()
    z, x, y = tile_of(112.86, 36.83, 6)
    assert tiles.ask("town_duty", f"/tiles/incidents/{z}/{x}/{y}.mvt?world={DRILL}").status_code == 403
    actor = cast.actor("town_duty", DRILL)
    assert len(Stocks(cast.node).of(LAYERS["incidents"], DRILL, actor).features) == 1


def test_an_unchanged_tile_is_not_sent_twice(tiles: Tiles, cast: County) -> None:
    placed(cast, "town_duty", "甲", HERE, centre=TOWN)
    z, x, y = tile_of(112.86, 36.83, 6)
    path = f"/tiles/incidents/{z}/{x}/{y}.mvt"
    first = tiles.ask("town_duty", path)
    assert (first.headers["Cache-Control"], first.headers["ETag"] != "") == ("private, no-cache", True)
    again = tiles.ask("town_duty", path, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert tiles.ask("other_duty", path, **{"If-None-Match": first.headers["ETag"]}).status_code == 200
    placed(cast, "town_duty", "乙", HERE, centre=TOWN)
    assert tiles.ask("town_duty", path, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_counts_are_of_what_a_filter_leaves(tiles: Tiles, cast: County) -> None:
    for kind in ("flash_flood", "flash_flood", "flash_flood", "forest_fire"):
        placed(cast, "town_duty", "甲", HERE, centre=TOWN, kind=kind)
    z, x, y = tile_of(112.86, 36.83, 6)
    path = f"/tiles/incidents/{z}/{x}/{y}.mvt"

    def told(query: str) -> list[Any]:
        found = read(tiles.ask("town_duty", path + query).data)
        return [one["properties"].get("count", 1) for one in found]

    assert [told(""), told("?kind=flash_flood"), told("?kind=forest_fire"), told("?kind=mine_flood")] == [
        [4],
        [3],
        [1],
        [],
    ]
    placed(cast, "town_duty", "甲", HERE, centre=TOWN)
    assert told("?kind=flash_flood,forest_fire&state=received") == [5]
    assert tiles.ask("town_duty", f"{path}?colour=red").status_code == 422


def test_it_refuses_who_may_not_and_what_is_not(tiles: Tiles) -> None:
    assert tiles.ask(None, "/tiles/incidents/0/0/0.mvt").status_code == 401
    assert tiles.ask("auditor", "/tiles/incidents/0/0/0.mvt").status_code == 403
    for path in (
        "nothing/0/0/0",
        "incidents/1/2/0",
        "incidents/1/0/2",
        "incidents/23/0/0",
        "incidents/-1/0/0",
        "incidents/a/0/0",
    ):
        assert tiles.ask("county_duty", f"/tiles/{path}.mvt").status_code == 404, path


def test_the_ground_is_drawn_as_lines_and_areas(tiles: Tiles) -> None:
    areas = read(tiles.tile("town_duty", "areas", z=8).data, "areas")
    assert {one["geometry"]["type"] for one in areas} == {"Polygon"}
    assert {one["properties"]["name"] for one in areas} >= {"武乡县", "丰州镇", "监漳镇"}
    rivers = read(tiles.tile("town_duty", "rivers", z=8).data, "rivers")
    assert rivers[0]["geometry"]["type"] in ("LineString", "MultiLineString")


LEVELS = (Value("I", "一", "one"), Value("II", "二", "two"))
COLUMNS = (
    Column("name", "text", "名称", "Name"),
    Column("level", "text", "等级", "Level", LEVELS),
    Column("secret", "text", "长", "Long", in_tiles=False),
)


def stock_of(geometries: list[Any], **style: Any) -> Stock:
    """A stock of invented features."""
    layer = Layer(
        "h", "h", "h", "", None, "mixed", None, (), COLUMNS, Style(by="level", **style), lambda v, w: []
    )
    told = [{"name": f"第{n}处" * 20, "level": "II" if n % 7 else "I", "secret": "x" * 500} for n in range(len(geometries))]  # fmt: skip
    found = {f"{n:06d}": Feature(f"{n:06d}", one, told[n]) for n, one in enumerate(geometries)}
    return Stock(layer, Carried(found), (0, 0), 0.0, "a")


def scattered(count: int) -> list[Any]:
    chance = random.Random(3)
    return [shapely.Point(chance.uniform(112.5, 113.5), chance.uniform(36.6, 37.2)) for _ in range(count)]


def count_in(stock: Stock, z: int) -> int:
    """How many things all tiles of a zoom tell of together."""
    told = 0
    west, north, east, south = (*tile_of(112.5, 37.2, z)[1:], *tile_of(113.5, 36.6, z)[1:])
    for x in range(west, east + 1):
        for y in range(north, south + 1):
            told += sum(one["properties"].get("count", 1) for one in read(cut(stock, z, x, y), "h"))
    return told


@pytest.mark.parametrize("z", [0, 7, 9, 12, 15])
def test_every_point_is_told_of_in_exactly_one_tile(z: int) -> None:
    assert count_in(stock_of(scattered(2000)), z) == 2000


def test_near_points_become_a_count_with_the_gravest_value() -> None:
    together = [shapely.Point(112.86, 36.83)] * 5
    found = read(cut(stock_of(together), *tile_of(112.86, 36.83, 18)), "h")
    assert [one["properties"] for one in found] == [{"count": 5, "level": "I"}]
    apart = read(cut(stock_of(together, cluster=False), *tile_of(112.86, 36.83, 18)), "h")
    assert [one["properties"]["id"] for one in apart] == [f"{n:06d}" for n in range(5)]
    assert "secret" not in apart[0]["properties"]
    assert len(apart[0]["properties"]["name"]) <= 120


def test_an_area_too_small_to_be_seen_is_counted() -> None:
    small = [one.buffer(0.0005) for one in scattered(300)]
    assert count_in(stock_of(small), 5) == 300
    z, x, y = tile_of(small[0].centroid.x, small[0].centroid.y, 16)
    found = [one for one in read(cut(stock_of(small), z, x, y), "h") if one["properties"]["id"] == "000000"]
    assert found[0]["geometry"]["type"] == "Polygon"


def test_no_tile_is_heavier_than_a_thin_line_carries() -> None:
    close = [shapely.Point(112.8601 + n % 250 / 40_000, 36.8301 + n // 250 / 40_000) for n in range(30_000)]
    for shapes in (close, [one.buffer(0.004) for one in close[:3000]]):
        for z in (6, 11, 14):
            tile = cut(stock_of(shapes, cluster=False), *tile_of(112.862, 36.832, z))
            assert 0 < len(tile) <= 500_000


def test_broken_shapes_break_no_tile() -> None:
    bow_tie = shapely.Polygon([(112.8, 36.8), (112.9, 36.9), (112.9, 36.8), (112.8, 36.9)])
    holed = shapely.Point(112.86, 36.83).buffer(0.1).difference(shapely.Point(112.86, 36.83).buffer(0.05))
    mixed = shapely.GeometryCollection(
        [shapely.Point(112.86, 36.83), shapely.LineString([(112.8, 36.8), (113, 37)])]
    )
    found = read(cut(stock_of([bow_tie, holed, mixed]), *tile_of(112.86, 36.83, 9)), "h")
    assert {one["properties"]["id"] for one in found} == {"000000", "000001", "000002"}


def test_the_system_sees_all(cast: County) -> None:
    thing = placed(cast, "town_duty", "甲", HERE, centre=TOWN)
    stocks = Stocks(cast.node)
    assert thing in stocks.of(LAYERS["incidents"], 0, system_actor(cast.node.name)).features
