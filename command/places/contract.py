"""What areas say and take."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from command.core.events import Event
from command.core.queries import Wish
from command.core.records import Record
from command.places.register import SCHEMATIC_EN, SCHEMATIC_ZH
from geo.crs import Crs

Basis = Literal["official", "open", "schematic"]
NOTES: dict[str, dict[str, str] | None] = {
    "official": None,
    "open": {"zh": "公开地图数据·非法定界线", "en": "Open map data, not a legal boundary"},
    "schematic": {"zh": SCHEMATIC_ZH, "en": SCHEMATIC_EN},
}
MOST_AREAS = 200


class AreaOut(Record):
    """An area as the map and the register show it. `basis`: official (imported), open (open map data) or schematic (a drawing
    of our own that carries no fact but the name); `anchor` is a point inside, [lon, lat]."""

    code: str
    kind: str
    name: str
    name_en: str
    parent: str | None
    basis: Basis
    note: dict[str, str] | None
    source: str
    source_crs: str
    anchor: list[float]
    shape: dict[str, Any]


class OneArea(Wish):
    """The official area of one township, in the system that the import names."""

    code: str = Field(pattern=r"^\d{9}$")
    shape: dict[str, Any]


class ImportAreas(Wish):
    """Official areas from whoever publishes them: all of them are taken, or none."""

    source: str = Field(min_length=2, max_length=200)
    crs: Crs
    areas: list[OneArea] = Field(min_length=1, max_length=MOST_AREAS)


class Imported(Wish):
    """What an import did, by division code."""

    changed: list[str]
    unchanged: list[str]


class AreaChanged(Event):
    """An area has another line, or another basis."""

    type: ClassVar[str] = "area.changed"
    kind: ClassVar[str] = "area"
    record: AreaOut

    def topics(self) -> frozenset[str]:
        return frozenset({"areas"})

    def text(self) -> dict[str, str]:
        if self.record.basis == "official":
            return {
                "zh": f"{self.record.name} 启用法定界线（{self.record.source}）",
                "en": f"{self.record.name_en}: official boundary in force ({self.record.source})",
            }
        return {
            "zh": f"{self.record.name} 恢复示意界线",
            "en": f"{self.record.name_en}: schematic boundary again",
        }
