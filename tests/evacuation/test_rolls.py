"""Who left and who arrived, by name: matched where names are, counted for those who may not read them; who it may be is not guessed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command.evacuation.matching import Someone, known, match
from tests.county import OTHER_VILLAGE, County
from tests.doors import Doors
from tests.evacuation.ground import Moving, opened, parts, zone


def one(name: str, number: str | None = None, age: int | None = None, of: str = "z") -> Someone:
    return Someone(name, number, age, None, "done", of)


def test_what_is_written_by_another_hand_is_one_person_and_what_contradicts_is_two() -> None:
    listed = [one("王 五", "137 0000 0001"), one("赵六", age=70), one("钱七", "8001")]
    arrived = [one("赵六", age=71), one("王五"), one("钱七", "8002"), one("孙八")]
    met = match(listed, arrived)
    assert (met.pairs, met.unclear) == ([(0, 1), (1, 0)], [])


def test_of_two_of_one_name_the_number_decides_and_without_it_nobody_does() -> None:
    two = [one("王芳", "1371"), one("王芳", "1372")]
    assert match(two, [one("王芳", "1372")]).pairs == [(1, 0)]
    unsaid = match([one("王芳"), one("王芳")], [one("王芳")])
    assert (unsaid.pairs, unsaid.unclear) == ([], [([0, 1], [0])])
    assert match([one("王芳"), one("王芳")], [one("王芳"), one("王芳")]).pairs == [(0, 0), (1, 1)], (
        "both have come"
    )


def test_a_later_list_adds_to_an_earlier_one_and_within_one_list_nobody_is_another() -> None:
    told = known([[one("王芳"), one("王芳")], [one("王芳", "1371")]])
    assert sorted(str(each.number) for each in told) == ["1371", "None"]


PEOPLE = st.lists(
    st.builds(one, st.sampled_from(["甲", "乙", "甲 "]), st.sampled_from([None, "111", "222"]), st.sampled_from([None, 30, 60])),
    max_size=6,
)  # fmt: skip


@given(PEOPLE, PEOPLE, st.randoms(use_true_random=False))
def test_nobody_is_met_twice_and_the_order_of_a_list_changes_no_count(
    listed: list[Someone], arrived: list[Someone], dice: Any
) -> None:
    met = match(listed, arrived)
    gone = [i for i, _ in met.pairs] + [i for mine, _ in met.unclear for i in mine]
    came = [j for _, j in met.pairs] + [j for _, theirs in met.unclear for j in theirs]
    assert len(gone) == len(set(gone))
    assert len(came) == len(set(came))
    mixed = list(listed)
    dice.shuffle(mixed)
    again = match(mixed, arrived)
    assert len(again.pairs) == len(met.pairs)
    assert sum(len(mine) for mine, _ in again.unclear) == sum(len(mine) for mine, _ in met.unclear)


@pytest.fixture
def moving(cast: County) -> Moving:
    """The township's evacuation, and another township's with people of the same names."""
    other = zone(cast, "other_duty", village_code=OTHER_VILLAGE, name="东沟")
    there = parts(cast, opened(cast, "other_duty", other)["id"])[0]
    cast.do(
        "other_duty",
        "evacuation.name_people",
        {"id": there["id"], "people": [{"name": "标记甲", "state": "done"}]},
    )
    return Moving(cast)


def test_departures_and_arrivals_are_matched_by_person_for_those_who_may_read_names(
    cast: County, client: Doors, moving: Moving
) -> None:
    left = [{"name": name, "state": "done"} for name in ("标记甲", "标记乙", "标记丙")] + [
        {"name": "标记丁", "state": "refused"}
    ]
    assert (
        client.post("town_duty", f"/evacuated_zones/{moving.part}/people", {"people": left}).status_code
        == 200
    )
    roll = f"/evacuation_destinations/{moving.destination}/people"
    came = {
        "people": [{"name": "标 记甲"}, {"name": "标记丁"}, {"name": "标记外人", "number": "13712345678"}]
    }
    for who in ("town_leader", "wall", "other_duty"):
        assert client.post(who, roll, came).status_code in (403, 404), who
    told = client.post("town_duty", roll, came)
    assert told.status_code == 200, told.text
    counts = {name: n for name, n in told.json["matched"].items() if name != "at"}
    assert counts == {
        "gone": 3,
        "arrived": 3,
        "both": 2,
        "elsewhere": 0,
        "missing": 2,
        "unclear": 0,
        "strangers": 1,
    }
    assert [one["count"] for one in told.json["named"]] == [3]
    (place,) = client.get("town_leader", "/evacuation_destinations").json["items"]
    assert place["matched"]["missing"] == 2, "who may not read names has the counts"
    path = f"/evacuations/{moving.evacuation}/people"
    (seen,) = client.get("town_duty", path).json["items"]
    assert sorted(one["name"] for one in seen["missing"]) == ["标记丙", "标记乙"]
    assert [(one["name"], one["of"]) for one in seen["strangers"]] == [("标记外人", "镇中心小学")]
    assert client.get("town_leader", path).status_code == 403
    assert client.get("other_duty", path).status_code == 404
    journal = b"".join(bytes(one.record) + bytes(one.text) for one in cast.entries())
    reads = client.get("county_duty", "/evacuation_destinations").text
    for marker in ("标记乙", "标记外人", "13712345678"):
        assert marker.encode() not in journal, marker
        assert marker not in reads, marker
    more = {"people": [{"name": "标记乙", "age": 66}]}
    assert client.post("town_duty", roll, more).json["matched"]["missing"] == 1
    cast.do("town_duty", "evacuation.end", {"id": moving.evacuation, "reason": "预警解除", "kept_away": True})
    assert client.post("town_duty", roll, more).status_code == 409
    cast.do("system", "evacuation.erase_people", {"id": moving.evacuation})
    assert client.get("town_duty", path).status_code == 404
    (place,) = client.get("town_duty", "/evacuation_destinations").json["items"]
    assert place["matched"]["missing"] == 1, "counts stay"
