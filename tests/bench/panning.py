"""The desk's large map with a hundred thousand hazards in Chromium: frames a second still and while it is moved, beside the same
map with the layer off. The page counts the frames that it makes, Chromium those that it draws: without a graphics card the
processor draws them, and draws fewer."""

from __future__ import annotations

import json
import os
import shutil
import time
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from tests.bench.county import County
from tests.bench.hazards import fill
from tests.bench.measure import OUT, median
from tests.bench.post_to_last import USER
from tests.bench.report import Row

SIZES = {"1080p": {"width": 1920, "height": 1080}, "4K": {"width": 3840, "height": 2160}}
SECONDS = 4
DRAWN = b'"name":"Display::DrawAndSwap"'
PATIENCE_MS = 60_000
COUNT = """seconds => new Promise(done => {
  const began = performance.now(), at = []
  const frame = now => { at.push(now); if (performance.now() - began < seconds * 1000) requestAnimationFrame(frame); else done(at) }
  requestAnimationFrame(frame)
})"""


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """Still and moved, first without the hazards, then with them; the last at a zoom where most of the county is seen. The desk's
    own size, and a wall's (4K, told only)."""
    number, rounds = (10_000, 1) if quick else (100_000, 3)
    with County("panning") as county:
        data = county.data
    fill(f"sqlite:///{data / 'fengsui.db'}", number)
    rows: list[Row] = []
    detail: dict[str, Any] = {}
    with County("panning", keep=True) as county, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for name, size in SIZES.items():
            found = detail[name] = _measured(large_map(browser, county, size), rounds)
            rows += _rows(f"large map of {number} hazards in Chromium, {name}", found, told_only=name == "4K")
        browser.close()
    return rows, detail


def _measured(page: Page, rounds: int) -> dict[str, list[float]]:
    """Frames a second still and moved, without the layer and with it; the page is closed."""
    found: dict[str, list[float]] = {}
    layer = page.get_by_role("checkbox", name="隐患", exact=True)
    for on in (False, True):
        if on:
            with page.expect_response(lambda answer: "/tiles/hazards/" in answer.url, timeout=PATIENCE_MS):
                layer.check()
            page.wait_for_timeout(3000)  # what came is drawn
        for _ in range(rounds):
            found.setdefault(f"still {on}", []).append(rate(page.evaluate(COUNT, SECONDS)))
            made, drawn = _moved(page)
            found.setdefault(f"moved {on}", []).append(made)
            found.setdefault(f"drawn {on}", []).append(drawn)
    page.screenshot(path=OUT / f"panning-{page.viewport_size['width'] if page.viewport_size else 0}.png")
    page.context.close()
    return found


def _rows(what: str, found: dict[str, list[float]], *, told_only: bool) -> list[Row]:
    """Beside the same map without the layer: the processor draws where there is no graphics card."""
    rows = []
    for how, least in (("still", 0.8), ("moved", 0.5), ("drawn", 0.5)):
        said = {"drawn": "moved, frames drawn"}.get(how, how)
        budget: dict[str, Any] = {} if told_only else {"ratio_at_least": least}
        now, bare = median(found[f"{how} True"]), median(found[f"{how} False"])
        rows.append(Row(f"{what}, {said}", now, "fps", reference=bare, of="no layer", **budget))
    return rows


def chromium() -> str:
    """Where the browser is."""
    found = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if found is None:
        raise RuntimeError("no Chromium")
    return found


def large_map(browser: Any, county: County, size: dict[str, int]) -> Page:
    """The large map at the county's desk, with its ground drawn."""
    context = browser.new_context(viewport=size)
    context.set_default_timeout(PATIENCE_MS)
    home = f"http://127.0.0.1:{county.port}"
    answer = context.request.post(
        f"{home}/api/v1/session", data={"username": USER, "password": _password(county)}
    )
    if not answer.ok:
        raise RuntimeError(f"signing in answers {answer.status}")
    page: Page = context.new_page()
    page.goto(f"{home}/desk?lang=zh")
    expect(page.locator(".chip.live")).to_be_attached()
    page.keyboard.press("b")
    expect(page.locator(".sheet .map[data-ready]")).to_be_visible()
    others = page.locator(".sheet .layers label > input[type=checkbox]:checked")
    while others.count():
        others.first.uncheck()
    return page


def _password(county: County) -> str:
    accounts = json.loads((county.data / "demo-accounts.json").read_text())
    found: str = next(one["password"] for one in accounts if one["username"] == USER)
    return found


def _moved(page: Page) -> tuple[float, float]:
    """Frames a second while a hand drags the map to and fro: those that the page made, and those that were drawn."""
    box = page.locator(".sheet .map").bounding_box()
    if box is None:
        raise RuntimeError("the map is not there")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    browser = page.context.browser
    assert browser is not None
    browser.start_tracing(page=page, categories=["viz"])
    page.evaluate(f"window.frames_of_bench = ({COUNT})({SECONDS})")
    until, step = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:  # a move is answered when the page has dealt with it
        page.mouse.move(x + 150 * ((step // 15) % 2 * 2 - 1) * (step % 15) / 15, y + 3 * (step % 15))
        step += 1
    made = rate(page.evaluate("window.frames_of_bench"))
    drawn = browser.stop_tracing().count(DRAWN)
    page.mouse.up()
    page.wait_for_timeout(
        SECONDS * 1000
    )  # what was made and not yet drawn is drawn before the next is measured
    return made, drawn / (time.monotonic() - until + SECONDS)


def rate(at: list[float]) -> float:
    """Frames a second."""
    return (len(at) - 1) / (at[-1] - at[0]) * 1000
