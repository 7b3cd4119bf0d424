"""Entering, correcting and withdrawing named places."""

from __future__ import annotations

from typing import Any

from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Invalid
from command.core.store import spatial
from command.places import register
from command.places.areas import official_at
from command.places.contract import (
    CreatePlace,
    EditPlace,
    PlaceCreated,
    PlaceEdited,
    PlaceOut,
    PlaceWithdrawn,
)
from command.places.models import NamedPlace
from command.places.queries import PLACES
from command.places.spelling import spelled
from geo.crs import Crs

WRITE = permission("place.write", "enter, correct and withdraw named places")
BY_HAND = "人工登记"
MAY_BE_EMPTY = ("centre", "village_code", "note", "population", "population_on", "population_source")


@action("place.create", wish=CreatePlace, needs=WRITE, http="POST /named-places", status=201, output=PlaceOut)
def create_place(tx: Tx, wish: CreatePlace) -> PlaceOut:
    """Enter a named place; the township follows from official boundaries where they are known."""
    _not_in_a_drill(tx)
    row = NamedPlace(
        kind=wish.kind, name=wish.name, aliases=wish.aliases or [], pinyin=spelled(wish.name),
        centre=_township(tx, wish), village_code=_village(wish), location=spatial.stored(wish.location), note=wish.note,
        source=wish.source or BY_HAND, source_crs=(wish.source_crs or Crs.WGS84).value, live=True,
        population=wish.population, population_on=wish.population_on, population_source=_counted_by(wish, wish.source or BY_HAND),
    )  # fmt: skip
    tx.add(row)
    return _said(tx, row, PlaceCreated)


@action(
    "place.edit", wish=EditPlace, needs=WRITE, target="place", http="PATCH /named-places/{id}", output=PlaceOut,
    version="required",
)  # fmt: skip
def edit_place(tx: Tx, row: NamedPlace, wish: EditPlace) -> PlaceOut:
    """Correct a named place."""
    _not_in_a_drill(tx)
    _township(tx, wish)
    _village(wish)
    for name in wish.model_fields_set:
        setattr(row, name, _value(wish, name))
    if "population" in wish.model_fields_set and wish.population_source is None:
        row.population_source = _counted_by(wish, row.source)
    if wish.name is not None:
        row.pinyin = spelled(wish.name)
    tx.touch(row)
    tx.session.refresh(row)
    return _said(tx, row, PlaceEdited)


@action(
    "place.withdraw", needs=WRITE, target="place", http="POST /named-places/{id}/withdraw", output=PlaceOut
)
def withdraw_place(tx: Tx, row: NamedPlace, wish: object) -> PlaceOut:
    """Take a named place off the register."""
    _not_in_a_drill(tx)
    row.live = False
    tx.touch(row)
    return _said(tx, row, PlaceWithdrawn)


def _value(wish: EditPlace, name: str) -> Any:
    value = getattr(wish, name)
    if name == "location":
        return spatial.stored(value)
    if value is None and name not in MAY_BE_EMPTY:
        raise Invalid(f"{name}: cannot be taken away", zh=f"{name} 不能清空")
    return value.value if isinstance(value, Crs) else value


def _counted_by(wish: CreatePlace | EditPlace, source: str) -> str | None:
    """Who counted the people: as it is said, else whoever told of the place; nobody where there is no count."""
    return None if wish.population is None else wish.population_source or source


def _township(tx: Tx, wish: CreatePlace | EditPlace) -> str | None:
    if wish.centre is not None:
        if register.township(wish.centre) is None:
            raise Invalid(f"centre: there is no township {wish.centre}", zh=f"没有乡镇 {wish.centre}")
        return wish.centre
    return official_at(tx.session, *wish.location.coordinates) if wish.location is not None else None


def _village(wish: CreatePlace | EditPlace) -> str | None:
    if wish.village_code is not None and register.village(wish.village_code) is None:
        raise Invalid(
            f"village_code: there is no village {wish.village_code}", zh=f"没有村 {wish.village_code}"
        )
    return wish.village_code


def _said(tx: Tx, row: NamedPlace, event: Any) -> PlaceOut:
    shown = tx.show(PLACES, row)
    tx.say(event(record=shown))
    return shown


def _not_in_a_drill(tx: Tx) -> None:
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
