"""Accident disasters (事故灾难) of chemicals, sites, fires and roads."""

from __future__ import annotations

from command.incidents.kinds.base import Field, Kind, say, under

TABLE = "production_safety"

HAZCHEM = Kind(
    code="hazchem",
    zh="危险化学品事故",
    en="Hazardous chemicals accident",
    klass="accident",
    icon="hazard",
    thresholds=TABLE,
    fields=(
        Field("substance", "物质", "Substance", "text"),
        Field("un_number", "UN 编号", "UN number", "text"),
        Field("amount_t", "数量", "Amount", "number", "t"),
        Field(
            "state",
            "状态",
            "State",
            "choice",
            choices=(
                ("leaking", "泄漏中", "leaking"),
                ("stopped", "已堵住", "stopped"),
                ("burning", "燃烧", "burning"),
            ),
        ),
        Field("wind_to", "下风向有人", "People downwind", "bool"),
        Field("near_water", "临近水源", "Near a water source", "bool"),
    ),
    questions=say(
        "是什么东西，罐上有编号或标志吗？ | What is it? Is there a number or sign on the tank?",
        "是漏、是烧还是炸了？现在还在漏吗？ | A leak, a fire or an explosion? Is it still leaking?",
        "有没有人中毒、倒下？ | Has anyone been poisoned or collapsed?",
        "风往哪边，下风头有没有村庄、学校、河？ | Which way is the wind? Village, school or river below it?",
    ),
    first_actions=say(
        "上风向集结，人员向上风撤离 | Gather upwind; send people upwind",
        "核清物质后再处置，不盲目用水 | Know the substance first; no water until you do",
        "设警戒区，断火源电源 | Cordon off; no flame, no sparks",
        "调危化队和医疗，堵截入河通道 | Send hazmat and medical; keep it out of the river",
        "通知环境监测 | Call environmental monitoring",
    ),
    needs_skills=("hazmat", "structural_fire", "medical", "evac", "confined"),
)
CHEMICALS = (
    HAZCHEM,
    under(
        HAZCHEM,
        "hc_explosion",
        "爆炸",
        "Chemical explosion",
        ("hazmat", "structural_fire", "usar", "medical"),
    ),
    under(HAZCHEM, "hc_leak", "泄漏", "Chemical leak", ("hazmat", "evac", "medical")),
    under(HAZCHEM, "hc_fire", "火灾", "Chemical fire", ("structural_fire", "hazmat", "medical", "evac")),
    under(HAZCHEM, "hc_poison", "中毒窒息", "Chemical poisoning", ("hazmat", "medical", "confined")),
)

EXPLOSIVES = Kind(
    code="explosives",
    zh="烟花爆竹和民爆物品事故",
    en="Fireworks or explosives accident",
    klass="accident",
    icon="blast",
    thresholds=TABLE,
    fields=(
        Field("unexploded", "仍有未爆物", "Unexploded remains", "bool"),
        Field("amount_kg", "存量", "Amount stored", "number", "kg"),
    ),
    questions=say(
        "还会不会再炸，里面还存着多少？ | Can it explode again? How much is stored?",
        "有没有人受伤、被埋？ | Is anyone hurt or buried?",
        "周围多远有住户？ | How near are the houses?",
    ),
    first_actions=say(
        "撤人、警戒，防二次爆炸 | Clear and cordon; beware of a second explosion",
        "专业人员处置未爆物 | Leave unexploded remains to specialists",
        "救治伤员，核清现场人数 | Treat the injured; settle who was there",
        "通报公安 | Tell the police",
    ),
    needs_skills=("blasting", "structural_fire", "usar", "medical", "evac"),
)

CONSTRUCTION = Kind(
    code="construction",
    zh="建筑施工事故",
    en="Construction accident",
    klass="accident",
    icon="site",
    thresholds=TABLE,
    fields=(
        Field("site_name", "工地", "Site", "text"),
        Field("on_site", "当时作业人数", "At work then", "int", "人"),
    ),
    questions=say(
        "有几个人压在下面或掉下去了？ | How many are under it or fell?",
        "现场还会不会再塌？ | Can more come down?",
        "当时有多少人在干活，都点到了吗？ | How many were at work, and are all counted?",
    ),
    first_actions=say(
        "停工撤人，清点人数 | Stop work, clear the site, count everyone",
        "先稳固再施救，防二次坍塌 | Shore up before rescue; beware of a second collapse",
        "断电断气，调大型机械待命 | Cut power and gas; have heavy machines stand by",
    ),
    needs_skills=("usar", "medical", "heavy", "rope"),
)
INDUSTRIAL = Kind(
    code="industrial",
    zh="其他工矿商贸事故",
    en="Other workplace accident",
    klass="accident",
    icon="factory",
    thresholds=TABLE,
    fields=(
        Field("unit_name", "单位", "Enterprise", "text"),
        Field("inside", "里面人数", "People inside", "int", "人"),
    ),
    questions=say(
        "里面还有几个人，有反应吗？ | How many are inside, and do they answer?",
        "有没有人跟着下去救了？ | Did anyone go in after them?",
        "有没有毒气、粉尘、带电？ | Any gas, dust or live power?",
    ),
    first_actions=say(
        "禁止盲目施救，先通风检测 | No blind rescue: ventilate and test first",
        "断电停机，撤出无关人员 | Cut the power, stop machines, clear bystanders",
        "核清人数，医疗就近待命 | Settle the number; medical stands by",
    ),
    needs_skills=("confined", "medical", "rope", "structural_fire"),
)
SITES = (
    CONSTRUCTION,
    under(CONSTRUCTION, "fall", "高处坠落", "Fall from height", ("medical", "rope")),
    under(CONSTRUCTION, "collapse_site", "坍塌", "Collapse at a site"),
    INDUSTRIAL,
    under(INDUSTRIAL, "confined_space", "有限空间", "Confined space"),
    under(INDUSTRIAL, "dust_explosion", "粉尘爆炸", "Dust explosion", ("structural_fire", "medical", "usar")),
)

