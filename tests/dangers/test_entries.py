"""A team that enters a danger area: warned once, whoever saw it first; its commanders hear an alarm of life; leaving clears."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from command.core import clock
from dispatch.dangers.watching import Watch
from dispatch.tracking import latest
from dispatch.tracking.latest import Fix
from tests.county import DRILL, POINT, TOWN, County
from tests.doors import Doors

LON, LAT = POINT["coordinates"]
BODY = {"sort": "toxic", "reason": "液氨泄漏", "point": POINT, "radius_m": 400}


class Field:
    """A team's positions as two processes of the node may follow them."""

    def __init__(self, cast: County, who: str = "town_team", world: int = 0) -> None:
        latest.forget()
        self.cast, self.team, self.world = cast, cast.teams[who], world
        self.watches = [Watch(cast.node)]
        self.now = clock.real() - timedelta(minutes=10)
        self.look()

    def another(self) -> Field:
        """One more process follows."""
        self.watches.append(Watch(self.cast.node))
        return self

    def look(self) -> Field:
        """Each process looks once more."""
        for watch in self.watches:
            watch.look(self.world, self.cast.end(self.world))
        return self

    def stands(self, away_m: float, seconds: int = 30, team: str | None = None) -> Field:
        """It is so many metres east of the middle for so long, with a fix every ten seconds."""
        for _ in range(seconds // 10):
            self.now += timedelta(seconds=10)
            fix = Fix(LON + away_m / 89_000, LAT, self.now, accuracy=8.0)
            latest.put(self.world, team or self.team, fix)
            for watch in self.watches:
                watch.hear(self.world, team or self.team, fix)
            self.look()
        return self.look()


def alarms(client: Doors, who: str = "county_duty") -> list[dict[str, Any]]:
    """The live alarms of danger areas in somebody's list."""
    found = client.get(who, "/alarms?live=true&limit=1000").json["items"]
    return [one for one in found if one["cause"].startswith("danger:")]


def entries(client: Doors, who: str, more: str = "") -> list[dict[str, Any]]:
    """The entries in somebody's list."""
    found: list[dict[str, Any]] = client.get(who, f"/danger_entries?limit=100{more}").json["items"]
    return found


def told(cast: County) -> list[str]:
    """What the journal says of entries and their alarms, in order."""
    return [one.type for one in cast.entries() if one.type.startswith(("danger_entry", "alarm."))]


def test_who_enters_is_warned_once_and_its_commanders_hear_of_it(cast: County, client: Doors) -> None:
    incident = cast.open("town_duty", village_code=None, location=POINT, centre=TOWN)["id"]
    cast.order("town_duty", incident, "town_team")
    cast.do("town_duty", "danger_area.declare", {**BODY, "incident_id": incident})
    field = Field(cast).another().stands(2000).stands(2000, team=cast.teams["noise_team"])
    assert entries(client, "county_duty") == []
    before = len(told(cast))
    field.stands(100, 60)
    assert told(cast)[before:] == ["danger_entry.entered", "alarm.raised"]
    (one,) = entries(client, "town_team", "&live=true")
    assert (one["sort"], one["reason"], one["team_name"], one["receipt_at"]) == (
        "toxic",
        "液氨泄漏",
        "丰州综合队",
        None,
    )
    assert "上风" in one["advice"]["zh"]
    assert "wind" in one["advice"]["en"]
    for who in ("county_duty", "town_duty"):
        (alarm,) = alarms(client, who)
        assert (alarm["rank"], alarm["life_risk"], alarm["incident_id"]) == (1, True, incident)
        assert alarm["title"]["zh"] == "丰州综合队 进入有毒气体下风向"
    for who in ("other_duty", "noise_duty", "town_team2", "other_team"):
        assert (alarms(client, who), entries(client, who)) == ([], []), who
    assert client.get("other_duty", f"/danger_entries/{one['id']}").status_code == 404


def test_leaving_clears_and_coming_back_is_another_entry(cast: County, client: Doors) -> None:
    cast.do("town_duty", "danger_area.declare", BODY)
    field = Field(cast).another().stands(100).stands(420)
    assert len(alarms(client)) == 1
    field.stands(2000, 40)
    assert alarms(client) == []
    (one,) = entries(client, "town_duty")
    assert (one["live"], one["why"]) == (False, "left")
    field.stands(100)
    assert [one["live"] for one in entries(client, "town_duty")] == [False, True]
    field.watches[:] = [Watch(cast.node)]  # it is started again while the team stands inside
    field.stands(90)
    assert [one["live"] for one in entries(client, "town_duty")] == [False, True]
    field.stands(3000, 40)
    assert [one["why"] for one in entries(client, "town_duty")] == ["left", "left"]


def test_a_process_that_lags_does_not_tell_an_entry_that_is_over(cast: County, client: Doors) -> None:
    area = cast.do("town_duty", "danger_area.declare", BODY)["id"]
    at = clock.real() - timedelta(minutes=5)
    wish = {"id": area, "team_id": cast.teams["town_team"], "since": clock.wire(at), "depth_m": 50}
    first = cast.do("system", "danger_area.enter", wish)
    out = clock.wire(at + timedelta(minutes=2))
    cast.do("system", "danger_entry.leave", {"id": first["id"], "at": out})
    before = cast.end()
    late = {**wish, "since": clock.wire(at + timedelta(minutes=1)), "depth_m": 60}
    assert cast.do("system", "danger_area.enter", late)["live"] is False
    assert cast.end() == before
    assert alarms(client) == []


def test_the_team_alone_receipts_the_warning_once(cast: County, client: Doors) -> None:
    cast.do("town_duty", "danger_area.declare", BODY)
    Field(cast).stands(100)
    (one,) = entries(client, "town_team")
    path = f"/danger_entries/{one['id']}/receipt"
    assert client.post("other_team", path).status_code == 404
    assert client.post("town_duty", path).status_code == 403
    read = client.post("town_team", path, {"at": clock.wire(clock.real())}).json
    assert (read["receipt_by"], read["live"]) == ("甲 town_team", True)
    assert client.post("town_team", path).status_code == 409
    assert len(alarms(client)) == 1  # read is not out


def test_it_ends_with_the_area_with_a_change_of_it_and_with_the_teams_duty(
    cast: County, client: Doors
) -> None:
    for ended in ("lifted", "changed", "off_duty"):
        area = cast.do("town_duty", "danger_area.declare", BODY)
        field = Field(cast).stands(100)
        assert len(alarms(client)) == 1, ended
        if ended == "lifted":
            cast.do("town_duty", "danger_area.lift", {"id": area["id"], "reason": "堵漏"})
        elif ended == "changed":
            less = {"id": area["id"], "point": POINT, "radius_m": 20}
            cast.do("town_duty", "danger_area.change", less, version=1)
        else:
            cast.do("town_duty", "team.duty", {"id": field.team, "on_duty": False})
        field.look()
        assert alarms(client) == [], ended
        assert entries(client, "town_duty", f"&area_id={area['id']}")[0]["why"] == ended
        if ended != "lifted":
            cast.do("town_duty", "danger_area.lift", {"id": area["id"], "reason": "堵漏"})


def test_an_area_declared_over_a_team_warns_it_at_once(cast: County, client: Doors) -> None:
    field = Field(cast).stands(100)
    assert alarms(client) == []
    field.now = clock.real() - timedelta(seconds=20)
    field.stands(100, 10)
    cast.do("town_duty", "danger_area.declare", BODY)
    field.look()
    assert len(alarms(client)) == 1


def test_a_drills_positions_and_areas_warn_in_their_drill_only(cast: County, client: Doors) -> None:
    cast.do("county_duty", "danger_area.declare", BODY, world=DRILL)
    life = Field(cast).stands(100)
    assert entries(client, "county_duty") == []
    life.watches.clear()
    drill = Field(cast, world=DRILL).stands(100)
    assert entries(client, "county_duty") == []
    assert [one.type for one in cast.entries(DRILL) if one.type.startswith("danger_entry")] == [
        "danger_entry.entered"
    ]
    assert drill.world == DRILL


def admit(client: Doors, area: str, field: Field, who: str = "town_duty") -> Any:
    """Somebody sends the team in."""
    return client.post(
        who, f"/danger_areas/{area}/admissions", {"team_id": field.team, "reason": "搜救被困人员"}
    )


def test_a_team_that_was_sent_in_by_name_is_recorded_and_raises_no_alarm(cast: County, client: Doors) -> None:
    area = cast.do("town_duty", "danger_area.declare", BODY)["id"]
    field = Field(cast)
    given = admit(client, area, field)
    assert given.status_code == 201, given.text
    assert (given.json["admitted_by"], given.json["reason"]) == (cast.actor("town_duty").name, "搜救被困人员")
    assert admit(client, area, field).status_code == 409
    field.another().stands(0)
    inside = entries(client, "county_duty", "&live=true")
    assert [(one["team_id"], one["admitted_by"]) for one in inside] == [
        (field.team, given.json["admitted_by"])
    ]
    assert alarms(client) == []
    for who in ("town_duty", "county_duty", "town_team"):
        assert len(client.get(who, "/danger_admissions").json["items"]) == 1, who
    for who in ("other_duty", "other_team", "town_team2"):
        assert client.get(who, "/danger_admissions").json["items"] == [], who
        assert client.get(who, f"/danger_admissions/{given.json['id']}").status_code == 404, who
    for who, status in (("other_duty", 404), ("town_team", 403)):
        assert client.post(who, f"/danger_admissions/{given.json['id']}/end").status_code == status, who
    assert client.post("town_duty", f"/danger_admissions/{given.json['id']}/end").status_code == 200
    assert [(one["rank"], one["team_id"]) for one in alarms(client)] == [(1, field.team)]
    assert admit(client, area, field, "county_duty").status_code == 201  # the county may, and its alarm ends
    assert alarms(client) == []
    cast.do("town_duty", "danger_area.lift", {"id": area, "reason": "已处置"})
    assert client.get("county_duty", "/danger_admissions?live=true").json["items"] == []


def test_nobody_is_sent_into_anothers_area_nor_a_team_that_is_not_seen(cast: County, client: Doors) -> None:
    area = cast.do("town_duty", "danger_area.declare", BODY)["id"]
    field = Field(cast)
    assert admit(client, area, field, "other_duty").status_code == 403
    assert admit(client, area, field, "town_team").status_code == 403
    body = {"team_id": cast.teams["other_team"], "reason": "搜救"}
    assert client.post("town_duty", f"/danger_areas/{area}/admissions", body).status_code == 422
    assert (
        client.post("town_duty", f"/danger_areas/{area}/admissions", {"team_id": field.team}).status_code
        == 422
    )
    field.stands(0)
    assert len(alarms(client)) == 1  # who was not sent in is an alarm as ever
