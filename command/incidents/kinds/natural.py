"""Natural disasters (自然灾害): water, weather, earthquakes, slopes, wildfires, pests."""

from __future__ import annotations

from command.incidents.kinds.base import Field, Kind, say, under

ROAD_CUT = Field("road_cut", "道路中断", "Road cut off", "bool")
POWER_CUT = Field("power_cut", "停电", "Power cut", "bool")
SIGNAL_LOST = Field("signal_lost", "通信中断", "Telephone cut off", "bool")
HOUSES = Field("houses_damaged", "受损房屋", "Houses damaged", "int", "间")
HOUSEHOLDS = Field("households", "受威胁户数", "Households threatened", "int", "户")

FLOOD_DROUGHT = Kind(
    code="flood_drought",
    zh="水旱灾害",
    en="Flood and drought",
    klass="natural",
    icon="flood",
    fields=(
        Field("water_depth_m", "水深", "Water depth", "number", "m"),
        Field(
            "rising",
            "水势",
            "Water",
            "choice",
            choices=(
                ("rising", "上涨", "rising"),
                ("steady", "平稳", "steady"),
                ("falling", "回落", "falling"),
            ),
        ),
        HOUSEHOLDS,
        HOUSES,
        ROAD_CUT,
        POWER_CUT,
        SIGNAL_LOST,
    ),
    questions=say(
        "现在有没有人被水围住、联系不上？ | Is anyone surrounded by water or out of contact?",
        "水还在涨吗？到膝盖、腰还是房顶？ | Is the water still rising? To the knee, the waist or the roof?",
        "沟道、河边还有几户没撤？ | How many households by the gully or river have not left?",
        "路、电、电话通不通？ | Are the road, power and telephone working?",
    ),
    first_actions=say(
        "通知沟道、河岸住户立即向高处转移 | Move households by gullies and banks to higher ground at once",
        "核清失联、被困人数和位置 | Settle how many are missing or trapped, and where",
        "封控漫水路桥和低洼路段 | Close flooded bridges, fords and low roads",
        "查看上游水库、淤地坝和雨情 | Check reservoirs, check dams and rain upstream",
        "低洼处断电，备好安置点 | Cut power in low places and prepare a shelter",
    ),
    needs_skills=("water", "drainage", "dyke", "evac", "medical"),
)
FLOODS = (
    FLOOD_DROUGHT,
    under(FLOOD_DROUGHT, "flood", "洪水", "Flood", ("water", "dyke", "evac", "medical", "drainage")),
    under(FLOOD_DROUGHT, "flash_flood", "山洪", "Flash flood", ("water", "medical", "usar", "comms", "evac")),
    under(FLOOD_DROUGHT, "waterlogging", "内涝", "Waterlogging", ("drainage", "water", "evac", "power")),
    under(
        FLOOD_DROUGHT,
        "dam_risk",
        "水库/淤地坝险情",
        "Reservoir or check dam at risk",
        ("dyke", "heavy", "evac", "water"),
        (
            Field("freeboard_m", "距坝顶", "Below the crest", "number", "m"),
            Field("downstream_people", "下游人口", "People downstream", "int", "人"),
        ),
    ),
    under(
        FLOOD_DROUGHT,
        "dyke_risk",
        "堤防险情",
        "Dyke at risk",
        ("dyke", "heavy", "evac", "water"),
        (Field("breach_m", "险段长度", "Length at risk", "number", "m"),),
    ),
    under(
        FLOOD_DROUGHT,
        "drought",
        "干旱",
        "Drought",
        ("drainage",),
        (Field("people_short_of_water", "饮水困难", "Short of drinking water", "int", "人"),),
    ),
)

