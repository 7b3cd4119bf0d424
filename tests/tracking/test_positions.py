"""Positions in, and what can be read of them: scope, duty, bad rows, clocks, trail."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import wsgi
from command.core import backups, jobs
from command.core.store import database
from dispatch.tracking import tracker
from dispatch.tracking.models import Trail
from tests.county import OTHER, County
from tests.doors import Doors


def at(seconds: float = 0.0) -> str:
    """A time so many seconds from now."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def row(cast: County, team: str, **more: Any) -> dict[str, Any]:
    """A position of a team of the cast."""
    return {"team_id": cast.teams[team], "lon": 112.87, "lat": 36.84, "at": at(), **more}


def position(client: Doors, cast: County, team: str, who: str = "county_duty", **options: Any) -> Any:
    answer = client.get(who, f"/teams/{cast.teams[team]}", **options)
    assert answer.status_code == 200, answer.text
    return answer.json["position"]


def test_a_team_on_duty_says_where_it_is_and_its_record_tells(client: Doors, cast: County) -> None:
    answer = client.post("town_team", "/positions", [row(cast, "town_team", speed=3.5, accuracy=8)])
    assert (answer.status_code, answer.json) == (200, {"received": 1, "shared": 1, "dropped": 0})
    assert position(client, cast, "town_team")["lon"] == 112.87
    assert position(client, cast, "town_team", "town_team")["lat"] == 36.84
    listed = {one["id"]: one["position"] for one in client.get("county_duty", "/teams").json["items"]}
    assert {team for team, found in listed.items() if found} == {cast.teams["town_team"]}


def test_a_batch_may_be_an_object_with_items(client: Doors, cast: County) -> None:
    answer = client.post(
        "county_duty", "/positions", {"items": [row(cast, "town_team"), row(cast, "fire_team")]}
    )
    assert answer.json == {"received": 2, "shared": 2, "dropped": 0}
    assert client.post("county_duty", "/positions", {"rows": []}).status_code == 400
    assert client.post("county_duty", "/positions", "text").status_code == 400
    assert client.post("county_duty", "/positions", []).json == {"received": 0, "shared": 0, "dropped": 0}


def test_nobody_tells_where_a_team_is_that_they_may_not_see(client: Doors, cast: County) -> None:
    own = row(cast, "town_team")
    for who, team in (("town_team", "town_team2"), ("town_duty", "other_team"), ("other_duty", "town_team")):
        answer = client.post(who, "/positions", [own, row(cast, team)] if who != "other_duty" else [own])
        assert answer.status_code == 404, answer.text
        unknown = client.post(who, "/positions", [row(cast, "town_team") | {"team_id": "0" * 36}])
        assert answer.json["title"] == unknown.json["title"]
    assert position(client, cast, "town_team") is None
    assert client.post("town_duty", "/positions", [own]).json["shared"] == 1


def test_a_role_that_may_not_is_refused_and_a_stranger_too(client: Doors, cast: County) -> None:
    assert client.post("town_leader", "/positions", [row(cast, "town_team")]).status_code == 403
    assert client.post(None, "/positions", [row(cast, "town_team")]).status_code == 401


BAD = (
    {"lon": 181}, {"lat": -91}, {"lon": "112.8"}, {"lat": None}, {"at": "yesterday"}, {"at": "2026-07-01T10:00:00"},
    {"speed": -1}, {"heading": 361}, {"accuracy": -1}, {"colour": "red"}, {"lon": True}, {"team_id": 7},
)  # fmt: skip


@pytest.mark.parametrize("bad", BAD, ids=str)
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_one_bad_row_is_named_and_nothing_is_taken(client: Doors, cast: County, bad: dict[str, Any]) -> None:
    answer = client.post("county_duty", "/positions", [row(cast, "town_team"), row(cast, "fire_team", **bad)])
    assert answer.status_code == 422, answer.text
    assert answer.json["errors"][0]["index"] == 1
    assert answer.json["errors"][0]["field"] == next(iter(bad))
    assert position(client, cast, "town_team") is None


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_numbers_that_are_none_and_batches_that_are_too_long_are_refused(client: Doors, cast: County) -> None:
    assert client.post("county_duty", "/positions", raw=b'[{"lon": NaN}]').status_code == 400
    many = client.post("county_duty", "/positions", [{"team_id": "x"}] * 5001)
    assert (many.status_code, many.json["said"]["en"]) == (422, "At most 5000 rows")
    full = json.dumps([row(cast, "town_team")] * 5000).encode()
    assert client.post("county_duty", "/positions", raw=full).json["received"] == 5000


def test_off_duty_a_position_is_dropped_and_counted_but_a_task_shares_it(client: Doors, cast: County) -> None:
    client.post("town_team", "/positions", [row(cast, "town_team", at=at(-9))])
    cast.do("town_duty", "team.duty", {"id": cast.teams["town_team"], "on_duty": False})
    answer = client.post("town_team", "/positions", [row(cast, "town_team", lon=112.9)])
    assert answer.json == {"received": 1, "shared": 0, "dropped": 1}
    assert position(client, cast, "town_team") is None
    cast.do("town_duty", "team.duty", {"id": cast.teams["town_team"], "on_duty": True})
    assert position(client, cast, "town_team")["lon"] == 112.87
    assert client.post("town_team", "/positions", [row(cast, "town_team", lon=112.91)]).json["shared"] == 1
    trail = client.get("town_duty", f"/teams/{cast.teams['town_team']}/trail").json["items"]
    assert [one["lon"] for one in trail] == [112.87, 112.91]


