"""Contact with the townships: never, up, cut; the alarm of a silent one; honest after a restart."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from command.contact import presence
from command.contact.models import Heard
from command.contact.presence import hear, settle
from command.core import clock, due, jobs
from command.core.errors import NotFound
from tests.county import DRILL, OTHER, TOWN, County
from tests.doors import Doors
from tests.serving import Live, Served


@pytest.fixture
def heard(cast: County) -> Callable[..., None]:
    """Let a township be heard so many seconds ago."""

    def note(code: str, ago: float) -> None:
        at = clock.real() - timedelta(seconds=ago)

        def job(session: Any) -> None:
            session.execute(sa.delete(Heard).where(Heard.centre == code))
            hear(session, [code], at)

        cast.node.database.write(job, world=0)

    return note


def states(client: Doors, who: str = "county_duty", **options: Any) -> dict[str, str]:
    answer = client.get(who, "/links", **options)
    assert answer.status_code == 200, answer.text
    return {one["id"]: one["state"] for one in answer.json["items"]}


def alarms(client: Doors) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("county_duty", "/alarms?live=true").json["items"]
    return [one for one in found if one["cause"].startswith("contact:")]


def test_every_township_is_never_heard_until_it_is(
    client: Doors, cast: County, heard: Callable[..., None]
) -> None:
    before = states(client)
    assert len(before) == 12
    assert set(before.values()) == {"never"}
    heard(TOWN, 5)
    settle(cast.node)
    assert states(client) == before | {TOWN: "up"}
    assert states(client, "town_duty") == {}


def test_a_change_is_told_once_to_the_county_and_nothing_is_told_of_no_change(
    cast: County, heard: Callable[..., None]
) -> None:
    before = cast.end()
    heard(TOWN, 5)
    settle(cast.node)
    settle(cast.node, also_cut=True)
    heard(TOWN, 30)
    settle(cast.node, also_cut=True)
    (entry,) = cast.entries(after=before)
    assert (entry.type, json.loads(entry.record)["state"]) == ("link.up", "up")
    assert cast.topics(entry.seq) == {"county": 0}
    heard(TOWN, 61)
    settle(cast.node)
    assert cast.end() == before + 1, "in the first minute of a process nobody is cut"
    settle(cast.node, also_cut=True)
    settle(cast.node, also_cut=True)
    cut = cast.entries(after=before + 1)
    assert [one.type for one in cut] == ["link.cut"]
    last_at = datetime.fromisoformat(json.loads(cut[0].record)["last_at"])
    assert 60 <= (clock.real() - last_at).total_seconds() <= 75
    assert "联系中断" in json.loads(cut[0].text)["zh"]


def test_a_township_that_stays_silent_alarms_the_county_until_it_is_back(
    client: Doors, cast: County, heard: Callable[..., None]
) -> None:
    for code in (TOWN, OTHER):
        heard(code, 1)
    settle(cast.node)
    for code in (TOWN, OTHER):
        heard(code, 90)
    settle(cast.node, also_cut=True)
    assert alarms(client) == []
    promised = cast.node.database.read(
        lambda session: due.ripe(session, clock.real() + timedelta(seconds=181)), world=None
    )
    assert {row.key for row in promised} >= {f"contact:{TOWN}", f"contact:{OTHER}"}
    early = cast.node.database.read(
        lambda session: due.ripe(session, clock.real() + timedelta(seconds=170)), world=None
    )
    assert f"contact:{TOWN}" not in {row.key for row in early}
    for code in (TOWN, OTHER):
        cast.do("system", "link.alarm", {"id": code})
    cast.do("system", "link.alarm", {"id": TOWN})
    raised = {one["centre"]: one for one in alarms(client)}
    assert set(raised) == {TOWN, OTHER}
    assert (raised[TOWN]["rank"], raised[TOWN]["count"], raised[TOWN]["audience"]) == (2, 2, ["county"])
    link = client.get("county_duty", f"/links/{TOWN}").json
    said = clock.hm(datetime.fromisoformat(link["last_at"]))
    for lang in ("zh", "en"):
        assert raised[TOWN]["detail"][lang].endswith(said)
    heard(TOWN, 0)
    settle(cast.node)
    assert [one["centre"] for one in alarms(client)] == [OTHER]


def test_a_township_that_comes_back_in_time_alarms_nobody(
    client: Doors, cast: County, heard: Callable[..., None]
) -> None:
    for ago, cut in ((1, False), (90, True), (1, False)):
        heard(TOWN, ago)
        settle(cast.node, also_cut=cut)
    assert states(client)[TOWN] == "up"
    keys = cast.node.database.read(
        lambda session: [row.key for row in due.ripe(session, clock.real() + timedelta(days=1))], world=None
    )
    assert f"contact:{TOWN}" not in keys
    cast.do("system", "link.alarm", {"id": TOWN})
    assert alarms(client) == []


def test_nobody_settles_contact_by_hand_and_a_drill_knows_none(client: Doors, cast: County) -> None:
    with pytest.raises(NotFound):
        cast.act("county_duty", "link.settle", {"id": TOWN})
    assert cast.act("system", "link.settle", {"id": TOWN}, world=DRILL).status == 404
    assert client.get("county_duty", f"/links/{TOWN}").status_code == 200
    assert client.get("town_duty", f"/links/{TOWN}").status_code == 404


def test_the_job_cuts_nobody_in_the_first_minute(
    cast: County, heard: Callable[..., None], monkeypatch: pytest.MonkeyPatch, client: Doors
) -> None:
    heard(TOWN, 1)
    settle(cast.node)
    heard(TOWN, 300)
    run = jobs.JOBS["contact"].run
    run(cast.node)
    assert states(client)[TOWN] == "up"
    monkeypatch.setattr(presence.current(), "began", presence.current().began - 61)
    run(cast.node)
    assert states(client)[TOWN] == "cut"


def test_a_duty_desk_on_the_line_is_contact_and_a_wall_or_a_team_is_not(
    fresh_server: Served, live: Callable[..., Live]
) -> None:
    server = fresh_server
    county = live(server, "county_duty")
    beats: list[dict[str, Any]] = []

    def beat(message: dict[str, Any]) -> None:
        with county.heard:
            beats.append(message)
            county.heard.notify_all()

    county.io.on("contact", beat, namespace="/live")
    held = county.watch("county")["county"]["snapshot"]["items"]
    links = {one["record"]["id"]: one["record"]["state"] for one in held if one["type"] == "link"}
    assert len(links) == 12
    silent = next(code for code, state in sorted(links.items(), reverse=True) if state == "never")
    name = next(
        account
        for account in server.tokens
        if account.endswith("_duty") and server.account(account)["centre"] == silent
    )
    team = live(server, name.replace("_duty", "_team1"))
    team.watch(f"team:{server.account(name.replace('_duty', '_team1'))['team_id']}")
    assert not [one for one in county.items if one["kind"] == "link" and one["record"]["id"] == silent]
    desk = live(server, name)
    desk.watch(f"centre:{silent}")
    assert county.item("link.up", id=silent)["record"]["state"] == "up"
    county.wait(lambda: any(silent in told["ids"] for told in beats))
    assert set(beats[-1]) == {"topic", "tick", "now", "ids", "at"}


def test_contact_outlives_a_restart_when_the_desk_comes_back(
    fresh_server: Served, live: Callable[..., Live]
) -> None:
    desk = live(fresh_server, "fengzhou_duty")
    county = live(fresh_server, "county_duty")
    county.watch("county")
    desk.watch("centre:140429100")
    county.item("link.up", id="140429100")
    assert fresh_server.process is not None
    os.kill(fresh_server.process.pid, signal.SIGKILL)
    fresh_server.process.wait()
    fresh_server.start()
    assert fresh_server.get("county_duty", "/links/140429100")["state"] == "up"
