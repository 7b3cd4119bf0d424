"""Arrival and departure by positions: suggested once, confirmed or denied by people, never taken by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from command.core import clock, records
from dispatch.tasks.eta import going
from dispatch.tasks.presence import Watcher
from dispatch.tracking.latest import Fix
from tests.county import POINT, County

LON, LAT = POINT["coordinates"]


class Drive:
    """The town's team on the way to an incident with a point, and what its positions tell."""

    def __init__(self, cast: County, *states: str) -> None:
        self.cast, self.watcher = cast, Watcher(cast.node)
        self.now = clock.real() - timedelta(minutes=30)
        incident = cast.open("town_duty", village_code=None, location=POINT, centre="140429100")["id"]
        self.task: str = cast.order("town_duty", incident, "town_team")[0]["id"]
        for state in states:
            cast.step("town_team", self.task, state)

    def stands(self, lon: float, lat: float, seconds: int = 90, accuracy: float = 10.0) -> None:
        """It is there for so long, with a fix every 15 seconds."""
        for _ in range(seconds // 15 + 1):
            self.now += timedelta(seconds=15)
            some = self.cast.node.database.read(going, world=0)
            fix = Fix(lon, lat, self.now, accuracy=accuracy)
            self.watcher.look(0, some, {self.cast.teams["town_team"]: fix})

    def told(self) -> Any:
        """(state, hint) of the task."""

        def read(session: Session) -> Any:
            row = records.find(session, "task", self.task, self.cast.actor("system"))
            return row.state, row.hint

        return self.cast.node.database.read(read, world=0)


def test_it_suggests_the_arrival_and_sets_nothing(cast: County) -> None:
    drive = Drive(cast, "accepted", "enroute")
    drive.stands(LON + 0.05, LAT)
    assert drive.told() == ("enroute", None)
    began = drive.now + timedelta(seconds=15)
    drive.stands(LON + 0.001, LAT)
    state, hint = drive.told()
    assert (state, hint["to"], hint["at"], hint["metres"]) == ("enroute", "on_scene", clock.wire(began), 89)
    heard = [one.type for one in cast.entries() if one.type == "task.hinted"]
    drive.stands(LON, LAT)
    assert [one.type for one in cast.entries() if one.type == "task.hinted"] == heard
    done = cast.step("town_duty", drive.task, "on_scene", at=hint["at"])
    assert (done["hint"], done["times"]["on_scene"]) == (None, hint["at"])


def test_it_suggests_setting_out_and_coming_home(cast: County) -> None:
    drive = Drive(cast, "accepted")
    drive.stands(LON + 0.05, LAT)
    assert drive.told()[1] is None
    drive.stands(LON + 0.04, LAT)
    assert drive.told()[1]["to"] == "enroute"
    cast.step("town_team", drive.task, "on_scene")
    drive.stands(LON, LAT)
    drive.stands(LON + 0.02, LAT)
    assert drive.told()[1]["to"] == "withdrawn"


def test_what_was_denied_is_not_suggested_again(cast: County) -> None:
    drive = Drive(cast, "accepted", "enroute")
    drive.stands(LON, LAT)
    denied = cast.do("town_team", "task.deny_hint", {"id": drive.task})
    assert (denied["hint"]["no"], denied["hint"]["by"]) == (True, "甲 town_team")
    assert cast.act("town_team", "task.deny_hint", {"id": drive.task}).status == 409
    drive.watcher = Watcher(cast.node)  # as in another process
    drive.stands(LON, LAT)
    assert drive.told()[1]["no"] is True


def test_a_drive_past_and_a_bad_fix_suggest_nothing(cast: County) -> None:
    drive = Drive(cast, "accepted", "enroute")
    drive.stands(LON, LAT, seconds=15)
    drive.stands(LON + 0.05, LAT, seconds=15)
    drive.stands(LON, LAT, accuracy=900.0)
    assert drive.told() == ("enroute", None)
