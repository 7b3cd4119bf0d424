"""征用: entered with who decided it, returned or lost, compensated; whose a thing is is sealed; 归档 waits for the settlement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from command.core import canonical, clock
from tests.county import FIRE, TOWN, County
from tests.doors import Doors
from tests.duty.test_matters import told
from tests.requisitions.taking import BACK, DIGGER, OWNER, PAID, PHONE, back, take
from tests.tracks.ground import answer
from tests.tracks.test_gate import ended, move


def stands(client: Doors, thing: str, who: str = "town_duty") -> dict[str, Any]:
    answer = client.get(who, f"/requisitions/{thing}")
    assert answer.status_code == 200, answer.text
    found: Any = answer.json
    return dict(found)


def test_design_rule_14_what_was_requisitioned_is_returned_and_compensated_before_the_record_is_closed(
    client: Doors, cast: County
) -> None:
    incident, noise = ended(cast, FIRE), ended(cast, FIRE)
    assert move(cast, noise, "archived").ok, "nothing was taken there"
    thing, lost = take(cast, incident), take(cast, incident, what="冲锋舟")
    for step in (
        lambda: back(cast, thing),
        lambda: cast.do("town_duty", "requisition.settle", {"id": thing, **PAID}),
        lambda: cast.do(
            "town_duty", "requisition.give_back", {"id": lost, "condition": "lost", "note": "冲走"}
        ),
    ):
        refused = move(cast, incident, "archived")
        assert refused.status == 409
        assert "requisitions" in [one["code"] for one in canonical.load(refused.body)["gates"]]
        step()
    assert move(cast, incident, "archived").status == 409, "the lost one is not compensated yet"
    cast.do("town_duty", "requisition.settle", {"id": lost, "how": "waived", "paper": "权利人声明"})
    assert move(cast, incident, "archived").ok
    one = stands(client, thing)
    assert (one["state"], one["given_back"]["condition"], one["settled"]["amount_yuan"]) == (
        "settled",
        "damaged",
        12_500,
    )
    assert one["authority"] == "县人民政府 赵县长"
    assert stands(client, lost)["settled"]["how"] == "waived"
    assert take_again(cast, incident) == 409


def take_again(cast: County, incident: str) -> int:
    """What it answers when something is entered for an archived incident."""
    return int(cast.act("town_duty", "requisition.take", {"id": incident, **DIGGER}).status)


def test_whose_it_is_stands_nowhere_but_behind_its_own_door(client: Doors, cast: County) -> None:
    thing = take(cast, str(cast.open("town_duty")["id"]))
    told = [one.record + one.text for one in cast.entries()] + [
        client.get("town_duty", f"/requisitions/{thing}").data
    ]
    assert all(mark.encode() not in one for mark in (OWNER, PHONE) for one in told)
    for who in ("town_duty", "county_duty"):
        assert client.get(who, f"/requisitions/{thing}/owner").json == {"name": OWNER, "number": PHONE}
    assert client.get("county_leader", f"/requisitions/{thing}/owner").status_code == 403
    log: Any = client.get("auditor", "/access-log?what=owner of a requisitioned thing").json
    assert len(log["items"]) == 2


def test_another_township_neither_sees_nor_settles_it(client: Doors, cast: County) -> None:
    thing = take(cast, str(cast.open("town_duty")["id"]))
    noise = take(cast, cast.noise["incident"], "noise_duty")
    for path in (f"/requisitions/{thing}", f"/requisitions/{thing}/owner"):
        assert client.get("other_duty", path).status_code == 404
    assert cast.act("other_duty", "requisition.give_back", {"id": thing, **BACK}).status == 404
    assert listed(client, "town_duty") == [thing]
    assert listed(client, "county_duty") == [thing, noise]


def listed(client: Doors, who: str) -> list[str]:
    """What somebody's ledger has in use."""
    ledger: Any = client.get(who, "/requisitions?state=in_use").json
    return [one["id"] for one in ledger["items"]]


@pytest.mark.parametrize(
    ("body", "about"),
    [
        ({"condition": "damaged", "received_by": "车主"}, "note"),
        ({"condition": "intact"}, "received_by"),
        ({"condition": "lost"}, "note"),
        ({**BACK, "at": "2020-01-01T00:00:00Z"}, "at"),
        ({**BACK, "at": clock.wire(clock.real() + timedelta(hours=1))}, "at"),
    ],
)
def test_a_return_says_what_it_has_to_say(cast: County, body: dict[str, Any], about: str) -> None:
    thing = take(cast, str(cast.open("town_duty")["id"]))
    status, said = answer(cast, "town_duty", "requisition.give_back", {"id": thing, **body})
    assert status == 422
    assert about in said


def test_steps_that_are_not_next_are_refused_and_change_nothing(client: Doors, cast: County) -> None:
    thing = take(cast, str(cast.open("town_duty")["id"]))
    assert cast.act("town_duty", "requisition.settle", {"id": thing, **PAID}).status == 409
    back(cast, thing)
    assert cast.act("town_duty", "requisition.cancel", {"id": thing, "reason": "误"}).status == 409
    for wrong in ({"how": "paid", "paper": "单"}, {"how": "waived", "paper": "单", "amount_yuan": 5}):
        assert answer(cast, "town_duty", "requisition.settle", {"id": thing, **wrong})[0] == 422
    assert stands(client, thing)["state"] == "returned"


def test_what_is_not_settled_is_handed_over_by_who_took_it(cast: County) -> None:
    incident = str(cast.open("town_duty")["id"])
    open_, over = take(cast, incident), back(cast, take(cast, incident, what="冲锋舟"))
    cast.do("town_duty", "requisition.settle", {"id": over, **PAID})
    take(cast, cast.noise["incident"], "noise_duty", what="水泵")
    said = {one: words for one, words in told(cast, TOWN, "other").items() if "征用" in words}
    assert said == {open_: "征用 挖掘机 1台（征用中）"}
