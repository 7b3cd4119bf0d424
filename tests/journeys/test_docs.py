"""The page of the interface: what the server describes can be found on it, without a line to the outside."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.serving import Served


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_finds_an_operation_with_its_fields_and_has_no_axe_violation(
    server: Served, browser: Any, lang: str
) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    outside: list[str] = []
    context.on("request", lambda one: outside.append(one.url) if not one.url.startswith(server.url) else None)
    page = context.new_page()
    page.goto(f"{server.url}/api/docs?lang={lang}")
    page.get_by_role("searchbox").fill("incident.open")
    page.wait_for_selector("details[open]")
    expect(page.locator("details")).to_have_count(1)
    expect(page.get_by_text("/incidents", exact=True)).to_be_visible()
    expect(page.get_by_role("rowheader", name="life_risk").first).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert outside == []
    context.close()
