"""The responder's phone when things go wrong: asleep, a wrong clock, a session that ends, a second phone, a recall nobody heard,
an order to get out; on a small screen, in the sun, with text twice as large."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.at_desk import eventually
from tests.journeys.test_field import PHONE, SENT_MS, Crew, _picture, _press, _settled
from tests.serving import Served

pytestmark = pytest.mark.browser
SMALL = {**PHONE, "viewport": {"width": 360, "height": 640}}
DOUBLED = {**PHONE, "viewport": {"width": 195, "height": 422}, "device_scale_factor": 4}
"""A page zoomed to 200 % on a phone of 390: WCAG 1.4.4."""


# What the phone has kept for a start without a line.
KEPT = """() => new Promise((done) => {
  const opened = indexedDB.open('fengsui')
  opened.onsuccess = () => {
    const keys = opened.result.transaction('kept').objectStore('kept').getAllKeys()
    keys.onsuccess = () => { opened.result.close(); done(keys.result) }
  }
})"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo county of this module's own."""
    own = Served(tmp_path_factory.mktemp("hardships")).start()
    yield own
    own.stop()


@pytest.fixture
def crew(server: Served, page_of: Callable[..., Page]) -> Callable[[str], Crew]:
    """A crew by its township; each test takes another."""
    return lambda township: Crew(server, township, page_of)


def standing_by(page: Page) -> Page:
    expect(page.get_by_text("待命中")).to_be_visible(timeout=SENT_MS)
    return page


def signed_in_as(page: Page, crew: Crew, account: str) -> None:
    """Somebody signs in on this phone."""
    body = {"username": account, "password": crew.server.account(account)["password"]}
    answer = page.context.request.post(f"{crew.server.url}/api/v1/session", data=body)
    assert answer.ok, answer.text()


def test_an_order_that_came_while_the_phone_slept_is_there_when_it_wakes(crew: Callable[[str], Crew]) -> None:
    team = crew("jianzhang")
    page = standing_by(team.phone())
    line = page.context.new_cdp_session(page)
    line.send("Page.setWebLifecycleState", {"state": "frozen"})
    task = team.order(team.incident(life_risk="people"))
    line.send("Page.setWebLifecycleState", {"state": "active"})
    expect(page.locator("footer .first")).to_have_text("接令", timeout=SENT_MS)
    _press(page, "接令")
    _settled(page, "集结中")
    assert team.state(task) == "accepted"


def test_a_clock_ten_minutes_ahead_is_kept_and_marked(crew: Callable[[str], Crew]) -> None:
    team = crew("hongshui")
    page = team.phone()
    page.clock.install(time=datetime.now(UTC) + timedelta(minutes=10))
    page.reload()
    task = team.order(team.incident())
    _press(page, "接令")
    _settled(page, "集结中")
    steps = team.server.get("county_duty", f"/tasks/{task}")["steps"]
    step = next(one for one in steps if one["state"] == "accepted")
    assert step["ahead"] is True
    late = datetime.fromisoformat(step["at"]) - datetime.now(UTC)
    assert late < timedelta(minutes=2), "it stands with the time of its receipt"
    expect(page.locator(".refused")).to_have_count(0)


def test_what_waits_goes_on_only_under_the_one_who_entered_it(crew: Callable[[str], Crew]) -> None:
    team = crew("panlong")
    page = standing_by(team.phone())
    task = team.order(team.incident())
    _press(page, "接令")
    _settled(page, "集结中")
    page.context.request.delete(
        f"{team.server.url}/api/v1/session",
        headers={
            "X-CSRF-Token": page.evaluate("fetch('/api/v1/session').then(r => r.json()).then(s => s.csrf)")
        },
    )
    expect(page.get_by_text("需重新登录")).to_be_visible(timeout=60_000)
    _press(page, "集结中")
    expect(page.get_by_text("未上报")).to_be_visible(timeout=SENT_MS)
    assert team.state(task) == "accepted"
    signed_in_as(page, team, "jiahuo_team1")
    page.goto(f"{team.server.url}/field")
    expect(page.get_by_role("heading", name="贾豁乡综合应急救援队")).to_be_visible(timeout=SENT_MS)
    expect(page.get_by_text("未上报")).to_have_count(0)
    assert team.state(task) == "accepted", "another's session sends nothing of it"
    signed_in_as(page, team, team.account)
    page.goto(f"{team.server.url}/field")
    expect(page.locator("footer .first")).to_have_text("赶赴途中", timeout=SENT_MS)
    expect(page.get_by_text("未上报")).to_have_count(0, timeout=SENT_MS)
    assert team.state(task) == "assembling"


