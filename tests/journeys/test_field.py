"""The responder's phone in a real browser: an order, the way through it, a cut line and a reload in the middle, help and mayday."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.at_desk import eventually
from tests.serving import Served

pytestmark = pytest.mark.browser
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "geolocation": {"latitude": 36.8, "longitude": 113.0, "accuracy": 8},
    "permissions": ["geolocation"],
}
VILLAGE = "140429103213"
SENT_MS = 30_000


class Crew:
    """One team with its phone; each test takes another, so that none meets the tasks of another test."""

    def __init__(self, server: Served, township: str, open_page: Callable[..., Page]) -> None:
        self.server, self.account = server, f"{township}_team1"
        self.team = server.account(self.account)["team_id"]
        self.open_page = open_page

    def phone(self, path: str = "/field") -> Page:
        """The team's phone, signed in."""
        return self.open_page(self.server, self.account, path, **PHONE)

    def incident(self, **body: Any) -> str:
        """An incident at a village, as the county's desk takes it."""
        opened = self.server.post(
            "county_duty", "/incidents", {"kind": "flash_flood", "village_code": VILLAGE, **body}
        )
        return str(opened["id"])

    def order(self, incident: str, words: str = "沿河东岸搜索") -> str:
        """Order the team there; the task's id."""
        body = {"team_ids": [self.team], "order": words}
        made = self.server.post("county_duty", f"/incidents/{incident}/tasks", body)
        return str(made["items"][0]["id"])

    def state(self, task: str) -> str:
        """The task's state as the server has it."""
        return str(self.server.get(self.account, f"/tasks/{task}")["state"])

    def step(self, task: str, to: str, **body: Any) -> None:
        """The desk enters a step."""
        self.server.post("county_duty", f"/tasks/{task}/transition", {"to": to, **body})

    def told(self, incident: str) -> list[str]:
        """What the incident's timeline says, without times."""
        items = self.server.get("county_duty", f"/incidents/{incident}/timeline")["items"]
        return [item["text"] for item in items]


# Held for one turn of the page only: between two commands from outside, a busy machine may let the two seconds pass.
SHORT_PRESS = """async (pill) => {
  const key = (type) => pill.dispatchEvent(new KeyboardEvent(type, { code: 'Space', bubbles: true, cancelable: true }))
  key('keydown')
  await new Promise((done) => setTimeout(done, 0))
  const said = document.body.innerText
  key('keyup')
  return said
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo county of this module's own: its teams have tasks at the end, and other tests need free ones."""
    own = Served(tmp_path_factory.mktemp("field")).start()
    yield own
    own.stop()


@pytest.fixture
def crew(server: Served, page_of: Callable[..., Page]) -> Callable[[str], Crew]:
    """A crew by its township."""
    return lambda township: Crew(server, township, page_of)


def _picture() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(out, "PNG")
    return out.getvalue()


def _press(page: Page, key: str) -> None:
    page.locator("footer .first").filter(has_text=key).click()


def _settled(page: Page, following: str) -> None:
    """The step is entered, the key names the following one, and the desk has it."""
    expect(page.locator("footer .first")).to_have_text(following)
    expect(page.get_by_text("未上报")).to_have_count(0, timeout=SENT_MS)


def test_it_leads_a_team_from_the_order_to_its_return(crew: Callable[[str], Crew]) -> None:
    team = crew("jianzhang")
    page = team.phone()
    expect(page.get_by_text("待命中")).to_be_visible(timeout=SENT_MS)
    incident = team.incident(
        life_risk="people", casualties={"missing": 2}, place_text="漫水桥东 300 米",
        dangers=[{"code": "water", "text": "水位上涨"}], on_scene={"name": "村防汛责任人", "phone": "0355-6380000"},
    )  # fmt: skip
    task = team.order(incident)
    expect(page.get_by_role("heading", name="2 人失联")).to_be_visible(timeout=SENT_MS)
    for words in ("漫水桥东 300 米", "位置待核", "水位上涨", "沿河东岸搜索", "接令时限 3分"):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_role("link", name="呼叫 村防汛责任人")).to_have_attribute("href", "tel:03556380000")
    expect(page.get_by_role("link", name="呼叫 武乡县")).to_have_attribute("href", re.compile(r"^tel:\d+$"))
    box = page.locator("footer .first").bounding_box()
    assert box is not None
    assert box["height"] >= 68
    _press(page, "接令")
    for key in ("集结中", "赶赴途中", "已到场", "处置中", "撤收", "归队"):
        _press(page, key)  # it waits until the large key names this step
    expect(page.get_by_text("待命中")).to_be_visible(timeout=SENT_MS)
    eventually(lambda: team.state(task) == "returned")
    past = page.locator(
        f"[data-past='{task}']"
    )  # its own task stays, and nothing says that it was taken away
    expect(past).to_contain_text("归队")
    expect(page.get_by_text("任务已撤销")).to_have_count(0)
    expect(page.get_by_text("漫水桥东 300 米")).to_have_count(0)
    assert team.server.ask(team.account, "GET", f"/incidents/{incident}").status_code == 404


