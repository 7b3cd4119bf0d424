"""What hazards are there: eleven types, each with its usual forms, in the words of the taxonomy."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """One label in both languages."""

    zh: str
    en: str


# What is rectified by nature's leave only: watched, without a date of rectification.
NATURAL = frozenset({"geological", "flood"})
# Where production goes on, somebody produces: a unit must be named among the three duties.
BY_A_UNIT = frozenset({"production"})

TYPES: dict[str, Word] = {
    "production": Word("生产安全隐患", "Work safety"),
    "fire": Word("消防隐患", "Fire"),
    "traffic": Word("道路交通隐患", "Road traffic"),
    "geological": Word("地质灾害隐患点", "Geological danger point"),
    "flood": Word("防汛隐患", "Flood"),
    "wildfire": Word("森林草原火险隐患", "Wildfire"),
    "building": Word("房屋安全隐患", "Buildings"),
    "lifeline": Word("公用设施隐患", "Public utilities"),
    "health": Word("公共卫生隐患", "Public health"),
    "social": Word("社会稳定风险", "Social stability"),
    "cyber": Word("网络安全隐患", "Cyber security"),
}

ITEMS: dict[str, dict[str, Word]] = {
    "production": {
        "coal_mine": Word("煤矿", "Coal mine"),
        "other_mine": Word("非煤矿山", "Other mine"),
        "tailings": Word("尾矿库", "Tailings pond"),
        "hazchem": Word("危险化学品", "Hazardous chemicals"),
        "fireworks": Word("烟花爆竹", "Fireworks"),
        "industry": Word("工贸", "Industry and trade"),
        "construction": Word("建筑施工", "Construction"),
        "special_equipment": Word("特种设备", "Special equipment"),
        "pipeline": Word("油气管道", "Oil and gas pipeline"),
        "city_gas": Word("城镇燃气", "Town gas"),
    },
    "fire": {
        "crowded": Word("人员密集场所", "Crowded place"),
        "high_rise": Word("高层建筑", "High-rise"),
        "small_places": Word("九小场所", "Small premises"),
        "e_bike": Word("电动自行车", "Electric bicycles"),
        "self_built_fire": Word("自建房", "Self-built house"),
        "heritage": Word("文物古建", "Heritage building"),
    },
    "traffic": {
        "cliff_water": Word("临水临崖", "Beside water or a drop"),
        "sharp_steep": Word("急弯陡坡", "Sharp bend, steep slope"),
        "level_junction": Word("平交路口", "Level junction"),
        "school_bus": Word("校车线路", "School-bus route"),
        "bridge_tunnel": Word("桥梁隧道", "Bridge or tunnel"),
    },
    "geological": {
        "landslide": Word("滑坡", "Landslide"),
        "collapse": Word("崩塌", "Rockfall"),
        "debris_flow": Word("泥石流", "Debris flow"),
        "subsidence": Word("地面塌陷", "Ground subsidence"),
        "goaf": Word("采空区", "Mined-out area"),
    },
    "flood": {
        "flash_flood": Word("山洪危险区", "Flash-flood zone"),
        "weak_reservoir": Word("病险水库", "Unsound reservoir"),
        "silt_dam": Word("淤地坝", "Silt dam"),
        "weak_dyke": Word("堤防险段", "Weak dyke"),
        "waterlogging": Word("易涝点", "Waterlogging spot"),
    },
    "wildfire": {
        "power_line": Word("林区输配电", "Power line in a forest"),
        "graves": Word("坟地祭祀", "Graves and offerings"),
        "farm_fire": Word("农事用火", "Farm burning"),
        "scenic": Word("旅游景区", "Scenic area"),
        "forest_edge": Word("林缘村庄", "Village at a forest's edge"),
    },
    "building": {
        "grade_c": Word("C级危房", "Grade C unsafe building"),
        "grade_d": Word("D级危房", "Grade D unsafe building"),
        "self_built": Word("自建房", "Self-built house"),
        "school_hospital": Word("学校医院", "School or hospital"),
    },
    "lifeline": {
        "water": Word("供水", "Water"),
        "power": Word("供电", "Power"),
        "heat": Word("供热", "Heat"),
        "gas": Word("燃气", "Gas"),
        "telecom": Word("通信", "Telecom"),
    },
    "health": {
        "food": Word("食品", "Food"),
        "drinking_water": Word("饮用水", "Drinking water"),
        "epidemic": Word("疫病", "Disease"),
        "co": Word("一氧化碳", "Carbon monoxide"),
    },
    "social": {
        "dispute": Word("矛盾纠纷", "Dispute"),
        "wages": Word("欠薪", "Unpaid wages"),
        "land": Word("征地拆迁", "Land taking"),
        "mining": Word("涉矿", "About mining"),
        "petition": Word("信访积案", "Old petition"),
    },
    "cyber": {
        "hole": Word("系统漏洞", "System hole"),
        "leak": Word("数据泄露", "Data leak"),
    },
}
