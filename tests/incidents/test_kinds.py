"""The kinds of incidents: complete, labelled in both languages, and strict about their extra fields."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from command.incidents.kinds import CLASSES, KINDS, classes, find, initials, kind
from command.incidents.kinds.spelling import _table, syllables
from command.incidents.kinds.tree import tree
from command.incidents.thresholds import TABLES
from dispatch.teams.words import SKILLS

HAN = re.compile(r"[\u4e00-\u9fff]")
EACH = pytest.mark.parametrize("k", KINDS.values(), ids=list(KINDS))


def labels(k):
    yield k.zh, k.en
    for f in k.fields:
        yield f.zh, f.en
        for _, zh, en in f.choices:
            yield zh, en
    yield from k.questions
    yield from k.first_actions


@EACH
def test_each_label_is_there_in_both_languages(k):
    for zh, en in labels(k):
        assert HAN.search(zh) or zh in ("UN 编号",)
        assert en
        assert not HAN.search(en)


@EACH
def test_each_kind_has_what_a_form_needs(k):
    assert re.fullmatch(r"[a-z][a-z_]*", k.code)
    assert k.icon
    assert k.klass in {c.code for c in CLASSES}
    assert k.questions
    assert 3 <= len(k.first_actions) <= 5
    codes = [f.code for f in k.fields]
    assert len(codes) == len(set(codes))
    assert all((f.type == "choice") == bool(f.choices) for f in k.fields)


@EACH
def test_each_kind_asks_for_skills_that_exist(k):
    assert set(k.needs_skills) <= set(SKILLS)
    assert len(k.needs_skills) == len(set(k.needs_skills))


@EACH
def test_a_subtype_belongs_to_a_type_of_its_class(k):
    if k.parent is not None:
        head = kind(k.parent)
        assert head.parent is None
        assert (head.klass, head.graded, head.thresholds) == (k.klass, k.graded, k.thresholds)
        assert set(head.fields) <= set(k.fields)
        assert k.first_actions == head.first_actions


def test_it_has_the_four_classes_with_all_their_types_and_subtypes():
    count = {c.code: (len(types), sum(len(subs) for _, subs in types)) for c, types in classes()}
    assert count == {"natural": (7, 29), "accident": (15, 46), "health": (7, 0), "social": (10, 7)}


def test_the_tree_for_menus_holds_every_kind_once():
    seen = [k.code for _, types in classes() for head, subs in types for k in (head, *subs)]
    assert sorted(seen) == sorted(KINDS)


def test_social_security_events_are_not_graded_and_the_rest_are():
    for k in KINDS.values():
        assert k.graded == (k.klass != "social")
        assert k.thresholds is None or k.thresholds in TABLES


@pytest.mark.parametrize(
    ("code", "table"),
    [
        ("gas", "production_safety"), ("crash", "production_safety"), ("forest_fire", "forest_fire"),
        ("landslide", "geological"), ("quake", "earthquake"), ("water_pollution", "environment"),
        ("flash_flood", None), ("infectious", None), ("wage_dispute", None),
    ],
)  # fmt: skip
def test_a_kind_is_graded_by_the_table_of_its_law(code, table):
    assert kind(code).thresholds == table


def test_late_changes_reopen_a_report_in_seven_days_for_roads_and_fires():
    """Design rule 12: 7 days for road traffic and fire (国务院令493号 art. 13)."""
    short = {k.code for k in KINDS.values() if k.late_days == 7}
    assert short == {
        k.code for k in KINDS.values() if "fire" in (k.code, k.parent) or "road_traffic" in (k.code, k.parent)
    }
    assert kind("gas").late_days == 30


def test_the_sea_is_kept_but_not_offered():
    assert kind("marine").hidden
    assert "marine" not in [k.code for k in find("海洋")]


def test_a_mine_asks_for_its_own_figures():
    asked = {f.zh for f in kind("gas").fields}
    assert {"当班入井", "已升井", "被困", "瓦斯浓度", "通风", "井下通讯"} <= asked


@pytest.mark.parametrize(
    ("typed", "code"),
    [("sh", "flash_flood"), ("山洪", "flash_flood"), ("shanhong", "flash_flood"), ("flash", "flash_flood"),
     ("wssg", "gas"), ("hp", "landslide"), ("slhz", "forest_fire"), ("dljtsg", "road_traffic"), ("gas", "gas"),
     ("滑", "landslide"), (" S H ", "flash_flood")],
)  # fmt: skip
def test_a_kind_is_found_first_as_it_is_typed(typed, code):
    assert find(typed)[0].code == code


def test_every_kind_is_found_by_its_initials():
    for k in KINDS.values():
        if not k.hidden:
            assert re.fullmatch(r"[a-z]+", initials(k.code))
            assert k in find(initials(k.code), limit=len(KINDS))


@given(st.text())
def test_no_text_breaks_the_search(typed):
    assert len(find(typed)) <= 8


GOOD = {"underground": 12, "up": None, "gas_pct": 1.2, "ventilation": "stopped", "mine_name": "示例煤矿"}
BAD = [
    {"underground": 1.5}, {"underground": "12"}, {"underground": True}, {"underground": -1},
    {"underground": 10**12}, {"gas_pct": float("nan")}, {"gas_pct": float("inf")}, {"ventilation": "soft"},
    {"ventilation": 1}, {"mine_name": 3}, {"mine_name": "矿" * 501}, {"no_such": 1}, {"up": [1]},
]  # fmt: skip


def test_extra_values_of_the_kind_are_taken():
    assert kind("gas").faults(GOOD) == {}
    assert kind("landslide").faults({"still_moving": True}) == {}


@pytest.mark.parametrize("extra", BAD, ids=str)
def test_extra_values_that_do_not_fit_are_refused_with_a_reason(extra):
    faults = kind("gas").faults(extra)
    assert list(faults) == list(extra)
    assert all(why.zh and why.en for why in faults.values())


def test_a_truth_is_not_a_number_nor_a_number_a_truth():
    assert kind("landslide").faults({"still_moving": 1})


def test_an_unknown_kind_is_a_key_error():
    with pytest.raises(KeyError):
        kind("no_such_kind")


def test_the_tree_for_browsers_is_plain_and_says_everything_twice():
    rows = json.loads(json.dumps(tree(), ensure_ascii=False))
    assert [c["code"] for c in rows] == ["natural", "accident", "health", "social"]
    kinds = [k for c in rows for head in c["types"] for k in (head, *head["subtypes"])]
    assert [k["code"] for k in kinds if k["hidden"]] == ["marine"]
    assert {k["code"] for k in kinds} == set(KINDS)
    gas = next(k for k in kinds if k["code"] == "gas")
    assert (gas["type"], gas["class"], gas["initials"]) == ("coal_mine", "accident", "wssg")
    assert gas["level_by"] == ["deaths", "serious_injuries", "loss_wan"]
    mine = next(k for k in kinds if k["code"] == "coal_mine")
    assert "fields" not in gas
    assert "fields" in next(k for k in kinds if k["code"] == "school_bus")
    air = next(f for f in mine["fields"] if f["name"] == "ventilation")
    assert air["label"] == {"zh": "通风", "en": "Ventilation"}
    assert air["options"][2] == {"code": "stopped", "label": {"zh": "停风", "en": "stopped"}}


def test_names_are_spelled_as_the_dictionary_spells_them():
    for k in KINDS.values():
        assert syllables(k.zh) == tuple(lazy_pinyin(k.zh, errors="ignore"))
        assert all(sign in _table() for sign in k.zh if HAN.match(sign)), (
            f"{k.zh}: carry its characters in spelling.py"
        )


def test_a_character_not_carried_is_looked_up():
    assert "龘" not in _table()
    assert syllables("龘灾") == ("da", "zai")
