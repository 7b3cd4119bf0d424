"""The words of teams: types, order modes with their clocks, skills, readiness, status."""

from __future__ import annotations

from typing import NamedTuple


class Label(NamedTuple):
    """One label in both languages."""

    zh: str
    en: str


class TeamType(NamedTuple):
    """A type of team, the tier that keeps it, and the order mode it is asked by."""

    zh: str
    en: str
    tier: str
    mode: str


class OrderMode(NamedTuple):
    """How a team is asked, and after how many seconds an unanswered order is marked and alarmed."""

    zh: str
    en: str
    accept_s: int
    alarm_s: int
    via: tuple[Label, ...] = ()
    needs: tuple[str, ...] = ()


ORDER_MODES: dict[str, OrderMode] = {
    "direct": OrderMode("直接下达", "Direct order", 60, 120),
    "township": OrderMode("直接下达(乡镇)", "Direct order (township)", 180, 300),
    "via_authority": OrderMode(
        "经主管单位调派",
        "Through its authority",
        180,
        300,
        via=(
            Label("119", "119"),
            Label("120", "120"),
            Label("110", "110"),
            Label("主管单位", "Its authority"),
        ),
    ),
    "request": OrderMode("商请", "Request", 180, 300, via=(Label("人武部", "Armed Forces Department"),)),
    "invite": OrderMode("邀请", "Invitation", 600, 1200, needs=("task_area", "insurance", "contact")),
}

ORDER_NEEDS: dict[str, Label] = {
    "task_area": Label("任务区域", "Task area"),
    "insurance": Label("保险", "Insurance"),
    "contact": Label("联系人", "Contact"),
}

TIERS: dict[str, Label] = {
    "national": Label("国家队", "National"),
    "county": Label("县级", "County"),
    "township": Label("乡镇", "Township"),
    "village": Label("村级", "Village"),
    "unit": Label("单位", "Unit"),
    "social": Label("社会", "Social"),
}

TEAM_TYPES: dict[str, TeamType] = {
    "national_fire": TeamType(
        "国家综合性消防救援队伍", "National fire and rescue", "national", "via_authority"
    ),
    "county_general": TeamType("县综合性应急救援队伍", "County rescue team", "county", "direct"),
    "fulltime_fire": TeamType("政府专职消防队", "Full-time fire brigade", "township", "direct"),
    "volunteer_fire": TeamType("志愿消防队", "Volunteer fire brigade", "village", "township"),
    "micro_fire": TeamType("微型消防站", "Micro fire station", "village", "township"),
    "forest_fire": TeamType("森林草原防灭火队伍", "Forest fire team", "county", "direct"),
    "flood": TeamType("防汛抗旱抢险队", "Flood and drought team", "county", "direct"),
    "mine_rescue": TeamType("矿山救护队", "Mine rescue team", "county", "via_authority"),
    "hazchem": TeamType("危险化学品救援队", "Hazardous chemicals team", "county", "via_authority"),
    "earthquake": TeamType("地震灾害救援队", "Earthquake rescue team", "county", "direct"),
    "geology": TeamType("地质灾害应急队", "Geological hazards team", "county", "direct"),
    "medical": TeamType("医疗卫生应急队", "Medical team", "county", "via_authority"),
    "epidemic": TeamType("疾控防疫队", "Disease control team", "county", "via_authority"),
    "power": TeamType("电力抢修队", "Power repair team", "unit", "via_authority"),
    "telecom": TeamType("通信保障队", "Telecom support team", "unit", "via_authority"),
    "road": TeamType("公路抢通队", "Road clearance team", "unit", "via_authority"),
    "water_gas_heat": TeamType("供水燃气供热抢修队", "Water, gas and heat repair", "unit", "via_authority"),
    "police": TeamType("公安特警/交警", "Police", "county", "via_authority"),
    "transport": TeamType("运输保障队", "Transport team", "county", "via_authority"),
    "environment": TeamType("环境监测队", "Environmental monitoring", "county", "via_authority"),
    "animal": TeamType("动物疫病防控队", "Animal disease control", "county", "via_authority"),
    "psych": TeamType("心理援助队", "Psychological aid team", "county", "via_authority"),
    "opinion": TeamType("舆情应对组", "Public information group", "county", "direct"),
    "mediation": TeamType("矛盾调解队", "Mediation team", "township", "township"),
    "township_general": TeamType("乡镇综合应急救援队伍", "Township rescue team", "township", "township"),
    "village": TeamType("村级应急小分队", "Village squad", "village", "township"),
    "grid": TeamType("网格员队伍", "Grid workers", "village", "township"),
    "mass_prevention": TeamType("群防群治队伍", "Neighbourhood watch", "village", "township"),
    "militia": TeamType("民兵应急连/排", "Militia company or platoon", "county", "request"),
    "social_force": TeamType("社会应急力量", "Social rescue force", "social", "invite"),
    "volunteer": TeamType("应急志愿者队伍", "Volunteers", "social", "invite"),
    "enterprise": TeamType("企业专兼职应急队", "Enterprise rescue team", "unit", "invite"),
    "expert": TeamType("专家组", "Expert group", "county", "invite"),
}

