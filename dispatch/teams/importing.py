"""Teams from files: name, type and centre at least; the base from the row's point."""

from __future__ import annotations

from typing import Any

from command.core.faults import Wrong
from command.core.importers import Column, SourceRow, importer
from command.places import register
from dispatch.teams.actions import WRITE
from dispatch.teams.words import READINESS, SKILLS, TEAM_TYPES

TYPE_WORDS = {word: code for code, one in TEAM_TYPES.items() for word in (one.zh, one.en)}
SKILL_WORDS = {word: code for code, one in SKILLS.items() for word in (one.zh, one.en, code)}


@importer(
    "teams",
    record="team",
    zh="救援队伍",
    en="teams",
    needs=WRITE,
    columns=(
        Column("name", "名称", "name", required=True, also=("队伍名称", "队名", "单位名称")),
        Column("type", "队伍类型", "type", sort="choice", required=True, choices=TYPE_WORDS, also=("类型", "类别")),
        Column("centre", "所属单位", "centre", required=True, also=("所属", "乡镇", "单位代码", "township")),
        Column("skills", "技能", "skills", sort="list", also=("专业能力", "能力")),
        Column("headcount", "人数", "headcount", sort="whole", also=("队员人数", "人员数量", "people")),
        Column("equipment", "装备", "equipment", sort="list", also=("主要装备", "器材")),
        Column("readiness", "战备等级", "readiness", sort="choice",
               choices={word: code for code, one in READINESS.items() for word in (one.zh, one.en)}),
        Column("call_who", "联系人", "contact", also=("负责人", "队长", "call")),
        Column("call_number", "联系电话", "telephone", also=("电话", "手机", "phone", "值班电话")),
    ),
    geometry=("Point",),
    key=("name", "centre"),
    make="team.create",
    change="team.edit",
    drop="team.take_off",
)  # fmt: skip
def team_of(row: SourceRow) -> dict[str, Any]:
    """A team as the register takes it."""
    told = {
        name: row.values[name]
        for name in ("name", "type", "headcount", "equipment", "readiness")
        if name in row.values
    }
    told["centre"] = _centre(row.values["centre"])
    if "skills" in row.values:
        told["skills"] = [_skill(one) for one in row.values["skills"]]
    if "call_number" in row.values:
        told["call"] = {
            "who": row.values.get("call_who", row.values["name"])[:60],
            "number": row.values["call_number"],
        }
    if row.geometry is not None:
        told["base"] = row.geometry
    return told


def _centre(said: str) -> str:
    """A centre by its code, or a township or the county by its name."""
    if said[:6].isdigit() and len(said) >= 6:
        return said
    for one in (register.county(), *register.townships()):
        if said in (one.name, one.short):
            return one.code
    raise Wrong(f"there is no centre {said[:40]}: give its code", f"没有单位 {said[:40]}：请填单位代码")


def _skill(said: str) -> str:
    if said not in SKILL_WORDS:
        raise Wrong(f"there is no skill {said[:40]}", f"没有技能 {said[:40]}")
    return SKILL_WORDS[said]
