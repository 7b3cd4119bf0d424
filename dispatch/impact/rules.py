"""The table of dominoes: what may follow from what, each with its reason. A rule warns; it judges nothing. Its distance is this
system's own, from which on it draws attention; no law's safety distance."""

from __future__ import annotations

from typing import NamedTuple

Say = dict[str, str]


class Domino(NamedTuple):
    """One rule: an incident of one of these kinds (or a kind under them), or a thing of the natures `beside` that lies inside;
    something of the natures `near` within so many metres of it; what may follow, and why."""

    code: str
    near: frozenset[str]
    within_m: int
    zh: str
    why_zh: str
    en: str
    why_en: str
    kinds: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()

    @property
    def say(self) -> Say:
        """What may follow."""
        return {"zh": self.zh, "en": self.en}

    @property
    def why(self) -> Say:
        """Why."""
        return {"zh": self.why_zh, "en": self.why_en}


BASIS: Say = {
    "zh": "提示距离为本系统约定，不是法定安全距离；没有高程数据，上下游、风向须人工判断",
    "en": "Distances are this system's own, no legal safety distance; heights are not known: people judge upstream, downstream and wind",
}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FIRE = _set("wildfire fire hc_fire hc_explosion explosives gas_city mine_fire dust_explosion")
WATER = _set("flood_drought rainstorm dam_risk dyke_risk tailings nc_water")
SLIDE = _set("geological")
QUAKE = _set("earthquake")
CHEMICAL = _set("hazchem hazmat_vehicle gas_city radiation")
CROWDS = _set("school hospital care_home market")

