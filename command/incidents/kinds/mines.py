"""Mine accidents (煤矿、金属与非金属矿山事故): the grave accidents of a mining county."""

from __future__ import annotations

from command.incidents.kinds.base import Field, Kind, say, under

TABLE = "production_safety"

COAL_MINE = Kind(
    code="coal_mine",
    zh="煤矿事故",
    en="Coal mine accident",
    klass="accident",
    icon="mine",
    thresholds=TABLE,
    fields=(
        Field("mine_name", "矿名", "Mine", "text"),
        Field("underground", "当班入井", "Went down this shift", "int", "人"),
        Field("up", "已升井", "Came up", "int", "人"),
        Field("still_below", "被困", "Trapped below", "int", "人"),
        Field("face", "事故地点", "Place underground", "text"),
        Field("gas_pct", "瓦斯浓度", "Methane", "number", "%"),
        Field("co_ppm", "一氧化碳", "Carbon monoxide", "number", "ppm"),
        Field(
            "ventilation",
            "通风",
            "Ventilation",
            "choice",
            choices=(
                ("normal", "正常", "normal"),
                ("reduced", "减弱", "reduced"),
                ("stopped", "停风", "stopped"),
            ),
        ),
        Field(
            "power",
            "供电",
            "Power",
            "choice",
            choices=(("normal", "正常", "normal"), ("cut", "已断电", "cut")),
        ),
        Field(
            "phone_below",
            "井下通讯",
            "Telephone underground",
            "choice",
            choices=(("up", "通", "working"), ("partial", "部分通", "partly"), ("down", "中断", "cut off")),
        ),
        Field("water_in_m3h", "涌水量", "Water inflow", "number", "m³/h"),
    ),
    questions=say(
        "当班下去多少人，上来多少，还差几个？ | How many went down, how many are up, how many are missing?",
        "人在哪个工作面，能联系上吗？ | Which face are they at, and can they be reached?",
        "瓦斯和一氧化碳多少，风停了没有？ | Methane and carbon monoxide? Is the ventilation running?",
        "井下断电了吗，有没有水、火、烟？ | Is the power cut below? Any water, fire or smoke?",
        "矿上救护队到了吗，现场谁负责？ | Is the mine's rescue team there, and who is in charge?",
    ),
    first_actions=say(
        "立即撤人，清点升井，核清井下人数 | Bring everyone up, count them, settle who is still below",
        "调矿山救护队，请求邻近救护队待命 | Call the mine rescue team and alert the next one",
        "未经侦检不得盲目下井 | Nobody goes down before the air is checked",
        "保持通风与通讯，按需断电 | Keep ventilation and telephone; cut power where needed",
        "报矿山安全监察机构，封控井口 | Report to the mine safety authority; guard the shaft",
    ),
    needs_skills=("mine", "medical", "confined", "hazmat", "comms"),
)
COAL = (
    COAL_MINE,
    under(COAL_MINE, "gas", "瓦斯事故", "Gas accident"),
    under(COAL_MINE, "roof", "顶板事故", "Roof fall", ("mine", "medical", "usar", "heavy")),
    under(COAL_MINE, "haulage", "运输事故", "Haulage accident", ("mine", "medical", "vehicle")),
    under(COAL_MINE, "water_inrush", "水害事故", "Water inrush", ("mine", "drainage", "diving", "medical")),
    under(COAL_MINE, "electromech", "机电事故", "Machinery accident", ("mine", "medical", "power")),
    under(COAL_MINE, "blasting", "放炮事故", "Shot-firing accident", ("mine", "blasting", "medical")),
    under(COAL_MINE, "mine_fire", "矿井火灾", "Mine fire", ("mine", "hazmat", "medical", "confined")),
    under(COAL_MINE, "coal_other", "其他", "Other coal mine accident"),
)

NONCOAL_MINE = Kind(
    code="noncoal_mine",
    zh="金属与非金属矿山事故",
    en="Other mine accident",
    klass="accident",
    icon="mine",
    thresholds=TABLE,
    fields=(
        Field("mine_name", "矿名", "Mine", "text"),
        Field("underground", "当班入井", "Went down this shift", "int", "人"),
        Field("up", "已升井", "Came up", "int", "人"),
        Field("still_below", "被困", "Trapped below", "int", "人"),
        Field("open_pit", "露天", "Open pit", "bool"),
    ),
    questions=say(
        "还有几个人没上来，在什么位置？ | How many are not up, and where are they?",
        "里面有没有水、烟、异味？ | Any water, smoke or smell inside?",
        "边坡、尾矿库稳不稳，下游有没有人？ | Are the slope and tailings dam steady? Anyone below?",
    ),
    first_actions=say(
        "撤出作业人员，清点人数 | Clear the workings and count everyone",
        "先通风检测，再下井救人 | Ventilate and test the air before going down",
        "转移下游群众，观察边坡坝体 | Move people downstream; watch slope and dam",
        "报矿山安全监察机构 | Report to the mine safety authority",
    ),
    needs_skills=("mine", "medical", "rope", "confined", "heavy"),
)
NONCOAL = (
    NONCOAL_MINE,
    under(NONCOAL_MINE, "nc_roof", "顶板", "Roof fall (other mine)", ("mine", "usar", "medical", "heavy")),
    under(
        NONCOAL_MINE,
        "nc_water",
        "水害",
        "Water inrush (other mine)",
        ("mine", "drainage", "diving", "medical"),
    ),
    under(
        NONCOAL_MINE,
        "nc_asphyxia",
        "中毒窒息",
        "Poisoning or asphyxia (other mine)",
        ("mine", "confined", "medical", "hazmat"),
    ),
    under(
        NONCOAL_MINE,
        "tailings",
        "尾矿库垮坝",
        "Tailings dam failure",
        ("evac", "heavy", "usar", "medical"),
        (Field("downstream_people", "下游人口", "People downstream", "int", "人"),),
    ),
    under(NONCOAL_MINE, "nc_other", "其他", "Other (other mine)"),
)

MINES: tuple[Kind, ...] = (*COAL, *NONCOAL)