FIRE = Kind(
    code="fire",
    zh="火灾事故",
    en="Fire",
    klass="accident",
    icon="fire",
    thresholds=TABLE,
    late_days=7,
    fields=(
        Field("floors", "楼层数", "Floors", "int", "层"),
        Field("fire_floor", "着火层", "Floor on fire", "int", "层"),
        Field("inside", "室内人数", "People inside", "int", "人"),
        Field("burning", "燃烧物", "What burns", "text"),
        Field("gas_bottles", "有气瓶油罐", "Gas bottles or fuel", "bool"),
        Field("water_source", "附近水源", "Water nearby", "bool"),
    ),
    questions=say(
        "里面还有没有人，在几层？ | Is anyone inside, and on which floor?",
        "烧的是什么，有没有煤气罐、油、电池？ | What is burning? Any gas bottles, fuel or batteries?",
        "消防车能开到门口吗，附近有水吗？ | Can an engine reach the door? Is there water near?",
    ),
    first_actions=say(
        "先救人，疏散同楼和下风住户 | People first: clear the building and downwind",
        "断电断气，移开气瓶 | Cut power and gas; move gas bottles away",
        "确认水源和进车道路 | Settle the water source and the way in",
        "微型站、村队先期处置，防复燃 | Nearest station starts; watch for rekindling",
    ),
    needs_skills=("structural_fire", "medical", "evac", "power"),
)
FIRES = (
    FIRE,
    under(FIRE, "dwelling", "民用建筑火灾", "House fire"),
    under(FIRE, "highrise", "高层建筑火灾", "High-rise fire", ("structural_fire", "rope", "medical", "evac")),
    under(FIRE, "factory", "工业建筑火灾", "Factory fire", ("structural_fire", "hazmat", "medical", "evac")),
    under(
        FIRE,
        "crowded_place",
        "人员密集场所火灾",
        "Fire in a crowded place",
        ("structural_fire", "evac", "medical", "psych"),
    ),
    under(FIRE, "vehicle_fire", "车辆火灾", "Vehicle fire", ("structural_fire", "vehicle", "medical")),
)

ROAD_TRAFFIC = Kind(
    code="road_traffic",
    zh="道路交通事故",
    en="Road traffic accident",
    klass="accident",
    icon="car",
    thresholds=TABLE,
    late_days=7,
    fields=(
        Field("road", "道路", "Road", "text"),
        Field("road_km", "桩号", "Kilometre post", "number", "km"),
        Field("vehicles", "涉及车辆", "Vehicles involved", "int", "辆"),
        Field("aboard", "车上人数", "People aboard", "int", "人"),
        Field("pinned", "有人卡住", "Someone pinned", "bool"),
        Field("fuel_leak", "漏油起火", "Fuel leak or fire", "bool"),
        Field("road_cut", "道路中断", "Road cut off", "bool"),
    ),
    questions=say(
        "在哪条路、多少公里，往哪个方向？ | Which road, which kilometre, which way?",
        "几辆车，车上多少人，有没有卡住的？ | How many vehicles and people? Is anyone pinned?",
        "漏油、起火没有，拉的什么货？ | Fuel leak or fire? What was the load?",
    ),
    first_actions=say(
        "120、110、119 同步出动 | Ambulance, police and fire together",
        "来车方向预警，防二次事故 | Warn oncoming traffic; prevent a second crash",
        "破拆救人，逐车清点 | Free the pinned; count people vehicle by vehicle",
        "核查货物是否危化品 | Check whether the load is hazardous",
    ),
    needs_skills=("vehicle", "medical", "structural_fire"),
)
ROADS = (
    ROAD_TRAFFIC,
    under(ROAD_TRAFFIC, "crash", "碰撞", "Crash"),
    under(ROAD_TRAFFIC, "rollover", "翻车", "Rollover"),
    under(ROAD_TRAFFIC, "fall_off", "坠车", "Vehicle off a drop", ("vehicle", "rope", "mountain", "medical")),
    under(
        ROAD_TRAFFIC,
        "school_bus",
        "校车事故",
        "School bus accident",
        ("vehicle", "medical", "psych", "evac"),
        (Field("pupils", "学生人数", "Pupils", "int", "人"),),
    ),
    under(
        ROAD_TRAFFIC,
        "hazmat_vehicle",
        "危化品运输车事故",
        "Hazmat vehicle accident",
        ("hazmat", "structural_fire", "medical", "evac"),
        (Field("substance", "物质", "Substance", "text"), Field("un_number", "UN 编号", "UN number", "text")),
    ),
)

PRIMARY: tuple[Kind, ...] = (
    *CHEMICALS,
    EXPLOSIVES,
    *SITES,
    *FIRES,
    *ROADS,
)
