"""What is wrong with an input, said in both languages: one sentence for each kind of fault, each field by its own name.

Here alone pydantic's faults get their Chinese; a rule of our own raises `Wrong`, which carries both sentences. An answer says
where (`loc`) and which kind (`type`) for programs, and the sentence for people; the input itself is never echoed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

MOST_TOLD = 50
LONGEST_NAME = 40

SENTENCES: dict[str, str] = {
    "missing": "必须填写",
    "extra_forbidden": "没有这一项",
    "invalid_key": "名称须为文字",
    "model_type": "须为一组具名的值",
    "model_attributes_type": "须为一组具名的值",
    "dict_type": "须为一组具名的值",
    "list_type": "须为列表",
    "tuple_type": "须为列表",
    "iterable_type": "须为列表",
    "too_short": "至少 {min_length} 项",
    "too_long": "至多 {max_length} 项",
    "string_type": "须为文字",
    "string_unicode": "不是可读的文字",
    "string_too_short": "至少 {min_length} 字",
    "string_too_long": "至多 {max_length} 字",
    "string_pattern_mismatch": "{pattern_zh}",
    "bool_type": "须为是或否（true、false）",
    "bool_parsing": "须为是或否（true、false）",
    "int_type": "须为整数",
    "int_parsing": "须为整数",
    "int_parsing_size": "数字过大",
    "int_from_float": "须为整数，不能有小数",
    "float_type": "须为数字",
    "float_parsing": "须为数字",
    "finite_number": "须为有限的数字",
    "greater_than": "须大于 {gt}",
    "greater_than_equal": "不得小于 {ge}",
    "less_than": "须小于 {lt}",
    "less_than_equal": "不得大于 {le}",
    "multiple_of": "须为 {multiple_of} 的倍数",
    "literal_error": "须为 {expected_zh} 之一",
    "enum": "须为 {expected_zh} 之一",
    "datetime_type": "须为时间，如 2026-07-21T18:03:00+08:00",
    "datetime_parsing": "须为时间，如 2026-07-21T18:03:00+08:00",
    "datetime_object_invalid": "须为时间，如 2026-07-21T18:03:00+08:00",
    "datetime_from_date_parsing": "须为时间，如 2026-07-21T18:03:00+08:00",
    "timezone_aware": "时间须带时区，如 2026-07-21T18:03:00+08:00",
    "date_type": "须为日期，如 2026-07-21",
    "date_parsing": "须为日期，如 2026-07-21",
    "date_from_datetime_parsing": "须为日期，如 2026-07-21",
    "date_from_datetime_inexact": "须为日期，不带时刻",
    "none_required": "须为空",
    "value_error": "{wrong_zh}",
}
UNKNOWN = "填写有误"

PATTERNS: dict[str, tuple[str, str]] = {
    r"^\d{12}$": ("须为 12 位村（社区）代码", "a village's 12-digit code"),
    r"^\d{6}(\d{3})?$": (
        "须为 6 位县代码或 9 位乡镇代码",
        "a county's 6-digit or a township's 9-digit code",
    ),
    r"^\d{6}(\d{3}(\d{3})?)?(-[a-z]+)?$": (
        "须为单位代码，如 140429100、140429-water",
        "a centre's code, as 140429100 or 140429-water",
    ),
    r"^[a-z][a-z0-9_.-]{2,63}$": (
        "须为 3 至 64 个小写字母、数字或 _ . -，以字母开头",
        "3 to 64 small letters, digits or _ . -, a letter first",
    ),
    r"^[GSXYCZ]\d{1,4}$": ("须为道路编号，如 G208、S322、X001", "a road's number, as G208, S322 or X001"),
    r"^[GSXYCZgsxycz]\d{1,4}$": (
        "须为道路编号，如 G208、S322、X001",
        "a road's number, as G208, S322 or X001",
    ),
}
MISSHAPEN = ("格式不符", "")


class Wrong(ValueError):
    """A rule of ours that an input breaks, in both languages; raised by the validators of inputs."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.zh = zh


