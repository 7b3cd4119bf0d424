"""Named places found as people say and type them, in the register as it is now."""

from __future__ import annotations

import random
from typing import Any

import pytest

import wsgi
from command.places import finding
from command.places.names import Named, Names
from command.places.spelling import spelled
from tests.county import OTHER, TOWN, VILLAGE, County
from tests.doors import Doors

SIGNS = "东西南北上下大小前后红青白黑石土李王张赵刘杨桥沟坡岭庄河湾坪洼寨堡窑店铺关口峪崖"


def place(number: int, name: str, *aliases: str, centre: str | None = TOWN) -> Named:
    return Named(str(number), name, "mine", centre, None, spelled(name), aliases, 112.86, 36.83)


def noise(count: int = 300) -> list[Named]:
    chance = random.Random(5)
    return [place(1000 + n, "".join(chance.choices(SIGNS, k=3)) + "水库", centre=OTHER) for n in range(count)]


@pytest.fixture(scope="module")
def names() -> Names:
    own = [
        place(1, "红星煤矿", "老矿"),
        place(2, "南沟希望小学", "村东头老学校"),
        place(3, "红星煤矿", centre=OTHER),
    ]
    return Names([*own, *noise()])


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("红星煤矿", "1"), ("红星", "1"), ("hxmk", "1"), ("hongxingmeikuang", "1"), ("hongxing", "1"), ("ＨＸＭＫ", "1"), ("老矿", "1"),
        ("丰州红星煤矿", "1"), ("丰州镇红星", "1"), ("fengzhou hxmk", "1"), ("fz hxmk", "1"), ("红星煤况", "1"), ("红新煤矿", "1"),
        ("hongxinmeikuang", "1"), ("村东头老学校", "2"), ("东头老学校", "2"), ("老学校", "2"), ("cdtlxx", "2"), ("南沟小学", "2"),
    ],
)  # fmt: skip
def test_it_finds_a_place_however_it_is_said(names: Names, typed: str, wanted: str) -> None:
    found = names.search(typed, 5, prefer=TOWN)
    assert wanted in [one.place.id for one in found[:2]], [one.place.name for one in found]


def test_one_of_the_own_township_comes_first_and_an_alias_is_told(names: Names) -> None:
    assert [one.place.id for one in names.search("红星煤矿", prefer=OTHER)][:2] == ["3", "1"]
    assert next(one.place.id for one in names.search("洪水红星煤矿", prefer=TOWN)) == "3"
    assert names.search("村东头老学校")[0].alias == "村东头老学校"
    assert names.search("南沟希望小学")[0].alias is None


@pytest.mark.parametrize("typed", ["", "   ", "!?", "zzzzqq", "飞碟基地", "\x00", "a" * 5000])
def test_what_nobody_is_called_finds_nothing(names: Names, typed: str) -> None:
    assert names.search(typed) == []


def codes(client: Doors, q: str, who: str = "county_duty") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(who, f"/places?q={q}").json["items"]
    return items


def test_the_search_of_the_desk_follows_the_register(client: Doors, cast: County) -> None:
    assert codes(client, "村东头老学校") == []
    body = {
        "name": "南沟希望小学",
        "kind": "school",
        "aliases": ["村东头老学校"],
        "centre": TOWN,
        "village_code": VILLAGE,
    }
    point = {"type": "Point", "coordinates": [112.87, 36.84]}
    made = cast.do("county_duty", "place.create", {**body, "location": point})["id"]
    cast.do("county_duty", "place.create", {"name": "噪声小学", "kind": "school"})
    found = codes(client, "老学校", "town_duty")
    assert [one["place_id"] for one in found] == [made]
    assert (found[0]["township"], found[0]["village_code"], found[0]["location"]) == (
        "丰州镇",
        VILLAGE,
        point,
    )
    assert found[0]["alias"] == "村东头老学校"
    cast.do("county_duty", "place.edit", {"id": made, "name": "南沟中学", "aliases": []}, version=1)
    assert codes(client, "村东头老学校") == []
    assert [one["name"] for one in codes(client, "南沟中学")][:1] == ["南沟中学"]
    cast.do("county_duty", "place.withdraw", {"id": made})
    assert "南沟中学" not in [one["name"] for one in codes(client, "南沟中学")]


