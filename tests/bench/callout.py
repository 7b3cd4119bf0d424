"""A call-out of three thousand people: how soon all stand on their lists, how long a list and an outcome take while twelve
townships enter at once, and how late those climb who did not answer.

There is no budget of its own for it: an outcome is held to that of a POST at twenty a second (p50 20 ms, p99 60 ms); the rest is told
beside a bare question of the same run."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from tests.bench.county import County
from tests.bench.measure import median, quantile
from tests.bench.report import Row

PEOPLE, ANSWER_MIN = 3_000, 1
EACH_S = 0.6
"""Between two outcomes of a township: with twelve of them twenty a second, more than anybody dials."""
OUTCOMES = ("answered", "moved", "on_post", "missed", "visited")


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """The whole county is called out; each township's own account enters what came of half of its list, beside the eleven others."""
    with County("callout") as county:
        desk, admin = county.caller("county_duty"), county.caller("admin")
        if not quick:
            _name_more(county, PEOPLE)
        wish = {"name": "callout.answer_min", "centre": "140429", "value": ANSWER_MIN}
        admin.must("POST", "/settings", wish)
        began = time.perf_counter()
        made = desk.must("POST", "/callouts", {"areas": ["140429"], "reason": "性能测量，不是真实险情"})
        opened = (time.perf_counter() - began) * 1000
        lists = _filled(desk, made["id"])
        listed = time.perf_counter() - began
        total = sum(one["counts"]["total"] for one in lists)
        bare = _bare(desk)
        before = county.cpu()
        towns = [one for one in lists if len(one["centre"]) == 9]
        with ThreadPoolExecutor(len(towns)) as pool:
            started = time.perf_counter()
            done = list(pool.map(lambda one: _work(county, one), towns))
            lasted = time.perf_counter() - started
        took = [ms for one in done for ms in one[1]]
        cpu = (county.cpu() - before) / len(took) * 1000
        # a line of its own: the first was idle for longer than the server keeps one
        late = _climbed(county.caller("county_duty"), towns)
    what, at_once = f"call-out of {total} people", f"an outcome, {len(towns)} townships at once"
    reads = [one[0] for one in done]
    return [
        Row(f"{what}: answered", opened, "ms", reference=median(bare), of="GET /session"),
        Row(f"{what}: all on their lists", listed, "s", note=f"{len(lists)} lists"),
        Row("a township's list read, p99", quantile(reads, 0.99), "ms", reference=quantile(bare, 0.99), of="GET /session"),
        Row(f"{at_once}, p50", median(took), "ms", at_most=20, note=f"{len(took) / lasted:.0f}/s, {cpu:.1f} ms CPU each"),
        Row(f"{at_once}, p99", quantile(took, 0.99), "ms", at_most=60),
        Row("climbed after its time, p99", quantile(late, 0.99), "s", note=f"{len(late)} people"),
    ], {"outcome_ms": took, "late_s": late, "bare_ms": bare}  # fmt: skip


def _name_more(county: County, people: int) -> None:
    """More posts in each village until there are so many; the demo names three in each."""
    keeper = county.caller("admin")
    villages = [one["id"] for one in keeper.must("GET", "/centres?kind=village&limit=1000")["items"]]
    each = -(-people // len(villages)) - 3
    for village in villages:
        for n in range(each):
            line = {"kind": "landline", "number": f"9{n:03d}"}
            keeper.must("POST", f"/centres/{village}/posts", {"title": f"包保人·测量{n}", "lines": [line]})


def _filled(desk: Any, callout: str) -> list[dict[str, Any]]:
    while True:
        lists: list[dict[str, Any]] = desk.must("GET", f"/callout_lists?callout_id={callout}")["items"]
        if all(not one["todo"] for one in lists):
            return lists
        time.sleep(0.05)


def _bare(desk: Any) -> list[float]:
    found = []
    for _ in range(100):
        began = time.perf_counter()
        desk.must("GET", "/session")
        found.append((time.perf_counter() - began) * 1000)
    return found


def _work(county: County, held: dict[str, Any]) -> tuple[float, list[float]]:
    """One township: its list read once, then an outcome for every other person."""
    desk = county.caller(county.duty_of(held["centre"]))
    began = time.perf_counter()
    people = desk.must("GET", f"/callout_people?list_id={held['id']}&limit=1000")["items"]
    read, took = (time.perf_counter() - began) * 1000, []
    start = time.perf_counter()
    for n, one in enumerate(people[::2]):
        time.sleep(max(0.0, start + n * EACH_S - time.perf_counter()))
        at = time.perf_counter()
        desk.must("POST", f"/callout_people/{one['id']}/attempts", {"outcome": OUTCOMES[n % len(OUTCOMES)]})
        took.append((time.perf_counter() - at) * 1000)
    return read, took


def _climbed(desk: Any, lists: list[dict[str, Any]]) -> list[float]:
    """Once all who did not answer have climbed: how many seconds after their time each did."""
    found: list[float] = []
    for held in lists:
        path = f"/callout_people?list_id={held['id']}&state=pending,missed&limit=1"
        while desk.must("GET", path)["items"]:
            time.sleep(0.5)
        path = f"/callout_people?list_id={held['id']}&state=escalated&limit=1000"
        for one in desk.must("GET", path)["items"]:
            times = [datetime.fromisoformat(one[name]) for name in ("listed_at", "escalated_at")]
            found.append((times[1] - times[0]).total_seconds() - ANSWER_MIN * 60)
    return found
