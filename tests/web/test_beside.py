"""What works for milliseconds on what it reads never does so on the hub, on which all screens hang (RULES 15)."""

from __future__ import annotations

from typing import Any

import pytest

import wsgi
from command.core.live.snapshots import Snapshots
from tests.county import TOWN, County
from tests.doors import Doors
from tests.layers.test_layers import HERE, placed


def test_what_works_for_long_is_read_in_a_native_thread(
    running: wsgi.Running, client: Doors, cast: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    thing = placed(cast, "town_duty", "甲", HERE, centre=TOWN)
    real, read = running.node.database.read_long, 0

    def counted(job: Any, *, world: int | None) -> Any:
        nonlocal read
        read += 1
        return real(job, world=world)

    monkeypatch.setattr(running.node.database, "read_long", counted)
    for path in (
        "/hazards",
        "/incidents?bbox=112,36,114,38",
        "/layers/incidents",
        "/places?q=ngc",
        f"/incidents/{thing}/suggestions",
        f"/incidents/{thing}/impact",
        f"/incidents/{thing}/timeline",
        "/routes?from=112.8,36.8&to=112.9,36.8",
        "/hazards/near?lon=112.86&lat=36.83",
        "/wall/summary",
    ):
        before = read
        assert client.get("county_duty" if "wall" not in path else "wall", path).status_code == 200, path
        assert read > before, path
    before = read
    Snapshots(running.node).catch_up(0, {"county": None}, cast.actor("county_duty"))
    assert read > before