def test_a_village_stands_before_a_named_place_that_matches_as_well(client: Doors, cast: County) -> None:
    before = codes(client, "ngc")
    cast.do("county_duty", "place.create", {"name": "南皋村", "kind": "landmark"})
    after = codes(client, "ngc")
    assert [one["code"] for one in after if "place_id" not in one] == [one["code"] for one in before][
        : len(after) - 1
    ]
    assert "place_id" not in after[0], "the keys of a call at night lead where they led"


def test_nobody_waits_for_the_index_and_what_has_the_letters_is_found_meanwhile(
    client: Doors, running: wsgi.Running, cast: County
) -> None:
    owed: list[Any] = []
    running.node.later = lambda run, *given: owed.append((run, given))
    body = {"kind": "school", "aliases": ["村东头老学校"], "centre": TOWN}
    made = cast.do("county_duty", "place.create", {**body, "name": "南沟希望小学"})["id"]
    other = cast.do("county_duty", "place.create", {"kind": "mine", "name": "北坡煤矿", "centre": OTHER})[
        "id"
    ]

    def asked(q: str) -> tuple[bool, set[str]]:
        answer = client.get("county_duty", f"/places?q={q}").json
        return answer["growing"], {one["place_id"] for one in answer["items"] if "place_id" in one}

    for q in ("南沟希望小学", "希望小学", "老学校", "nangouxiwang", "丰州希望小学"):
        assert asked(q) == (True, {made}), q
    assert asked("ngxwxx") == (
        True,
        set(),
    )  # initials are in no row: said to be growing, not said to be nowhere
    assert asked("100%") == (True, set())
    assert len(owed) == 1  # asked by many, made once
    cast.do("county_duty", "place.withdraw", {"id": other})
    assert asked("北坡煤矿") == (True, set())
    (run, given) = owed.pop()
    run(*given)
    for q in ("南沟希望小学", "老学校", "ngxwxx", "南沟希忘小学"):
        assert asked(q) == (False, {made}), q
    assert asked("北坡煤矿") == (False, set())
    later = cast.do("county_duty", "place.create", {"kind": "mine", "name": "西岭煤矿", "centre": OTHER})[
        "id"
    ]
    assert asked("西岭煤矿") == (False, {later})
    assert owed == []


def test_an_index_that_has_much_beside_it_is_made_again_while_it_answers(
    client: Doors, running: wsgi.Running, cast: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "LEAST_LOOSE", 3)
    monkeypatch.setattr(finding, "PART_LOOSE", 1000)
    owed: list[Any] = []
    client.get("county_duty", "/places?q=x")
    running.node.later = lambda run, *given: owed.append((run, given))
    names = [f"{sign}岭煤矿" for sign in SIGNS[:6]]
    for name in names:
        cast.do("county_duty", "place.create", {"kind": "mine", "name": name})
        answer = client.get("county_duty", f"/places?q={name}").json
        assert (answer["growing"], answer["items"][0]["name"]) == (False, name)
    assert owed
    run, given = owed[0]
    run(*given)
    owed.clear()
    assert [
        client.get("county_duty", f"/places?q={name}").json["items"][0]["name"] for name in names
    ] == names
    assert owed == []


def test_missing_too_many_entries_begins_again(
    client: Doors, running: wsgi.Running, cast: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("county_duty", "/places?q=x")
    monkeypatch.setattr(finding, "MOST_MISSED", 2)
    for name in ("东岭煤矿", "西岭煤矿", "南岭煤矿"):
        cast.do("county_duty", "place.create", {"kind": "mine", "name": name})
    found = [client.get("county_duty", "/places?q=南岭煤矿").json for _ in range(2)]
    assert [one["items"][0]["name"] for one in found] == ["南岭煤矿"] * 2
    assert [one["growing"] for one in found] == [True, False]
