"""Watching cameras from the desk in a real browser: real streams made by ffmpeg, and a real WebRTC peer; with a purpose, until its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from command.places.cameras.addresses import key_of
from tests.cameras.media import Media
from tests.journeys.at_desk import SMALL, Hand, opened
from tests.serving import PATIENCE_S, Served

LON, LAT = 112.86, 36.83
WHO = "county_duty"
MOVES = """c => new Promise(done => { const look = () => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.join()
  const first = look(), again = () => look() === first ? requestAnimationFrame(again) : done(true); again() })"""
NAMES = {"hls": "桥头球机", "mjpeg": "河道枪机", "webrtc": "路口相机"}


@pytest.fixture(scope="module")
def media(desk_server: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Media]:
    """A media server that has the installation's key and that the county allows."""
    secret = (desk_server.data_dir / "secret.key").read_text().strip()
    made = Media(tmp_path_factory.mktemp("media"), key_of(secret))
    for name, value in (("allow_hosts", [made.host]), ("allow_networks", ["127.0.0.0/8"])):
        desk_server.post("admin", "/settings", {"name": f"camera.{name}", "centre": "140429", "value": value})
    yield made
    made.close()


@pytest.fixture(scope="module")
def scene(desk_server: Served, media: Media) -> str:
    """A flood, a camera of each sort near it, and one without a stream."""
    media.start_hls()
    for place, (protocol, name) in enumerate(NAMES.items(), 1):
        made = camera(desk_server, name, 0.001 * place)
        desk_server.post("county_duty", f"/cameras/{made}/address", media.address(protocol))
    camera(desk_server, "旧点位", 0.005)
    here = {"type": "Point", "coordinates": [LON, LAT]}
    return str(opened(desk_server, village_code=None, location=here, centre="140429100")["id"])


def camera(server: Served, name: str, up: float) -> str:
    point = {"type": "Point", "coordinates": [LON, LAT + up]}
    made = server.post(
        "county_duty", "/cameras", {"name": name, "location": point, "centre": "140429100", "facing": 180}
    )
    return str(made["id"])


def at_cameras(page_of: Callable[..., Any], server: Served, scene: str, who: str = WHO) -> Page:
    """The desk with the cameras of the incident open."""
    page: Page = page_of(server, who, "/desk", viewport=SMALL)
    Hand(page).choose(scene)
    page.keyboard.press("h")
    expect(page.locator(".sheet .row").first).to_be_visible()
    return page


def row(page: Page, name: str) -> Any:
    return page.locator(".sheet .row", has_text=name)


def begun(page: Page, name: str, purpose: str = "4") -> Any:
    """Choose a camera by its digit, state a purpose by its digit: the player's frame."""
    page.keyboard.press(row(page, name).locator("kbd").inner_text())
    expect(page.locator(".sheet .why")).to_be_visible()
    page.keyboard.press(purpose)
    return page.frame_locator(".sheet iframe")


def playing(frame: Any) -> None:
    expect(frame.locator(".player")).to_have_attribute("data-state", "playing")
    expect(frame.locator(".foot")).to_contain_text("播放中")


def grows(frame: Any) -> None:
    """Time goes on in the picture."""
    video = frame.locator("video")
    first = video.evaluate("v => v.currentTime")
    assert video.evaluate(
        "(v, first) => new Promise(done => { const look = () => v.currentTime > first + 1 && v.videoWidth > 0 ? done(true) "
        ": v.addEventListener('timeupdate', look, { once: true }); look() })",
        first,
    )


def test_a_camera_near_the_incident_plays_for_a_purpose_until_it_is_left(
    desk_server: Served, media: Media, scene: str, page_of: Callable[..., Any]
) -> None:
    page = at_cameras(page_of, desk_server, scene)
    expect(row(page, "桥头球机")).to_contain_text("北 111 m")
    expect(row(page, "旧点位")).to_contain_text("无画面地址")
    frame = begun(page, "桥头球机", "1")
    playing(frame)
    grows(frame)
    assert Axe().run(page).response["violations"] == []
    assert frame.locator("video").evaluate("v => [v.videoWidth, v.videoHeight]") == [320, 240]
    expect(page.locator(".sheet .bar")).to_contain_text("事件处置")
    page.keyboard.press("f")
    expect(page.locator(".sheet .bar")).to_contain_text("已延长 1 次")
    playing(page.frame_locator(".sheet iframe"))
    page.keyboard.press("Escape")
    expect(page.locator(".sheet iframe")).to_have_count(0)
    (viewing, *_) = desk_server.get("auditor", "/camera_viewings?limit=1")["items"]
    assert (viewing["purpose"], viewing["incident_id"], viewing["prolonged"]) == ("incident", scene, 1)
    readings = desk_server.get("auditor", "/access-log?what=camera%20incident")
    assert [one["username"] for one in readings["items"]] == ["county_duty"] * 2
    assert readings["flaws"] == []
    page.keyboard.press(row(page, "旧点位").locator("kbd").inner_text())
    expect(page.locator(".sheet .view")).to_contain_text("没有接入画面")


