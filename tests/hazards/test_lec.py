"""LEC: D and its result by the published tables, its bands by settings, and that it only suggests."""

from __future__ import annotations

import itertools

import pytest

from command.hazards import criteria, kinds, lec, words
from tests.county import County
from tests.doors import Doors
from tests.hazards.ground import at, move

ONCE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@ONCE
def test_it_has_the_scales_and_words_of_the_method(client: Doors) -> None:
    told = client.get("town_duty", "/hazards/lec").json
    assert [one["value"] for one in told["scales"]["l"]] == [10, 6, 3, 1, 0.5, 0.2, 0.1]
    assert [one["value"] for one in told["scales"]["e"]] == [10, 6, 3, 2, 1, 0.5]
    assert [one["value"] for one in told["scales"]["c"]] == [100, 40, 15, 7, 3, 1]
    assert [(one["from"], one["colour"]) for one in told["bands"]] == [
        (320, "red"), (160, "orange"), (70, "yellow"), (20, "blue"), (0, "blue"),
    ]  # fmt: skip


@ONCE
@pytest.mark.parametrize(
    ("factors", "d", "result"),
    [
        ("l=10&e=10&c=100", 10000, "extreme"), ("l=0.5&e=10&c=40", 200, "high"), ("l=1&e=10&c=7", 70, "marked"),
        ("l=3&e=6&c=15", 270, "high"), ("l=1&e=2&c=15", 30, "common"), ("l=0.1&e=0.5&c=1", 0.05, "slight"), ("l=1&e=10&c=1", 10, "slight"),
    ],
)  # fmt: skip
def test_it_reckons_and_the_lower_edge_belongs_to_the_band(
    client: Doors, factors: str, d: float, result: str
) -> None:
    told = client.get("town_duty", f"/hazards/weigh?{factors}").json
    assert (told["lec"]["d"], told["lec"]["result"]) == (d, result)
    assert told["level"] == ("major" if result == "extreme" else None)


def test_each_product_of_the_scales_falls_into_one_band() -> None:
    for one in itertools.product(lec.L, lec.E, lec.C):
        d = one[0] * one[1] * one[2]
        assert sum(band[3] <= d for band in lec.BANDS) >= 1


@ONCE
def test_a_county_draws_its_own_edges(cast: County, client: Doors) -> None:
    cast.do("admin", "setting.set", {"name": "hazard.lec.extreme", "centre": "140429", "value": 250.0})
    assert client.get("town_duty", "/hazards/weigh?l=3&e=6&c=15").json["lec"]["colour"] == "red"


@ONCE
def test_a_case_suggests_and_a_person_grades(cast: County, client: Doors) -> None:
    told = client.get("town_duty", "/hazards/weigh?criteria=coal_gas,nothing").json
    assert (told["level"], len(told["because"])) == ("major", 1)
    one = at(cast, until="registered")
    graded = move(cast, "town_duty", one, "graded", level="general", lec={"l": 10, "e": 10, "c": 100})
    assert (graded["level"], graded["lec"]["result"]) == ("general", "extreme")
    listed = client.get("town_duty", "/hazards/criteria").json["items"]
    assert sum(one["item"] == "coal_mine" for one in listed) == 17
    assert all(
        one["source"]["zh"].endswith("（待核对）") and not one["checked"] for one in listed
    )  # none is called the law's words


@ONCE
def test_a_county_writes_its_own_cases_and_marks_what_it_checked(cast: County, client: Doors) -> None:
    mine = {
        **criteria.DEFAULT[0],
        "code": "dust",
        "item": "industry",
        "zh": "除尘系统未投用",
        "checked": True,
    }
    table = [mine, criteria.DEFAULT[0]]
    body = {"name": "hazard.criteria", "centre": "140429", "value": table}
    assert client.post("town_duty", "/settings", body).status_code == 403
    for bad in ([mine, mine], [{**mine, "item": "nothing"}], [{**mine, "zh": ""}], [{**mine, "law": "x"}]):
        assert client.post("admin", "/settings", {**body, "value": bad}).status_code == 422, bad
    assert client.post("admin", "/settings", body).status_code == 200
    listed = client.get("town_duty", "/hazards/criteria").json["items"]
    assert [(one["code"], one["checked"]) for one in listed] == [("dust", True), ("stop_and_time", False)]
    said = {"level": "major", "interim": [{"code": "cordon"}]}
    one = at(cast, until="registered")
    for code, status in (("coal_gas", 422), ("dust", 422), ("stop_and_time", 200)):
        told = client.post(
            "town_duty", f"/hazards/{one}/transition", {"to": "graded", "criteria": [code], **said}
        )
        assert told.status_code == status, code


def test_every_word_is_there_in_both_languages() -> None:
    tables = [words.LEVELS, words.SOURCES, words.FIVE, words.DUTIES, words.INTERIM, words.STAGES, words.CLOSED_HOW, words.CLIMB,
              words.NOTICES, words.NOTICE_STATES, words.COLOURS, kinds.TYPES, *kinds.ITEMS.values(), lec.L, lec.E, lec.C,
              {one["code"]: kinds.Word(one["zh"], one["en"]) for one in criteria.DEFAULT}]  # fmt: skip
    for word in (word for table in tables for word in table.values()):
        assert any("\u4e00" <= sign <= "\u9fff" for sign in word.zh)
        assert word.en
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in word.en)
    assert set(kinds.ITEMS) == set(kinds.TYPES)
