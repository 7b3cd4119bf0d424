"""What waits for a leader, gathered from every slice: it shows exactly what is approved, and one tap of it is an existing action."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from command.core.actions import ACTIONS
from command.core.deciding import Deciding
from command.core.errors import Invalid
from command.core.queries import QUERIES
from tests.county import TOWN, County
from tests.decisions.asked import ask, by_word
from tests.doors import Doors
from tests.plans import library
from tests.sitreps.papers import Papers


def waits(client: Doors, who: str) -> dict[str, dict[str, Any]]:
    answer = client.get(who, "/decisions/waiting")
    assert answer.status_code == 200, answer.text
    return {one["key"]: one for one in answer.json["items"]}


def tap(cast: County, who: str, item: dict[str, Any], n: int = 0, **more: Any) -> Any:
    chosen = item["options"][n]
    return cast.act(who, chosen["action"], {**chosen["payload"], **more}, version=chosen["version"])


def test_every_slice_that_asks_leaders_is_heard_by_being_there() -> None:
    asked = {name: one for name, one in QUERIES.items() if name.endswith(".decisions")}
    assert {"decision.decisions", "plans.decisions", "sitreps.decisions"} <= set(asked)
    for name, one in asked.items():
        assert one.wish is Deciding, name
        assert one.http is None, f"{name} is asked by the gathering alone"
        assert list(inspect.signature(one.run).parameters) == ["view", "wish"], name


def test_each_house_has_only_its_own(cast: County, client: Doors) -> None:
    mine, up, theirs = ask(cast), ask(cast, of="county"), ask(cast, "noise_duty")
    plan = library.in_force(cast)
    response = library.propose(cast, plan, incident_id=cast.open()["id"])
    assert set(waits(client, "town_leader")) == {f"decision:{mine}"}
    assert set(waits(client, "county_leader")) == {f"decision:{up}", f"response:{response}"}
    assert f"decision:{theirs}" not in waits(client, "county_duty"), "a township's leader decides there"
    assert waits(client, "other_duty") == {}
    assert waits(client, "water_duty") == {}
    assert client.get("town_team", "/decisions/waiting").status_code == 403
    for who in ("county_duty", "wall", "planner"):
        assert all(one["options"] == [] for one in waits(client, who).values()), f"{who} decides nothing"


def test_one_tap_approves_exactly_what_was_shown(cast: County, client: Doors) -> None:
    response = library.propose(cast, library.in_force(cast), incident_id=cast.open()["id"])
    item = waits(client, "county_leader")[f"response:{response}"]
    shown = [
        (one["label"]["zh"], one["text"] if isinstance(one["text"], str) else one["text"]["zh"])
        for one in item["facts"]
    ]
    assert shown[:4] == [
        ("事项", "丰州镇山洪"), ("级别", "四级（预案自定级，非事件级别）"), ("期限", "预计 12 小时"), ("措施", "转移避险"),
    ]  # fmt: skip
    assert item["title"]["zh"] == "启动四级应急响应"
    assert all(one["action"] in ACTIONS for one in item["options"])
    with pytest.raises(Invalid, match="say why"):
        tap(cast, "county_leader", item, 1)
    assert tap(cast, "county_leader", item).ok
    assert tap(cast, "county_leader", item).status == 409, "what changed since is not approved by an old tap"
    assert waits(client, "county_leader") == {}


def test_a_recorded_word_waits_until_it_is_confirmed_or_disputed(cast: County, client: Doors) -> None:
    response = library.by_word(
        cast, library.propose(cast, library.in_force(cast), incident_id=cast.open()["id"])
    )
    thing = by_word(cast, ask(cast))
    item = waits(client, "county_leader")[f"response:{response}"]
    assert (item["state"], item["word"]["spoken"]["person"], item["word"]["by"]) == (
        "spoken",
        "张某",
        "甲 county_duty",
    )
    assert tap(cast, "county_leader", item, 1, text="我只同意待命").ok
    item = waits(client, "county_leader")[f"response:{response}"]
    assert (item["state"], [one["action"] for one in item["options"]]) == ("disputed", ["response.confirm"])
    alarms = client.get("county_duty", "/alarms?live=true&limit=200").json["items"]
    assert any(one["cause"] == f"disputed:response:{response}" for one in alarms)
    assert client.get("county_duty", f"/responses/{response}").json["state"] == "active", (
        "it goes on until somebody changes it"
    )
    assert tap(cast, "county_leader", item).ok
    assert waits(client, "county_leader") == {}
    [mine] = waits(client, "town_leader").values()
    assert mine["about"] == {"kind": "decision", "id": thing}
    assert mine["facts"][0]["text"] == "只转移沿河三村"
    assert tap(cast, "town_leader", mine).ok


def test_the_duty_officer_may_record_only_what_the_ladder_allows(cast: County, client: Doors) -> None:
    response = library.propose(cast, library.in_force(cast), incident_id=cast.open()["id"])
    question = ask(cast, "county_duty")
    found = waits(client, "county_duty")
    assert found[f"response:{response}"]["posts"] == ["县应急局局长", "分管副县长", "县长"]
    for key, n in ((f"response:{response}", 0), (f"decision:{question}", 1)):
        one = found[key]["by_word"][n]
        said = {**one["payload"], "spoken": library.WORD}
        assert cast.act("county_duty", one["action"], said, version=one["version"]).ok, key
    assert all(
        one["state"] == "spoken" and one["by_word"] == [] for one in waits(client, "county_duty").values()
    )
    for who in ("county_leader", "wall", "planner"):
        assert all(one["by_word"] == [] for one in waits(client, who).values()), who


def test_a_reviewed_report_is_signed_by_its_own_leader(cast: County, client: Doors) -> None:
    papers = Papers(cast, cast.open(casualties={"missing": 2})["id"])
    sitrep = papers.reviewing()
    assert waits(client, "town_leader") == {}, "nobody has reviewed it"
    cast.do("town_leader", "sitrep.approve", {"id": sitrep})
    item = waits(client, "town_leader")[f"sitrep:{sitrep}"]
    assert any("2" in str(one["text"]) for one in item["facts"]), "every word that is signed is shown"
    assert waits(client, "town_duty")[f"sitrep:{sitrep}"]["options"] == []
    assert waits(client, "county_leader") == {}, "the county signs no township's report"
    assert tap(cast, "town_leader", item).ok
    assert client.get("town_duty", f"/sitreps/{sitrep}").json["signed"]["name"] == "甲 town_leader"


def test_a_shift_hands_over_what_was_not_decided(cast: County, client: Doors) -> None:
    open_, told = ask(cast, question="是否停课"), by_word(cast, ask(cast))
    ask(cast, "noise_duty", question="噪声请示")
    found = cast.node.ask(
        "decisions.matters", {"party": f"centre:{TOWN}", "centre": TOWN}, cast.actor("town_duty")
    )
    assert [one["about"]["id"] for one in found] == [open_, told]
    assert found[0]["zh"] == "请示：是否停课（待决定）"


def test_a_spoken_signature_is_disputed_like_any_word_and_each_tap_names_its_way_back(
    cast: County, client: Doors
) -> None:
    papers = Papers(cast, cast.open()["id"])
    thing = papers.spoken()
    item = waits(client, "town_leader")[f"sitrep:{thing}"]
    assert [one["action"] for one in item["options"]] == ["sitrep.confirm", "sitrep.dispute"]
    assert client.post("town_duty", f"/sitreps/{thing}/dispute", {}).status_code == 403
    assert tap(cast, "town_leader", item, 1, text="数字不是我说的").ok
    item = waits(client, "town_leader")[f"sitrep:{thing}"]
    assert (item["state"], item["word"]["disputed"]["text"]) == ("disputed", "数字不是我说的")
    office = [
        one["detail"]["zh"]
        for one in client.get("town_duty", "/alarms?live=true").json["items"]
        if one["cause"] == f"disputed:sitrep:{thing}"
    ]
    assert office == ["数字不是我说的"]
    assert client.post("town_leader", f"/sitreps/{thing}/dispute", {}).status_code == 409
    assert tap(cast, "town_leader", item).ok
    assert not [
        one
        for one in client.get("town_duty", "/alarms?live=true").json["items"]
        if one["cause"] == f"disputed:sitrep:{thing}"
    ]
    second = Papers(cast, cast.open()["id"]).reviewing()
    cast.do("town_leader", "sitrep.approve", {"id": second})
    asked = waits(client, "town_leader")[f"sitrep:{second}"]["options"][0]
    assert cast.act("town_leader", asked["action"], asked["payload"], version=asked["version"]).ok
    back = asked["back"]
    with pytest.raises(Invalid, match="why it comes back"):
        cast.act("town_leader", back["action"], back["payload"])
    assert cast.act("town_leader", back["action"], {**back["payload"], "reason": "数字未核"}).ok
    told = client.get("town_duty", f"/sitreps/{second}").json
    assert (told["state"], told["signed"]) == ("rejected", None)
    response = library.propose(cast, library.in_force(cast), incident_id=cast.open()["id"])
    asked = waits(client, "county_leader")[f"response:{response}"]["options"][0]
    assert cast.act("county_leader", asked["action"], asked["payload"], version=asked["version"]).ok
    assert cast.act(
        "county_leader", asked["back"]["action"], {**asked["back"]["payload"], "reason": "按错"}
    ).ok
    assert client.get("county_duty", f"/responses/{response}").json["state"] == "ended"
