"""Finding places as they are typed with one hand and a telephone in the other."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command.places import register
from command.places.gazetteer import Gazetteer, county_gazetteer, search
from command.places.register import Place

NANGAO = "南皋村"


@pytest.mark.parametrize(
    "typed",
    [
        "jz ngc", "jzngc", "jzzngc", "JZ NGC", "nangao", "nangaocun", "nan gao", "nanga", "南皋", "南皋村",
        "监漳南皋", "监漳镇南皋村", "监漳 南皋", "jianzhangnangao", "jianzhang ngc", "jz 南皋",
        "ｎａｎｇａｏ", "Nán'gāo", "  nangao  ", "nango", "nanhao", "nangoa", "nanggao",
    ],
)  # fmt: skip
def test_it_finds_a_village_however_it_is_typed(typed):
    found = [h.place.name for h in search(typed)]
    assert NANGAO in found[:3]


def test_the_township_before_the_village_leaves_one_answer():
    assert [h.place.name for h in search("jzngc")] == [NANGAO]
    assert search("jzngc")[0].township.name == "监漳镇"


def test_villages_of_one_name_are_told_apart_by_township():
    assert {h.township.name for h in search("松庄村") if h.place.name == "松庄村"} == {"丰州镇", "分水岭乡"}
    assert search("松庄", prefer="140429208")[0].township.name == "分水岭乡"
    assert search("松庄", prefer="140429100")[0].township.name == "丰州镇"


def test_a_township_comes_before_its_village_of_the_same_name():
    assert [h.place.kind for h in search("jianzhang")][:2] == ["township", "village"]


def test_every_place_is_found_first_by_its_full_spelling_with_its_township():
    for v in register.villages():
        town = register.township_of(v.code)
        typed = f"{town.joined} {v.pinyin}"
        best = search(typed)[0]
        assert best.score == 1.0
        assert v.name in [h.place.name for h in search(typed) if h.score == 1.0]


def test_every_place_is_found_by_its_han():
    for v in register.villages():
        assert v.code in [h.place.code for h in search(v.name)]


@given(st.data())
def test_one_typing_mistake_is_forgiven(data):
    v = data.draw(st.sampled_from([v for v in register.villages() if len(v.joined) >= 6]))
    right = v.pinyin.replace(" ", "")
    at = data.draw(st.integers(0, len(right) - 1))
    wrong = data.draw(
        st.sampled_from(
            [right[:at] + right[at + 1 :], right[:at] + "v" + right[at + 1 :], right[:at] + "v" + right[at:]]
        )
    )
    found = search(wrong, limit=50)
    assert found
    # Either the mistake still spells something else exactly, or the village meant is among the answers.
    assert found[0].score > 0.6 or v.code in [h.place.code for h in found]


def test_a_character_said_in_two_ways_is_found_in_both():
    for typed in ("mabao", "mabu", "mapu"):
        assert search(typed)[0].place.name == "马堡村"


@pytest.mark.parametrize(
    "typed", ["", "   ", "!?", "\u0000", "zzzzzzzz", "北京天安门", "a" * 100_000, "\ud800"]
)
def test_nothing_is_found_for_nothing(typed):
    assert search(typed) == []


@given(st.text(max_size=60))
def test_no_text_breaks_it(typed):
    hits = search(typed, limit=5)
    assert len(hits) <= 5
    assert all(0 < h.score <= 1 for h in hits)
    assert [round(h.score, 2) for h in hits] == sorted((round(h.score, 2) for h in hits), reverse=True)


def test_a_row_is_what_the_places_query_answers_with():
    assert search("jz ngc")[0].as_row() == {
        "code": search("南皋村")[0].place.code,
        "name": NANGAO,
        "kind": "village",
        "township_code": "140429103",
        "township": "监漳镇",
        "initials": "ngc",
        "score": 1.0,
    }
    assert search("jz")[0].as_row()["township_code"] == "140429103"


def slowest(gazetteer, queries):
    took = []
    for q in queries:
        best = 1.0
        for _ in range(3):
            began = time.perf_counter()
            gazetteer.search(q)
            best = min(best, time.perf_counter() - began)
        took.append(best)
    return max(took)


QUERIES = (
    "n",
    "jzngc",
    "nangao",
    "nangoa",
    "村",
    "南",
    "监漳 南",
    "wangjiazhuangcvn",
    "jianzhangnangoa",
    "zzzzzz",
)


def test_it_answers_within_five_milliseconds_over_the_county():
    assert slowest(county_gazetteer(), QUERIES) <= 0.005


def test_it_answers_within_thirty_milliseconds_over_a_hundred_thousand():
    dice = random.Random(3)
    signs = [(ch, s) for v in register.villages() for ch, s in zip(v.short, v.pinyin.split(), strict=False)]
    towns = register.townships()
    many = []
    for i in range(100_000):
        picked = dice.choices(signs, k=3)
        name, said = "".join(p[0] for p in picked) + "村", [p[1] for p in picked] + ["cun"]
        town = towns[i % 12]
        many.append(
            Place(f"{i:012}", name, "village", town.code, " ".join(said), "".join(s[0] for s in said))
        )
    big = Gazetteer(many, {t.code: t for t in towns})
    assert slowest(big, QUERIES) <= 0.030
