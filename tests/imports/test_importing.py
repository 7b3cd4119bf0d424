"""Files brought in: each row taken or refused with its reason, the same file again changing nothing, a whole import taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command.core.importers import IMPORTERS
from geo.crs import Crs, from_wgs84
from tests.county import TOWN, County, new_id
from tests.doors import Doors
from tests.imports.files import PLACES, collection, csv_text, geojson, terminal

SOURCE = "县地名办 2026（测试）"
MANNER = {"layer": "places", "source": SOURCE, "crs": "wgs84"}


def places(cast: County, **filters: str) -> list[dict[str, Any]]:
    """The register of places as the county's desk sees it."""
    from command.core import listing, records

    asked = listing.parse(records.KINDS["place"], {"limit": "1000", **filters})
    actor = cast.actor("county_duty")
    found = cast.node.database.read(
        lambda session: listing.page(session, records.KINDS["place"], actor, asked), world=0
    )
    return [one.model_dump() if hasattr(one, "model_dump") else one for one in found["items"]]


def rows_of(rows: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """Rows as a program sends them."""
    features = collection(rows)["features"]
    return [
        {"number": number, "fields": one["properties"], "geometry": one["geometry"]}
        for number, one in enumerate(features, 1)
    ]


def bring(
    cast: County, rows: list[dict[str, Any]] | None = None, who: str = "admin", **how: Any
) -> dict[str, Any]:
    """A whole import in parts of two."""
    given = rows_of(rows)
    manner = {**MANNER, "columns": {"id": "gid"}, **how}
    run = cast.do(
        who, "import.open", {**manner, "file": "a.geojson", "digest": "0" * 64, "total": len(given)}
    )
    for part, at in enumerate(range(0, len(given), 2)):
        run = cast.do(who, "import.take", {"id": run["id"], "part": part, "rows": given[at : at + 2]})
    return run


def counts(run: dict[str, Any]) -> tuple[int, ...]:
    return tuple(run[name] for name in ("made", "changed", "same", "refused"))


def undo(cast: County, run: dict[str, Any]) -> dict[str, Any]:
    return cast.do("admin", "import.undo", {"id": run["id"]})


def test_it_brings_places_in_from_the_terminal_and_again_changes_nothing(
    cast: County, tmp_path: Path
) -> None:
    file = geojson(tmp_path)
    ask = ["places", str(file), "--crs", "wgs84", "--map", "id=gid"]
    before = cast.end()
    tried = terminal(cast, *ask, "--dry-run")
    assert (tried.exit_code, cast.end()) == (0, before), tried.output
    assert "would be 3 new, 0 changed, 0 as they were, 0 refused" in tried.output
    done = terminal(cast, *ask)
    assert done.exit_code == 0, done.output
    assert "3 new, 0 changed" in done.output
    found = {one["name"]: one for one in places(cast)}
    assert set(found) == {one["name"] for one in PLACES}
    school = found["南沟小学"]
    assert (school["kind"], school["aliases"], school["pinyin"]) == (
        "school",
        ["村东头老学校"],
        "nan gou xiao xue",
    )
    assert (school["source"], school["source_crs"], school["home"]) == ("places", "wgs84", "140429")
    again = terminal(cast, *ask)
    assert "0 new, 0 changed, 3 as they were" in again.output
    assert {one["id"]: one["version"] for one in places(cast)} == {one["id"]: 1 for one in found.values()}


def test_a_changed_row_updates_its_place_and_only_it(cast: County) -> None:
    bring(cast)
    before = {one["name"]: one for one in places(cast)}
    moved = [PLACES[0], {**PLACES[1], "name": "南沟希望小学", "lon": 112.91}, PLACES[2]]
    run = bring(cast, moved)
    assert counts(run) == (0, 1, 2, 0)
    after = {one["id"]: one for one in places(cast)}
    school = after[before["南沟小学"]["id"]]
    assert (school["name"], school["location"]["coordinates"], school["version"]) == (
        "南沟希望小学",
        [112.91, 36.9],
        2,
    )
    assert after[before["红星煤矿"]["id"]]["version"] == 1


@pytest.mark.parametrize("crs", [Crs.GCJ02, Crs.BD09, Crs.CGCS2000])
def test_each_place_remembers_the_system_it_was_given_in_and_stands_where_it_is(
    cast: County, crs: Crs
) -> None:
    offset = [
        {**one, **dict(zip(("lon", "lat"), from_wgs84(one["lon"], one["lat"], crs), strict=True))}
        for one in PLACES
    ]
    bring(cast, offset, crs=crs.value)
    for one in places(cast):
        wanted = next(row for row in PLACES if row["name"] == one["name"])
        assert one["source_crs"] == crs.value
        assert one["location"]["coordinates"] == pytest.approx([wanted["lon"], wanted["lat"]], abs=2e-7)


def test_rows_that_cannot_be_taken_are_listed_with_reasons_and_the_others_are_taken(
    cast: County, client: Doors
) -> None:
    bad = [
        {**PLACES[0], "gid": "b1", "name": ""},
        {**PLACES[0], "gid": "b2", "kind": "飞碟"},
        {**PLACES[0], "gid": "b3", "lon": 36.83, "lat": 112.86 - 80},
        {**PLACES[0], "gid": "b4", "lon": 12.5, "lat": 41.9},
        {**PLACES[0], "gid": "b5", "name": "远方矿", "lon": 116.4, "lat": 39.9},
        {**PLACES[0], "gid": "b6", "township": "乌有镇"},
    ]
    run = bring(cast, [*PLACES, *bad])
    assert counts(run) == (4, 0, 0, 5)
    assert run["flagged"] == 1
    report = client.get("admin", f"/imports/{run['id']}/report").json["items"]
    said = {one["source_id"]: one["said"] for one in report}
    assert "必须填写" in said["b1"]["zh"]
    assert "类别" in said["b2"]["zh"]
    assert "境外" in said["b4"]["zh"]
    assert "outside China" in said["b4"]["en"]
    assert "县境以外" in said["b5"]["zh"]
    assert "没有乡镇" in said["b6"]["zh"]
    assert next(one for one in report if one["source_id"] == "b5")["did"] == "made"
    assert {one["name"] for one in places(cast)} == {one["name"] for one in PLACES} | {"远方矿"}


def test_longitude_and_latitude_in_each_others_place_are_found_out(cast: County) -> None:
    given = [{"number": 1, "fields": {"name": "矿", "lon": "36.8", "lat": "112.8"}}]
    tried = cast.do("admin", "import.try", {**MANNER, "part": 0, "rows": given})["items"][0]
    assert (tried["did"], tried["said"]["zh"]) == ("refused", "经度与纬度写反了")


def test_one_import_is_taken_back_whole(cast: County) -> None:
    first = bring(cast)
    before = places(cast)
    second = bring(
        cast, [{**PLACES[0], "name": "红星二矿"}, *PLACES[1:], {**PLACES[2], "gid": "new", "name": "新水库"}]
    )
    assert counts(second) == (1, 1, 2, 0)
    with_later = cast.act("admin", "import.undo", {"id": first["id"]})
    assert with_later.status == 409
    assert "之后的导入" in json.loads(with_later.body)["said"]["zh"]
    back = undo(cast, second)
    assert (back["state"], back["left"]) == ("undone", 0)
    told = [{**one, "version": 1, "updated_at": None} for one in places(cast)]
    assert told == [{**one, "updated_at": None} for one in before]
    assert undo(cast, first)["state"] == "undone"
    assert places(cast) == []
    assert cast.act("admin", "import.undo", {"id": first["id"]}).status == 409
    assert counts(bring(cast)) == (3, 0, 0, 0), "after it was taken back, the file may come again"


def test_it_is_not_taken_back_when_somebody_changed_it_since(cast: County) -> None:
    run = bring(cast)
    mine = next(one for one in places(cast) if one["kind"] == "mine")
    cast.do("county_duty", "place.edit", {"id": mine["id"], "note": "已关闭"}, version=1)
    before = places(cast)
    refused = cast.act("admin", "import.undo", {"id": run["id"]})
    told = json.loads(refused.body)
    assert (refused.status, told["errors"][0]["source_id"]) == (409, "m1")
    assert "有人改过" in told["said"]["zh"]
    assert "somebody changed it" in told["said"]["en"]
    assert places(cast) == before
    again = bring(cast, [{**PLACES[0], "name": "红星三矿"}])
    assert (again["changed"], again["flagged"]) == (1, 1), (
        "what a person had changed is marked when the file changes it"
    )


def test_parts_come_in_order_and_not_more_than_the_file_has(cast: County) -> None:
    given = rows_of()
    run = cast.do("admin", "import.open", {**MANNER, "file": "a", "digest": "0" * 64, "total": 2})["id"]
    assert cast.act("admin", "import.take", {"id": run, "part": 1, "rows": given[:1]}).status == 409
    key = new_id()
    first = {"id": run, "part": 0, "rows": given[:1]}
    assert cast.act("admin", "import.take", first, command_id=key).ok
    assert cast.act("admin", "import.take", first, command_id=key).ok, "a repeat is the same answer"
    assert cast.act("admin", "import.take", first).status == 409
    with pytest.raises(Exception, match="more or fewer"):
        cast.act("admin", "import.take", {"id": run, "part": 1, "rows": given})
    assert len(places(cast)) == 1
    assert undo(cast, {"id": run})["state"] == "undone"
    assert places(cast) == []


def test_a_source_id_twice_in_a_file_is_taken_once(cast: County) -> None:
    run = bring(cast, [PLACES[0], {**PLACES[0], "name": "另一个名"}, PLACES[0]])
    assert counts(run) == (1, 0, 1, 1)
    assert [one["name"] for one in places(cast)] == ["红星煤矿"]


def test_teams_come_with_their_bases_and_go_again(cast: County) -> None:
    row = {"队伍名称": "丰州第三队", "类型": "乡镇综合应急救援队伍", "所属": "丰州镇", "人数": "15", "技能": "山地搜救、建筑灭火",
           "电话": "6203", "lon": 112.87, "lat": 36.84}  # fmt: skip
    columns = {
        "name": "队伍名称",
        "type": "类型",
        "centre": "所属",
        "headcount": "人数",
        "skills": "技能",
        "call_number": "电话",
    }
    given = [{"number": 1, "fields": row}]
    opened = {
        "layer": "teams",
        "source": SOURCE,
        "crs": "wgs84",
        "columns": columns,
        "file": "t.csv",
        "digest": "0" * 64,
        "total": 1,
    }
    run = cast.do("admin", "import.open", opened)
    run = cast.do("admin", "import.take", {"id": run["id"], "part": 0, "rows": given})
    assert counts(run) == (1, 0, 0, 0), cast.node.ask(
        "imports.report", {"id": run["id"]}, cast.actor("admin")
    )
    from dispatch.teams.models import Team

    def read(name: str) -> Any:
        return cast.node.database.read(lambda s: s.query(Team).filter(Team.name == name).one(), world=0)

    team = read("丰州第三队")
    assert (team.centre, team.headcount, team.skills, team.live) == (
        TOWN,
        15,
        ["mountain", "structural_fire"],
        True,
    )
    assert undo(cast, run)["state"] == "undone"
    assert read("丰州第三队").live is False


def test_a_table_with_chinese_headings_needs_no_mapping(cast: County, tmp_path: Path) -> None:
    for name, raw in (("utf8.csv", csv_text().encode("utf-8-sig")), ("gbk.csv", csv_text().encode("gbk"))):
        file = tmp_path / name
        file.write_bytes(raw)
        done = terminal(cast, "places", str(file), "--crs", "gcj02", "--source", "同一来源")
        assert done.exit_code == 0, done.output
    assert "3 as they were" in done.output
    assert len(places(cast)) == 3


def test_every_importer_can_be_taken_back_and_names_its_columns_in_both_languages() -> None:
    for one in IMPORTERS.values():
        assert (one.make is None) == (one.drop is None)
        assert (one.make is None) == (one.thing is not None)
        assert all(column.zh and column.en for column in one.columns), one.layer
        folded = [name for column in one.columns for name in column.names]
        assert len(folded) == len(set(folded)), f"{one.layer}: two columns would take the same field"


def test_only_the_countys_keepers_bring_registers_in(cast: County, client: Doors) -> None:
    run = bring(cast)
    for who in ("town_duty", "county_leader", "auditor", "wall"):
        assert (
            client.post(who, "/imports/try", {**MANNER, "part": 0, "rows": rows_of()[:1]}).status_code == 403
        )
    assert client.get("town_duty", f"/imports/{run['id']}").status_code == 404
    assert client.get("auditor", f"/imports/{run['id']}").json["made"] == 3
    offered = {one["layer"] for one in client.get("county_duty", "/importers").json["items"]}
    assert {"places", "teams"} <= offered
    assert "areas" not in offered, "lines of law are the administrator's"
