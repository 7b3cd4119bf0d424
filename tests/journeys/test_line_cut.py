"""The live line is cut: what a screen goes on showing is grey as a whole and says of when it is, on desk, township desk and wall."""

from __future__ import annotations

import re
from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.at_desk import NANGAO, SMALL
from tests.journeys.test_wall import HD
from tests.serving import Served

LONG_MS = 60_000
AS_OF = re.compile(r"截至 \d\d:\d\d")

# Texts of the panels that are neither in the grey of the stale nor dark upon it; keys that work keep their own colour.
NOT_GREY = """() => {
  const of = (name) => {
    const e = document.createElement('i')
    e.style.color = `var(${name})`
    document.body.append(e)
    const color = getComputedStyle(e).color
    e.remove()
    return color
  }
  const grey = new Set([of('--stale'), of('--on-plate')])
  const found = []
  for (const panel of document.querySelectorAll('.columns .panel, .stage .panel')) {
    const walk = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT)
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      const e = n.parentElement
      if (!n.data.trim() || !e.getClientRects().length || e.closest('.kbd, .btn, .box, .map, .first, .steps')) continue
      if (!grey.has(getComputedStyle(e).color)) found.push(`${n.data.trim()} in ${panel.getAttribute('aria-label')}`)
    }
  }
  return found
}"""
UNDATED = """() => [...document.querySelectorAll('.columns .panel, .stage .panel')]
  .filter((p) => p.getClientRects().length && !p.querySelector('.as-of')).map((p) => p.getAttribute('aria-label'))"""


def test_it_turns_grey_as_a_whole_with_its_age_when_the_line_is_cut(
    serve: Callable[..., Served], page_of: Callable[..., Page]
) -> None:
    own = serve()
    body = {
        "kind": "flash_flood",
        "village_code": NANGAO,
        "life_risk": "people",
        "level": "II",
        "casualties": {"missing": 2},
    }
    incident = own.post("county_duty", "/incidents", body)
    team = own.get("county_duty", f"/incidents/{incident['id']}/suggestions")["items"][0]["team"]["id"]
    own.post("county_duty", f"/incidents/{incident['id']}/tasks", {"team_ids": [team]})
    screens = [
        page_of(own, who, path, viewport=size)
        for who, path, size in (
            ("county_duty", "/desk", SMALL),
            ("jianzhang_duty", "/desk?theme=light", SMALL),
            ("wall", "/wall", HD),
        )
    ]
    for page in screens:
        page.locator(f"[data-incident='{incident['id']}']").wait_for()
        expect(page.locator(".as-of")).to_have_count(0)
        assert page.evaluate(NOT_GREY) != []
    own.kill()
    for page in screens:
        stamp = page.locator(".as-of").first
        expect(stamp).to_have_text(AS_OF, timeout=LONG_MS)
        assert page.evaluate(UNDATED) == []
        assert page.evaluate(NOT_GREY) == []
        faults = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]
        assert faults == []
    screens[0].keyboard.press("F2")
    expect(screens[0].locator(".intake .as-of")).to_have_count(0)
    screens[0].keyboard.press("Escape")
    own.start()
    for page in screens:
        expect(page.locator(".as-of")).to_have_count(0, timeout=LONG_MS)
        assert page.evaluate(NOT_GREY) != []