def test_a_motion_jpeg_camera_shows_its_pictures(
    desk_server: Served, media: Media, scene: str, page_of: Callable[..., Any]
) -> None:
    frame = begun(at_cameras(page_of, desk_server, scene), "河道枪机")
    playing(frame)
    assert frame.locator("canvas").evaluate("c => [c.width, c.height]") == [320, 240]
    assert frame.locator("canvas").evaluate(MOVES), "the picture moves"
    end_elsewhere(desk_server)
    expect(frame.locator(".player")).to_have_attribute("data-state", "over")
    assert media.left.acquire(timeout=PATIENCE_S), "the media server still sends"


def test_a_camera_plays_over_webrtc(
    desk_server: Served, media: Media, scene: str, page_of: Callable[..., Any]
) -> None:
    frame = begun(at_cameras(page_of, desk_server, scene), "路口相机")
    playing(frame)
    grows(frame)
    assert media.ended == []
    end_elsewhere(desk_server)
    expect(frame.locator(".player")).to_have_attribute("data-state", "over")
    assert media.ended == ["/whep/cam01/session/1"], "the server itself ends the call"


def end_elsewhere(server: Served) -> None:
    """The same person ends the viewing at another screen."""
    for viewing in server.get(WHO, "/camera_viewings")["items"]:
        server.post(WHO, f"/camera_viewings/{viewing['id']}/end")


def test_a_picture_that_breaks_says_so_and_what_to_do(
    desk_server: Served, media: Media, scene: str, page_of: Callable[..., Any]
) -> None:
    media.how = "refuse"
    try:
        frame = begun(at_cameras(page_of, desk_server, scene), "桥头球机")
        expect(frame.locator(".player")).to_have_attribute("data-state", "broken")
        expect(frame.locator(".say")).to_contain_text("拒绝或没有此画面")
        expect(frame.locator(".say")).to_contain_text("换相邻摄像头")
    finally:
        media.how = "serve"
    frame.locator(".say button").click()
    playing(frame)


def test_who_may_not_watch_is_told_and_sees_where_they_are(
    desk_server: Served, media: Media, scene: str, page_of: Callable[..., Any]
) -> None:
    page = at_cameras(page_of, desk_server, scene, "planner")
    page.keyboard.press(row(page, "桥头球机").locator("kbd").inner_text())
    expect(page.locator(".sheet .view")).to_contain_text("不能调看")
    assert Axe().run(page).response["violations"] == []
    expect(page.locator(".sheet .why")).to_have_count(0)


def test_a_keeper_registers_a_camera_and_its_stream_is_shown_no_more(
    desk_server: Served, media: Media, page_of: Callable[..., Any]
) -> None:
    page = page_of(desk_server, "admin", "/admin#cameras", viewport={"width": 1440, "height": 900})
    page.fill("[name=camera]", "东关涵洞")
    page.fill("[name=lon]", "112.87")
    page.fill("[name=lat]", "36.84")
    page.get_by_role("button", name="保存", exact=True).click()
    made = page.locator("[data-camera='东关涵洞']")
    expect(made).to_contain_text("无画面地址")
    made.get_by_role("button").click()
    page.fill("[name=address]", "https://elsewhere.example/{token}/{expires}/a.m3u8")
    page.get_by_role("button", name="保存地址").click()
    expect(page.get_by_role("alert")).to_contain_text("摄像头媒体服务器")
    page.fill("[name=address]", media.address("hls")["address"])
    page.get_by_role("button", name="保存地址").click()
    expect(made).to_contain_text("HLS")
    expect(page.locator("[name=address]")).to_have_value("")
    assert media.host not in page.content()
    assert Axe().run(page).response["violations"] == []


def test_an_auditor_reads_who_watched_and_why(
    desk_server: Served, media: Media, scene: str, page_of: Callable[..., Any]
) -> None:
    near = desk_server.get("county_duty", f"/cameras/near?incident_id={scene}")["items"]
    thing = next(one["camera"]["id"] for one in near if one["camera"]["name"] == NAMES["hls"])
    desk_server.post("county_duty", f"/cameras/{thing}/view", {"purpose": "search", "note": "寻找走失老人"})
    page = page_of(desk_server, "auditor", "/admin#viewings", viewport={"width": 1440, "height": 900})
    row = page.locator("tbody tr", has_text="寻找人员").first
    expect(row).to_contain_text(NAMES["hls"])
    expect(row).not_to_contain_text("走失老人")
    row.get_by_role("button").click()
    expect(row).to_contain_text("走失老人")
    assert Axe().run(page).response["violations"] == []
