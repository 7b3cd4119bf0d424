"""Accident disasters (事故灾难) of transport, equipment, lifelines, pollution, crowds, searches."""

from __future__ import annotations

from command.incidents.kinds.base import Field, Kind, say, under

TABLE = "production_safety"

RAIL_AIR_WATER = Kind(
    code="rail_air_water",
    zh="铁路/民航/水上交通事故",
    en="Rail, air or water accident",
    klass="accident",
    icon="rail",
    thresholds=TABLE,
    fields=(
        Field("carrier", "车次/航班/船名", "Train, flight or vessel", "text"),
        Field("aboard", "载客人数", "People aboard", "int", "人"),
    ),
    questions=say(
        "是火车、飞机还是船，载多少人？ | Train, aircraft or boat, and how many aboard?",
        "在什么位置，怎么能进去？ | Where exactly, and how can one get there?",
        "起火、落水、脱轨了吗？ | Fire, people in the water, or derailed?",
    ),
    first_actions=say(
        "通知铁路、民航、水上主管单位停运 | Have the authority stop traffic",
        "核载客名单，搜救失联人员 | Take the passenger list; search for the missing",
        "铁路先确认断电再上道 | On rails, go in only after the power is off",
    ),
    needs_skills=("medical", "vehicle", "water", "usar"),
)

SPECIAL_EQUIPMENT = Kind(
    code="special_equipment",
    zh="特种设备事故",
    en="Special equipment accident",
    klass="accident",
    icon="gear",
    thresholds=TABLE,
    fields=(
        Field("unit_name", "使用单位", "Operator", "text"),
        Field("inside", "被困人数", "People stuck", "int", "人"),
        Field("medium", "介质", "Contents", "text"),
    ),
    questions=say(
        "里面困了几个人，能说话吗？ | How many are stuck, and can they talk?",
        "设备停了、断电了吗？ | Is it stopped and the power off?",
        "里面装的是什么，会不会爆？ | What is inside, and can it burst?",
    ),
    first_actions=say(
        "停机断电泄压，撤离周边 | Stop, cut power, relieve pressure, clear around",
        "找维保单位和操作人员到场 | Bring the maintainer and the operator",
        "稳住被困人员，专业施救 | Keep the stuck calm; specialists free them",
    ),
    needs_skills=("structural_fire", "rope", "medical", "heavy"),
)
EQUIPMENT = (
    SPECIAL_EQUIPMENT,
    under(SPECIAL_EQUIPMENT, "boiler", "锅炉", "Boiler accident", ("structural_fire", "medical", "usar")),
    under(
        SPECIAL_EQUIPMENT,
        "pressure",
        "压力容器/管道",
        "Pressure vessel or pipe accident",
        ("hazmat", "structural_fire", "medical"),
    ),
    under(SPECIAL_EQUIPMENT, "elevator", "电梯", "Lift accident", ("structural_fire", "rope", "medical")),
    under(SPECIAL_EQUIPMENT, "crane", "起重机械", "Crane accident", ("heavy", "usar", "medical")),
)

INFRASTRUCTURE = Kind(
    code="infrastructure",
    zh="基础设施和公用设施事故",
    en="Infrastructure failure",
    klass="accident",
    icon="power",
    thresholds=TABLE,
    fields=(
        Field("households_cut", "受影响户数", "Households affected", "int", "户"),
        Field("vital_users", "影响医院学校", "Hospital or school affected", "bool"),
        Field("restore_h", "预计恢复", "Back within", "number", "h"),
    ),
    questions=say(
        "影响多大范围、多少户？ | How wide an area, how many households?",
        "医院、学校、养老院、矿井受影响吗？ | Is a hospital, school, care home or mine affected?",
        "有没有人受伤或被困？ | Is anyone hurt or stuck?",
        "主管单位知道了吗，多久能恢复？ | Does the operator know, and when will it be back?",
    ),
    first_actions=say(
        "保医院、矿井通风、供水等要害用户 | Keep hospitals, mine ventilation and water going",
        "通知主管单位抢修，要恢复时间 | Have the operator repair; get a time",
        "警戒危险区，疏导群众 | Cordon danger; guide people",
        "发布影响和恢复信息 | Tell the public what is affected and until when",
    ),
    needs_skills=("power", "comms", "heavy", "evac"),
)
LIFELINES = (
    INFRASTRUCTURE,
    under(INFRASTRUCTURE, "power", "大面积停电", "Large power cut", ("power", "comms", "medical")),
    under(
        INFRASTRUCTURE,
        "gas_city",
        "燃气",
        "Gas leak or explosion",
        ("hazmat", "structural_fire", "medical", "evac"),
        (Field("gas_closed", "气阀已关", "Gas closed off", "bool"),),
        icon="hazard",
    ),
    under(INFRASTRUCTURE, "water_supply", "供水中断", "Water supply cut", ("drainage",)),
    under(INFRASTRUCTURE, "heating", "供热中断", "Heating cut", ("power",)),
    under(INFRASTRUCTURE, "telecom", "通信中断", "Telecommunications cut", ("comms", "power")),
    under(
        INFRASTRUCTURE,
        "building_collapse",
        "建筑垮塌",
        "Building collapse",
        ("usar", "medical", "heavy", "comms"),
        (Field("inside", "里面人数", "People inside", "int", "人"),),
        icon="site",
    ),
    under(
        INFRASTRUCTURE,
        "road_block",
        "道路阻断",
        "Road blocked",
        ("heavy", "vehicle", "blasting"),
        (
            Field("road", "道路", "Road", "text"),
            Field("road_km", "桩号", "Kilometre post", "number", "km"),
            Field("one_way", "可单向通行", "One lane open", "bool"),
        ),
        icon="car",
    ),
)

