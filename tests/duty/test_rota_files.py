"""Rotas brought in from files and given out again: each row a shift or refused with its reason, taken back, scoped."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl

from command.core import clock
from tests.county import COUNTY, OTHER, TOWN, County
from tests.doors import Doors
from tests.duty.ground import START, plan
from tests.imports.files import terminal

HEAD = ("单位", "接班时间", "交班时间", "带班领导", "带班领导电话", "值班员", "值班员电话", "备注")


def local(hours: float) -> str:
    """So many hours from the start, as an office writes it."""
    return (START + timedelta(hours=hours)).astimezone(clock.LOCAL).strftime("%Y-%m-%d %H:%M")


def rows(*more: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [
        ("丰州镇", local(20), local(32), "钱带班", "6002", "赵值班、孙值班", "6101", ""),
        (COUNTY, local(20).replace("-", "/"), local(44), "李县长", "", "王建国", "6001", "汛期双人"),
        *more,
    ]


def book(directory: Path, given: list[tuple[str, ...]]) -> Path:
    """A workbook as an office keeps it."""
    file = directory / "rota.xlsx"
    sheet = openpyxl.Workbook()
    for row in (HEAD, *given):
        sheet.active.append(row)
    sheet.save(file)
    return file


def shifts(client: Doors, who: str = "county_duty") -> dict[str, dict[str, Any]]:
    """The rota that somebody sees: centre → its shift."""
    return {one["centre"]: one for one in client.get(who, "/duty?state=planned").json["items"]}


def test_a_workbook_of_shifts_is_planned_and_again_changes_nothing(
    cast: County, client: Doors, tmp_path: Path
) -> None:
    wrong = (
        ("无此镇", local(20), local(32), "甲", "", "乙", "", ""), ("洪水镇", "明天", local(32), "甲", "", "乙", "", ""),
        ("洪水镇", local(32), local(20), "甲", "", "乙", "", ""), ("洪水镇", local(20), local(32), "甲", "13800000000", "乙", "", ""),
    )  # fmt: skip
    file = book(tmp_path, rows(*wrong))
    done = terminal(cast, "duty", str(file), "--crs", "wgs84")
    assert "2 new, 0 changed, 0 as they were, 4 refused" in done.output, done.output
    found = shifts(client)
    assert set(found) == {TOWN, COUNTY}
    town = found[TOWN]
    assert [(one["role"], one["name"], one["number"]) for one in town["people"]] == [
        ("leader", "钱带班", "6002"), ("officer", "赵值班", "6101"), ("officer", "孙值班", None),
    ]  # fmt: skip
    assert (town["begins_at"][:16], found[COUNTY]["note"]) == (
        clock.wire(START + timedelta(hours=20))[:16], "汛期双人",
    )  # fmt: skip
    again = terminal(cast, "duty", str(file), "--crs", "wgs84")
    assert "0 new, 0 changed, 2 as they were, 4 refused" in again.output, again.output
    other = book(tmp_path, [("丰州镇", local(20), local(30), "周带班", "6002", "赵值班", "6101", "")])
    changed = terminal(cast, "duty", str(other), "--crs", "wgs84")
    assert "0 new, 1 changed" in changed.output, changed.output
    assert [one["name"] for one in shifts(client)[TOWN]["people"]] == ["周带班", "赵值班"]


def test_a_rota_is_taken_back_and_no_township_brings_in_anothers(cast: County, client: Doors) -> None:
    manner = {
        "layer": "duty",
        "source": "县值班室",
        "crs": "wgs84",
        "file": "a.csv",
        "digest": "0" * 64,
        "total": 1,
    }
    assert cast.act("town_duty", "import.open", manner).status == 403
    run = cast.do("county_duty", "import.open", manner)
    fields = dict(zip(HEAD, rows()[0], strict=True))
    columns = {"centre": "单位", "begins_at": "接班时间", "ends_at": "交班时间", "officer": "值班员"}
    run = cast.do("county_duty", "import.open", {**manner, "columns": columns, "digest": "1" * 64})
    given = [{"number": 1, "fields": fields}]
    taken = cast.do("county_duty", "import.take", {"id": run["id"], "part": 0, "rows": given})
    assert (taken["made"], taken["refused"]) == (1, 0)
    assert set(shifts(client)) == {TOWN}
    cast.do("county_duty", "import.undo", {"id": run["id"]})
    assert shifts(client) == {}


def test_it_goes_out_as_it_comes_in_and_a_township_gets_its_own_and_the_countys(
    cast: County, client: Doors, tmp_path: Path
) -> None:
    plan(cast, 20, 32)
    plan(cast, 20, 32, "other_duty", people=[{"role": "officer", "name": "=1+1"}])
    answer = client.get("town_duty", "/duty-export?words=zh")
    assert answer.content_type.startswith("text/csv")
    found = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [
        (one["单位"], one["接班时间"], one["带班领导"], one["值班员"], one["值班员电话"]) for one in found
    ] == [(TOWN, local(20), "钱带班", "赵值班", "6101")]
    county = client.get("county_duty", "/duty-export?words=en").data.decode("utf-8-sig")
    assert "'=1+1" in county
    assert OTHER in county
    assert client.get("county_team", "/duty-export").status_code == 403
    for one in client.get("county_duty", "/duty?state=planned").json["items"]:
        cast.do("county_duty", "duty.drop", {"id": one["id"]})
    file = tmp_path / "rota.csv"
    file.write_bytes(answer.data)
    back = terminal(cast, "duty", str(file), "--crs", "wgs84")
    assert "1 new" in back.output, back.output
    assert set(shifts(client)) == {TOWN}