RULES: tuple[Domino, ...] = (
    Domino("fire-chemical", _set("chemical"), 1000, kinds=FIRE,
           zh="火势可能引燃、引爆危化品", why_zh="热辐射和飞火可使储罐、管线失效，形成连锁火灾爆炸",
           en="Fire may ignite dangerous chemicals",
           why_en="Heat and sparks can break tanks and pipes: one fire becomes several"),
    Domino("fire-power", _set("power"), 500, kinds=FIRE,
           zh="火场附近有带电设施", why_zh="带电扑救有触电危险，设施受损会停电",
           en="Live power beside the fire",
           why_en="Water on live parts kills; damage cuts the supply"),
    Domino("fire-people", _set("school hospital care_home"), 3000, kinds=FIRE,
           zh="烟气影响行动不便人员", why_zh="学校、医院、养老机构转移慢，须提早组织",
           en="Smoke reaches people who cannot move by themselves",
           why_en="Schools, hospitals and care homes take long to move: begin early"),
    Domino("water-tailings", _set("tailings"), 5000, kinds=WATER,
           zh="尾矿库可能漫顶、溃坝", why_zh="强降雨和来水抬高库水位，浸润线升高使坝体失稳",
           en="A tailings pond may overtop or break",
           why_en="Rain and inflow raise the pond and soak its dam"),
    Domino("water-reservoir", _set("reservoir dam"), 10000, kinds=WATER,
           zh="水库、淤地坝可能漫坝，下游受淹", why_zh="入库流量大于泄流能力时漫坝，淤地坝多无泄洪设施",
           en="A reservoir or check dam may overtop: those below are in danger",
           why_en="Inflow beyond what the outlet carries overtops a dam; most check dams have no spillway"),
    Domino("water-mine", _set("mine"), 2000, kinds=WATER,
           zh="洪水可能灌入矿井", why_zh="洪水可经井口、塌陷坑、封闭不良的旧井口灌入，须撤出井下人员",
           en="Water may pour into a mine",
           why_en="It enters by shafts, sinkholes and badly closed old shafts: bring people up"),
    Domino("water-chemical", _set("chemical"), 2000, kinds=WATER,
           zh="危化品可能被淹、遇水反应或流入河道", why_zh="储罐上浮、包装破损，遇水放热或产生有毒气体",
           en="Dangerous chemicals may be flooded, react with water or reach the river",
           why_en="Tanks float, packages break; some react with water and give off poison"),
    Domino("slide-water", _set("reservoir dam tailings"), 2000, kinds=SLIDE,
           zh="滑入库区可能涌浪，堵河可能成坝", why_zh="涌浪可越坝，堰塞体溃决会造成下游洪水",
           en="A slide into the water makes a wave; one across a river dams it",
           why_en="Waves overtop dams; a slide dam that breaks floods those below"),
    Domino("slide-road", _set("bridge tunnel station"), 1000, kinds=SLIDE,
           zh="道路、桥隧可能中断", why_zh="塌方和泥石流掩埋路基、冲毁桥墩，救援绕行",
           en="Road, bridge or tunnel may be cut",
           why_en="Debris buries roads and takes bridges: help must go round"),
    Domino("quake-dam", _set("reservoir dam tailings"), 30000, kinds=QUAKE,
           zh="坝体可能受损", why_zh="震动使坝体开裂、液化、渗漏，须逐座查看",
           en="Dams may be damaged",
           why_en="Shaking cracks and liquefies dams: each has to be looked at"),
    Domino("quake-site", _set("mine chemical power"), 30000, kinds=QUAKE,
           zh="井下、储罐、供电可能受损", why_zh="冒顶、瓦斯涌出、管线断裂、停电停风",
           en="Mines, tanks and power may be damaged",
           why_en="Roofs fall, gas comes out, pipes break, ventilation stops"),
    Domino("mine-water", _set("reservoir dam tailings"), 3000, kinds=_set("coal_mine noncoal_mine"),
           zh="矿山邻近库坝：可能透水，采动可能影响坝体", why_zh="库水与采空区连通会突水，地表移动变形影响坝基",
           en="A mine beside a dam: water may break in, mining may move the dam",
           why_en="Water finds worked-out seams; the ground above them moves"),
    Domino("chemical-people", CROWDS, 3000, kinds=CHEMICAL,
           zh="有毒有害气体影响人员密集场所", why_zh="扩散方向随风，须先测风、测浓度，再定转移或就地避险",
           en="Poisonous gas reaches places full of people",
           why_en="It goes with the wind: measure wind and gas, then move people or keep them in"),
    Domino("chemical-water", _set("reservoir water_works"), 5000, kinds=CHEMICAL | _set("hc_fire water_pollution"),
           zh="污染可能进入水源", why_zh="泄漏物和消防废水沿沟渠入河入库，须先堵截",
           en="Pollution may reach drinking water",
           why_en="The spill and the water used on it run to rivers: dam them off first"),
    Domino("tailings-water", _set("water_works"), 20000, kinds=_set("tailings"),
           zh="尾砂可能污染水源", why_zh="泄漏尾砂沿河道下泄，须通知下游取水口",
           en="Tailings may reach drinking water",
           why_en="They run down the river: warn the intakes below"),
    Domino("power-hospital", _set("hospital care_home"), 20000, kinds=_set("power"),
           zh="医院、养老机构停电", why_zh="手术、呼吸机、冷藏依赖供电，须核应急电源时长",
           en="Hospital or care home without power",
           why_en="Operations, ventilators and cold stores need it: ask how long their own supply lasts"),
    Domino("power-mine", _set("mine"), 20000, kinds=_set("power"),
           zh="矿井停电停风，瓦斯积聚、排水停止", why_zh="主通风机、主排水泵停运，须撤人并核双回路电源",
           en="A mine without power: no ventilation, no pumping",
           why_en="Main fans and pumps stop: bring people up, ask for the second feed"),
    Domino("power-water", _set("water_works"), 20000, kinds=_set("power"),
           zh="供水可能中断", why_zh="泵站停电",
           en="Water may be cut off",
           why_en="Pumps stop"),
    Domino("site-mine-water", _set("reservoir dam tailings"), 1000, beside=_set("mine"),
           zh="矿山邻近库坝", why_zh="库水与采空区连通会突水，采动会影响坝基",
           en="A mine beside a dam",
           why_en="Water finds worked-out seams; mining moves the dam's ground"),
    Domino("site-chemical-people", CROWDS, 500, beside=_set("chemical"),
           zh="危化品单位邻近人员密集场所", why_zh="一旦泄漏，转移时间短",
           en="Dangerous chemicals beside places full of people",
           why_en="Should it leak, there is little time"),
    Domino("site-chemical-chemical", _set("chemical"), 500, beside=_set("chemical"),
           zh="危化品单位相邻，可能连锁", why_zh="一处起火爆炸可波及相邻储罐",
           en="Dangerous chemicals side by side",
           why_en="One fire or blast reaches the next tanks"),
    Domino("site-dam-people", _set("village community hamlet"), 1000, beside=_set("reservoir dam tailings"),
           zh="库坝近旁有村庄", why_zh="险情时转移时间短；是否在下游须人工判断",
           en="A village close to a dam",
           why_en="Little time to move; whether it lies below, people must judge"),
)  # fmt: skip
