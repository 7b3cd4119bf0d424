"""The log of duty, roll-calls that disturb nobody at work, and what is asked of the townships."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from command.core import clock
from command.core.errors import Invalid
from tests.county import NOISE, OTHER, TOWN, County
from tests.doors import Doors
from tests.duty.ground import START, at, hour, no_night
from tests.warnings import ground as storm

CALL = {"sort": "call_in", "who": "县气象局值班室", "text": "雨区东移，两小时后到"}
THIRD = "140429102"
"""A township of which nobody did anything."""
PRIVATE = {"name": "周八", "phone": "13912340008"}


def log(client: Doors, who: str, **asked: str) -> list[dict[str, Any]]:
    """A part of somebody's log, the newest first."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    answer = client.get(who, f"/duty/log?{query}")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def test_calls_stand_beside_what_the_journal_has_by_itself(cast: County, client: Doors) -> None:
    cast.do("noise_duty", "duty_note.write", {**CALL, "text": "噪声来电"})
    incident = cast.open("town_duty")["id"]
    cast.order("town_duty", incident, "town_team")
    cast.do("town_duty", "duty_note.write", CALL)
    cast.do(
        "town_duty",
        "incident.report",
        {"id": incident, "text": "拨 119台 6119：已接听", "source": "电话记录"},
    )
    cast.do("town_duty", "incident.report", {"id": incident, "text": "水到膝盖"})
    assert [one["sort"] for one in log(client, "town_duty")] == ["call_out", "call_in", "dispatch"]
    assert [one["who"] for one in log(client, "town_duty", sorts="call_in,paper")] == [CALL["who"]]
    assert [one["sort"] for one in log(client, "town_leader", q="119台")] == ["call_out"]
    assert (
        log(client, "town_duty", since=clock.wire(clock.real() + timedelta(hours=1)).replace("+", "%2B"))
        == []
    )
    assert "噪声来电" not in str(log(client, "town_duty"))
    assert "噪声来电" in str(log(client, "county_duty", centre=NOISE))
    assert "噪声来电" not in str(log(client, "county_duty")), "the county's log is its own desk's"
    assert client.get("other_duty", f"/duty/log?centre={TOWN}").status_code == 404
    file = client.get("town_duty", "/duty/log-export?words=en")
    assert file.text.lstrip("\ufeff").splitlines()[0] == "At,Sort,Who,What,Written by"
    assert "Call in,县气象局值班室" in file.text