def test_two_phones_of_one_team_show_the_same_and_enter_a_step_once(crew: Callable[[str], Crew]) -> None:
    team = crew("hanbei")
    one, other = standing_by(team.phone()), standing_by(team.phone())
    incident = team.incident()
    task = team.order(incident)
    _press(one, "接令")
    expect(other.locator("footer .first")).to_have_text("集结中", timeout=SENT_MS)
    other.context.set_offline(True)
    _press(other, "集结中")
    _press(one, "集结中")
    _settled(one, "赶赴途中")
    other.context.set_offline(False)
    expect(other.get_by_role("heading", name="未采纳 1")).to_be_visible(timeout=60_000)
    expect(other.locator("footer .first")).to_have_text("赶赴途中")
    steps = team.server.get("county_duty", f"/tasks/{task}")["steps"]
    assert [step["state"] for step in steps].count("assembling") == 1


def test_a_recall_that_nobody_heard_is_said_and_what_was_entered_stays(crew: Callable[[str], Crew]) -> None:
    team = crew("dayou")
    page = standing_by(team.phone())
    incident = team.incident()
    task = team.order(incident)
    _press(page, "接令")
    _settled(page, "集结中")
    page.context.set_offline(True)
    _press(page, "集结中")
    team.step(task, "enroute", by_proxy={"person": "张队", "channel": "电台"})
    team.step(task, "recalled", reason="堤已稳住")
    page.context.set_offline(False)
    expect(page.get_by_text("堤已稳住")).to_be_visible(timeout=60_000)
    expect(page.locator("footer .first")).to_have_text("归队")
    expect(page.get_by_role("heading", name="未采纳 1")).to_be_visible(timeout=SENT_MS)
    expect(page.get_by_text("你的时间已留在时间线")).to_be_visible(timeout=SENT_MS)
    assert any("集结中（当时未采纳）" in line for line in team.told(incident))


def test_an_order_to_get_out_takes_the_whole_screen_until_it_is_receipted(
    crew: Callable[[str], Crew],
) -> None:
    team = crew("shangsi")
    page = standing_by(team.phone())
    incident = team.incident()
    task = team.order(incident)
    for to in ("accepted", "enroute", "on_scene", "working"):
        team.step(task, to, by_proxy={"person": "张队", "channel": "电台"})
    expect(page.locator("footer .first")).to_have_text("撤收", timeout=SENT_MS)
    team.step(task, "evacuated", reason="上游水库泄洪")
    order = page.get_by_role("alertdialog", name="紧急撤离")
    expect(order).to_be_visible(timeout=SENT_MS)
    expect(order).to_contain_text("上游水库泄洪")
    box = order.bounding_box()
    assert box == {"x": 0, "y": 0, **PHONE["viewport"]}, "nothing else is to be seen"
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    expect(order).to_be_visible()
    page.reload()
    expect(order).to_be_visible(timeout=SENT_MS)
    key = order.get_by_role("button", name="已收到，正在撤离")
    place = key.bounding_box()
    assert place is not None
    assert place["height"] >= 56
    assert place["y"] > PHONE["viewport"]["height"] * 2 / 3, "in the lower third, under the thumb"
    key.click()
    expect(order).to_have_count(0)
    expect(page.get_by_text("恢复作业须有人宣布安全")).to_be_visible()
    page.reload()
    expect(page.locator("footer .first")).to_have_text("撤收", timeout=SENT_MS)
    expect(order).to_have_count(0)
    expect(page.locator(".queue")).to_have_count(0, timeout=SENT_MS)
    assert any("已收到紧急撤离命令" in line for line in team.told(incident))