ENVIRONMENT = Kind(
    code="environment",
    zh="环境污染和生态破坏事件",
    en="Pollution",
    klass="accident",
    icon="leaf",
    thresholds="environment",
    fields=(
        Field("substance", "污染物", "Pollutant", "text"),
        Field("drinking_water", "影响饮用水", "Drinking water affected", "bool"),
        Field("downstream_km", "已到下游", "Reached downstream", "number", "km"),
    ),
    questions=say(
        "是什么颜色、气味，从哪里来？ | What colour and smell, and from where?",
        "下游有没有取水口、村庄？ | Are there water intakes or villages downstream?",
        "有没有人或牲畜不舒服？ | Are people or animals unwell?",
    ),
    first_actions=say(
        "切断污染源，筑坝拦截 | Stop it at the source; dam it off",
        "停用受影响水源，通知下游 | Stop using the water; warn downstream",
        "采样监测，划定范围 | Sample and mark the area",
    ),
    needs_skills=("hazmat", "drainage", "evac", "medical"),
)
POLLUTION = (
    ENVIRONMENT,
    under(ENVIRONMENT, "water_pollution", "水污染", "Water pollution"),
    under(ENVIRONMENT, "air_pollution", "大气污染", "Air pollution", ("hazmat", "evac", "medical")),
    under(ENVIRONMENT, "soil_pollution", "土壤污染", "Soil pollution", ("hazmat", "heavy")),
    under(ENVIRONMENT, "radiation", "辐射事故", "Radiation accident", ("hazmat", "evac", "medical")),
)

AGRI_MACHINE = Kind(
    code="agri_machine",
    zh="农业机械事故",
    en="Farm machinery accident",
    klass="accident",
    icon="tractor",
    thresholds=TABLE,
    fields=(Field("pinned", "有人卡压", "Someone pinned", "bool"),),
    questions=say(
        "人被压住、卷住了吗，清醒吗？ | Is the person pinned or caught, and awake?",
        "机器熄火了吗？ | Is the engine off?",
        "地里怎么走，谁在路口接？ | How does one get there, and who waits at the turning?",
    ),
    first_actions=say(
        "熄火固定机器，不强拉 | Stop and secure the machine; do not pull",
        "120 指导止血固定 | Ambulance guides first aid",
        "派人到路口引导 | Someone waits at the turning",
    ),
    needs_skills=("vehicle", "medical"),
)
STAMPEDE = Kind(
    code="stampede",
    zh="踩踏事件",
    en="Crowd crush",
    klass="accident",
    icon="crowd",
    thresholds=TABLE,
    fields=(
        Field("crowd", "现场人数", "People there", "int", "人"),
        Field("exits", "可用出口", "Exits open", "int", "个"),
    ),
    questions=say(
        "人群散开了吗，还在挤吗？ | Has the crowd broken up, or is it still pressing?",
        "倒地的有多少，有没有呼吸？ | How many are down, and are they breathing?",
        "哪个出口能进救护车？ | Which exit can an ambulance use?",
    ),
    first_actions=say(
        "停止入场，打开全部出口单向疏散 | Stop entry; open all exits; one-way out",
        "现场检伤分类，重伤先送 | Triage on the spot; the worst first",
        "留出救护车通道 | Keep a lane for ambulances",
    ),
    needs_skills=("medical", "evac", "psych", "comms"),
)
DROWNING_MISSING = Kind(
    code="drowning_missing",
    zh="溺水/失联搜救",
    en="Drowning or missing person",
    klass="accident",
    icon="search",
    thresholds=TABLE,
    fields=(
        Field("last_seen", "最后位置", "Last seen at", "text"),
        Field("last_seen_at", "最后时间", "Last seen when", "text"),
        Field("in_water", "落水", "In the water", "bool"),
        Field("phone_on", "手机可通", "Phone reachable", "bool"),
    ),
    questions=say(
        "最后在哪里看见的，几点？ | Where was the person last seen, and when?",
        "几个人，多大年纪，穿什么？ | How many, what age, wearing what?",
        "手机打得通吗？ | Does the phone ring?",
        "水深、水流怎样，有没有人下水救？ | How deep and fast is it? Did anyone go in?",
    ),
    first_actions=say(
        "固定最后目击点，守住目击人 | Mark the place last seen; keep the witness there",
        "不盲目下水，用绳、竿、圈施救 | No blind entry: rope, pole, ring",
        "请公安定位手机、调监控 | Police locate the phone and check cameras",
        "分区搜索，记录已搜范围 | Search by sectors; record what was searched",
    ),
    needs_skills=("water", "diving", "mountain", "uav", "medical"),
)

SECONDARY: tuple[Kind, ...] = (
    RAIL_AIR_WATER,
    *EQUIPMENT,
    *LIFELINES,
    *POLLUTION,
    AGRI_MACHINE,
    STAMPEDE,
    DROWNING_MISSING,
)
