"""Putting official areas in the place of the schematic ones, and taking them back."""

from __future__ import annotations

import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry

from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict
from command.places import areas, register
from command.places.contract import AreaChanged, AreaLine, AreaOut, ImportAreas, Imported
from command.places.models import Area
from command.places.queries import AREAS
from geo.crs import Crs

WRITE = permission("area.write", "import official areas, and take them back")


@action("areas.import", wish=ImportAreas, needs=WRITE, http="POST /areas/import", output=Imported)
def import_areas(tx: Tx, wish: ImportAreas) -> Imported:
    """Take official areas in the place of those in force; what is the same already stays untouched."""
    _not_in_a_drill(tx)
    given = {one.code: areas.checked(one.code, one.shape, wish.crs) for one in wish.areas}
    rows = {row.id: row for row in tx.session.execute(sa.select(Area).with_for_update()).scalars()}
    kept = [row for row in rows.values() if row.basis == "official" and row.id not in given]
    areas.refuse_overlaps(areas.parse_rows(kept) | given)
    changed = [code for code in sorted(given) if _take(tx, rows[code], given[code], wish)]
    return Imported(changed=changed, unchanged=sorted(set(given) - set(changed)))


def _take(tx: Tx, row: Area, area: BaseGeometry, wish: ImportAreas) -> bool:
    new = areas.geojson(area)
    if (row.basis, row.source, row.shape) == ("official", wish.source, new):
        return False
    inside = area.representative_point()
    row.basis, row.source, row.source_crs = "official", wish.source, wish.crs.value
    row.shape, row.anchor = new, [round(inside.x, 6), round(inside.y, 6)]
    _changed(tx, row)
    return True


@action("area.withdraw", needs=WRITE, target="area", http="POST /areas/{id}/withdraw", output=AreaOut)
def withdraw(tx: Tx, row: Area, wish: object) -> AreaOut:
    """Take an official area back: the schematic cell stands again, and says so."""
    _not_in_a_drill(tx)
    cell = register.cell(row.id)
    if row.basis != "official" or cell is None:
        raise Conflict("There is no imported area to take back", zh="该区划没有导入的法定界线")
    row.basis, row.source, row.source_crs = "schematic", areas.OWN_SOURCE, Crs.WGS84.value
    row.shape, row.anchor = areas.geojson(cell.area), list(cell.anchor)
    return _changed(tx, row)


@action("area.line", wish=AreaLine, target="area", inner=True, output=AreaOut)
def set_line(tx: Tx, row: Area, wish: AreaLine) -> AreaOut:
    """Give an area the line that an import brought, or put back what stood before it."""
    if wish.basis == "schematic":
        return withdraw(tx, row, wish)
    area = areas.checked(row.id, wish.shape, Crs.WGS84)
    inside = area.representative_point()
    row.basis, row.source, row.source_crs = "official", wish.source, wish.source_crs.value
    row.shape, row.anchor = areas.geojson(area), [round(inside.x, 6), round(inside.y, 6)]
    return _changed(tx, row)


def refuse_overlaps(tx: Tx) -> None:
    """After the areas of an import: none of those in force may lie over another."""
    rows = tx.session.execute(sa.select(Area).where(Area.basis == "official")).scalars()
    areas.refuse_overlaps(areas.parse_rows(rows))


def _changed(tx: Tx, row: Area) -> AreaOut:
    tx.touch(row)
    shown = tx.show(AREAS, row)
    tx.say(AreaChanged(record=shown))
    return shown


def _not_in_a_drill(tx: Tx) -> None:
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
