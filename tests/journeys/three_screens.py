"""Three real screens at once on one server: a township's desk, the wall, the phone of its team; what is done on them, what each is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.at_desk import SMALL, TAKE, Hand, eventually, tasks_of
from tests.journeys.test_field import PHONE, _press, _settled
from tests.journeys.test_wall import HD
from tests.serving import ROOT, Served

PICTURES = ROOT / "var" / "journeys"
SOON_MS = 30_000
"""A machine busy with other tests; how fast it was is judged by the times that the stores noted."""

# Vue keeps on the element what it drew there: the screen's real store is reached without a door made for tests.
LISTEN = """() => {
  const { screen, desk } = document.querySelector('#app')._vnode.component.props
  window.heard = []
  ;(screen ?? desk).store.onEntry((entry) => window.heard.push({
    seq: Number(entry.cursor.split('.').at(-1)), kind: entry.kind, id: entry.record.id,
    incident: entry.record.incident_id ?? entry.record.id, late: Date.now() - Date.parse(entry.received_at), at: Date.now(),
  }))
}"""


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{name}.png"))


class Ear:
    """What a screen's own store was told: in which order, and how long after the server had it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.told: list[dict[str, Any]] = []
        self.listen()

    def listen(self) -> None:
        """From now on; again after each reload."""
        self.page.evaluate(LISTEN)

    def collect(self, incident: str) -> list[dict[str, Any]]:
        """All that was told of an incident and its tasks."""
        self.told += self.page.evaluate("window.heard.splice(0)")
        return [
            one for one in self.told if one["incident"] == incident and one["kind"] in ("incident", "task")
        ]


class Job:
    """A desk, a wall and a phone on one server, and what the three of them do together."""

    def __init__(self, server: Served, open_page: Callable[..., Page]) -> None:
        self.server = server
        self.wall = open_page(server, "wall", "/wall", viewport=HD)
        self.hand = Hand(open_page(server, "jianzhang_duty", "/desk", viewport=SMALL))
        self.desk: Page = self.hand.page
        self.phone = open_page(server, "jianzhang_team1", "/field", **PHONE)
        self.wall.wait_for_selector(".map[data-ready]", timeout=SOON_MS)
        expect(self.phone.get_by_text("待命中")).to_be_visible(timeout=SOON_MS)
        self.phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.ears = {"desk": Ear(self.desk), "wall": Ear(self.wall), "phone": Ear(self.phone)}
        self.incident = self.task = self.other = ""

    def pictures(self, moment: str) -> None:
        """The three screens as they stand at a moment."""
        for name, page in (("desk", self.desk), ("wall", self.wall), ("phone", self.phone)):
            picture(page, f"{moment}-{name}")

    def take_the_call(self) -> None:
        """Thirteen keys; the incident stands on the desk and on the wall."""
        before = {one["id"] for one in self.server.get("jianzhang_duty", "/incidents?limit=200")["items"]}
        self.hand.press(*TAKE)
        self.desk.wait_for_selector(".head-panel", timeout=SOON_MS)
        items = eventually(
            lambda: [
                one
                for one in self.server.get("jianzhang_duty", "/incidents?limit=200")["items"]
                if one["id"] not in before
            ],
            SOON_MS / 1000,
        )
        (self.incident,) = [one["id"] for one in items]
        self.desk.wait_for_selector(f"[data-incident='{self.incident}'][aria-current]", timeout=SOON_MS)
        self.wall.wait_for_selector(f"[data-incident='{self.incident}']", timeout=SOON_MS)

    def send(self) -> None:
        """The two teams of the suggestion: one has a phone, for the other the desk reports."""
        own = self.server.account("jianzhang_team1")["team_id"]
        self.desk.wait_for_selector(f"[data-team='{own}']", timeout=SOON_MS)
        self.hand.arm().press("f")
        expect(self.desk.locator("[data-task]")).to_have_count(2, timeout=SOON_MS)
        tasks = tasks_of(self.server, self.incident)
        self.task = next(one["id"] for one in tasks if one["team_id"] == own)
        self.other = next(one["id"] for one in tasks if one["team_id"] != own)

    def row(self, task: str) -> Any:
        """A task's line on the desk."""
        return self.desk.locator(f"[data-task='{task}']")

    def digit(self, task: str) -> str:
        """The digit of a task on the desk."""
        return str(self.row(task).locator(".n .kbd").inner_text())

    def shows(self, task: str, word: str) -> None:
        """The desk shows the task in this state."""
        expect(self.row(task).locator(".state b")).to_have_text(word, timeout=SOON_MS)

    def moving(self, word: str, count: int) -> None:
        """The wall counts so many teams in this state."""
        cell = self.wall.locator(".forces li", has_text=word).locator("b")
        expect(cell).to_have_text(str(count), timeout=SOON_MS)

    def step(self, key: str, following: str) -> None:
        """The phone's large key; the desk has it."""
        _press(self.phone, key)
        _settled(self.phone, following)
