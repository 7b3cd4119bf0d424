"""A leader's word on a statement, recorded by the duty officer; names that belong to no family; names in reports to superiors."""

from __future__ import annotations

from typing import Any

from command.core import canonical
from tests.county import County
from tests.doors import Doors
from tests.tracks import ground

SPOKEN = {"spoken": ground.WORD}


def told(cast: County) -> tuple[str, str]:
    """An incident that was reported above, and a statement on it."""
    incident = ground.roof_fall(cast)
    ground.tell_above(cast, incident)
    return incident, ground.draft(cast, incident)


def waiting(client: Doors, who: str) -> list[dict[str, Any]]:
    """The statements that wait for the leader of somebody's house."""
    items = client.get(who, "/decisions/waiting").json["items"]
    return [one for one in items if one["sort"] == "statement"]


def disputes(client: Doors) -> list[str]:
    """The live alarms about words that are disputed."""
    found = client.get("county_duty", "/alarms?live=true&limit=1000").json["items"]
    return [one["cause"] for one in found if one["cause"].startswith("disputed:")]


def test_a_spoken_word_acts_at_once_and_its_owner_confirms_it(cast: County, client: Doors) -> None:
    _, thing = told(cast)
    (asked,) = waiting(client, "county_leader")
    assert (asked["state"], [one["action"] for one in asked["options"]]) == ("asked", ["statement.approve"])
    assert {one["text"] for one in asked["facts"] if isinstance(one["text"], str)} >= set(
        ground.WORDS.values()
    )
    (seen,) = waiting(client, "county_duty")
    assert (seen["options"], seen["by_word"][0]["action"]) == ([], "statement.approve")
    recorded = cast.do("county_duty", "statement.approve", {"id": thing, **SPOKEN})
    assert recorded["approvals"]["command"]["spoken"]["person"] == "王县长"
    done = cast.do("publicity_duty", "statement.approve", {"id": thing})
    assert done["state"] == "approved", "it acts at once"
    assert cast.act("county_duty", "statement.confirm", {"id": thing}).status == 403
    (word,) = waiting(client, "county_leader")
    assert (word["state"], [one["action"] for one in word["options"]]) == (
        "spoken", ["statement.confirm", "statement.dispute"],
    )  # fmt: skip
    confirmed = cast.do("county_leader", "statement.confirm", {"id": thing})
    assert (confirmed["state"], confirmed["approvals"]["command"]["confirmed"]["by"]) == (
        "approved",
        cast.entries()[-1].actor_name,
    )
    assert waiting(client, "county_leader") == []
    assert cast.act("county_leader", "statement.confirm", {"id": thing}).status == 409


def test_what_was_not_said_so_calls_the_duty_office_until_the_statement_is_withdrawn(
    cast: County, client: Doors
) -> None:
    incident, thing = told(cast)
    other = ground.draft(cast, incident)
    for one in (thing, other):
        cast.do("county_duty", "statement.approve", {"id": one, **SPOKEN})
    cast.do("county_leader", "statement.dispute", {"id": thing, "text": "说的是核实后再发"})
    assert disputes(client) == [f"disputed:statement:{thing}"]
    assert cast.act("county_leader", "statement.dispute", {"id": thing}).status == 409
    states = {one["about"]["id"]: one["state"] for one in waiting(client, "county_leader")}
    assert states == {thing: "disputed", other: "spoken"}
    cast.do("county_leader", "statement.move", {"id": thing, "to": "withdrawn", "reason": "未经批准"})
    assert disputes(client) == []


def test_only_the_duty_office_of_a_side_records_and_the_figures_must_be_those_reported(cast: County) -> None:
    incident, thing = told(cast)
    for who in ("town_duty", "planner", "county_leader"):
        assert cast.act(who, "statement.approve", {"id": thing, **SPOKEN}).status in (403, 404), who
    wrong = ground.draft(cast, incident, text="事故造成5人被困。")
    assert cast.act("county_duty", "statement.approve", {"id": wrong, **SPOKEN}).status == 409
    assert cast.act("county_duty", "statement.approve", {"id": thing}).status == 403, (
        "not by the officer's own hand"
    )


def test_a_name_of_no_family_is_held_back_until_it_is_entered_as_told(cast: County, client: Doors) -> None:
    incident, _ = told(cast)
    held = cast.do("county_duty", "family.open", {"id": incident, "victim": "尉迟听澜"})
    assert (held["state"], held["number"], held["late_since"]) == ("held", 1, None)
    for text in ("伤者尉迟听澜", "伤者尉迟 听澜"):
        body = {"id": incident, **ground.WORDS, "text": text}
        assert ground.answer(cast, "publicity_duty", "statement.draft", body)[0] == 422
    thing = ground.draft(cast, incident, text="伤者〔姓名1〕，4人被困。")
    assert cast.act("county_leader", "statement.approve", {"id": thing}).status == 409
    assert cast.act("county_duty", "family.tell", {"id": held["id"], "text": "平安"}).status == 409
    cast.do("county_duty", "family.notify", {"id": held["id"], "how": "phone"})
    cast.do("county_leader", "statement.approve", {"id": thing})
    cast.do("publicity_duty", "statement.approve", {"id": thing})
    assert "尉迟听澜" in client.get("publicity_duty", f"/statements/{thing}/paper").json["text"]
    named = cast.do("county_duty", "family.edit", {"id": held["id"], "liaison": ground.LIAISON})
    assert named["state"] == "open"
    assert all(b"\xe5\xb0\x89\xe8\xbf\x9f" not in one.record + one.text for one in cast.entries())


def test_no_sealed_name_goes_into_a_report_or_out_with_one(cast: County) -> None:
    incident, other = ground.roof_fall(cast), ground.roof_fall(cast)
    call = {"id": incident, "to": "city", "person": "市值班员"}
    written = cast.do(
        "county_duty",
        "sitrep.draft",
        {"incident_id": incident, "sections": {"place": f"{ground.VICTIM}被困"}},
    )
    ground.family(cast, incident)
    named = cast.act("county_duty", "sitrep.phone", {**call, "text": f"伤者{ground.VICTIM}"})
    assert (named.status, "姓名" in canonical.load(named.body)["detail"]) == (409, True)
    assert (
        cast.act("county_duty", "sitrep.transition", {"id": written["id"], "to": "reviewing"}).status == 409
    ), "written before the name was entered"
    words = {"id": written["id"], "sections": {"place": f"家属{ground.RELATIVE}已到"}}
    assert cast.act("county_duty", "sitrep.edit", words, version=written["version"]).status == 409
    cast.do(
        "county_duty", "sitrep.edit", {**words, "sections": {"place": "4人被困"}}, version=written["version"]
    )
    cast.do("county_duty", "sitrep.transition", {"id": written["id"], "to": "reviewing"})
    cast.do("county_duty", "sitrep.phone", {**call, "text": "4人被困"})
    cast.do("county_duty", "sitrep.phone", {**call, "id": other, "text": f"{ground.VICTIM}"})
