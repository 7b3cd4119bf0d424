"""A place on a road: number or name, kilometre and direction, kept as they were read; never turned into a point."""

from __future__ import annotations

from typing import Any

import pytest

from command.core.errors import Invalid
from tests.county import COUNTY, OTHER, POINT, TOWN, VILLAGE, County
from tests.doors import Doors

ROAD = {"ref": "s322", "name": "武墨线", "km": 12.3, "direction": "往长治"}


def on_road(cast: County, who: str = "town_duty", **body: Any) -> dict[str, Any]:
    """An accident of which only road and kilometre are known."""
    return cast.open(who, **{"kind": "crash", "village_code": None, "title": None, "road": ROAD, **body})


def test_it_is_kept_in_parts_and_said_in_words_and_has_no_point(cast: County) -> None:
    opened = on_road(cast)
    assert opened["road"] == {"ref": "S322", "name": "武墨线", "km": 12.3, "direction": "往长治"}
    assert opened["place_text"] == "S322 武墨线 K12+300 往长治"
    assert opened["title"] == "碰撞・S322 武墨线 K12+300 往长治"
    assert (opened["location"], opened["location_basis"], opened["centre"]) == (None, "road", TOWN)
    assert opened["schematic_anchor"]["type"] == "Point"


def test_it_belongs_to_the_centre_or_village_that_is_named_with_it(cast: County) -> None:
    with pytest.raises(Invalid, match="name the township"):
        on_road(cast, "county_duty")
    assert on_road(cast, "county_duty", centre=OTHER)["centre"] == OTHER
    village = on_road(cast, "county_duty", village_code=VILLAGE)
    assert (village["centre"], village["location_basis"]) == (TOWN, "village")
    assert village["place_text"].endswith("S322 武墨线 K12+300 往长治")


def test_it_is_estimated_from_the_township_and_says_so_until_a_point_is_set(cast: County) -> None:
    opened = on_road(cast)

    def basis() -> dict[str, Any]:
        asked = cast.node.ask("incident.suggestions", {"id": opened["id"]}, cast.actor("county_duty"))
        found: dict[str, Any] = asked["basis"]
        return found

    assert basis()["schematic"] is True
    put = cast.do("town_duty", "incident.edit", {"id": opened["id"], "location": POINT}, version=1)
    assert (put["location_basis"], put["road"]["km"]) == ("point", 12.3)
    assert basis()["schematic"] is False
    taken = cast.do("town_duty", "incident.edit", {"id": opened["id"], "location": None}, version=2)
    assert taken["location_basis"] == "road"
    with pytest.raises(Invalid):
        cast.do("town_duty", "incident.edit", {"id": opened["id"], "road": None}, version=3)


@pytest.mark.parametrize(
    "road",
    [{"km": 3}, {"ref": "高速", "km": 3}, {"ref": "S322"}, {"ref": "S322", "km": -1}, {"ref": "S322", "km": "3"},
     {"name": "", "km": 3}, {"ref": "S322", "km": 3, "lane": 2}, {"ref": "S322", "km": 10_001}],
)  # fmt: skip
def test_it_refuses_what_is_no_place_on_a_road(cast: County, road: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        cast.open(kind="crash", village_code=None, road=road)


def test_it_is_found_by_its_road(client: Doors, cast: County) -> None:
    mine = on_road(cast)["id"]
    cast.open(kind="crash", village_code=None, road={"ref": "S3221", "km": 1})
    cast.open(kind="crash")

    def found(road: str) -> list[str]:
        return [one["id"] for one in client.get("town_duty", f"/incidents?road={road}").json["items"]]

    assert found("S322") == found("s322") == found("武墨线") == [mine]
    assert found("S32") == found("%") == found("K12") == []
    assert client.get("other_duty", "/incidents?road=S322").json["items"] == []


def test_a_second_call_from_the_same_stretch_is_likely_the_same(cast: County) -> None:
    first = on_road(cast)["id"]
    on_road(cast, "other_duty", road={"ref": "S322", "km": 80})
    wish = {"kind": "crash", "road": "S322", "km": "14"}
    found = cast.node.ask("incidents.similar", wish, cast.actor("county_duty"))["items"]
    assert [one["incident"].id for one in found] == [first]
    assert found[0]["why"][0] == {"zh": "同路 1.7 公里内", "en": "same road, within 1.7 km"}
    assert cast.node.ask("incidents.similar", {"km": "14"}, cast.actor("county_duty"))["items"] == []


def test_the_county_may_take_it_as_its_own(cast: County) -> None:
    assert on_road(cast, "county_duty", centre=COUNTY)["centre"] == COUNTY
