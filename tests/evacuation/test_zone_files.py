"""Zones to be evacuated from files: each row a zone or refused with its reason, again nothing, corrected, taken back; who answers is
sealed, and read through one door."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import sqlalchemy as sa

from command.evacuation.models import EvacuationZone, ZoneKeeper
from tests.county import NOISE_VILLAGE, TOWN, VILLAGE, County
from tests.doors import Doors
from tests.evacuation.ground import SQUARE, zone
from tests.imports.files import terminal

HEAD = (
    "单元名称",
    "危险区类型",
    "乡镇",
    "村代码",
    "应转移户数",
    "应转移人数",
    "核定日期",
    "责任岗位",
    "转移责任人",
    "联系电话",
    "安置点",
)
ROWS = (
    ("标记沟口", "山洪", "丰州镇", VILLAGE, "14", "42", "2026/05/20", "村党支部书记", "标记责任人", "13712345678", "镇中心小学"),
    ("标记后坡", "地质灾害", "", VILLAGE, "9", "26", "", "村委会主任", "", "", "文化站"),
)  # fmt: skip
WRONG = (
    ("无村无界", "山洪", "丰州镇", "", "1", "2", "", "书记", "", "", "小学"),
    ("多少人", "山洪", "丰州镇", VILLAGE, "1", "几十", "", "书记", "", "", "小学"),
    ("无此类", "陨石", "丰州镇", VILLAGE, "1", "2", "", "书记", "", "", "小学"),
    ("不是号码", "山洪", "丰州镇", VILLAGE, "1", "2", "", "书记", "标记某人", "标记问书记", "小学"),
    ("错乡镇", "山洪", "洪水镇", VILLAGE, "1", "2", "", "书记", "", "", "小学"),
)


def book(directory: Path, *given: tuple[str, ...]) -> str:
    """A workbook as an office keeps it."""
    file = directory / "zones.xlsx"
    sheet = openpyxl.Workbook()
    for row in (HEAD, *given):
        sheet.active.append(row)
    sheet.save(file)
    return str(file)


def zones(client: Doors, who: str = "town_duty") -> dict[str, dict[str, Any]]:
    """The register that somebody sees, by name."""
    items = client.get(who, "/evacuation_zones?live=true").json["items"]
    return {one["name"]: one for one in items}


def test_a_workbook_of_zones_is_registered_and_again_changes_nothing(
    cast: County, client: Doors, tmp_path: Path
) -> None:
    zone(cast, "noise_duty", name="噪声沟", village_code=NOISE_VILLAGE)
    file = book(tmp_path, *ROWS, *WRONG)
    tried = terminal(cast, "zones", file, "--crs", "wgs84", "--dry-run")
    assert "2 new" in tried.output, tried.output
    assert zones(client) == {}, "a dry run leaves nothing"
    done = terminal(cast, "zones", file, "--crs", "wgs84")
    assert "2 new, 0 changed, 0 as they were, 5 refused" in done.output, done.output
    found = zones(client)
    assert set(found) == {"标记沟口", "标记后坡"}
    first = found["标记沟口"]
    assert (first["centre"], first["sort"], first["households"], first["people"], first["counted_on"]) == (
        TOWN, "flash_flood", 14, 42, "2026-05-20",
    )  # fmt: skip
    assert (first["destination"]["name"], first["synthetic"]) == ("镇中心小学", False)
    again = terminal(cast, "zones", file, "--crs", "wgs84")
    assert "0 new, 0 changed, 2 as they were, 5 refused" in again.output, again.output
    more = (*ROWS[0][:5], "45", *ROWS[0][6:9], "13787654321", ROWS[0][10])
    changed = terminal(cast, "zones", book(tmp_path, more), "--crs", "wgs84")
    assert "0 new, 1 changed" in changed.output, changed.output
    row = zones(client)["标记沟口"]
    assert row["people"] == 45
    assert client.get("town_duty", f"/evacuation_zones/{row['id']}/keeper").json["number"] == "13787654321"


def test_who_answers_is_sealed_read_by_few_and_gone_with_the_zone(
    cast: County, client: Doors, tmp_path: Path
) -> None:
    """RULES 8: markers are looked for in the journal and in every read; the reading is noted."""
    done = terminal(cast, "zones", book(tmp_path, *ROWS), "--crs", "wgs84")
    assert "2 new" in done.output, done.output
    row = zones(client)["标记沟口"]
    journal = b"".join(bytes(one.record) + bytes(one.text) for one in cast.entries())
    reads = [
        client.get("county_duty", path).text
        for path in ("/evacuation_zones", "/layers/evacuation_zones", "/imports")
    ]
    for marker in ("标记责任人", "13712345678"):
        assert marker.encode() not in journal, marker
        assert not any(marker in text for text in reads), marker
        assert marker not in done.output
    assert "标记沟口".encode() in journal, "what is public is found: the search works"
    path = f"/evacuation_zones/{row['id']}/keeper"
    assert client.get("town_duty", path).json == {"name": "标记责任人", "number": "13712345678"}
    assert client.get("county_duty", path).status_code == 200
    assert client.get("other_duty", path).status_code == 404
    for who in ("planner", "town_leader", "wall"):
        assert client.get(who, path).status_code == 403, who
    bare = zones(client)["标记后坡"]
    assert (
        bare["keeper"],
        client.get("town_duty", f"/evacuation_zones/{bare['id']}/keeper").status_code,
    ) == (None, 404)
    cast.do("town_duty", "evacuation_zone.withdraw", {"id": row["id"]})
    assert _sealed(cast) == []


def test_an_import_is_taken_back_with_who_answered_before(
    cast: County, client: Doors, tmp_path: Path
) -> None:
    first = terminal(cast, "zones", book(tmp_path, *ROWS), "--crs", "wgs84", "--source", "应急局")
    assert "2 new" in first.output, first.output
    row = zones(client)["标记沟口"]
    other = (*ROWS[0][:8], "标记新任", "8011", ROWS[0][10])
    terminal(cast, "zones", book(tmp_path, other), "--crs", "wgs84", "--source", "应急局")
    path = f"/evacuation_zones/{row['id']}/keeper"
    assert client.get("town_duty", path).json["name"] == "标记新任"
    runs = sorted(client.get("admin", "/imports").json["items"], key=lambda one: str(one["id"]))
    cast.do("admin", "import.undo", {"id": runs[1]["id"]})
    assert client.get("town_duty", path).json == {"name": "标记责任人", "number": "13712345678"}
    cast.do("admin", "import.undo", {"id": runs[0]["id"]})
    assert zones(client) == {}
    assert _sealed(cast) == []


def test_shapes_come_with_their_system_and_a_point_is_no_zone(
    cast: County, client: Doors, tmp_path: Path
) -> None:
    said = {
        "name": "有界",
        "sort": "dam",
        "township": "丰州镇",
        "households": 3,
        "people": 8,
        "responsible": "书记",
        "destination": "小学",
    }
    point = {"type": "Point", "coordinates": [112.86, 36.83]}
    features = [
        {"type": "Feature", "properties": said, "geometry": SQUARE},
        {"type": "Feature", "properties": {**said, "name": "一个点"}, "geometry": point},
    ]
    file = tmp_path / "zones.geojson"
    file.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), encoding="utf-8"
    )
    done = terminal(cast, "zones", str(file), "--crs", "gcj02")
    assert "1 new, 0 changed, 0 as they were, 1 refused" in done.output, done.output
    (made,) = zones(client).values()
    assert made["village_code"] is None
    lon = made["shape"]["coordinates"][0][0][0]
    assert 0.001 < abs(lon - 112.86) < 0.02, "as GCJ-02 it lies elsewhere"
    assert [
        one["properties"]["name"]
        for one in client.get("town_duty", "/layers/evacuation_zones").json["features"]
    ] == ["有界"]
    manner = {"layer": "zones", "source": "x", "crs": "wgs84", "file": "a", "digest": "0" * 64, "total": 1}
    assert cast.act("town_duty", "import.open", manner).status == 403


def _sealed(cast: County) -> list[str]:
    def read(session: Any) -> list[str]:
        assert session.execute(sa.select(sa.func.count()).select_from(EvacuationZone)).scalar_one() > 0
        return list(session.execute(sa.select(ZoneKeeper.id)).scalars())

    return cast.node.database.read(read, world=0)
