"""What imports take and say."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from command.core.events import Event
from command.core.faults import Wrong
from command.core.importers import IMPORTERS
from command.core.queries import Wish
from command.core.records import Record, Time
from geo.crs import Crs

TOPIC = "imports"
MOST_ROWS = 1_000_000
MOST_AT_ONCE = 200
"""Rows of one part: its transaction must not keep an order waiting."""
State = Literal["open", "done", "undoing", "undone"]
STATES = {
    "open": {"zh": "导入中", "en": "running"},
    "done": {"zh": "已完成", "en": "done"},
    "undoing": {"zh": "撤销中", "en": "being taken back"},
    "undone": {"zh": "已撤销", "en": "taken back"},
}


def name_of(layer: str) -> dict[str, str]:
    """What a layer is called; a layer whose importer is gone keeps its code."""
    found = IMPORTERS.get(layer)
    return {"zh": found.zh, "en": found.en} if found else {"zh": layer, "en": layer}


class GivenRow(Wish):
    """A row as a file had it: its number there, its id in its source, its fields, its geometry in the file's own system."""

    number: int = Field(ge=0, le=2**31 - 1)
    id: str | None = Field(None, max_length=200)
    fields: dict[str, Any] = Field(default_factory=dict, max_length=500)
    geometry: dict[str, Any] | None = None


class Manner(Wish):
    """How rows are to be read: which layer they are for, who published them, their coordinates, which field is which column."""

    layer: str = Field(max_length=32)
    source: str = Field(min_length=1, max_length=200)
    crs: Crs
    columns: dict[str, str] = Field(default_factory=dict, max_length=100)

    @field_validator("layer")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in IMPORTERS:
            known = ", ".join(sorted(IMPORTERS))
            raise Wrong(f"nothing of that name is imported: one of {known}", f"没有这类导入，可为 {known}")
        return value


class OpenImport(Manner):
    """The beginning of a run: the file's name, the SHA-256 of its bytes, how many rows it has."""

    file: str = Field(min_length=1, max_length=200)
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    total: int = Field(ge=1, le=MOST_ROWS)


class Part(Wish):
    """Rows of one part: given here, or of a file that was brought up before."""

    rows: list[GivenRow] | None = Field(None, min_length=1, max_length=MOST_AT_ONCE)
    upload: str | None = Field(None, pattern=r"^[0-9a-f-]{36}$")
    part: int = Field(ge=0, le=MOST_ROWS)


class TakePart(Part):
    """The next part of a run."""


class TryPart(Manner, Part):
    """A part to be looked at: what would become of its rows."""


class RowOutcome(Wish):
    """What became of a row. `said` tells why it was refused, or what is to be looked at."""

    number: int
    source_id: str
    did: Literal["made", "changed", "same", "refused"]
    thing: str | None = None
    said: dict[str, str] | None = None


class Tried(Wish):
    """What would become of rows."""

    items: list[RowOutcome]


class ImportRunOut(Record):
    """A run as the keepers see it."""

    layer: str
    source: str
    crs: str
    file: str
    digest: str
    columns: dict[str, Any]
    by: str
    by_name: str
    state: State
    total: int
    made: int
    changed: int
    same: int
    refused: int
    flagged: int
    taken: int
    left: int
    ended_at: Time | None


class ImportPartOut(Record):
    """What became of each row of one part."""

    run: str
    number: int
    rows: list[Any]
    undone: bool


class ImportEvent(Event):
    """Heard by those who keep the registers."""

    kind: ClassVar[str] = "import_run"
    record: ImportRunOut

    def topics(self) -> frozenset[str]:
        return frozenset({TOPIC})

    def text(self) -> dict[str, str]:
        one = self.record
        name, state = name_of(one.layer), STATES[one.state]
        count = one.made + one.changed + one.same + one.refused
        zh = f"{count}/{one.total}，新增 {one.made}，更新 {one.changed}，未收 {one.refused}"
        en = f"{count}/{one.total}, {one.made} new, {one.changed} changed, {one.refused} refused"
        return {
            "zh": f"导入{name['zh']}（{one.source}）{state['zh']}：{zh}",
            "en": f"Import of {name['en']} ({one.source}) {state['en']}: {en}",
        }


class ImportBegun(ImportEvent):
    type: ClassVar[str] = "import.begun"


class ImportMoved(ImportEvent):
    type: ClassVar[str] = "import.moved"


class ImportUndone(ImportEvent):
    type: ClassVar[str] = "import.undone"


class ImportPartTold(Event):
    """What became of the rows of a part; kept so that an import can be taken back after a rebuild too. No screen hears it."""

    type: ClassVar[str] = "import.part"
    kind: ClassVar[str] = "import_part"
    record: ImportPartOut

    def topics(self) -> frozenset[str]:
        return frozenset()

    def text(self) -> dict[str, str]:
        return {"zh": f"第 {self.record.number + 1} 批", "en": f"part {self.record.number + 1}"}
