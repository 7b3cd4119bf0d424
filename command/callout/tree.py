"""The call tree: who is woken in which centre, by the posts of the register, and to whom it climbs.

The county works its own people and the heads of the townships; a township its villages and the 包保人 of each. Whoever is named for
calling (值班) calls and is not called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.callout.rules import CALLERS, KEEPERS
from command.centres.models import Centre
from command.places import register

Post = dict[str, Any]
LEVEL_OF = {"county": "county", "township": "township", "village": "village"}


def townships_of(areas: Iterable[str]) -> dict[str, set[str] | None]:
    """Township → its villages that are named, or None for all of them."""
    found: dict[str, set[str] | None] = {}
    for code in areas:
        if code == register.COUNTY:
            return {one.code: None for one in register.townships()}
        if len(code) == 9:
            found[code] = None
        elif found.get(code[:9], set()) is not None:
            named = found.setdefault(code[:9], set())
            assert named is not None
            named.add(code)
    return found


def posts_to_list(areas: Sequence[str], county: str | None) -> dict[str, list[str]]:
    """List (by its centre) → the centres whose posts are on it, in their order. `county`: the county works a list too."""
    towns = townships_of(areas)
    lists: dict[str, list[str]] = {county: [county, *sorted(towns)]} if county else {}
    for town, some in sorted(towns.items()):
        villages = [one.code for one in register.villages(town) if some is None or one.code in some]
        lists[town] = villages
    return lists


def called(session: Session, centre: Centre) -> list[tuple[str, Post]]:
    """The posts of a centre that are woken, each with its level, who answers for all before the 包保人."""
    skipped, keepers = tuple(CALLERS(session, centre.id[:9])), tuple(KEEPERS(session, centre.id[:9]))
    level = LEVEL_OF.get(centre.kind, "village")
    found = [
        ("keeper" if level == "village" and one["title"].startswith(keepers) else level, one)
        for one in centre.posts
        if not one["title"].startswith(skipped)
    ]
    return sorted(found, key=lambda one: one[0] == "keeper")


def superior_of(session: Session, centre: Centre, level: str) -> dict[str, Any] | None:
    """To whom it climbs: from a 包保人 to the head of the village, from there to the township's, from there to the county's."""
    if level == "county":
        return None
    above = centre if level == "keeper" else session.get(Centre, centre.parent or "")
    while above is not None:
        head = next(
            (one for own, one in called(session, above) if own != "keeper"),
            None,
        )
        if head is not None:
            return {
                "code": above.id, "place": above.name, "post_id": head["id"], "post": head["title"],
                "holder": head.get("holder"), "lines": public_lines(head),
            }  # fmt: skip
        above = session.get(Centre, above.parent or "")
    return None


def public_lines(post: Post) -> list[dict[str, Any]]:
    """The lines of a post as a record may tell them."""
    return [
        {name: one[name] for name in ("id", "kind", "number", "private")} for one in post.get("lines", ())
    ]


def centres_of(session: Session, codes: Sequence[str]) -> list[Centre]:
    """Centres by their codes, in that order."""
    rows = {row.id: row for row in session.execute(sa.select(Centre).where(Centre.id.in_(codes))).scalars()}
    return [rows[code] for code in codes if code in rows]