def test_it_keeps_the_task_and_the_queue_over_an_offline_reload(crew: Callable[[str], Crew]) -> None:
    team = crew("hongshui")
    page = team.phone()
    expect(page.get_by_text("待命中")).to_be_visible(timeout=SENT_MS)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    incident = team.incident(casualties={"trapped": 3})
    task = team.order(incident)
    _press(page, "接令")
    _settled(page, "集结中")
    page.context.set_offline(True)
    _press(page, "集结中")
    _press(page, "赶赴途中")
    page.get_by_role("button", name="现场报告").click()
    page.get_by_role("textbox", name="现场报告").fill("水到膝，东岸无人应答")
    page.locator("dialog input[type=file]").set_input_files(
        {"name": "bridge.png", "mimeType": "image/png", "buffer": _picture()}
    )
    expect(page.get_by_role("img", name="照片 1/1")).to_be_visible()
    page.get_by_role("button", name="发出").click()
    expect(page.locator("dialog")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="3 人被困")).to_be_visible(timeout=SENT_MS)
    expect(page.get_by_text("未上报")).to_be_visible()
    expect(page.get_by_role("heading", name="待上报 4")).to_be_visible(timeout=SENT_MS)
    expect(page.get_by_text("操作照记，联网自动上报")).to_be_visible(timeout=SENT_MS)
    expect(page.locator("footer .first")).to_have_text("已到场")
    assert team.state(task) == "accepted"
    page.context.set_offline(False)
    # the last in the queue; the queue itself does not show what is younger than three seconds while there is a line
    expect(page.locator(".photos").get_by_text("已发出")).to_be_visible(timeout=30_000)
    expect(page.locator(".queue")).to_have_count(0, timeout=30_000)
    assert team.state(task) == "enroute"
    expect(page.locator(".refused")).to_have_count(0)
    told = team.told(incident)
    photo = next(
        item["record"]["photo"] for item in team.server.get("county_duty", f"/incidents/{incident}/timeline")["items"]
        if item["text"].endswith("（照片 1/1）")
    )  # fmt: skip
    assert team.server.ask("county_duty", "GET", f"/files/{photo}").headers["Content-Type"] == "image/jpeg"
    assert [
        sum(line.endswith(word) for line in told) for word in ("已接令", "集结中", "赶赴途中", "东岸无人应答")
    ] == [1] * 4


def test_it_lists_what_was_not_taken_and_brings_it_to_the_timeline(crew: Callable[[str], Crew]) -> None:
    team = crew("panlong")
    page = team.phone()
    incident = team.incident()
    task = team.order(incident)
    _press(page, "接令")
    _settled(page, "集结中")
    page.context.set_offline(True)
    _press(page, "集结中")
    team.step(task, "assembling", by_proxy={"person": "张队", "channel": "电台"})
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="未采纳 1")).to_be_visible(timeout=30_000)
    expect(page.get_by_text(re.compile(r"已代报（电台）"))).to_be_visible()
    expect(page.get_by_text("你的时间已留在时间线")).to_be_visible(timeout=SENT_MS)
    assert any("集结中（当时未采纳）" in line for line in team.told(incident))
    page.get_by_role("button", name="知道了").click()
    expect(page.get_by_role("heading", name="未采纳 1")).to_have_count(0)


