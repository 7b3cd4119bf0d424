"""The teams kept in memory: they follow the journal, each world and each database by itself."""

from __future__ import annotations

import pytest

from dispatch.suggest.columns import Columns
from dispatch.suggest.muster import muster
from tests.county import COUNTY, DRILL, POINT, County


def seen(cast: County, world: int = 0) -> Columns:
    """The teams as a question sees them now."""
    return cast.node.database.read(muster, world=world)


def of(teams: Columns, team: str) -> tuple[bool, float, float]:
    """(on duty, turnout, longitude) of one."""
    place = teams.place[team]
    return bool(teams.on_duty[place]), float(teams.turnout_s[place]), float(teams.lon[place])


def test_it_follows_duty_readiness_base_and_new_teams(cast: County) -> None:
    before = seen(cast)
    team = cast.teams["town_team"]
    assert of(before, team)[0] is True
    cast.do("town_duty", "team.duty", {"id": team, "on_duty": False})
    body = {"name": "新队", "type": "flood", "centre": COUNTY, "skills": ["water"], "base": POINT}
    made = cast.do("county_duty", "team.create", body)
    moved = {"type": "Point", "coordinates": [112.5, 36.5]}
    other = cast.teams["other_team"]
    edit = {"id": other, "readiness": "L1", "base": moved}
    assert cast.act("county_duty", "team.edit", edit, version=1).ok
    after = seen(cast)
    assert of(after, team)[0] is False
    assert of(after, made["id"])[2] == POINT["coordinates"][0]
    assert of(after, other)[1:] == (180 + 60, 112.5)
    assert len(after) == len(before) + 1
    assert of(before, team)[0] is True, "what another reader holds does not change under it"


def test_it_is_kept_while_nothing_of_teams_was_said(cast: County) -> None:
    before = seen(cast)
    assert seen(cast) is before
    cast.open()
    after = seen(cast)
    assert (after.on_duty == before.on_duty).all()


def test_it_keeps_a_drill_apart_and_follows_the_register_there_too(cast: County) -> None:
    team = cast.teams["town_team"]
    seen(cast, DRILL)
    cast.do("town_duty", "team.duty", {"id": team, "on_duty": False}, world=DRILL)
    assert of(seen(cast, DRILL), team)[0] is False
    assert of(seen(cast), team)[0] is True
    assert cast.act("county_duty", "team.edit", {"id": team, "readiness": "L1"}, version=1).ok
    assert of(seen(cast, DRILL), team)[1] == 180 + 60


def test_it_reads_all_afresh_when_it_missed_much(cast: County, monkeypatch: pytest.MonkeyPatch) -> None:
    team = cast.teams["town_team"]
    seen(cast)
    for on_duty in (False, True, False):
        cast.do("town_duty", "team.duty", {"id": team, "on_duty": on_duty})
    monkeypatch.setattr("dispatch.suggest.muster.MOST_MISSED", 1)
    assert of(seen(cast), team)[0] is False


def test_it_suggests_a_team_as_it_is_now_not_as_it_was(cast: County) -> None:
    incident = cast.open("county_duty", location=POINT)["id"]
    actor = cast.actor("county_duty")
    first = cast.node.ask("incident.suggestions", {"id": incident}, actor)
    team = first["items"][0]["team"]["id"]
    assert cast.act("county_duty", "team.duty", {"id": team, "on_duty": False}).ok
    told = cast.node.ask("incident.suggestions", {"id": incident}, actor)
    assert team not in {one["team"]["id"] for one in told["items"]}
    assert {one["team"]["id"]: one["code"] for one in told["left_out"]}[team] == "off_duty"
    counts = {one["code"]: one["count"] for one in told["left_out_counts"]}
    assert counts["off_duty"] >= 1
    assert sum(counts.values()) == len(told["left_out"])


def test_a_township_is_told_only_of_teams_of_its_own(cast: County) -> None:
    incident = cast.open("town_duty", location=POINT)["id"]
    told = cast.node.ask("incident.suggestions", {"id": incident}, cast.actor("town_duty"))
    named = {one["team"]["id"] for one in (*told["items"], *told["left_out"])}
    assert named == {team for name, team in cast.teams.items() if name in ("town_team", "town_team2")}
    assert sum(one["count"] for one in told["left_out_counts"]) + len(told["items"]) == len(named)
