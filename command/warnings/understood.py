"""What a CAP alert says in our own words: category, level, times, place, texts. What it does not say stays unsaid (null)."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from command.incidents.kinds import KINDS
from command.warnings import ground
from command.warnings.cap import rules
from command.warnings.cap.reading import Alert, time_of
from command.warnings.words import LEVELS, SEVERITY
from geo.shapes import to_geojson
from geo.within import circle

FOREIGN_CODES = frozenset({"SAME", "UGC", "FIPS6", "EMMA_ID", "WARNCELLID", "NUTS2", "NUTS3"})
"""Lists of codes of other countries: six digits there are none of ours."""
SOURCE_OF = {
    "Met": "weather", "Geo": "land", "Fire": "forest", "Health": "health", "Env": "environment", "Security": "police",
    "Safety": "emergency", "Rescue": "emergency", "Infra": "power",
}  # fmt: skip
FARTHEST_KM = 2000
"""A circle larger than that is no area of a county's warning: it is not drawn, its words stand."""


def understood(session: Session, alert: Alert) -> dict[str, Any]:
    """The columns of a warning, as one alert says them."""
    infos: list[Alert] = alert.get("info", [])
    zh = next((one for one in infos if one.get("language", "").lower().startswith("zh")), None)
    en = next((one for one in infos if one.get("language", "en-US").lower().startswith("en")), None)
    main = zh or en or (infos[0] if infos else {})
    area = _area(infos)
    sent, effective = time_of(alert["sent"]), main.get("effective")
    begins = main.get("onset") or effective
    return {
        "identifier": alert["identifier"],
        "status": alert["status"],
        "scope": alert["scope"],
        "source": SOURCE_OF.get((main.get("category") or ["Other"])[0], "other"),
        "category": _category(main),
        "event": main.get("event", "").strip() or alert["msgType"],
        "level": _level(main),
        "start_at": time_of(begins) if begins else sent,
        "ends_at": time_of(main["expires"]) if "expires" in main else None,
        "area": area,
        "struck": ground.struck(session, area["codes"], area["shape"]),
        "texts": {"zh": _texts(zh or (None if en else main)), "en": _texts(en)},
        "issuer": main.get("senderName", "").strip() or alert["sender"],
        "issued_at": time_of(effective) if effective else sent,
    }


def _texts(info: Alert | None) -> dict[str, Any] | None:
    if not info:
        return None
    said = {
        "headline": info.get("headline"),
        "advice": info.get("description"),
        "measures": info.get("instruction"),
        "area": "、".join(one["areaDesc"].strip() for one in info.get("area", [])) or None,
    }
    return {name: (text or "").strip() or None for name, text in said.items()}


def _category(info: Alert) -> str | None:
    """The kind that the event's own words name; the longest name that fits, so that 山洪 is not taken for 洪."""
    said = f"{info.get('event', '')} {info.get('headline', '')}"
    if not said.strip():
        return None
    named = [one for one in KINDS.values() if not one.hidden and one.zh and one.zh in said]
    if named:
        return max(named, key=lambda one: len(one.zh)).code
    event = info.get("event", "").strip().lower()
    return next((one.code for one in KINDS.values() if not one.hidden and one.en.lower() == event), None)


def _level(info: Alert) -> str | None:
    """The colour that its words name, else what its severity means (our own mapping)."""
    said = f"{info.get('headline', '')} {info.get('event', '')}"
    named = [code for code, word in LEVELS.items() if word.zh in said]
    if len(named) == 1:
        return named[0]
    return next((code for code, word in SEVERITY.items() if word == info.get("severity")), None)


def _area(infos: list[Alert]) -> dict[str, Any]:
    """Codes of ours, one shape of all polygons and circles, and whether any place was named that is none of ours."""
    from shapely import unary_union
    from shapely.geometry import Polygon

    areas = [area for info in infos for area in info.get("area", [])]
    codes: set[str] = set()
    placed = False
    for area in areas:
        for pair in area.get("geocode", []):
            placed = True
            if pair["valueName"].strip().upper() not in FOREIGN_CODES:
                code = ground.known(pair["value"].strip())
                codes |= {code} if code else set()
    shapes = [Polygon(rules.ring(text)) for area in areas for text in area.get("polygon", [])]
    for area in areas:
        for text in area.get("circle", []):
            placed = True
            round_ = rules.circle(text)
            if 0 < round_.km <= FARTHEST_KM:
                shapes.append(circle(round_.lon, round_.lat, round_.km * 1000))
    if not codes and not shapes:
        codes = {code for area in areas for code in ground.named(area["areaDesc"])}
    return {
        "codes": sorted(codes),
        "shape": to_geojson(unary_union(shapes)) if shapes else None,
        "elsewhere": bool(placed or shapes) and not codes and not shapes,
    }
