"""Where a warning holds: division codes and shapes against this county's own areas, official where known, else schematic (示意)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from shapely import unary_union
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from command.places import register
from command.places.models import Area

LEAST = 1e-7
"""Square degrees (some 1,000 m²): areas of neighbours touch each other along their lines, which strikes nobody."""


def known(code: str) -> str | None:
    """What a division code of 6, 9 or 12 digits means here: the county, a township or a village of it; None: nothing of this county.
    The province and the city hold the county, trailing zeros say no more than the code before them."""
    if not (code.isascii() and code.isdigit() and len(code) in (6, 9, 12)):
        return None
    bare = code
    while len(bare) > 6 and bare.endswith("000"):
        bare = bare[:-3]
    county = register.COUNTY
    if bare in (county, county[:4] + "00", county[:2] + "0000"):
        return county
    found = register.place(bare)
    return bare if found is not None and register.place(found.code) and bare.startswith(county) else None


def townships(codes: Iterable[str]) -> set[str]:
    """The townships of some of our codes; the county's own code is all of them."""
    found: set[str] = set()
    for code in codes:
        if code == register.COUNTY:
            found |= {one.code for one in register.townships()}
        elif (own := register.township_of(code)) is not None:
            found.add(own.code)
    return found


def named(text: str) -> list[str]:
    """The codes of the county and its townships whose full names stand in a text."""
    places = [register.county(), *register.townships()]
    return [one.code for one in places if one.name in text]


def struck(session: Session, codes: Iterable[str], drawn: dict[str, Any] | None) -> list[str]:
    """The townships that an area meets, in the order of their codes."""
    found = townships(codes)
    if drawn is not None:
        over = shape(drawn)
        rows = session.execute(sa.select(Area).where(Area.kind == "township")).scalars()
        found |= {row.id for row in rows if over.intersection(shape(row.shape)).area > LEAST}
        if not found and over.intersection(register.outline()).area > LEAST:
            found |= townships([register.COUNTY])
    return sorted(found)


def drawing(
    areas: dict[str, Area], struck_codes: Iterable[str], drawn: dict[str, Any] | None
) -> tuple[BaseGeometry | None, str]:
    """What to draw of a warning, and by what right: `drawn` (its own shape), `official` or `schematic` (the areas of its codes)."""
    if drawn is not None:
        return shape(drawn), "drawn"
    rows = [areas[code] for code in struck_codes if code in areas]
    if not rows:
        return None, "none"
    basis = "official" if all(row.basis == "official" for row in rows) else "schematic"
    return unary_union([shape(row.shape) for row in rows]), basis


def of_townships(session: Session) -> dict[str, Area]:
    """The areas of the townships by code."""
    rows = session.execute(sa.select(Area).where(Area.kind == "township")).scalars()
    return {row.id: row for row in rows}


def name_of(code: str, lang: str = "zh") -> str:
    """A division's name."""
    found = register.place(code)
    if found is None:
        return code
    return found.en if lang == "en" else found.name
