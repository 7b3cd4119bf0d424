"""Where an incident belongs: its home centre, and its place in words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from command.core.actions import Tx
from command.core.errors import Forbidden, Invalid
from command.core.store import spatial
from command.core.store.spatial import Point
from command.incidents.contract import OpenIncident
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.parts import Road
from command.places import register
from command.places.areas import official_at
from command.places.roadposts.queries import placed

LONGEST_TITLE = 200


def place_words(village_code: str | None) -> str | None:
    """Township and village in words."""
    village = register.village(village_code) if village_code else None
    if village is None:
        return None
    township = register.township_of(village.code)
    return f"{township.name if township else ''} {village.name}".strip()


def words_of(wish: OpenIncident) -> str | None:
    """Township, village and kilometre in words, as far as they are known."""
    said = [place_words(wish.village_code), wish.road.words() if wish.road else None]
    return " ".join(filter(None, said)) or None


def default_title(wish: OpenIncident) -> str:
    """Kind and place, where nobody gave a title."""
    return f"{KINDS[wish.kind].zh}・{words_of(wish) or wish.place_text or '位置已标'}"[:LONGEST_TITLE]


def on_road(tx: Tx, road: Road | None) -> dict[str, Any] | None:
    """Where the posts say that a road's kilometre lies: `{location, within_m, how}`."""
    return placed(tx.session, road.ref, road.km) if road is not None and road.ref is not None else None


def by_road(tx: Tx, wish: OpenIncident) -> tuple[OpenIncident, dict[str, Any] | None]:
    """An incident that only a road's kilometre places gets the point of it; with the road as the record tells it."""
    if wish.road is None:
        return wish, None
    found = on_road(tx, wish.road) if wish.location is None else None
    if found is None:
        return wish, wish.road.model_dump()
    told = wish.road.model_dump() | {"placed": {"within_m": found["within_m"], "how": found["how"]}}
    return wish.model_copy(update={"location": Point.model_validate(found["location"])}), told


def follow_road(tx: Tx, row: Incident, given: Collection[str], by_road: bool) -> None:
    """After a correction: a point that was set by hand is no longer the road's, and another kilometre has another point."""
    if "location" in given:
        row.road = row.road and {name: value for name, value in row.road.items() if name != "placed"}
    elif "road" in given and (row.location is None or by_road):
        found = on_road(tx, Road.model_validate(row.road)) if row.road else None
        row.location = spatial.stored(Point.model_validate(found["location"])) if found else None
        if found and row.road:
            row.road = row.road | {"placed": {"within_m": found["within_m"], "how": found["how"]}}


def in_words(row: Incident) -> bool:
    """Whether an incident without a point is placed at all: by a village, or by a road's kilometre."""
    return bool(row.village_code or row.road)


def check_village(village_code: str | None) -> None:
    """Refuse a village that is not in the register."""
    if village_code and register.village(village_code) is None:
        raise Invalid(f"village_code: there is no village {village_code}", zh=f"没有村（社区）{village_code}")


def home_centre(tx: Tx, wish: OpenIncident) -> tuple[str, bool, str | None]:
    """(home centre, to be confirmed?, proposed centre): stated centre > village > official area > county.
    A schematic cell only proposes; a township's own desk means its own township."""
    township = register.township_of(wish.village_code) if wish.village_code else None
    stated = wish.centre or (township.code if township else None)
    if stated is None and not tx.actor.county and len(tx.actor.centre) >= 9:
        stated = tx.actor.centre[:9]
    if stated is not None:
        if stated != tx.node and register.township(stated) is None:
            raise Invalid(f"centre: there is no centre {stated}", zh=f"没有单位 {stated}")
        if not tx.actor.covers(stated) and stated != tx.actor.centre[:9]:
            raise Forbidden("Another centre's incident: ask the county", zh="属其他单位：请报县里处理")
        return stated, False, None
    if wish.location is None and wish.village_code is None:
        raise Invalid(
            "centre: a road's kilometre alone does not say whose it is: name the township",
            zh="只有道路里程时，请指明所属乡镇（centre）或村",
        )
    if wish.location is None:  # a village of a statistical zone, without a township
        return tx.node[:6], True, None
    official = official_at(tx.session, *wish.location.coordinates)
    if official is not None:
        return official, False, None
    cell = register.cell_at(*wish.location.coordinates)
    return tx.node[:6], True, cell.code if cell else None
