"""Refusals of input are whole in Chinese and in English: every kind of fault that an input of ours can have has its sentence."""

from __future__ import annotations

import ast
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from command.core import actions, doors, faults, intake, queries
from tests.county import VILLAGE, County
from tests.doors import Doors

ROOT = Path(__file__).resolve().parents[2]
# What a part of an input's schema may find wrong, by its type and by its bounds.
BY_TYPE: dict[str, tuple[str, ...]] = {
    "any": (), "default": (), "nullable": (), "no-info": (), "function-after": (), "function-before": (), "union": (),
    "definitions": (), "definition-ref": (), "model-field": (),
    "model": ("model_type",), "model-fields": ("missing", "extra_forbidden", "model_attributes_type", "invalid_key"),
    "str": ("string_type", "string_unicode"), "int": ("int_type", "int_parsing", "int_parsing_size", "int_from_float"),
    "float": ("float_type", "float_parsing", "finite_number"), "bool": ("bool_type", "bool_parsing"),
    "list": ("list_type", "too_short", "too_long"), "tuple": ("tuple_type", "too_short", "too_long"),
    "dict": ("dict_type", "too_short", "too_long"),
    "literal": ("literal_error",), "enum": ("enum",),
    "datetime": ("datetime_type", "datetime_parsing", "datetime_object_invalid", "datetime_from_date_parsing", "timezone_aware"),
    "date": ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
}  # fmt: skip
REFUSALS = {"Invalid", "Malformed", "TooLarge", "TooMany", "Gone", "Conflict"}
BY_BOUND = {
    "ge": "greater_than_equal", "gt": "greater_than", "le": "less_than_equal", "lt": "less_than", "multiple_of": "multiple_of",
    "pattern": "string_pattern_mismatch",
}  # fmt: skip


def inputs() -> list[type[BaseModel]]:
    """Every input that a door takes, with the inputs inside it."""
    found: dict[type[BaseModel], None] = {doors.SignIn: None}
    for one in (
        *(a.wish for a in actions.ACTIONS.values()),
        *(q.wish for q in queries.QUERIES.values()),
        *(t.row for t in intake.INTAKES.values()),
    ):
        _gather(one, found)
    return list(found)


def _gather(kind: Any, found: dict[type[BaseModel], None]) -> None:
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        for inner in typing.get_args(kind):
            _gather(inner, found)
    elif kind not in found:
        found[kind] = None
        for field in kind.model_fields.values():
            _gather(field.annotation, found)


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every part of a schema that checks something."""
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema
        for name, inner in schema.items():
            if name not in ("metadata", "serialization", "default"):
                yield from parts(inner)
    elif isinstance(schema, (list, tuple)):
        for inner in schema:
            yield from parts(inner)


def test_it_has_a_chinese_sentence_for_every_fault_that_an_input_can_have() -> None:
    possible: set[str] = set()
    for model in inputs():
        for part in parts(model.__pydantic_core_schema__):
            if part["type"] == "date" and isinstance(part.get("cls"), type):
                continue
            assert part["type"] in BY_TYPE, (
                f"{model.__name__}: nobody says what a {part['type']} can find wrong"
            )
            possible.update(BY_TYPE[part["type"]])
            possible.update(code for bound, code in BY_BOUND.items() if part.get(bound) is not None)
            if part["type"] == "str":
                possible.update(f"string_too_{end}" for end, bound in (("short", "min_length"), ("long", "max_length"))
                                if part.get(bound) is not None)  # fmt: skip
    assert possible - set(faults.SENTENCES) == set()
    assert len(possible) > 20, "the inputs were not looked through"


def test_it_says_its_own_rules_in_both_languages() -> None:
    """A validator of an input that raises a bare ValueError would be answered in English alone."""
    bare = []
    for package in ("command", "dispatch"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(function, ast.FunctionDef):
                    continue
                if not any("validator" in ast.unparse(one) for one in function.decorator_list):
                    continue
                bare += [f"{path.name}:{node.lineno}" for node in ast.walk(function)
                         if isinstance(node, ast.Raise) and node.exc and ast.unparse(node.exc).startswith("ValueError")]  # fmt: skip
    assert bare == []


def silent_refusals(path: Path) -> list[str]:
    """Refusals in a file whose sentence is English alone."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)[:80]}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS
        if node.args and not any(one.arg in ("zh", None) for one in node.keywords)
    ]


