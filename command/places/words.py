"""The words of places: what a named place may be."""

from __future__ import annotations

PLACE_KINDS: dict[str, dict[str, str]] = {
    code: {"zh": zh, "en": en}
    for code, zh, en in (
        ("village", "村庄", "village"),
        ("hamlet", "自然村", "hamlet"),
        ("community", "社区", "community"),
        ("mine", "矿山", "mine"),
        ("tailings", "尾矿库", "tailings pond"),
        ("reservoir", "水库", "reservoir"),
        ("dam", "淤地坝", "check dam"),
        ("school", "学校", "school"),
        ("hospital", "医院", "hospital"),
        ("care_home", "养老机构", "care home"),
        ("government", "机关驻地", "government office"),
        ("enterprise", "企业", "enterprise"),
        ("chemical", "危化品单位", "hazardous chemicals site"),
        ("station", "车站", "station"),
        ("bridge", "桥梁", "bridge"),
        ("tunnel", "隧道", "tunnel"),
        ("scenic", "景区", "scenic area"),
        ("market", "集市商场", "market"),
        ("temple", "宗教场所", "temple"),
        ("heritage", "文物点", "heritage site"),
        ("power", "电力设施", "power facility"),
        ("water_works", "供水设施", "water works"),
        ("landmark", "地标", "landmark"),
        ("other", "其他地点", "other place"),
    )
}

IMPACT_ROLES = {
    kind: role
    for role, kinds in {
        "people": ("village", "hamlet", "community"),
        "care": ("school", "hospital", "care_home", "market", "scenic", "temple"),
        "danger": ("mine", "tailings", "reservoir", "dam", "chemical"),
        "lifeline": ("station", "bridge", "tunnel", "power", "water_works"),
    }.items()
    for kind in kinds
}
"""What a place is to an incident near by; of other kinds an impact does not tell."""
WHOLE_VILLAGES = frozenset({"village", "community"})
"""Where people are counted as a village; the count of a hamlet is a part of its village's."""


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """For the list of words: kinds of places."""
    return {"place_kinds": PLACE_KINDS}
