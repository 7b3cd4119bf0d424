"""kill -9 at random moments while many write: what was acknowledged is there, a repeat answers the same bytes, screens that
come back with their old cursor miss nothing, `verify` is clean. On PostgreSQL the database is killed as well. What was counted is
printed, and kept in var/faults/."""

from __future__ import annotations

import itertools
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pytest

from tests.faults.writers import Asked, Writers
from tests.services import PostgresCluster
from tests.serving import ROOT, Live, Served

FIGURES = ROOT / "var" / "faults"
SHORT, LONG = 3, 50
SORTS = ("sqlite", "postgres")


@dataclass
class Tally:
    """What a run of kills came to. `unanswered`: asked, and killed before the answer came; each was asked again."""

    kills: int = 0
    acknowledged: int = 0
    found: int = 0
    unanswered: int = 0
    heard: int = 0
    seconds: float = 0.0


class House:
    """A server with its database, which can both be killed and started again."""

    def __init__(self, server: Served, cluster: PostgresCluster | None) -> None:
        self.server, self.cluster = server, cluster
        server.demo = False  # its demo is loaded; from here on it is only started

    def kill(self) -> None:
        """End both as a failing machine would."""
        self.server.kill()
        if self.cluster is not None:
            self.cluster.kill()

    def start(self) -> None:
        """Start what was killed, on the same data and the same port."""
        if self.cluster is not None:
            self.cluster.start()
        self.server.start()


@pytest.fixture
def house(request: pytest.FixtureRequest, serve: Callable[..., Served]) -> Iterator[House]:
    """A server with the demo county on the sort of database that the test names."""
    if request.param == "sqlite":
        yield House(serve(), None)
        return
    cluster: PostgresCluster = request.getfixturevalue("durable_postgres")
    url = cluster.url(cluster.new_database()).replace("+psycopg", "")
    yield House(serve(DATABASE_URL=url), cluster)


def _topic_cursor(screen: Live, answer: dict[str, Any]) -> str:
    return str(screen.items[-1]["cursor"] if screen.items else answer["county"]["cursor"])


def _round(house: House, live: Callable[..., Live], chance: random.Random, number: int, tally: Tally) -> None:
    server = house.server
    screen = live(server, "county_duty")
    answer = screen.watch("county")
    writers = Writers(server, f"r{number}")
    writers.start(4)
    writers.wait_for(chance.randrange(1, 15))
    threading.Event().wait(chance.random() * 0.03)
    house.kill()
    tally.kills += 1
    asked = writers.end()
    screen.wait(lambda: screen.ended)
    cursor = _topic_cursor(screen, answer)
    house.start()
    _acknowledged_is_there(server, asked, tally)
    _told_once(live(server, "county_duty"), cursor, screen.items, asked)
    tally.heard += len(asked)


def _rounds(house: House, live: Callable[..., Live], count: int, seed: int) -> Tally:
    """Kill so many times; at the end the whole journal, with every place where it was cut, must be as it was written."""
    tally, began = Tally(), time.monotonic()
    for number in range(count):
        _round(house, live, random.Random(seed + number), number, tally)
    done = house.server.fengsui("verify")
    assert done.returncode == 0, done.stdout + done.stderr
    tally.seconds = round(time.monotonic() - began, 1)
    assert tally.kills == count
    assert tally.found == tally.acknowledged > 0
    return tally


def _acknowledged_is_there(server: Served, asked: list[Asked], tally: Tally) -> None:
    """Each acknowledged command is stored once and answers the same bytes; each unknown one can be asked again."""
    for one in asked:
        before = one.body
        one.send(server)
        assert before in (None, one.body)
        tally.unanswered += before is None
        tally.acknowledged += before is not None
        tally.found += before == one.body
        again = one.body
        one.send(server)
        assert one.body == again
        record = json.loads(one.body or b"")
        assert server.get("fengzhou_duty", f"/incidents/{record['id']}") == record


def _told_once(screen: Live, cursor: str, before: list[dict[str, Any]], asked: list[Asked]) -> None:
    """The screen that comes back with its old cursor has heard of every incident exactly once, in order, without a hole."""
    answer = screen.watch_from({"county": cursor})
    assert answer["county"]["snapshot"] is None, "a screen of the same incarnation is given what it missed"
    wanted = sorted(json.loads(one.body or b"")["id"] for one in asked)

    def opened() -> list[str]:
        items = [*before, *screen.items]
        return sorted(one["record"]["id"] for one in items if one["type"] == "incident.opened")

    screen.wait(lambda: len(opened()) >= len(wanted))
    assert opened() == wanted
    items = [*before, *screen.items]
    for earlier, later in itertools.pairwise(items):
        assert later["prev"]["county"] == earlier["cursor"]


@pytest.mark.parametrize("house", SORTS, indirect=True)
def test_it_keeps_what_it_acknowledged_when_it_is_killed(house: House, live: Callable[..., Live]) -> None:
    _rounds(house, live, SHORT, seed=0)


def _tell(sort: str, tally: Tally, capsys: pytest.CaptureFixture[str]) -> None:
    """The figures, for whoever runs it and for whoever asks later."""
    FIGURES.mkdir(parents=True, exist_ok=True)
    (FIGURES / f"kills-{sort}.json").write_text(json.dumps(asdict(tally), indent=1) + "\n")
    with capsys.disabled():
        print(
            f"\n{sort}: {tally.kills} kills in {tally.seconds:.0f} s; {tally.acknowledged} acknowledged, {tally.found} found"
            f" with the same bytes; {tally.unanswered} unanswered, asked again; {tally.heard} heard once and in order"
        )


@pytest.mark.faults
@pytest.mark.parametrize("house", SORTS, indirect=True)
def test_it_keeps_what_it_acknowledged_through_fifty_kills(
    house: House, live: Callable[..., Live], capsys: pytest.CaptureFixture[str]
) -> None:
    tally = _rounds(house, live, LONG, seed=1000)
    _tell("sqlite" if house.cluster is None else "postgresql", tally, capsys)
