"""A road net from its file to the ways of the county, and back again, at the keepers' screen in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.test_imports import fault_free
from tests.roads.files import written
from tests.serving import Served

WAIT_MS = 30_000
WIDE = {"width": 1440, "height": 900}
WAY = "/routes?from=112.86,36.83&to=112.88,36.84"


def basis(served: Served) -> str:
    """On what a way rests now."""
    code: str = served.get("county_duty", WAY)["basis"]["code"]
    return code


@pytest.fixture
def page(desk_server: Served, page_of: Callable[..., Any]) -> Any:
    page = page_of(desk_server, "admin", "/admin?lang=zh#imports", viewport=WIDE)
    page.set_default_timeout(WAIT_MS)
    page.get_by_role("button", name="路网").click()
    return page


def test_it_brings_a_road_net_into_force_reckons_posts_along_it_and_goes_back(
    desk_server: Served, page: Any, tmp_path: Path
) -> None:
    for km, lon in ((10, 112.86), (12, 112.88)):
        point = {"type": "Point", "coordinates": [lon, 36.83]}
        desk_server.post("admin", "/road-posts", {"ref": "S222", "km": km, "location": point})
    now = page.locator("section.card").first
    expect(now).to_contain_text("示意路网：自绘")
    assert basis(desk_server) == "sketch"
    fault_free(page)

    page.get_by_role("button", name="导入路网").click()
    fault_free(page)
    (tmp_path / "bad.osm.pbf").write_bytes(b"no map at all")
    page.locator("select[name=crs]").select_option("wgs84")
    page.locator("input[type=file]").set_input_files(tmp_path / "bad.osm.pbf")
    expect(page.get_by_role("alert")).to_contain_text("无法读取")
    page.locator("input[type=file]").set_input_files(written(tmp_path / "武乡.osm.pbf"))
    expect(page.locator(".preview-map path.road")).to_have_count(3)
    about = page.locator("section.about")
    expect(about).to_contain_text("4 段")
    expect(about.locator("tbody tr")).to_have_count(4)
    expect(about).to_contain_text("在文件边缘被截断")
    page.locator("input[name=source]").fill("测绘院 2026-11")
    expect(page.locator(".foot .say")).to_contain_text("可随时退回")
    fault_free(page)
    assert basis(desk_server) == "sketch"  # looked at, not yet in force
    page.get_by_role("button", name="启用此路网").click()
    expect(page.locator(".foot .say")).to_contain_text("已启用")
    page.locator(".foot").get_by_role("button", name="返回路网").click()

    expect(now).to_contain_text("测绘院 2026-11")
    expect(now).not_to_contain_text("自绘")
    assert basis(desk_server) == "road"
    road = page.locator("tr[data-road=S222]")
    expect(road).to_contain_text("K10+000 – K12+000")
    road.get_by_role("button", name="推算").click()
    expect(page.locator("p.done")).to_contain_text("S222：推算 1 个，替换 0 个")
    assert desk_server.get("county_duty", "/places/road?ref=S222&km=11")["place"]["how"] == "reckoned"
    fault_free(page)

    now.get_by_role("button", name="停用并退回").click()
    expect(now).to_contain_text("立即按它重算")
    now.get_by_role("button", name="确认停用").click()
    expect(now).to_contain_text("自绘")
    assert basis(desk_server) == "sketch"
    expect(road).to_contain_text("示意路网不能据以推算")
    row = page.locator("tr[data-net]", has_text="测绘院")
    row.get_by_role("button", name="重新启用").click()
    row.get_by_role("button", name="确认启用").click()
    expect(now).to_contain_text("测绘院 2026-11")