def test_its_own_photos_stay_on_the_phone_with_what_became_of_them(crew: Callable[[str], Crew]) -> None:
    team = crew("gucheng")
    page = standing_by(team.phone())
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    team.order(team.incident())
    _press(page, "接令")
    _settled(page, "集结中")

    def shoot() -> None:
        page.get_by_role("button", name="现场报告").click()
        page.locator("dialog input[type=file]").set_input_files(
            {"name": "bridge.png", "mimeType": "image/png", "buffer": _picture()}
        )
        expect(page.get_by_role("img", name="照片 1/1")).to_be_visible()
        page.get_by_role("button", name="发出").click()
        expect(page.locator("dialog")).to_have_count(0)

    shoot()
    photos = page.locator(".photos li")
    expect(photos).to_have_count(1)
    expect(photos.first).to_contain_text("已发出", timeout=SENT_MS)
    page.context.set_offline(True)
    shoot()
    expect(photos).to_have_count(2)
    expect(photos.first).to_contain_text("待发")
    page.reload()
    expect(photos).to_have_count(2, timeout=SENT_MS)
    expect(photos.first).to_contain_text("待发", timeout=SENT_MS)
    page.context.set_offline(False)
    expect(photos.first).to_contain_text("已发出", timeout=60_000)


def test_it_can_be_installed_and_starts_without_a_line(crew: Callable[[str], Crew]) -> None:
    team = crew("shibei")
    page = standing_by(team.phone())
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    line = page.context.new_cdp_session(page)
    found = line.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one for one in found if one["errorId"] != "in-incognito"] == []
    manifest = page.request.get(f"{team.server.url}/manifest.webmanifest").json()
    assert (manifest["start_url"], manifest["display"]) == ("/field", "standalone")
    page.reload()
    standing_by(page)
    eventually(lambda: any(key.endswith("/store") for key in page.evaluate(KEPT)))
    page.context.set_offline(True)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.reload()
    standing_by(page)
    expect(page.get_by_text("操作照记，联网自动上报")).to_be_visible(timeout=SENT_MS)
    assert faults == []


@pytest.mark.parametrize(
    ("township", "address", "options"),
    [
        ("yongquan", "/field", SMALL),
        ("fenshuiling", "/field?lang=en", SMALL),
        ("fengzhou", "/field", DOUBLED),
        ("jiahuo", "/field?theme=sun&lang=en", DOUBLED),
    ],
    ids=["small", "small-en", "doubled", "doubled-sun-en"],
)
def test_nothing_is_cut_on_a_small_screen_or_with_text_twice_as_large(
    crew: Callable[[str], Crew], township: str, address: str, options: dict[str, Any]
) -> None:
    team = crew(township)
    page = team.open_page(team.server, team.account, address, **options)
    team.order(
        team.incident(
            life_risk="people", casualties={"missing": 2}, place_text="漫水桥东 300 米，河滩菜棚旁",
            dangers=[{"code": "water", "text": "水位上涨"}, {"code": "electric", "text": "落线"}],
            on_scene={"name": "村防汛责任人", "phone": "0355-6380000"},
        )
    )  # fmt: skip
    key = page.locator("footer .first")
    expect(key).to_have_text(re.compile("接令|Accept"), timeout=SENT_MS)
    width = options["viewport"]["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = page.evaluate(
        """(width) => [...document.querySelectorAll('.phone *')].filter((e) => {
          const box = e.getBoundingClientRect()
          return box.width && box.right > width + 1 && !e.closest('.visually-hidden') && getComputedStyle(e).position !== 'absolute'
        }).map((e) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 20)}`)""",
        width,
    )
    assert wide == []
    box = key.bounding_box()
    assert box is not None
    height = options["viewport"]["height"]
    assert box["height"] >= 56
    assert box["y"] + box["height"] / 2 >= height * 0.5, "under the thumb"
    assert box["y"] + box["height"] <= height
    for other in ("footer .second", "footer .pill"):
        found = page.locator(other).bounding_box()
        assert found is not None
        assert found["height"] >= 56, other
        assert found["y"] + found["height"] <= height, other
    main = page.locator("main").bounding_box()
    assert main is not None
    assert main["height"] >= height * 0.25, "the task can still be read above the keys"
    assert Axe().run(page).response["violations"] == []
