"""The keepers' screen in a real browser: accounts, posts, settings, displays, the access log, how the house is; one's own codes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.serving import Served

SMALL = {"width": 1366, "height": 768}
LARGE = {"width": 2560, "height": 1440}
SECTIONS = {
    "users": "tr.pick", "posts": "[data-centre]", "settings": "tr[data-setting]", "devices": ".side form",
    "roles": "[data-role]", "system": ".cards",
}  # fmt: skip
TOWN = "140429100"
WAIT_MS = 20_000


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo county of this module's own: its accounts are changed."""
    shared = Served(tmp_path_factory.mktemp("admin")).start()
    yield shared
    shared.stop()


@pytest.fixture
def keeper(house: Served, page_of: Callable[..., Any]) -> Callable[..., Any]:
    """A section as somebody sees it: `keeper("users")`."""

    def at(section: str, who: str = "admin", lang: str = "zh", **options: Any) -> Any:
        page = page_of(house, who, f"/admin?lang={lang}#{section}", **{"viewport": SMALL, **options})
        page.set_default_timeout(WAIT_MS)
        page.wait_for_selector(SECTIONS.get(section, "main .page"))
        return page

    return at


def test_it_opens_an_account_whose_password_is_shown_once_and_signs_in(
    house: Served, keeper: Any, browser: Any
) -> None:
    page = keeper("users")
    page.get_by_role("button", name="新建账号").click()
    page.locator("[name=username]").fill("fengzhou_new")
    page.locator("[name=name]").fill("丰州镇值班员乙")
    page.locator("[name=role]").select_option("township_duty")
    page.locator(".form input[list]").fill("fengzhou")
    page.locator(".form button[type=submit]").click()
    password = page.locator(".secret output").inner_text()
    page.get_by_role("button", name="已记下").click()
    expect(page.locator("tr[aria-selected=true]")).to_contain_text("丰州镇值班员乙", timeout=WAIT_MS)
    assert password not in page.content()
    context = browser.new_context(viewport=SMALL)
    mine = context.new_page()
    mine.set_default_timeout(WAIT_MS)
    mine.goto(f"{house.url}/desk")
    mine.locator("[name=username]").fill("fengzhou_new")
    mine.locator("[name=password]").fill(password)
    mine.locator("form button[type=submit]").click()
    choose_password(mine, password)
    mine.wait_for_selector(".chip.live", state="attached", timeout=WAIT_MS)
    page.get_by_role("button", name="停用账号").click()
    page.get_by_role("button", name="确认停用").click()
    expect(mine).to_have_url(re.compile(r"/\?next="), timeout=WAIT_MS)
    context.close()


def choose_password(mine: Any, given: str) -> None:
    """At the first sign-in: nothing opens before the password is one's own, also when the page is loaded again."""
    expect(mine.get_by_role("heading", name="请先改成自己的密码")).to_be_visible(timeout=WAIT_MS)
    expect(mine.locator("[name=password]")).to_have_count(0)
    found = Axe().run(mine)
    assert found.violations_count == 0, found.generate_report()
    mine.goto(f"{mine.url.split('?')[0]}desk")
    mine.locator("[name=password]").fill(given)
    mine.locator("[name=fresh]").fill("丰州 8 my own")
    mine.locator("[name=again]").fill("丰州 8 my wrong")
    mine.get_by_role("button", name="更改密码").click()
    expect(mine.get_by_role("alert")).to_contain_text("不一样")
    mine.locator("[name=again]").fill("丰州 8 my own")
    mine.get_by_role("button", name="更改密码").click()
    expect(mine).to_have_url(re.compile("/desk"), timeout=WAIT_MS)


def test_it_shows_a_new_number_on_an_open_desk_at_once(house: Served, keeper: Any, page_of: Any) -> None:
    body = {"kind": "flash_flood", "village_code": "140429100003", "life_risk": "people"}
    incident = house.post("fengzhou_duty", "/incidents", body)["id"]
    desk = page_of(house, "fengzhou_duty", "/desk", viewport=SMALL)
    desk.wait_for_selector(f"[data-incident='{incident}']", timeout=WAIT_MS)
    desk.locator(f"[data-incident='{incident}']").click()
    page = keeper("posts")
    page.locator(f"[data-centre='{TOWN}']").click()
    page.get_by_role("button", name="修改").first.click()
    page.locator(".phone input.field").nth(1).fill("8765-4321")
    page.get_by_role("button", name="保存").click()
    expect(desk.get_by_text("8765-4321").first).to_be_attached(timeout=WAIT_MS)