METEOROLOGICAL = Kind(
    code="meteorological",
    zh="气象灾害",
    en="Severe weather",
    klass="natural",
    icon="storm",
    fields=(
        HOUSES,
        ROAD_CUT,
        POWER_CUT,
        SIGNAL_LOST,
        Field("stranded", "滞留人员", "People stranded", "int", "人"),
    ),
    questions=say(
        "有没有人受伤、被埋或被困？ | Is anyone hurt, buried or stranded?",
        "房屋、大棚、牲畜损失怎样？ | What of houses, greenhouses and livestock?",
        "路和电通不通？ | Are the road and the power working?",
    ),
    first_actions=say(
        "叫应受影响村，清点在外人员 | Call the villages affected and count who is outdoors",
        "转移危房住户和工棚人员 | Move people out of unsafe houses and work sheds",
        "管控受影响道路，疏导滞留车辆 | Control the roads affected and help stranded vehicles",
        "抢修电力和通信 | Restore power and telephone",
    ),
    needs_skills=("evac", "power", "heavy", "medical", "comms"),
)
WEATHER = (
    METEOROLOGICAL,
    under(METEOROLOGICAL, "rainstorm", "暴雨", "Rainstorm", ("water", "drainage", "evac", "medical")),
    under(METEOROLOGICAL, "snowstorm", "暴雪", "Snowstorm", ("heavy", "evac", "medical", "power")),
    under(METEOROLOGICAL, "cold_wave", "寒潮", "Cold wave", ("medical", "evac", "power")),
    under(METEOROLOGICAL, "gale", "大风", "Gale"),
    under(METEOROLOGICAL, "dust", "沙尘暴", "Dust storm", ("evac", "medical")),
    under(METEOROLOGICAL, "heat", "高温", "Heat", ("medical", "power")),
    under(METEOROLOGICAL, "thunder", "雷电", "Lightning", ("medical", "power", "structural_fire")),
    under(METEOROLOGICAL, "hail", "冰雹", "Hail", ("medical", "evac")),
    under(METEOROLOGICAL, "frost", "霜冻", "Frost", ()),
    under(METEOROLOGICAL, "fog", "大雾", "Fog", ("vehicle", "medical")),
    under(METEOROLOGICAL, "haze", "霾", "Haze", ("medical",)),
    under(METEOROLOGICAL, "icing", "道路结冰", "Icy roads", ("heavy", "vehicle", "medical")),
)

EARTHQUAKE = Kind(
    code="earthquake",
    zh="地震灾害",
    en="Earthquake",
    klass="natural",
    icon="quake",
    thresholds="earthquake",
    fields=(
        HOUSES,
        Field("houses_collapsed", "倒塌房屋", "Houses collapsed", "int", "间"),
        ROAD_CUT,
        POWER_CUT,
        SIGNAL_LOST,
    ),
    questions=say(
        "有没有房子倒了？压着人没有？ | Has any house come down? Is anyone under it?",
        "人都出来了吗？ | Is everyone out?",
        "有没有山体滑坡、水库、煤矿异常？ | Any landslide, or trouble at a reservoir or mine?",
        "路、电、电话通不通？ | Are the road, power and telephone working?",
    ),
    first_actions=say(
        "逐乡镇、逐村点名报平安 | Call the roll of every township and village",
        "先救压埋人员，就近自救互救 | Rescue the buried first, with those nearest",
        "查水库、煤矿、学校、医院、危化点 | Check reservoirs, mines, schools, hospitals, chemical sites",
        "开放避难场所，防余震 | Open shelters and beware of aftershocks",
    ),
    needs_skills=("usar", "medical", "heavy", "comms", "evac"),
)
QUAKES = (EARTHQUAKE, under(EARTHQUAKE, "quake", "地震", "Earth tremor"))

GEOLOGICAL = Kind(
    code="geological",
    zh="地质灾害",
    en="Geological disaster",
    klass="natural",
    icon="slope",
    thresholds="geological",
    fields=(
        Field("volume_m3", "方量", "Volume", "number", "m³"),
        HOUSEHOLDS,
        HOUSES,
        ROAD_CUT,
        Field("still_moving", "仍在活动", "Still moving", "bool"),
        Field("river_blocked", "堵塞河道", "River blocked", "bool"),
    ),
    questions=say(
        "有没有人、房子或车被埋？ | Are any people, houses or vehicles buried?",
        "山体还在动吗？有没有新裂缝？ | Is the slope still moving? Any new cracks?",
        "上下方还有多少户？撤了没有？ | How many households above and below? Have they left?",
        "路和河道堵了没有？ | Is the road or the river blocked?",
    ),
    first_actions=say(
        "撤出危险区全部人员，拉警戒 | Clear everyone from the danger area and cordon it off",
        "设专人观察坡体，定撤离信号 | Post a lookout and agree the signal to leave",
        "核清被埋、失联人数和位置 | Settle how many are buried or missing, and where",
        "封闭上下方道路，查堵河和断电 | Close roads above and below; check river and power lines",
    ),
    needs_skills=("usar", "heavy", "medical", "uav", "evac"),
)
SLOPES = (
    GEOLOGICAL,
    under(GEOLOGICAL, "landslide", "滑坡", "Landslide"),
    under(GEOLOGICAL, "collapse", "崩塌", "Rockfall", ("usar", "heavy", "rope", "medical", "uav")),
    under(GEOLOGICAL, "debris_flow", "泥石流", "Debris flow", ("usar", "heavy", "water", "medical", "evac")),
    under(GEOLOGICAL, "subsidence", "地面塌陷", "Ground collapse", ("usar", "rope", "heavy", "evac")),
    under(GEOLOGICAL, "fissure", "地裂缝", "Ground fissure", ("evac", "uav")),
    under(GEOLOGICAL, "settlement", "地面沉降", "Ground settlement", ("evac",)),
)