def test_every_refusal_in_the_code_is_said_in_chinese_too() -> None:
    files = [path for package in ("command", "dispatch") for path in sorted((ROOT / package).rglob("*.py"))]
    assert [one for path in files for one in silent_refusals(path)] == []


BAD: list[tuple[dict[str, Any], str, str, list[Any], str]] = [
    ({"kind": "roof", "casualties": {"dead": -1}}, "greater_than_equal", "伤亡·死亡：不得小于 0", ["casualties", "dead"],
     "casualties.dead: Input should be greater than or equal to 0"),
    ({"kind": "roof", "life_risk": "x"}, "literal_error", "人员危险：须为 none、possible、people 之一", ["life_risk"],
     "life_risk: Input should be 'none', 'possible' or 'people'"),
    ({"kind": "roof", "title": "x" * 201}, "string_too_long", "标题：至多 200 字", ["title"],
     "title: String should have at most 200 characters"),
    ({"kind": "roof", "foo": 1}, "extra_forbidden", "foo：没有这一项", ["foo"], "foo: Extra inputs are not permitted"),
    ({"kind": "no such"}, "value_error", "类别：没有类别 no such", ["kind"], "kind: there is no kind no such"),
    ({}, "missing", "类别：必须填写", ["kind"], "kind: Field required"),
    ({"kind": "roof", "village_code": "1"}, "string_pattern_mismatch", "村：须为 12 位村（社区）代码", ["village_code"],
     "village_code: a village's 12-digit code"),
    ({"kind": "roof", "occurred_at": "2026-07-01T10:00:00"}, "timezone_aware",
     "发生时间：时间须带时区，如 2026-07-21T18:03:00+08:00", ["occurred_at"], "occurred_at: Input should have timezone info"),
    ({"kind": "roof", "occurred_at": "0001-01-01T00:00:00+14:00"}, "value_error", "发生时间：须为 1900 至 2200 年间的时间",
     ["occurred_at"], "occurred_at: a time between 1900 and 2200"),
    ({"kind": "roof", "dangers": [{"code": "water", "text": 3}]}, "string_type", "现场危险·第 1 项·内容：须为文字",
     ["dangers", 0, "text"], "dangers.0.text: Input should be a valid string"),
    ({"kind": "roof", "casualties": {"dead": True}}, "int_type", "伤亡·死亡：须为整数", ["casualties", "dead"],
     "casualties.dead: Input should be a valid integer"),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("body", "code", "zh", "loc", "en"), BAD, ids=[one[1] + str(n) for n, one in enumerate(BAD)]
)
def test_it_says_what_is_wrong_in_the_language_asked_for(
    client: Doors, body: dict[str, Any], code: str, zh: str, loc: list[Any], en: str
) -> None:
    wish = {"village_code": VILLAGE, **body}
    answer = client.post("town_duty", "/incidents", wish)
    assert answer.status_code == 422
    assert answer.json["detail"] == zh
    assert answer.json["title"] == "输入不能使用"
    assert answer.json["said"] == {"zh": zh, "en": en}
    [fault] = answer.json["errors"]
    assert (fault["type"], fault["code"], fault["loc"], fault["message"]) == (code, code, loc, zh)
    english = client.post("town_duty", "/incidents?lang=en", wish)
    assert (english.json["detail"], english.json["errors"][0]["message"]) == (en, en)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_follows_the_browsers_language_and_answers_a_repeat_with_the_same_bytes(
    client: Doors, cast: County
) -> None:
    def ask(path: str, language: str, key: str = "") -> Any:
        headers = {"Authorization": f"Bearer {cast.tokens['town_duty']}", "Accept-Language": language}
        body = {"to": "archived", "reason": "r"} if key else {"kind": "roof"}
        more = {"Idempotency-Key": key} if key else {}
        return client.app.test_client().post(f"/api/v1{path}", json=body, headers={**headers, **more})

    assert ask("/incidents", "zh-CN,zh;q=0.9,en;q=0.8").json["detail"] == "位置、村、道路里程至少要有一项"
    assert ask("/incidents", "en-GB,en;q=0.9").json["detail"].startswith("location")
    assert ask("/incidents?lang=zh", "en").json["detail"] == "位置、村、道路里程至少要有一项"
    key = "0b9f5a52-7d0d-4a3e-9d2f-5f6c1a2b3c4d"
    move = f"/incidents/{cast.open()['id']}/transition"
    first, again = ask(move, "en", key), ask(move, "zh", key)
    assert first.status_code == 409
    assert first.json["detail"].startswith("received may go to")
    assert again.data == first.data
