"""Where a hazard belongs: the township on whose ground it lies, whoever found it."""

from __future__ import annotations

from command.core.actions import Tx
from command.core.errors import Invalid
from command.core.store.spatial import Point
from command.hazards.kinds import ITEMS, TYPES
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


def default_title(kind: str, item: str | None, where: str | None) -> str:
    """Form and place, where nobody gave a title."""
    what = ITEMS[kind][item].zh if item else TYPES[kind].zh
    return f"{what}・{where or '位置已标'}"[:LONGEST_TITLE]


def check_village(village_code: str | None) -> None:
    """Refuse a village that is not in the register."""
    if village_code and register.village(village_code) is None:
        raise Invalid(f"village_code: there is no village {village_code}", zh=f"没有村（社区）{village_code}")


def home_centre(
    tx: Tx, location: Point | None, village_code: str | None, stated: str | None
) -> tuple[str, bool, str | None]:
    """(home centre, to be confirmed?, proposed centre): stated > village > official area > the finder's own township > county.

    A neighbour's danger may be reported by anybody who sees it: it goes to those on whose ground it is."""
    township = register.township_of(village_code) if village_code else None
    stated = stated or (township.code if township else None)
    if stated is not None:
        if stated != tx.node[:6] and register.township(stated) is None:
            raise Invalid(f"centre: there is no township {stated}", zh=f"没有乡镇 {stated}")
        return stated, False, None
    if location is not None:
        official = official_at(tx.session, *location.coordinates)
        if official is not None:
            return official, False, None
    if not tx.actor.county and register.township(tx.actor.centre[:9]) is not None:
        return tx.actor.centre[:9], False, None
    cell = register.cell_at(*location.coordinates) if location is not None else None
    return tx.node[:6], True, cell.code if cell else None
