"""The register of places and the base map."""

import json
import re

import pytest
import shapely
from shapely.geometry import shape

from command.places import register


def test_it_has_the_twelve_townships_by_their_codes():
    names = {p.code: p.name for p in register.townships()}
    assert list(names.values()) == [
        "丰州镇", "洪水镇", "蟠龙镇", "监漳镇", "故城镇", "韩北镇",
        "大有乡", "贾豁乡", "上司乡", "石北乡", "涌泉乡", "分水岭乡",
    ]  # fmt: skip
    assert all(re.fullmatch(r"140429\d{3}", code) for code in names)
    assert all(p.parent == "140429" for p in register.townships())


def test_it_spells_townships_as_they_are_said():
    said = [p.joined for p in register.townships()]
    assert said == [
        "fengzhou", "hongshui", "panlong", "jianzhang", "gucheng", "hanbei",
        "dayou", "jiahuo", "shangsi", "shibei", "yongquan", "fenshuiling",
    ]  # fmt: skip
    assert register.county().en == "Wuxiang"


def test_it_has_every_village_under_a_township():
    villages = register.villages()
    assert len(villages) == 275
    for v in villages:
        town = register.township_of(v.code)
        assert town is not None
        assert v.code.startswith(town.code)
        assert register.village(v.code) is v
        assert len(v.pinyin.split()) == len(v.name) == len(v.initials)


def test_zones_are_kept_and_are_no_townships():
    assert [z.kind for z in register.zones()] == ["zone", "zone"]
    for zone in register.zones():
        assert register.township(zone.code) is None
        assert register.township_of(zone.code) is None
        assert register.villages(zone.code) == []


@pytest.mark.parametrize("code", ["", "140429", "999999999999", "140429400498", "140429103"])
def test_what_is_no_village_is_not_found_as_one(code):
    assert register.village(code) is None


def test_a_township_belongs_to_itself():
    town = register.township("140429103")
    assert register.township_of("140429103") == town


def test_a_short_name_keeps_one_character_villages_whole():
    by_name = {v.name: v for v in register.villages()}
    assert by_name["南皋村"].short == "南皋"
    assert by_name["中村"].short == "中村"
    assert by_name["宝塔社区"].short == "宝塔"


def test_the_cells_are_the_county_and_do_not_overlap():
    areas = [c.area for c in register.cells()]
    outline = shape(next(f for f in base("county"))["geometry"])
    assert shapely.union_all(areas).symmetric_difference(outline).area < 1e-5 * outline.area
    assert sum(a.area for a in areas) == pytest.approx(outline.area, rel=1e-5)


def base(layer):
    return [f for f in register.base_map()["features"] if f["properties"]["layer"] == layer]


def test_every_cell_says_that_it_is_schematic_and_carries_no_other_fact():
    assert len(base("cell")) == 12
    for f in base("cell"):
        p = f["properties"]
        assert p["schematic"] is True
        assert p["note"] == "示意·非法定界线"
        assert set(p) == {"layer", "code", "name", "name_en", "schematic", "note", "anchor"}
        assert p["name"] == register.township(p["code"]).name
        assert f["geometry"]["type"] == "Polygon"


def test_each_anchor_lies_in_its_own_cell():
    for c in register.cells():
        assert register.cell_at(*c.anchor) == c
        assert register.cell(c.code) == c
        assert register.in_county(*c.anchor)


def test_outside_the_county_there_is_no_cell():
    assert register.cell_at(112.0, 36.0) is None
    assert not register.in_county(112.0, 36.0)


def test_the_base_map_is_small_and_whole():
    whole = register.base_map()
    assert len(json.dumps(whole, ensure_ascii=False).encode()) <= 60_000
    assert whole["schematic_note"]["zh"] == "示意·非法定界线"
    assert {f["properties"]["layer"] for f in whole["features"]} == {"neighbour", "county", "river", "cell"}
    assert all(shape(f["geometry"]).is_valid for f in whole["features"])
    names = {f["properties"]["name"] for f in base("neighbour")}
    assert names == {"襄垣县", "黎城县", "沁县", "榆社县", "左权县", "祁县", "平遥县"}


def test_the_map_it_gives_may_be_changed_by_its_reader():
    register.base_map()["features"][0]["properties"]["name"] = "changed"
    assert register.base_map()["features"][0]["properties"]["name"] != "changed"


def test_no_village_and_no_township_has_an_invented_place():
    columns = {"code", "name", "kind", "parent", "pinyin", "initials", "also"}
    for name in ("townships.csv", "villages.csv"):
        head = register._data(name).read_text(encoding="utf-8").splitlines()[0]
        assert set(head.split(",")) == columns


def test_it_names_the_centres_in_both_languages():
    names = register.centre_names()
    assert len(names) == 13
    assert names["140429103"] == {"zh": "监漳镇", "en": "Jianzhang", "pinyin": "jianzhang"}
