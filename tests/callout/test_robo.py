"""Robo-calls by a person's key: who is rung, what comes back as an attempt with its evidence, that an answer is no act, and that
numbers stay sealed; and those who were put on a list by hand."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from command.callout.models import CalloutPerson
from command.core import canonical, clock
from command.core.deliveries import sending
from command.core.deliveries.models import Delivery, DeliveryWork
from command.core.deliveries.sending import House
from command.core.errors import Invalid
from command.core.gateways import Outcome
from tests.callout import ground
from tests.callout.ground import items
from tests.county import COUNTY, OTHER, OTHER_VILLAGE, TOWN, VILLAGE, County
from tests.doors import Doors


@pytest.fixture
def called(cast: County) -> dict[str, Any]:
    """A call-out of two townships with a simulated voice gateway; the other one is noise."""
    ground.name_people(cast)
    cast.do("admin", "setting.set", {"name": "gateway.voice", "centre": COUNTY, "value": "simulator"})
    return ground.called(cast)


def held(cast: County, centre: str = TOWN) -> str:
    """The list of a centre."""
    return next(iter(ground.people(cast, centre).values())).list_id


def add(cast: County, last: int, who: str = "town_duty", **more: Any) -> dict[str, Any]:
    """One by hand whose number ends so."""
    body = {"code": VILLAGE, "post": f"放羊人{last}", "name": "赵六", "number": f"1391234567{last}", **more}
    return cast.do(who, "callout.add", {"id": more.pop("id", held(cast)), **body})


def dial(cast: County) -> None:
    """Follow the journal and make all calls that are ripe."""
    house = House(cast.node, "")
    sending.follow(cast.node, {})
    while found := sending.ripe(cast.node):
        for one in found:
            if one.expired:
                sending.give_up(cast.node, one)
            else:
                sending.attempt(house, one, lambda function, *rest: function(*rest))


def test_what_came_of_each_call_is_an_attempt_with_its_evidence_and_no_answer_is_an_act(
    cast: County, called: dict[str, Any]
) -> None:
    for last in (0, 3, 5, 6, 7, 9):
        add(cast, last)
    cast.do("town_duty", "callout.robo", {"id": held(cast)})
    assert ground.people(cast)["放羊人0"].robo["state"] == "waiting"
    dial(cast)
    found = {post: one for post, one in ground.people(cast).items() if post.startswith("放羊人")}
    assert {post[-1]: one.state for post, one in found.items()} == {
        "0": "confirmed", "3": "answered", "5": "answered", "6": "missed", "7": "missed", "9": "missed"
    }  # fmt: skip
    heard = {post[-1]: one.attempts[-1]["call"] for post, one in found.items()}
    assert [heard[n]["result"] for n in "0679"] == ["answered", "busy", "no_answer", "wrong_number"]
    assert (heard["0"]["key"], heard["0"]["whole"], heard["3"]["key"], heard["3"]["whole"]) == (
        "1",
        True,
        None,
        True,
    )
    assert (heard["5"]["whole"], heard["5"]["heard_s"] < heard["5"]["of_s"], heard["5"]["simulated"]) == (
        False,
        True,
        True,
    )
    assert {one.attempts[-1]["channel"] for one in found.values()} == {"robo_call"}
    counts = ground.counts(cast)
    assert "acted" not in counts, "listened to the end and confirmed by key, and nobody has acted"
    assert all(not one.acts for one in found.values())
    assert not any(one.attempts for one in ground.people(cast, OTHER).values()), "the other list is not rung"
    assert (
        cast.act("town_duty", "callout.robo", {"id": held(cast), "people": [found["放羊人0"].id]}).status
        == 409
    )


def test_it_is_offered_by_no_list_without_a_gateway_and_rung_by_nobody_else(
    cast: County, called: dict[str, Any], client: Doors
) -> None:
    path = f"/callout_lists/{held(cast)}/robo"
    assert client.get("town_duty", path).json == {"gateway": "simulator", "people": 3}
    assert client.get("other_duty", path).status_code == 404
    assert cast.act("other_duty", "callout.robo", {"id": held(cast)}).status == 404
    assert cast.act("town_leader", "callout.robo", {"id": held(cast)}).status == 403
    cast.do("admin", "setting.set", {"name": "gateway.voice", "centre": COUNTY, "value": None})
    assert client.get("town_duty", path).json["gateway"] == "none"
    assert cast.act("town_duty", "callout.robo", {"id": held(cast)}).status == 409


def test_who_was_reached_by_hand_is_not_rung_and_what_is_too_old_is_missed(
    cast: County, called: dict[str, Any]
) -> None:
    cast.do("town_duty", "callout.robo", {"id": held(cast)})
    ground.enter(cast, ground.HEAD, "moved")
    sending.follow(cast.node, {})
    ground.enter(cast, ground.KEEPER, "answered")
    left = [one.recipient for one in ground.rows(cast, Delivery, channel="voice", state="waiting")]
    assert left == [f"callout:{ground.people(cast)[ground.KEEPER2].id}"]
    assert ground.people(cast)[ground.KEEPER].robo["state"] == "cancelled"
    cast.do("county_duty", "callout.transition", {"id": called["id"], "to": "closed", "reason": "解除"})
    assert ground.rows(cast, Delivery, channel="voice", state="waiting") == [], "the end hangs up"


def test_a_number_is_in_no_journal_no_table_and_no_list(
    cast: County, called: dict[str, Any], client: Doors
) -> None:
    made = add(cast, 0)
    cast.do("town_duty", "callout.robo", {"id": held(cast)})
    dial(cast)
    told = b"".join(
        one.record if isinstance(one.record, bytes) else canonical.dump(one.record) for one in cast.entries()
    )
    shown = (
        client.get("town_duty", f"/callout_people/{made['id']}").text
        + client.get("town_duty", "/deliveries").text
    )
    for secret in ("13912345670", "赵六"):
        assert secret.encode() not in told
        assert secret not in shown
        assert secret not in json.dumps(
            [one.lines for one in ground.rows(cast, CalloutPerson)], ensure_ascii=False
        )
    read = items(client, "town_duty", f"/callout_people/{made['id']}/numbers")
    assert [(one["number"], one["whose"]) for one in read] == [("13912345670", "赵六")]
    done = {one.id for one in ground.rows(cast, Delivery, channel="voice")}
    assert not done & {one.id for one in ground.rows(cast, DeliveryWork)}, "sealed words go with the call"


def test_one_is_added_by_hand_in_the_lists_own_area_alone(cast: County, called: dict[str, Any]) -> None:
    made = add(cast, 0)
    assert (made["state"], made["level"], made["post"]) == ("pending", "keeper", "放羊人0")
    assert made["superior"]["post"] == ground.HEAD
    assert ground.counts(cast)["total"] == 4
    for code in (OTHER_VILLAGE, COUNTY, OTHER):
        with pytest.raises(Invalid):
            add(cast, 1, code=code)
    with pytest.raises(Invalid):
        add(cast, 1, number="不知道")
    body = {"id": held(cast, OTHER), "code": OTHER_VILLAGE, "name": "乙", "number": "13912345671"}
    assert cast.act("town_duty", "callout.add", body).status == 404
    assert cast.act("county_duty", "callout.add", body).ok
    cast.do("county_duty", "callout.transition", {"id": called["id"], "to": "closed", "reason": "解除"})
    assert cast.act("county_duty", "callout.add", body).status == 409


def test_a_gateway_that_reports_later_is_heard_and_its_silence_is_no_listening(
    cast: County, called: dict[str, Any]
) -> None:
    cast.do("admin", "setting.set", {"name": "gateway.voice", "centre": COUNTY, "value": "webhook"})
    person = ground.people(cast)[ground.KEEPER].id
    cast.do("town_duty", "callout.robo", {"id": held(cast), "people": [person]})
    sending.follow(cast.node, {})
    (ripe,) = sending.ripe(cast.node)
    sending.attempt(House(cast.node, ""), ripe, lambda *_: Outcome("handed", reference="c1"))
    row = ground.people(cast)[ground.KEEPER]
    assert (row.robo["state"], row.attempts) == ("handed", [])
    report = {"id": ripe.id, "arrived": True, "call": {"result": "answered", "heard_s": 9}}
    cast.do("system", "delivery.confirm", report)
    cast.do("system", "delivery.confirm", report)
    row = ground.people(cast)[ground.KEEPER]
    assert [(one["call"]["whole"], one["call"]["simulated"]) for one in row.attempts] == [(False, False)]
    assert row.state == "answered"


def test_a_call_that_is_too_old_is_not_made_and_stands_among_what_failed(
    cast: County, called: dict[str, Any]
) -> None:
    cast.do("admin", "setting.set", {"name": "delivery.max_age_s.callout", "centre": COUNTY, "value": 60})
    cast.do("town_duty", "callout.robo", {"id": held(cast)})
    sending.follow(cast.node, {})
    past = sa.update(DeliveryWork).values(expires_at=clock.real() - timedelta(seconds=1))
    cast.node.database.write(lambda session: session.execute(past), world=0)
    dial(cast)
    assert {one.robo["state"] for one in ground.people(cast).values()} == {"missed"}
    assert all(not one.attempts for one in ground.people(cast).values())
    assert {one.live for one in ground.rows(cast, Delivery, channel="voice")} == {True}, "a person is told"