def test_an_older_position_does_not_move_a_team_back(client: Doors, cast: County) -> None:
    client.post("town_team", "/positions", [row(cast, "town_team")])
    client.post("town_team", "/positions", [row(cast, "town_team", lon=113.0, at=at(-600))])
    assert position(client, cast, "town_team")["lon"] == 112.87
    trail = client.get("town_team", f"/teams/{cast.teams['town_team']}/trail").json["items"]
    assert [one["lon"] for one in trail] == [113.0, 112.87]


def test_a_device_whose_clock_is_ahead_is_kept_as_of_its_receipt_and_marked(
    client: Doors, cast: County
) -> None:
    rows = [row(cast, "town_team", lon=112.8, at=at(3540)), row(cast, "town_team", lon=112.9, at=at(3600))]
    assert client.post("town_team", "/positions", rows).json["shared"] == 2
    first, last = client.get("town_team", f"/teams/{cast.teams['town_team']}/trail").json["items"]
    assert (first["ahead"], last["ahead"], last["at"]) == (True, True, last["received_at"])
    apart = datetime.fromisoformat(last["at"]) - datetime.fromisoformat(first["at"])
    assert abs(apart.total_seconds() - 60) < 0.1
    assert client.post("town_team", "/positions", [row(cast, "town_team", at=at(60))]).json["shared"] == 1


def test_a_desk_that_dates_ahead_is_refused(client: Doors, cast: County) -> None:
    answer = client.post("county_duty", "/positions", [row(cast, "town_team", at=at(600))])
    assert (answer.status_code, answer.json["errors"][0]["index"]) == (422, 0)


def test_the_trail_is_read_in_one_s_scope_between_two_times(client: Doors, cast: County) -> None:
    places = [row(cast, "town_team", lon=112.80 + step / 100, at=at(-600 + 60 * step)) for step in range(10)]
    client.post("town_team", "/positions", places)
    client.post("county_duty", "/positions", [row(cast, "other_team", lon=113.5)])
    path = f"/teams/{cast.teams['town_team']}/trail"
    whole = client.get("town_duty", path).json["items"]
    assert [round(one["lon"] * 100) for one in whole] == list(range(11280, 11290))
    tracker.current().store.flush()
    assert client.get("county_duty", path).json["items"] == whole
    part = client.get("county_duty", f"{path}?limit=3").json["items"]
    assert part == whole[-3:]
    middle = client.get("county_duty", path + f"?from={whole[2]['at']}&to={whole[4]['at']}").json["items"]
    assert middle == whole[2:5]
    assert client.get("other_duty", path).status_code == 404
    assert client.get("town_team2", path).status_code == 404
    assert client.get("county_duty", f"{path}?from=noon").status_code == 422
    assert client.get("county_duty", f"/teams/{'0' * 36}/trail").status_code == 404


def test_what_was_kept_is_there_after_a_restart(running: wsgi.Running, client: Doors, cast: County) -> None:
    client.post("town_team", "/positions", [row(cast, "town_team", lon=112.81)])
    client.post("town_team", "/positions", [row(cast, "town_team", lon=112.811, at=at(1))])
    tracker.current().store.flush()
    tracker.bind(running)
    assert position(client, cast, "town_team") is None
    ended = {row.team_id: row.lon for row in tracker.current().store.ends_kept()}
    assert ended == {cast.teams["town_team"]: 112_811_000}


def test_a_position_leaves_no_entry_and_no_trace_in_a_record_of_the_journal(
    client: Doors, cast: County
) -> None:
    before = cast.end()
    client.post("town_team", "/positions", [row(cast, "town_team", lon=112.345678)])
    assert cast.end() == before
    cast.do("town_duty", "team.duty", {"id": cast.teams["town_team"], "on_duty": False})
    assert b"112.345678" not in cast.entries(after=before)[0].record


def test_a_team_of_another_township_is_shared_with_the_home_of_its_incident(
    client: Doors, cast: County
) -> None:
    incident = cast.open("county_duty")
    cast.order("county_duty", incident["id"], "other_team")
    posting = tracker.current().roster.of(0, [cast.teams["other_team"]])[cast.teams["other_team"]]
    expected = {
        "county",
        f"centre:{OTHER}",
        f"centre:{incident['centre']}",
        f"team:{cast.teams['other_team']}",
    }
    assert set(posting.topics) == expected


def test_a_trail_ends_after_its_days_and_the_newer_stays(
    running: wsgi.Running, client: Doors, cast: County
) -> None:
    old, new = (
        row(cast, "town_team", lon=112.7, at=at(-181 * 86400)),
        row(cast, "town_team", lon=112.8, at=at(-86400)),
    )
    assert client.post("town_team", "/positions", [old, new]).json["shared"] == 2
    tracker.current().store.flush()
    jobs.JOBS["tracking.prune"].run(running.node)
    trail = client.get("town_team", f"/teams/{cast.teams['town_team']}/trail").json["items"]
    assert [one["lon"] for one in trail] == [112.8]
    cast.do("system", "setting.set", {"name": "tracking.kept_days", "centre": "140429", "value": 1000})
    assert jobs.JOBS["tracking.prune"].run(running.node) is None
    assert position(client, cast, "town_team")["lon"] == 112.8


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_trails_live_in_a_file_of_their_own_that_is_backed_up(
    running: wsgi.Running, client: Doors, cast: County, tmp_path: Path
) -> None:
    client.post("town_team", "/positions", [row(cast, "town_team")])
    tracker.current().store.flush()
    backups.backup(running.node, tmp_path / "kept")
    copy = database.side_file(tmp_path / "kept" / "trail.db")
    with copy.connect() as connection:
        modes = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")
        ]
        assert modes == ["wal", 1]
        assert connection.execute(sa.select(Trail.lon)).scalars().all() == [112_870_000]
    with running.node.database.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(Trail)).scalar() == 0