BY_LORRY = frozenset(
    (
        "national_fire",
        "fulltime_fire",
        "forest_fire",
        "hazchem",
        "power",
        "road",
        "water_gas_heat",
        "transport",
        "mine_rescue",
    )
)
"""Types of team that come with heavy vehicles: roads too low or too weak for them are not theirs."""


def vehicle_of(team_type: str) -> str:
    """How a type of team travels, as ways are asked for."""
    return "truck" if team_type in BY_LORRY else "car"


SKILLS: dict[str, Label] = {
    "structural_fire": Label("建筑灭火", "Structural firefighting"),
    "forest_fire": Label("森林灭火", "Forest firefighting"),
    "usar": Label("建筑物倒塌搜救", "Collapsed-structure rescue"),
    "mountain": Label("山地搜救", "Mountain rescue"),
    "water": Label("水上搜救", "Water rescue"),
    "diving": Label("潜水救援", "Diving"),
    "medical": Label("应急医疗救护", "Medical care"),
    "hazmat": Label("危化处置", "Hazmat"),
    "mine": Label("矿山救护", "Mine rescue"),
    "confined": Label("有限空间", "Confined space"),
    "rope": Label("绳索技术", "Rope rescue"),
    "vehicle": Label("车辆破拆", "Vehicle extrication"),
    "drainage": Label("排涝", "Pumping"),
    "dyke": Label("巡堤查险", "Dyke patrol"),
    "blasting": Label("爆破", "Blasting"),
    "heavy": Label("大型机械", "Heavy machinery"),
    "uav": Label("无人机侦察", "Drone reconnaissance"),
    "comms": Label("应急通信", "Emergency communications"),
    "power": Label("电力抢修", "Power repair"),
    "psych": Label("心理干预", "Psychological aid"),
    "mediation": Label("调解", "Mediation"),
    "evac": Label("疏散引导", "Evacuation guidance"),
    "epidemic": Label("流调消杀", "Epidemic control"),
}

READINESS: dict[str, Label] = {
    "L1": Label("一级战备", "Readiness 1"),
    "L2": Label("二级战备", "Readiness 2"),
    "L3": Label("三级战备", "Readiness 3"),
}

TEAM_STATUS: dict[str, Label] = {
    "available": Label("可调派", "Available"),
    "reserved": Label("预派", "Reserved"),
    "engaged": Label("执行任务", "Engaged"),
    "resting": Label("休整", "Resting"),
    "off": Label("未备勤", "Off duty"),
}


def mode_of(team_type: str) -> str:
    """The order mode by which a team of this type is asked. KeyError if there is no such type."""
    return TEAM_TYPES[team_type].mode


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of teams for `GET /words`: group → code → {zh, en}."""
    said: dict[str, dict[str, dict[str, str]]] = {
        name: {c: {"zh": w.zh, "en": w.en} for c, w in words.items()}
        for name, words in {
            "skills": SKILLS,
            "readiness": READINESS,
            "team_status": TEAM_STATUS,
            "tiers": TIERS,
            "order_needs": ORDER_NEEDS,
        }.items()
    }
    said["modes"] = {c: {"zh": m.zh, "en": m.en} for c, m in ORDER_MODES.items()}
    said["team_types"] = {c: {"zh": t.zh, "en": t.en} for c, t in TEAM_TYPES.items()}
    return said
