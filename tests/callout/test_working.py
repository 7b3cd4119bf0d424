"""Working a list beside a telephone: what an outcome comes to, who climbs when, what is corrected, tested again, entered late."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from command.alarms.models import Alarm
from command.callout.folding import effective, standing
from command.callout.models import CalloutList, CalloutPerson
from command.callout.queries import counted
from command.callout.words import OUTCOMES
from command.core import canonical
from command.core.due import Due
from command.core.errors import Invalid
from tests.callout import ground
from tests.callout.ground import items
from tests.county import COUNTY, OTHER, TOWN, County
from tests.doors import Doors

HEAD, KEEPER, KEEPER2 = ground.HEAD, ground.KEEPER, ground.KEEPER2


@pytest.fixture
def called(cast: County) -> dict[str, Any]:
    """A call-out of two townships; the other one is noise."""
    ground.name_people(cast)
    return ground.called(cast)


def test_an_act_counts_and_an_answer_stands_apart(cast: County, called: dict[str, Any]) -> None:
    ground.enter(cast, HEAD, "answered")
    ground.enter(cast, KEEPER, "on_post")
    told = ground.enter(cast, KEEPER, "moved")
    ground.enter(cast, KEEPER2, "visited")
    assert (told["state"], told["acts"]) == ("acted", ["on_post", "moved"])
    assert ground.counts(cast) == {
        "total": 3,
        "acted": 2,
        "answered": 1,
        "on_post": 1,
        "moved": 1,
        "visited": 1,
    }
    assert ground.counts(cast, OTHER) == {"total": 3, "pending": 3}, "another township's list is untouched"
    assert ground.people(cast)[KEEPER2].attempts[0]["channel"] == "door_knock"


def test_who_does_not_answer_in_time_climbs_to_the_superior_and_then_to_the_door(
    cast: County, called: dict[str, Any]
) -> None:
    ground.enter(cast, HEAD, "answered")
    ground.enter(cast, KEEPER, "missed")
    ground.pass_minutes(cast, 4)
    assert {one.state for one in ground.people(cast).values()} == {"answered", "missed", "pending"}
    ground.pass_minutes(cast, 1)
    assert {post: one.state for post, one in ground.people(cast).items()} == {
        HEAD: "answered", KEEPER: "escalated", KEEPER2: "escalated"
    }  # fmt: skip
    alarm = ground.rows(cast, Alarm, centre=TOWN, live=True)
    assert [(one.rank, one.detail["zh"]) for one in alarm] == [(2, "升级 2 人")]
    ground.enter(cast, KEEPER2, "on_post")
    ground.pass_minutes(cast, 5)
    assert ground.people(cast)[KEEPER].state == "door_visit"
    assert ground.rows(cast, Alarm, centre=TOWN, live=True)[0].detail["zh"] == "须上门 1 人"
    assert ground.enter(cast, KEEPER, "visited")["state"] == "confirmed"
    assert ground.rows(cast, Alarm, centre=TOWN, live=True) == [], "nobody is left to be fetched"


def test_three_unanswered_calls_climb_at_once_and_the_figures_are_settings(
    cast: County, called: dict[str, Any]
) -> None:
    assert [ground.enter(cast, KEEPER, "missed")["state"] for _ in range(3)] == [
        "missed",
        "missed",
        "escalated",
    ]
    cast.do("admin", "setting.set", {"name": "callout.tries", "centre": COUNTY, "value": 1})
    assert ground.enter(cast, KEEPER2, "missed")["state"] == "escalated"
    cast.do("admin", "setting.set", {"name": "callout.superior_min", "centre": COUNTY, "value": 1})
    ground.pass_minutes(cast, 5)
    assert ground.people(cast)[KEEPER2].state == "door_visit"
    county = next(one for one in ground.rows(cast, CalloutPerson) if one.code == COUNTY)
    assert (county.superior, county.state) == (None, "door_visit"), "above the county's leader is nobody"


def test_a_mistapped_outcome_is_corrected_by_a_new_entry(cast: County, called: dict[str, Any]) -> None:
    wrong = ground.enter(cast, KEEPER, "moved")
    fix = {"id": wrong["id"], "attempt": 1, "outcome": "missed", "reason": "按错"}
    told = cast.do("town_duty", "callout.correct", fix)
    assert (told["state"], told["tries"], [one["outcome"] for one in told["attempts"]]) == (
        "missed",
        1,
        ["moved", "missed"],
    )
    assert told["attempts"][1]["corrects"] == 1
    with pytest.raises(Invalid):
        cast.act("town_duty", "callout.correct", fix)
    gone = cast.do("town_duty", "callout.correct", {"id": wrong["id"], "attempt": 2})
    assert (gone["state"], gone["acts"], ground.counts(cast)["pending"]) == ("pending", [], 3)
    ground.pass_minutes(cast, 6)
    assert ground.people(cast)[KEEPER].state == "escalated", "what was taken back lets time run on"


def test_who_climbed_by_a_mistapped_call_comes_down_again_unless_time_has_passed(
    cast: County, called: dict[str, Any]
) -> None:
    cast.do("admin", "setting.set", {"name": "callout.tries", "centre": COUNTY, "value": 1})
    person = ground.enter(cast, KEEPER, "missed")
    late = ground.enter(cast, KEEPER2, "missed")
    told = cast.do("town_duty", "callout.correct", {"id": person["id"], "attempt": 1})
    assert (told["state"], told["escalated_at"]) == ("pending", None)
    ground.pass_minutes(cast, 6)
    told = cast.do("town_duty", "callout.correct", {"id": late["id"], "attempt": 1})
    assert told["state"] in ("escalated", "door_visit"), "it would have climbed by the clock"


def test_a_township_that_was_cut_off_enters_late_by_its_own_clock(
    cast: County, called: dict[str, Any]
) -> None:
    ground.pass_minutes(cast, 8)
    told = ground.enter(cast, KEEPER, "answered", at=ground.wire_ago(5))
    assert (told["state"], told["escalated_at"] is not None) == ("answered", True), (
        "that it climbed stays in the record"
    )
    assert told["attempts"][0]["at"] < told["attempts"][0]["received_at"]
    end = {"id": called["id"], "to": "closed", "reason": "预警解除"}
    cast.do("county_duty", "callout.transition", end)
    assert ground.enter(cast, KEEPER2, "moved", at=ground.wire_ago(3))["state"] == "acted"
    assert ground.counts(cast)["moved"] == 1, "the list is over, its figures are not"
    late = {"id": ground.people(cast)[HEAD].id, "outcome": "moved"}
    assert cast.act("town_duty", "callout.attempt", late).status == 409
    with pytest.raises(Invalid):
        cast.act("town_duty", "callout.attempt", {**late, "at": "2199-01-01T00:00:00Z"})


def test_what_another_says_is_entered_with_who_said_it(cast: County, called: dict[str, Any]) -> None:
    line = ground.people(cast)[KEEPER].lines[0]["id"]
    proxy = {"person": "村支书", "channel": "对讲机"}
    told = ground.enter(cast, KEEPER, "moved", who="county_duty", by_proxy=proxy, line=line)
    kept = told["attempts"][0]
    assert (kept["by_proxy"]["person"], kept["by"], kept["centre"]) == ("村支书", "甲 county_duty", COUNTY)
    assert kept["label"] == {"zh": "手机（个人）", "en": "Mobile (private)"}
    with pytest.raises(Invalid):
        cast.act("town_duty", "callout.attempt", {"id": told["id"], "outcome": "moved", "line": "no-such"})


def test_a_re_call_that_hears_less_than_was_said_takes_the_act_away(
    cast: County, called: dict[str, Any]
) -> None:
    held = ground.rows(cast, CalloutList, centre=TOWN)[-1].id
    assert cast.act("county_duty", "callout.sample", {"id": held}).status == 409
    ground.enter(cast, KEEPER, "moved")
    person = {"id": ground.people(cast)[KEEPER].id}
    assert cast.act("town_duty", "callout.sample", {"id": held}).status == 403
    assert cast.act("county_duty", "callout.recall", {**person, "outcome": "missed"}).status == 409, (
        "not drawn"
    )
    cast.do("county_duty", "callout.sample", {"id": held, "share": 1})
    told = cast.do("county_duty", "callout.recall", {**person, "outcome": "answered"})
    assert (told["differs"], told["sample"]["heard"], told["state"]) == (True, "answered", "acted")
    assert {name: ground.counts(cast).get(name) for name in ("acted", "differs")} == {
        "acted": None,
        "differs": 1,
    }
    assert cast.act("county_duty", "callout.recall", {**person, "outcome": "missed"}).status == 409
    assert ground.enter(cast, KEEPER, "moved")["differs"] is False
    assert ground.counts(cast)["acted"] == 1


def test_a_private_number_is_read_through_its_door_and_stands_nowhere_else(
    cast: County, called: dict[str, Any], client: Doors
) -> None:
    person = ground.people(cast)[KEEPER]
    ground.enter(cast, KEEPER, "answered", line=person.lines[0]["id"])
    read = items(client, "town_duty", f"/callout_people/{person.id}/numbers")
    assert [(one["number"], one["whose"]) for one in read] == [(ground.MOBILE, "王某")]
    above = items(client, "town_duty", f"/callout_people/{person.id}/numbers?of=superior")
    assert [one["number"] for one in above] == ["8101"]
    assert client.get("planner", f"/callout_people/{person.id}/numbers").status_code == 403
    told = b"".join(
        canonical.dump(entry.record) if not isinstance(entry.record, bytes) else entry.record
        for entry in cast.entries()
    )
    assert ground.MOBILE.encode() not in told
    assert "王某".encode() not in told
    paper = client.get("town_duty", f"/callouts/{called['id']}/export").text
    assert ground.MOBILE not in paper
    assert KEEPER in paper
    assert "已接听" in paper


def test_the_county_is_measured_by_what_was_done(cast: County, called: dict[str, Any], client: Doors) -> None:
    ground.enter(cast, KEEPER, "moved")
    ground.pass_minutes(cast, 6)
    ground.enter(cast, HEAD, "answered")
    found = {one["centre"]: one for one in items(client, "county_duty", f"/callouts/{called['id']}/measures")}
    town = found[TOWN]
    assert [town[name] for name in ("total", "acted", "answered", "in_time", "climbed")] == [3, 1, 2, 1, 2]
    assert len(town["unreached"]) == 1
    assert town["unreached"][0].endswith(KEEPER2)
    open_ = cast.node.ask(
        "callouts.matters", {"party": f"centre:{TOWN}", "centre": TOWN}, cast.actor("town_duty")
    )
    assert [one["zh"].split("：")[-1].split()[-2] for one in open_] == ["1/3"]


def test_the_burden_table_counts_the_calls_that_a_township_was_put_to(
    cast: County, called: dict[str, Any], client: Doors
) -> None:
    ground.enter(cast, KEEPER, "missed")
    ground.enter(cast, KEEPER, "answered")
    ground.enter(cast, KEEPER2, "visited")
    found = {
        one["centre"]: one["calls"] for one in ground.items(client, "county_duty", "/duty/burden?weeks=1")
    }
    assert (found[TOWN], found[OTHER]) == (2, 0)


def test_the_figures_and_the_promise_that_move_by_one_person_are_those_of_all_and_cost_no_count(
    cast: County, called: dict[str, Any]
) -> None:
    dice, held = random.Random(4), ground.rows(cast, CalloutList, centre=TOWN)[-1].id
    statements: list[str] = []
    engine = cast.node.database.engine
    for _ in range(16):
        person = dice.choice(sorted(ground.people(cast).values(), key=lambda one: one.post))
        standing_ = effective(person.attempts)
        body: dict[str, Any] = {"id": person.id, "outcome": dice.choice(sorted(OUTCOMES))}
        if standing_ and dice.random() < 0.4:
            body |= {"attempt": dice.choice(standing_)["n"]}
        sa.event.listen(engine, "before_cursor_execute", note := _note(statements))
        cast.do("town_duty", "callout.correct" if "attempt" in body else "callout.attempt", body)
        sa.event.remove(engine, "before_cursor_execute", note)
        figures, first, due_at = cast.node.database.read(
            lambda s: (
                counted(s, held),
                s.execute(sa.select(sa.func.min(CalloutPerson.due_at)).filter_by(list_id=held)).scalar_one(),
                s.execute(sa.select(Due.at).filter_by(key=f"callout.climb:{held}")).scalar_one_or_none(),
            ),
            world=0,
        )
        assert ground.rows(cast, CalloutList, id=held)[0].counts == figures
        assert due_at == first
    assert statements
    assert not [one for one in statements if "GROUP BY callout_person" in one], "nobody else is counted"


def _note(statements: list[str]) -> Callable[..., None]:
    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)

    return note


OUTCOME = st.sampled_from(["answered", "on_post", "moved", "missed", "visited", None])


@given(
    st.lists(st.tuples(OUTCOME, st.integers(0, 8), st.integers(0, 59)), max_size=8),
    st.randoms(),
    st.booleans(),
    st.booleans(),
)
def test_the_order_in_which_attempts_came_in_says_nothing(
    drawn: list[tuple[str | None, int, int]], dice: Any, escalated: bool, door: bool
) -> None:
    attempts = [
        {"n": n, "outcome": outcome, "corrects": fixed if 0 < fixed < n else None, "sample": False,
         "at": f"2026-07-21T18:{minute:02d}:00+00:00"}
        for n, (outcome, fixed, minute) in enumerate(drawn, 1)
    ]  # fmt: skip
    mixed = list(attempts)
    dice.shuffle(mixed)
    stands = standing(attempts, escalated=escalated, door=door)
    assert standing(mixed, escalated=escalated, door=door) == stands
    held = {one["outcome"] for one in effective(attempts)}
    assert (stands.state == "acted") == bool(held & {"on_post", "moved"})
    assert stands.tries == sum(1 for one in effective(attempts) if one["outcome"] == "missed")
