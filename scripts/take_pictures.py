"""Take the pictures of docs/pictures/ from the running product while a rainy evening plays: `python scripts/take_pictures.py`.

A server of its own, with the demo county, in a directory that is thrown away afterwards.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "pictures"
PORT = 5097
BASE = f"http://127.0.0.1:{PORT}"
MOST_BYTES = 300_000
SPEED = 12.0
SETTLE_MS = 10_000
"""Positions and ages come with the ticks; the ground of the map is drawn without a graphics card."""
SHOW_AT_MIN = 36.4  # two rescues at work, figures that compete, an order that nobody answers


@dataclass(frozen=True)
class Picture:
    """One picture: which door, which page, how large, how it is scaled down, what must be on it first."""

    name: str
    door: str | None
    size: tuple[int, int]
    shown: str
    scale: float = 1.0
    width: int | None = None
    press: tuple[str, ...] = ()
    account: str | None = None  # signs in with its password where the demo has no door
    opens: str = "/"
    click: str | None = None


PICTURES = (
    Picture("wall", "wall", (3840, 2160), "text=监漳镇", width=1920),
    Picture("desk", "county_duty", (2560, 1440), "text=东皋村", width=2000, press=("1",)),
    Picture("township", "fengzhou_duty", (1366, 768), "text=太东社区", press=("1",)),
    Picture("field", "fengzhou_team1", (390, 844), "text=太东社区", scale=2),
    Picture(
        "admin",
        None,
        (1440, 900),
        "[data-post]",
        account="admin",
        opens="/admin#posts",
        click="[data-centre='140429100']",
    ),
    Picture("map", "county_duty", (1440, 900), "text=东皋村", press=("b",)),
    Picture("brief", None, (390, 844), "main", scale=2, account="county_leader", opens="/brief"),
    Picture("hazards", None, (1440, 900), "main", account="county_duty", opens="/hazards"),
    Picture("duty", None, (1440, 900), "main", account="county_duty", opens="/duty"),
    Picture("planner", None, (1440, 900), "main", account="planner", opens="/planner"),
    Picture("signin", None, (1440, 900), "text=演一个雨夜"),
)


def main() -> None:
    """Start, play, take, stop."""
    data = Path(tempfile.mkdtemp(prefix="fengsui-pictures-"))
    env = {**os.environ, "FENGSUI_DATA_DIR": str(data), "FENGSUI_PORT": str(PORT)}
    program = str(Path(sys.executable).with_name("fengsui"))
    subprocess.run([program, "init", "--demo"], env=env, check=True, cwd=ROOT)
    server = subprocess.Popen([program, "serve"], env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait_ready()
        requests.post(f"{BASE}/api/v1/demo/play", json={"speed": SPEED}, timeout=30).raise_for_status()
        print(f"playing; the pictures come after {SHOW_AT_MIN / SPEED:.1f} min")
        time.sleep(SHOW_AT_MIN * 60 / SPEED)
        _take_all(data)
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(data)


def _wait_ready() -> None:
    for _ in range(300):
        try:
            if requests.get(f"{BASE}/readyz", timeout=2).ok:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.2)
    raise SystemExit("the server did not start")


def _take_all(data: Path) -> None:
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        for picture in PICTURES:
            _take(browser, picture, data)
        browser.close()


def _take(browser: Browser, picture: Picture, data: Path) -> None:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=picture.scale, locale="zh-CN"
    )
    if picture.account:
        rows = json.loads((data / "demo-accounts.json").read_text())
        password = next(one["password"] for one in rows if one["username"] == picture.account)
        context.request.post(
            f"{BASE}/api/v1/session", data={"username": picture.account, "password": password}
        )
    page: Any = context.new_page()
    page.goto(f"{BASE}/enter?as={picture.door}" if picture.door else BASE + picture.opens)
    if picture.click:
        page.locator(picture.click).click()
    page.locator(picture.shown).locator("visible=true").first.wait_for(timeout=60_000)
    for key in picture.press:
        page.keyboard.press(key)
    page.wait_for_timeout(SETTLE_MS)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    if picture.width:
        image = image.resize(
            (picture.width, round(image.height * picture.width / image.width)), Image.Resampling.LANCZOS
        )
    path = OUT / f"{picture.name}.webp"
    for quality in (88, 80, 70, 60):
        image.save(path, quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            break
    print(f"{path.relative_to(ROOT)}: {image.width}×{image.height}, {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