_LABELS: dict[str, str] = {
    "id": "编号", "limit": "条数", "after": "起始位置", "at": "时间", "as_of": "截至时间", "until": "截止时间", "from": "起始时间",
    "reason": "理由", "text": "内容", "source": "来源", "name": "名称", "phone": "电话", "number": "号码", "unit": "单位",
    "note": "备注", "title": "标题", "description": "说明", "type": "类型", "kind": "类别", "code": "代码", "lon": "经度",
    "lat": "纬度", "coordinates": "坐标", "location": "位置", "centre": "单位", "role": "角色", "level": "级别", "value": "值",
    "to": "目标状态", "order": "指令", "team_id": "队伍", "team_ids": "队伍", "incident_id": "事件", "person": "报告人",
    "channel": "渠道", "by_proxy": "代报", "released_by": "宣布安全的人", "reserve": "预派", "terms": "邀请条件",
    "task_area": "任务区域", "insurance": "保险", "contact": "联系人", "people": "人数", "vehicles": "车辆", "supplies": "物资",
    "skills": "技能", "headcount": "人数", "equipment": "装备", "readiness": "备勤等级", "mode": "下令方式", "via": "经由",
    "call": "呼叫", "who": "何人", "base": "驻地", "on_duty": "备勤", "speed": "速度", "heading": "航向", "accuracy": "精度",
    "accuracy_m": "精度", "fixed_at": "定位时间", "picture": "照片", "why": "原因", "username": "用户名", "password": "密码",
    "otp": "动态口令", "q": "查找内容", "shares": "共享", "status": "状态",
}  # fmt: skip


def label(words: Mapping[str, str]) -> None:
    """What fields are called in Chinese: name in the input → name on the form."""
    _LABELS.update(words)


def told(error: ValidationError) -> list[dict[str, Any]]:
    """Every fault with its place, its kind and its sentence in both languages."""
    found = error.errors(include_url=False, include_context=True, include_input=False)[:MOST_TOLD]
    return [_one(dict(one), error.title) for one in found]


def _one(one: dict[str, Any], model: str) -> dict[str, Any]:
    loc: Sequence[str | int] = [
        part if isinstance(part, int) else part[:LONGEST_NAME] for part in one["loc"] if part != model
    ]
    field = ".".join(str(part) for part in loc)
    said = {"zh": _zh(one), "en": _en(one)}
    shown = loc if one["type"] == "extra_forbidden" else [part for part in loc if not _of_union(part)]
    named = {"zh": name(shown), "en": ".".join(str(part) for part in shown)}
    return {
        "field": field,
        "loc": list(loc),
        "type": one["type"],
        "code": one["type"],
        "message": said["zh"],
        "said": {
            lang: f"{named[lang]}{colon}{said[lang]}" if named[lang] else said[lang]
            for lang, colon in (("zh", "："), ("en", ": "))
        },
    }


def _of_union(part: str | int) -> bool:
    """Whether a part of a place is only the branch of a union that was tried: no field of ours is written so."""
    return (
        isinstance(part, str) and part not in _LABELS and (part[:1].isupper() or "-" in part or "[" in part)
    )


def name(loc: Sequence[str | int]) -> str:
    """A place in Chinese: the field's own name where there is one, the n-th where it is one of a list."""
    parts = [f"第 {part + 1} 项" if isinstance(part, int) else _LABELS.get(part, part) for part in loc]
    return "·".join(parts)


def _zh(one: dict[str, Any]) -> str:
    context = dict(one.get("ctx") or {})
    pattern = PATTERNS.get(str(context.get("pattern")), MISSHAPEN)
    context["pattern_zh"] = pattern[0]
    context["expected_zh"] = (
        str(context.get("expected", "")).replace("'", "").replace(", ", "、").replace(" or ", "、")
    )
    context["wrong_zh"] = getattr(context.get("error"), "zh", UNKNOWN)
    return SENTENCES.get(one["type"], UNKNOWN).format_map(context)


def _en(one: dict[str, Any]) -> str:
    pattern = PATTERNS.get(str((one.get("ctx") or {}).get("pattern")), MISSHAPEN)[1]
    if one["type"] == "string_pattern_mismatch" and pattern:
        return pattern
    return str(one["msg"]).removeprefix("Value error, ")