def test_it_says_why_it_is_unable_and_frees_the_team(crew: Callable[[str], Crew]) -> None:
    team = crew("jiahuo")
    page = team.phone()
    task = team.order(team.incident())
    page.get_by_role("button", name="无法执行").click()
    page.get_by_role("radio", name="道路不通").click()
    page.get_by_role("button", name="报无法执行").click()
    expect(page.get_by_text("待命中")).to_be_visible(timeout=SENT_MS)
    eventually(lambda: team.server.get("county_duty", f"/tasks/{task}")["refused_reason"] == "道路不通")


def test_it_says_that_a_task_was_taken_away(crew: Callable[[str], Crew]) -> None:
    team = crew("hanbei")
    page = team.phone()
    task = team.order(team.incident())
    expect(page.locator("footer .first")).to_have_text("接令", timeout=SENT_MS)
    team.step(task, "cancelled")
    expect(page.get_by_text("任务已撤销")).to_be_visible(timeout=SENT_MS)
    page.get_by_role("button", name="知道了").first.click()
    expect(page.get_by_text("任务已撤销")).to_have_count(0)


def test_it_asks_for_help_and_calls_mayday_by_different_gestures(crew: Callable[[str], Crew]) -> None:
    team = crew("fengzhou")
    page = team.phone()
    incident = team.incident()
    team.order(incident)
    _press(page, "接令")
    _settled(page, "集结中")
    page.get_by_role("button", name="求援", exact=True).click()
    page.get_by_role("group", name="人").get_by_role("button", name="加").click()
    page.get_by_role("button", name="发出求援").click()
    pill = page.get_by_role("button", name=re.compile("^遇险求救"))
    expect(page.locator("dialog")).to_have_count(0)
    assert "尚未发出" in pill.evaluate(SHORT_PRESS)
    expect(page.get_by_text("尚未发出")).to_have_count(0)
    expect(page.get_by_text("遇险求救已发出")).to_have_count(0)
    pill.hover(position={"x": 90, "y": 20})
    page.mouse.down()
    expect(page.get_by_text("遇险求救已发出")).to_be_visible(timeout=SENT_MS)
    page.mouse.up()
    (alarm,) = eventually(lambda: [
        one for one in team.server.get("county_duty", "/alarms?live=true&limit=500")["items"]
        if one["cause"] == f"mayday:{team.team}"
    ])  # fmt: skip
    assert (alarm["rank"], alarm["life_risk"]) == (1, True)
    assert "36.80000, 113.00000" in alarm["detail"]["zh"]
    team.server.post("county_duty", f"/alarms/{alarm['id']}/acknowledge", {})
    expect(page.get_by_text("已接", exact=False).first).to_be_visible(timeout=SENT_MS)
    page.get_by_role("button", name="误触").click()
    page.get_by_role("button", name="再按一次：误触").click()
    expect(page.get_by_text("遇险求救已发出")).to_have_count(0, timeout=SENT_MS)
    eventually(lambda: any(line.endswith("求援：人 1") for line in team.told(incident)))
    eventually(lambda: any("误触遇险求救，已撤销" in line for line in team.told(incident)))


def test_it_shares_its_position_only_on_duty(crew: Callable[[str], Crew]) -> None:
    team = crew("gucheng")
    page = team.phone()
    expect(page.get_by_text("位置共享中")).to_be_visible(timeout=SENT_MS)
    page.get_by_role("button", name="结束值班").click()
    expect(page.get_by_text("未值班")).to_be_visible()
    expect(page.get_by_text("不共享位置")).to_be_visible()
    expect(page.get_by_text("位置共享中")).to_have_count(0)


@pytest.mark.parametrize("address", ["/field", "/field?lang=en"])
def test_it_has_no_axe_violation(crew: Callable[[str], Crew], address: str) -> None:
    team = crew("yongquan" if "en" in address else "shangsi")
    page = team.phone(address)
    page.locator(".duty").wait_for()
    assert Axe().run(page).response["violations"] == []
    team.order(team.incident(casualties={"missing": 1}, dangers=[{"code": "electric", "text": "落线"}]))
    page.locator(".limit").wait_for()
    assert Axe().run(page).response["violations"] == []
    page.locator("footer .second").click()
    page.locator("dialog").wait_for()
    assert Axe().run(page).response["violations"] == []
