"""The words of roads: vehicles, why a road is closed, and on what a time rests."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """One word in both languages."""

    zh: str
    en: str


VEHICLES: dict[str, Word] = {
    "car": Word("小型车", "Car"),
    "truck": Word("大型车", "Lorry"),
    "offroad": Word("越野车", "Four-wheel drive"),
    "foot": Word("步行", "On foot"),
}
CAUSES: dict[str, Word] = {
    "flood": Word("积水", "Water on the road"),
    "landslide": Word("塌方滑坡", "Landslide"),
    "collapse": Word("路基垮塌", "Road collapsed"),
    "bridge": Word("桥涵损毁", "Bridge damaged"),
    "tree": Word("倒树杂物", "Tree or debris"),
    "ice": Word("冰雪", "Ice or snow"),
    "accident": Word("交通事故", "Accident"),
    "fire": Word("火场烟区", "Fire or smoke"),
    "control": Word("交通管制", "Traffic control"),
    "works": Word("施工", "Road works"),
    "other": Word("其他", "Other"),
}
CLOSURE_STATES: dict[str, Word] = {
    "planned": Word("待生效", "Planned"),
    "closed": Word("封闭中", "Closed"),
    "lifted": Word("已解除", "Lifted"),
}
BASIS: dict[str, Word] = {
    "road": Word("路网", "Road net"),
    "sketch": Word("示意路网", "Schematic road net"),
    "straight": Word("直线估算", "Straight-line estimate"),
}
"""On what a time rests. `sketch`: a drawn net of a demo, which carries no fact."""
ROAD_CLASSES: dict[str, Word] = {
    "motorway": Word("高速公路", "Motorway"),
    "trunk": Word("国道", "Trunk road"),
    "primary": Word("省道", "Primary road"),
    "secondary": Word("县道", "Secondary road"),
    "tertiary": Word("乡道", "Tertiary road"),
    "unclassified": Word("村道", "Village road"),
    "residential": Word("街巷", "Street"),
    "living_street": Word("街巷", "Street"),
    "service": Word("便道", "Service road"),
    "track": Word("机耕路", "Track"),
    "path": Word("小路", "Path"),
}


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of roads for `GET /words`: group → code → {zh, en}."""
    tables = {
        "vehicles": VEHICLES, "closure_causes": CAUSES, "states.closure": CLOSURE_STATES, "route_basis": BASIS,
        "road_classes": ROAD_CLASSES,
    }  # fmt: skip
    return {group: {code: word._asdict() for code, word in table.items()} for group, table in tables.items()}