def test_it_keeps_a_private_number_off_the_page_until_somebody_asks(house: Served, keeper: Any) -> None:
    page = keeper("posts")
    page.locator(f"[data-centre='{TOWN}']").click()
    page.get_by_role("button", name="新增岗位").click()
    page.locator("[name=title]").fill("防汛专干")
    page.locator(".line select").select_option("mobile")
    page.locator(".line input").first.fill("13987650009")
    page.get_by_role("button", name="保存").click()
    post = page.locator("[data-post='防汛专干']")
    expect(post).to_contain_text("私人号码", timeout=WAIT_MS)
    assert "13987650009" not in page.content()
    assert "13987650009" not in str(house.get("county_duty", f"/centres/{TOWN}"))
    post.get_by_role("button", name="查看私人号码").click()
    expect(post).to_contain_text("13987650009", timeout=WAIT_MS)
    log = keeper("readings", "auditor")
    expect(log.locator("tbody tr").first).to_contain_text("丰州镇 · 防汛专干", timeout=WAIT_MS)
    expect(log.locator("tbody tr").first).to_contain_text("系统管理员")


def test_it_enrols_a_display_by_its_code_and_takes_it_back(house: Served, keeper: Any, browser: Any) -> None:
    page = keeper("devices")
    page.locator("[name=display]").fill("指挥大厅主屏")
    page.get_by_role("button", name="生成注册码").click()
    code = page.locator(".secret output").inner_text()
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    display = context.new_page()
    display.goto(f"{house.url}/?display={code}")
    assert code not in display.url
    display.get_by_role("button", name="注册", exact=True).click()
    expect(display).to_have_url(re.compile("/wall"), timeout=WAIT_MS)
    row = page.locator("[data-device='指挥大厅主屏']")
    expect(row).to_contain_text("已注册", timeout=WAIT_MS)
    row.get_by_role("button", name="收回").click()
    row.get_by_role("button", name="确认收回").click()
    expect(display).to_have_url(re.compile(r"/\?next="), timeout=WAIT_MS)
    context.close()


def test_it_changes_what_a_role_may_and_others_only_look(house: Served, keeper: Any) -> None:
    looking = keeper("roles")
    looking.locator("[data-role=planner]").click()
    expect(looking.locator("[data-right='world.open']")).to_be_disabled()
    page = keeper("roles", "security")
    page.locator("[data-role=security]").click()
    expect(page.locator("[data-right='incident.open']")).to_be_disabled()
    page.get_by_role("button", name="新设角色").click()
    for name, value in (("zh", "值班长"), ("en", "shift lead"), ("code", "shift_lead")):
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=like]").select_option("county_duty")
    page.get_by_role("button", name="新设", exact=True).click()
    right = page.locator("[data-right='incident.merge']")
    right.uncheck(timeout=WAIT_MS)
    page.get_by_role("button", name="保存修改").click()
    expect(page.locator(".ask")).to_contain_text("合并、拆分事件")
    page.get_by_role("button", name="确认修改").click()
    expect(page.locator(".history")).to_contain_text("incident.merge", timeout=WAIT_MS)
    expect(looking.locator("[data-role=shift_lead]")).to_be_visible(timeout=WAIT_MS)
    told = next(one for one in house.get("security", "/roles")["items"] if one["code"] == "shift_lead")
    assert "incident.merge" not in told["permissions"]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_it_sets_a_value_and_takes_it_back(house: Served, keeper: Any) -> None:
    page = keeper("settings")
    row = page.locator("tr[data-setting='task.accept_s.direct']")
    row.get_by_role("button").click()
    field = page.locator("tr.opened input")
    field.fill("nonsense")
    expect(page.locator("tr.opened button[type=submit]")).to_be_disabled()
    field.fill("95")
    page.locator("tr.opened button[type=submit]").click()
    expect(row).to_contain_text("95 秒", timeout=WAIT_MS)
    expect(page.locator("tr.opened .history")).to_contain_text("95")
    page.get_by_role("button", name="恢复").click()
    page.get_by_role("button", name="确认恢复").click()
    expect(row).to_contain_text("默认", timeout=WAIT_MS)


