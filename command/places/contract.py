"""What areas say and take."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Wish
from command.core.records import Record
from command.core.store.spatial import Point
from command.places.register import SCHEMATIC_EN, SCHEMATIC_ZH
from command.places.words import PLACE_KINDS
from geo.crs import Crs

Basis = Literal["official", "open", "schematic"]
NOTES: dict[str, dict[str, str] | None] = {
    "official": None,
    "open": {"zh": "公开地图数据·非法定界线", "en": "Open map data, not a legal boundary"},
    "schematic": {"zh": SCHEMATIC_ZH, "en": SCHEMATIC_EN},
}
MOST_AREAS = 200
MOST_PEOPLE = 2_000_000
DAY = r"^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
"""A day, a month or a year, as precise as a register of people says it."""


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


class AreaLine(Wish):
    """The line of one area as an import brings it, in WGS-84; `schematic` puts the cell of our own back."""

    shape: dict[str, Any]
    basis: Literal["official", "schematic"] = "official"
    source: str = Field(min_length=1, max_length=200)
    source_crs: Crs


class PlaceBody(Wish):
    """What may be said of a named place."""

    kind: str | None = Field(None, max_length=24)
    name: str | None = Field(None, min_length=1, max_length=80)
    aliases: list[str] | None = Field(None, max_length=20)
    centre: str | None = Field(None, pattern=r"^\d{9}$")
    village_code: str | None = Field(None, pattern=r"^\d{12}$")
    location: Point | None = None
    note: str | None = Field(None, max_length=500)
    source: str | None = Field(None, min_length=1, max_length=200)
    source_crs: Crs | None = None
    population: int | None = Field(None, ge=0, le=MOST_PEOPLE)
    population_on: str | None = Field(None, pattern=DAY)
    population_source: str | None = Field(None, min_length=1, max_length=200)

    @field_validator("kind")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        if value is not None and value not in PLACE_KINDS:
            raise Wrong(f"one of {', '.join(PLACE_KINDS)}", f"没有地点类别 {value[:40]}")
        return value

    @field_validator("aliases")
    @classmethod
    def _short(cls, value: list[str] | None) -> list[str] | None:
        if any(not 1 <= len(one) <= 80 for one in value or ()):
            raise Wrong("1 to 80 characters each", "每个别名 1–80 字")
        return value


class CreatePlace(PlaceBody):
    """A place that people name."""

    kind: str = Field(max_length=24)
    name: str = Field(min_length=1, max_length=80)


class EditPlace(PlaceBody):
    """Corrections; what is absent stays."""


class PlaceOut(Record):
    """A named place. `centre` is the township it lies in, null where that is not known; `source` and `source_crs` say where its
    point comes from, and in which system it was given. `population`: a count of those who live there, of whom and when; never names."""

    kind: str
    name: str
    aliases: list[str]
    pinyin: str
    centre: str | None
    village_code: str | None
    location: dict[str, Any] | None
    note: str | None
    source: str
    source_crs: str
    population: int | None
    population_on: str | None
    population_source: str | None


class PlaceEvent(Event):
    """Heard on a topic of its own: the register is long, and only those who look at it need it."""

    kind: ClassVar[str] = "place"
    record: PlaceOut

    def topics(self) -> frozenset[str]:
        return frozenset({"places"})

    def _told(self, zh: str, en: str) -> dict[str, str]:
        kind = PLACE_KINDS[self.record.kind]
        return {
            "zh": f"{kind['zh']} {self.record.name}：{zh}",
            "en": f"{kind['en']} {self.record.name}: {en}",
        }


class PlaceCreated(PlaceEvent):
    type: ClassVar[str] = "place.created"

    def text(self) -> dict[str, str]:
        return self._told("登记", "entered")


class PlaceEdited(PlaceEvent):
    type: ClassVar[str] = "place.edited"

    def text(self) -> dict[str, str]:
        return self._told("更新", "changed")


class PlaceWithdrawn(PlaceEvent):
    type: ClassVar[str] = "place.withdrawn"

    def text(self) -> dict[str, str]:
        return self._told("移出登记", "taken off the register")
