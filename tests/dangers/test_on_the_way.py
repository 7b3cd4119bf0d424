"""Before anybody is sent: the suggestion and the way name the danger areas on it, and the way may go around them."""

from __future__ import annotations

from typing import Any

from command.roads import nets, sketch
from command.roads.ways import ways
from tests.county import COUNTY, DRILL, TOWN, County
from tests.doors import Doors
from tests.roads.nets import in_force

FROM, TO = (112.86, 36.83), (112.96, 36.87)


def way(client: Doors, who: str = "town_duty", more: str = "") -> dict[str, Any]:
    """The way from one place to another."""
    return client.get(who, f"/routes?from={FROM[0]},{FROM[1]}&to={TO[0]},{TO[1]}{more}").json


def declare(cast: County, at: Any, radius_m: int = 60, world: int = 0) -> str:
    """A danger area around a point."""
    point = {"type": "Point", "coordinates": list(at)}
    body = {"sort": "landslide", "reason": "坡面落石", "point": point, "radius_m": radius_m}
    made: str = cast.do("county_duty", "danger_area.declare", body, world=world)["id"]
    return made


def test_a_way_names_what_it_leads_through_and_goes_around_when_asked(cast: County, client: Doors) -> None:
    file = nets.keep(cast.node.data_dir, sketch.draw())
    cast.do("admin", "road_net.take", {"file": file, "source": "OSM", "licence": "ODbL 1.0"})
    free = way(client)
    assert (free["basis"]["code"], free["dangers"]) == ("road", [])
    middle = free["geometry"]["coordinates"][len(free["geometry"]["coordinates"]) // 2]
    declare(cast, (112.5, 36.6))
    declare(cast, middle, world=DRILL)
    assert way(client)["dangers"] == []
    here = declare(cast, middle)
    through = way(client)
    assert [one["id"] for one in through["dangers"]] == [here]
    assert through["dangers"][0]["say"]["zh"] == "山洪泥石流危险区：坡面落石"
    assert through["duration_s"] == free["duration_s"]
    around = way(client, more="&avoid=dangers")
    assert around["dangers"] == []
    assert around["duration_s"] > free["duration_s"]
    assert way(client, "admin")["dangers"] == []
    assert client.get("town_duty", "/routes?from=1,1&to=2,2&avoid=water").status_code == 422


def test_the_way_toward_a_goal_is_the_way_that_is_told(cast: County, client: Doors) -> None:
    file = nets.keep(cast.node.data_dir, sketch.draw())
    cast.do("admin", "road_net.take", {"file": file, "source": "OSM", "licence": "ODbL 1.0"})

    def read(session: Any) -> list[tuple[float, float]]:
        from geo.steps import line_of

        found = ways(session, cast.node.data_dir)
        assert found is not None
        toward = found.toward("car", *TO)
        assert toward is not None
        spot = toward.roads.drivable.spot(*FROM)
        assert spot is not None
        return [(round(x, 6), round(y, 6)) for x, y in line_of(toward.roads, toward.way(spot))]

    told = [tuple(round(n, 6) for n in one) for one in way(client)["geometry"]["coordinates"]]
    assert cast.node.database.read(read, world=0) == told


def test_a_suggestion_says_what_danger_lies_on_the_way_and_at_the_goal(cast: County, client: Doors) -> None:
    in_force(cast)
    for name, lon in (("西队", 112.84), ("东队", 112.905)):
        body = {"name": name, "type": "county_general", "centre": COUNTY, "skills": ["water", "evac"],
                "base": {"type": "Point", "coordinates": [lon, 36.83]}}  # fmt: skip
        cast.do("system", "team.create", body)
    goal = (112.86, 36.8302)
    at = {"type": "Point", "coordinates": list(goal)}
    here = cast.open("town_duty", village_code=None, location=at, centre=TOWN)["id"]

    def met() -> tuple[list[str], dict[str, list[str]]]:
        told = client.get("county_duty", f"/incidents/{here}/suggestions").json
        items = {one["team"]["name"]: one for one in told["items"]}
        for one in items.values():
            assert ("途经危险区" in str(one["reasons"])) is bool(one["dangers"])
        return [one["id"] for one in told["dangers"]], {
            name: [one["id"] for one in items[name]["dangers"]] for name in ("西队", "东队")
        }

    assert met() == ([], {"西队": [], "东队": []})
    west = declare(cast, (112.85, 36.83))
    there = declare(cast, goal, 100)
    assert met() == ([there], {"西队": [west], "东队": []})
