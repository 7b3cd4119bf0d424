"""Drawing by hand on the map of an incident: points, lines, areas and words that all who see the incident see at once, teams on
their phones included. Nothing is lost: what was put away can be brought back, so every step can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal

import sqlalchemy as sa
from pydantic import Field, model_validator
from shapely.geometry import shape as shape_of
from sqlalchemy.orm import Session

from command.core.access import Actor, heard_by
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.events import Event
from command.core.faults import Wrong
from command.core.map.layers import Column, Feature, LayerWish, Style, Value, layer, rows
from command.core.queries import Nothing, View, Wish
from command.core.records import Criterion, Record, RecordType, Time, public, record
from command.incidents.actions import itself
from command.incidents.models import Drawing, Incident
from command.incidents.queries import incident_row, is_party, parties
from geo.shapes import BadShape, from_geojson, to_geojson

DRAW = "incident.report"
"""Who may say what they saw may also draw it."""
SORTS: dict[str, tuple[str, str, str]] = {
    "point": ("Point", "点", "point"),
    "line": ("LineString", "线", "line"),
    "polygon": ("Polygon", "面", "area"),
    "text": ("Point", "文字", "words"),
}
MOST_POINTS, MOST_DRAWINGS = 2000, 200
Kind = Literal["point", "line", "polygon", "text"]


class DrawingOut(Record):
    """A drawing. `by` is a post or a name as the timeline has it."""

    incident_id: str
    kind: Kind
    shape: dict[str, Any]
    text: str | None
    by: str
    by_id: str
    at: Time


class AddDrawing(Wish):
    """A shape in WGS-84 degrees, and words beside it; words alone need both."""

    kind: Kind
    shape: dict[str, Any]
    text: str | None = Field(None, min_length=1, max_length=120)

    @model_validator(mode="after")
    def _worded(self) -> AddDrawing:
        if self.kind == "text" and not self.text:
            raise Wrong("text: what to write", "请写明文字")
        return self


class ChangeDrawing(Wish):
    """Another shape, other words; what is absent stays."""

    shape: dict[str, Any] | None = None
    text: str | None = Field(None, min_length=1, max_length=120)


class DrawingEvent(Event):
    """Heard by all who see the incident, its teams included."""

    kind: ClassVar[str] = "drawing"
    verb: ClassVar[tuple[str, str]]
    record: DrawingOut

    def topics(self) -> frozenset[str]:
        return self.parties | {f"incident:{self.record.incident_id}"}

    def text(self) -> dict[str, str]:
        _, zh, en = SORTS[self.record.kind]
        words = self.record.text
        return {
            "zh": f"{self.verb[0]}：{zh}" + (f"（{words}）" if words else ""),
            "en": f"{self.verb[1]}: {en}" + (f" ({words})" if words else ""),
        }


class DrawingAdded(DrawingEvent):
    type: ClassVar[str] = "drawing.added"
    verb = ("地图标绘", "Drawn on the map")


class DrawingChanged(DrawingEvent):
    type: ClassVar[str] = "drawing.changed"
    verb = ("改动标绘", "Drawing changed")


class DrawingRemoved(DrawingEvent):
    type: ClassVar[str] = "drawing.removed"
    verb = ("擦去标绘", "Drawing wiped off")


class DrawingRestored(DrawingEvent):
    type: ClassVar[str] = "drawing.restored"
    verb = ("恢复标绘", "Drawing brought back")


def _show(session: Session, found: Sequence[Drawing]) -> list[DrawingOut]:
    return [public(DrawingOut, row) for row in found]


def _visible(actor: Actor) -> Criterion:
    return sa.true() if actor.system else heard_by("incident", Drawing.incident_id, actor.parties)


def _in_topic(topic: str) -> Criterion | None:
    if topic.startswith("incident:"):
        return sa.and_(Drawing.live, Drawing.incident_id == topic.removeprefix("incident:"))
    if not is_party(topic):
        return None
    live = sa.select(Incident.id).where(Incident.live, heard_by("incident", Incident.id, [topic]))
    return sa.and_(Drawing.live, Drawing.incident_id.in_(live))


DRAWINGS = record(
    RecordType(
        "drawing",
        Drawing,
        DrawingOut,
        _show,
        visible=_visible,
        in_topic=_in_topic,
        path="drawings",
        needs="incident.read",
        order=(Drawing.id,),
        filters={
            "incident_id": lambda v: Drawing.incident_id == v,
            "live": lambda v: Drawing.live == (v in ("true", "1")),
        },
        children_of="incident",
    )
)


@action("drawing.add", wish=AddDrawing, needs=DRAW, target="incident", http="POST /incidents/{id}/drawings", status=201,
        output=DrawingOut)  # fmt: skip
def add_drawing(tx: Tx, row: Incident, wish: AddDrawing) -> DrawingOut:
    """Draw on the map of an incident."""
    itself(row)
    count = sa.select(sa.func.count()).where(Drawing.incident_id == row.id, Drawing.live.is_(True))
    if tx.session.execute(count).scalar_one() >= MOST_DRAWINGS:
        raise Conflict(
            f"There are {MOST_DRAWINGS} drawings here: wipe some off first",
            zh=f"本事件已有 {MOST_DRAWINGS} 个标绘，请先擦去一些",
        )
    made = Drawing(
        incident_id=row.id, kind=wish.kind, shape=_checked(wish.kind, wish.shape), text=wish.text,
        by=tx.actor.name, by_id=tx.actor.id, at=tx.at, live=True,
    )  # fmt: skip
    return _say(tx, DrawingAdded, tx.add(made))


@action("drawing.change", wish=ChangeDrawing, needs=DRAW, target="drawing", http="PATCH /drawings/{id}", output=DrawingOut,
        version="required")  # fmt: skip
def change_drawing(tx: Tx, row: Drawing, wish: ChangeDrawing) -> DrawingOut:
    """Move a drawing, or write other words beside it."""
    _own(tx, row)
    if not row.live:
        raise Conflict("It was wiped off: bring it back first", zh="它已被擦去：请先恢复")
    if wish.shape is not None:
        row.shape = _checked(row.kind, wish.shape)
    if wish.text is not None:
        row.text = wish.text
    tx.touch(row)
    return _say(tx, DrawingChanged, row)


@action(
    "drawing.remove",
    wish=Nothing,
    needs=DRAW,
    target="drawing",
    http="POST /drawings/{id}/remove",
    output=DrawingOut,
)
def remove_drawing(tx: Tx, row: Drawing, wish: Nothing) -> DrawingOut:
    """Wipe a drawing off the map; it can be brought back."""
    return _put(tx, row, live=False)


@action(
    "drawing.restore",
    wish=Nothing,
    needs=DRAW,
    target="drawing",
    http="POST /drawings/{id}/restore",
    output=DrawingOut,
)
def restore_drawing(tx: Tx, row: Drawing, wish: Nothing) -> DrawingOut:
    """Bring back what was wiped off."""
    return _put(tx, row, live=True)


def _put(tx: Tx, row: Drawing, *, live: bool) -> DrawingOut:
    _own(tx, row)
    if row.live is live:
        return tx.show(DRAWINGS, row)
    row.live = live
    tx.touch(row)
    return _say(tx, DrawingRestored if live else DrawingRemoved, row)


def _own(tx: Tx, row: Drawing) -> None:
    """Refuse unless it is the actor's own drawing, or the incident the actor's own business."""
    incident = incident_row(tx.session, row.incident_id)
    itself(incident)
    if row.by_id != tx.actor.id and not tx.actor.covers(incident.centre):
        raise Forbidden(
            "Only who drew it, the incident's home centre and the county may change it",
            zh="只有标绘人、属地单位和县里可以改动",
        )


def _say(tx: Tx, event: type[DrawingEvent], row: Drawing) -> DrawingOut:
    shown = tx.show(DRAWINGS, row)
    incident = incident_row(tx.session, row.incident_id)
    heard = parties(tx.session, row.incident_id) if incident.live else frozenset()
    tx.say(event(record=shown, parties=heard))
    return shown


def _checked(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """A shape that can be drawn, or Invalid with what is wrong with it."""
    try:
        return to_geojson(from_geojson(given, (SORTS[kind][0],), MOST_POINTS))
    except BadShape as error:
        raise Invalid(error.en, zh=error.zh) from None


@layer(
    "drawings",
    zh="标绘",
    en="Drawings",
    needs="incident.read",
    geometry="mixed",
    of="drawing",
    refreshed_by=("drawing.", "incident."),
    columns=(
        Column("kind", "text", "种类", "Kind", tuple(Value(code, zh, en) for code, (_, zh, en) in SORTS.items())),
        Column("text", "text", "文字", "Words"),
        Column("incident_id", "text", "事件", "Incident"),
        Column("by", "text", "标绘人", "By"),
        Column("at", "time", "时间", "At"),
    ),
    style=Style("cross", tone="attention", label="text", by="kind", group="live", on=True, fill=True, cluster=False),
)  # fmt: skip
def drawings(view: View, wish: LayerWish) -> Iterator[Feature]:
    """What was drawn by hand on the incidents in the lists."""
    live = sa.select(Incident.id).where(Incident.live)
    for row in rows(view, DRAWINGS, wish, Drawing.live.is_(True), Drawing.incident_id.in_(live)):
        told = {name: getattr(row, name) for name in ("kind", "text", "incident_id", "by", "at")}
        yield Feature(row.id, shape_of(row.shape), told, row.at)