WILDFIRE = Kind(
    code="wildfire",
    zh="森林草原火灾",
    en="Forest or grassland fire",
    klass="natural",
    icon="wildfire",
    thresholds="forest_fire",
    fields=(
        Field("wind", "风力", "Wind force", "int", "级"),
        Field("fire_line_m", "火线长度", "Fire line", "number", "m"),
        Field(
            "spread",
            "蔓延方向",
            "Spreading towards",
            "choice",
            choices=(
                ("n", "北", "north"),
                ("ne", "东北", "north-east"),
                ("e", "东", "east"),
                ("se", "东南", "south-east"),
                ("s", "南", "south"),
                ("sw", "西南", "south-west"),
                ("w", "西", "west"),
                ("nw", "西北", "north-west"),
            ),
        ),
        HOUSEHOLDS,
        Field("open_flame_out", "明火已灭", "Open flame out", "bool"),
    ),
    questions=say(
        "火离村子、人和油气站有多远？ | How far is the fire from houses, people and fuel?",
        "风往哪边刮，大不大？ | Which way is the wind, and how strong?",
        "有没有人在山上没下来？ | Is anyone still on the hill?",
        "谁在现场，有多少人在打火？ | Who is there, and how many are fighting it?",
    ),
    first_actions=say(
        "撤离下风向村庄和山上人员 | Clear villages downwind and people on the hill",
        "先开安全避险区和撤离路，再打火 | Prepare an escape route and safe ground before fighting it",
        "专业队上，不动员老幼妇参加扑火 | Send trained teams; never the old, the young or the untrained",
        "查风向、地形、水源，派无人机侦察 | Check wind, slope and water; send a drone",
        "通报林草部门，看守余火 | Tell the forestry department; guard the embers",
    ),
    needs_skills=("forest_fire", "uav", "evac", "comms", "medical"),
)
WILDFIRES = (
    WILDFIRE,
    under(WILDFIRE, "forest_fire", "森林火灾", "Forest fire"),
    under(WILDFIRE, "grassland_fire", "草原火灾", "Grassland fire"),
)

BIOLOGICAL = Kind(
    code="biological",
    zh="生物灾害",
    en="Pest disaster",
    klass="natural",
    icon="pest",
    fields=(
        Field("species", "种类", "Species", "text"),
        Field("area_mu", "受害面积", "Area affected", "number", "亩"),
    ),
    questions=say(
        "什么虫、什么病，什么时候发现的？ | Which pest or disease, and when was it found?",
        "有多大面积，还在扩散吗？ | How large an area, and is it spreading?",
    ),
    first_actions=say(
        "请农业、林草技术员到场鉴定 | Have agricultural or forestry staff identify it",
        "划定疫区，限制苗木运出 | Mark the area; stop plants leaving it",
        "组织统一防治，注意用药安全 | Treat it together, with safe use of chemicals",
    ),
    needs_skills=("uav", "epidemic"),
)
PESTS = (
    BIOLOGICAL,
    under(BIOLOGICAL, "crop_pest", "农作物病虫害", "Crop pest or disease"),
    under(BIOLOGICAL, "forest_pest", "林业有害生物", "Forest pest"),
)

MARINE = Kind(
    code="marine",
    zh="海洋灾害",
    en="Marine disaster",
    klass="natural",
    icon="wave",
    hidden=True,
    questions=say("有没有人在海上或岸边遇险？ | Is anyone in danger at sea or on the shore?"),
    first_actions=say(
        "通知岸边人员撤离 | Clear people from the shore",
        "核清海上人员船只 | Settle who is at sea",
        "报上级海洋部门 | Report to the marine authority above",
    ),
    needs_skills=("water", "evac"),
)

NATURAL: tuple[Kind, ...] = (*FLOODS, *WEATHER, *QUAKES, *SLOPES, *WILDFIRES, *PESTS, MARINE)
