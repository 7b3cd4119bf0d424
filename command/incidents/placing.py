"""Where an incident belongs: its home centre, and its place in words."""

from __future__ import annotations

from command.core.actions import Tx
from command.core.errors import Forbidden, Invalid
from command.incidents.contract import OpenIncident
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.places import register
from command.places.areas import official_at

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