def test_it_turns_ones_own_codes_on_with_recovery_codes_that_sign_in(
    house: Served, page_of: Any, browser: Any
) -> None:
    account = house.account("county_leader")
    page = page_of(house, "county_leader", "/account", viewport=SMALL)
    page.set_default_timeout(WAIT_MS)
    page.get_by_role("button", name="启用动态码").click()
    page.locator("[name=password]").fill(account["password"])
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("img.qr")).to_be_visible()
    seed = page.locator("output.key").inner_text().replace(" ", "")
    page.locator("[name=otp]").fill(pyotp.TOTP(seed).now())
    page.get_by_role("button", name="确认启用").click()
    expect(page.locator(".codes li")).to_have_count(10, timeout=WAIT_MS)
    codes = page.locator(".codes li").all_inner_texts()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context = browser.new_context(viewport=SMALL)
    other = context.new_page()
    other.set_default_timeout(WAIT_MS)
    other.goto(house.url)
    other.locator("[name=username]").fill("county_leader")
    other.locator("[name=password]").fill(account["password"])
    other.locator("form button[type=submit]").click()
    expect(other.get_by_role("alert")).to_contain_text("动态码")
    other.locator("[name=otp]").fill(codes[0])
    other.locator("form button[type=submit]").click()
    expect(other).to_have_url(re.compile("/(desk|brief|wall)"), timeout=WAIT_MS)
    context.close()


def test_it_leads_keepers_there_and_shows_each_what_their_role_may(house: Served, keeper: Any) -> None:
    wanted = {
        "admin": {"账号", "岗位与电话", "设置", "设备", "系统"}, "security": {"账号", "设备", "访问日志", "系统"},
        "auditor": {"账号", "设置", "设备", "访问日志", "系统"},
    }  # fmt: skip
    for who, names in wanted.items():
        page = keeper("users", who)
        shown = {one.split("\n")[0].strip() for one in page.locator("nav li a span").all_inner_texts()}
        assert names <= shown, who
        assert not (set().union(*wanted.values()) - names) & shown, who
        assert house.get(who, "/session")["home"] == "/admin"


def test_it_goes_from_section_to_section_by_keys(keeper: Any) -> None:
    page = keeper("users")
    page.keyboard.press("Alt+4")
    page.wait_for_selector("tr[data-setting]")
    assert page.url.endswith("#settings")
    page.keyboard.press("Alt+1")
    page.wait_for_selector("tr.pick")
    page.locator("input[type=search]").press("Alt+3")
    page.wait_for_selector("[data-centre]")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_has_no_accessibility_fault_and_nothing_runs_out_of_its_column(keeper: Any, lang: str) -> None:
    for size in (SMALL, LARGE):
        page = keeper("users", lang=lang, viewport=size)
        for section, shown in SECTIONS.items():
            page.locator(f"nav a[href='#{section}']").click()
            page.wait_for_selector(shown)
            if section == "users":
                page.locator("[data-user=fengzhou_duty]").click()
                page.wait_for_selector(".passes li")
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (section, size)
            if size is SMALL:
                found = Axe().run(page)
                assert found.violations_count == 0, (section, found.generate_report())
        page.context.close()
    page = keeper("readings", "auditor", lang=lang)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_it_says_what_to_do_when_it_is_refused(house: Served, keeper: Any) -> None:
    page = keeper("users")
    page.get_by_role("button", name="新建账号").click()
    page.locator("[name=username]").fill("fengzhou_duty")
    page.locator("[name=name]").fill("重名")
    page.locator("[name=role]").select_option("keeper")
    began = time.monotonic()
    page.locator(".form button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("已被使用", timeout=WAIT_MS)
    assert time.monotonic() - began < WAIT_MS / 1000
    expect(page.locator("[name=username]")).to_have_value("fengzhou_duty")