def test_a_private_caller_is_sealed_and_read_through_a_door_of_its_own(cast: County, client: Doors) -> None:
    made = cast.do("town_duty", "duty_note.write", {**CALL, "person": PRIVATE})
    for entry in cast.entries():
        assert b"13912340008" not in entry.record + entry.text
        assert "周八".encode() not in entry.record
    assert set(made["person"]) == {"id", "commitment"}
    assert client.get("town_duty", f"/duty_notes/{made['id']}/person").json == PRIVATE
    assert client.get("other_duty", f"/duty_notes/{made['id']}/person").status_code == 404
    assert client.get("town_leader", f"/duty_notes/{made['id']}/person").status_code == 403
    cast.do("system", "duty_note.erase", {"id": made["id"]})
    assert client.get("town_duty", f"/duty_notes/{made['id']}/person").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"text": "回电 13912340008"}, {"who": "王五 139-1234-0008"}, {"sort": "dispatch"}, {"at": hour(2)},
        {"promise_due_at": hour(2)}, {"incident_id": "x"}, {"with_centre": "140429199"}, {"text": " "},
    ],
)  # fmt: skip
def test_it_refuses_a_line_that_is_none_and_a_mobile_in_the_open(cast: County, body: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        cast.act("town_duty", "duty_note.write", {**CALL, **body})


def test_a_promise_is_open_until_somebody_kept_it(cast: County, client: Doors) -> None:
    made = cast.do("town_duty", "duty_note.write", {**CALL, "promise": "回电"})
    assert made["live"] is True
    assert client.get("town_leader", f"/duty_notes/{made['id']}").status_code == 200
    assert client.get("other_duty", f"/duty_notes/{made['id']}").status_code == 404
    kept = cast.do("town_duty", "duty_note.keep", {"id": made["id"]})
    assert (kept["live"], kept["kept_by"]) == (False, "甲 town_duty")
    assert cast.act("town_duty", "duty_note.keep", {"id": made["id"]}).status == 409


def check(cast: County, centre: str = TOWN) -> dict[str, Any]:
    """The county checks a post."""
    return cast.do("county_duty", "duty.check", {"centre": centre})


def test_whoever_did_anything_in_half_an_hour_is_there_and_is_not_asked(cast: County) -> None:
    no_night(cast)
    with at(5):
        cast.do("town_duty", "duty_note.write", CALL)
    with at(5.4):
        found = check(cast)
        assert (found["state"], found["how"], found["answered_by"]) == ("present", "act", "甲 town_duty")
        assert check(cast, OTHER)["state"] == "asked", "another's act proves nothing"
    with at(6):
        assert check(cast)["state"] == "asked"


def test_one_calm_question_is_answered_by_one_key_or_by_any_act_else_the_county_rings(
    cast: County, client: Doors
) -> None:
    no_night(cast)
    for centre in (TOWN, OTHER, THIRD):
        check(cast, centre)
    held = {
        one["centre"]: one["id"] for one in client.get("county_duty", "/duty_checks?live=true").json["items"]
    }
    assert [one["id"] for one in client.get("town_duty", "/duty_checks").json["items"]] == [held[TOWN]]
    assert cast.act("county_duty", "duty.check", {"centre": TOWN}).status == 409
    assert client.get("other_duty", f"/duty_checks/{held[TOWN]}").status_code == 404
    assert cast.do("town_duty", "duty.present", {"id": held[TOWN]})["how"] == "key"
    cast.do("other_duty", "duty_note.write", CALL)
    with at(0.4):
        assert cast.do("system", "duty_check.end", {"id": held[OTHER]})["how"] == "act"
        assert cast.do("system", "duty_check.end", {"id": held[THIRD]})["state"] == "missed"
    told = client.get("county_duty", "/alarms?live=true").json["items"]
    assert [one["rank"] for one in told if one["cause"] == f"duty_check.end:{held[THIRD]}"] == [3]
    assert cast.do("county_duty", "duty.present", {"id": held[THIRD]})["state"] == "present"


def test_nobody_is_asked_who_works_on_an_incident_or_sleeps_without_a_warning(
    cast: County, monkeypatch: Any
) -> None:
    no_night(cast)
    cast.open("town_duty", title="漫堤")
    found = check(cast)
    assert (found["state"], found["reason"]["zh"], found["live"]) == ("spared", "正在处置 漫堤", False)
    for name, value in (("duty.night_from", 22), ("duty.night_to", 7)):
        cast.do("system", "setting.set", {"name": name, "centre": "140429", "value": value})
    night = START.astimezone(clock.LOCAL).replace(hour=2, minute=0) + timedelta(days=1)
    hours = (night - START) / timedelta(hours=1)
    with at(hours):
        spared = check(cast, OTHER)
        assert (spared["state"], spared["reason"]["en"]) == (
            "spared",
            "night, and no warning in force: nobody is woken",
        )
        warning = storm.enter(cast, area={"codes": [OTHER]})["id"]
        storm.move(cast, "county_duty", warning, "relayed")
        assert [check(cast, one)["state"] for one in (OTHER, THIRD)] == ["asked", "spared"]


def test_the_burden_is_counted_by_township_and_week_and_ranks_nobody(cast: County, client: Doors) -> None:
    no_night(cast)
    asked = "/duty/burden?weeks=1"
    before = {one["centre"]: one for one in client.get("county_duty", asked).json["items"]}
    cast.do("town_duty", "duty_note.write", {**CALL, "promise": "回电"})
    cast.do("county_duty", "duty_note.write", {**CALL, "sort": "call_out", "with_centre": OTHER})
    check(cast, THIRD)
    found = client.get("county_duty", asked).json
    assert [one["centre"] for one in found["items"]] == sorted(one["centre"] for one in found["items"])
    grown = {
        code: tuple(one[name] - before[code][name] for name in ("fields", "messages", "calls"))
        for one in found["items"]
        if (code := one["centre"])
    }
    assert {code: n for code, n in grown.items() if any(n)} == {
        TOWN: (4, 0, 1),
        OTHER: (0, 0, 1),
        THIRD: (0, 1, 0),
    }
    assert set(found["items"][0]) == {"week", "centre", "name", "fields", "messages", "calls"}, (
        "no rank, no share, no sum"
    )
    assert client.get("town_duty", asked).status_code == 403
    file = (
        client.get("county_leader", "/duty/burden-export?weeks=1&words=zh").text.lstrip("\ufeff").splitlines()
    )
    assert file[0].startswith("周（星期一）,代码,乡镇")
    assert len(file) == 1 + len(found["items"])
