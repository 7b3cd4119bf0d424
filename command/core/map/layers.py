"""Layers: what has a place on the map. A slice declares one function that yields features; lists over HTTP, tiles, OGC API,
the panel of the map and its legend follow. A layer shows what the lists show: to whom, and in which world."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeVar

import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry

from command.core.access import Actor, among
from command.core.errors import NotFound
from command.core.map.joining import Part, part
from command.core.queries import View
from command.core.records import AnyRecord, RecordType
from command.core.store import spatial

Box = tuple[float, float, float, float]
Sort = Literal["text", "integer", "number", "boolean", "time"]
Geometry = Literal["point", "line", "polygon", "mixed"]
BATCH, MANY = 1000, 10_000
"""Rows that are read at a time; more where they are only columns: who may see what is found out anew for each page."""


def values(words: Mapping[str, Any]) -> tuple[Value, ...]:
    """The closed list of a column from a slice's table of words: code → what has `zh` and `en`."""
    return tuple(Value(code, word.zh, word.en) for code, word in words.items())


class Value(NamedTuple):
    """One value that a column may have, as people say it."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Column:
    """One property of a layer's features. `values`: the closed list of what it may say, for the legend and the filter."""

    name: str
    kind: Sort
    zh: str
    en: str
    values: tuple[Value, ...] = ()
    in_tiles: bool = True


@dataclass(frozen=True)
class Style:
    """How a layer is drawn, in roles of the screens' tokens; colours of levels belong to the columns called `level`.
    `sign`: the sign of a point. `label`: the column that is written beside. `by`: the column whose value tells signs apart.
    `stale`: values of `by` that are drawn grey and hollow: what is there and does not work. `on`: shown before anybody chose.
    `cluster`: many points near each other become a count."""

    sign: Literal["dot", "ring", "square", "diamond", "triangle", "hexagon", "cross"] = "dot"
    tone: Literal["ink", "ink-2", "act", "water", "line", "attention"] = "ink"
    line: Literal["solid", "dash", "dots"] = "solid"
    fill: bool = False
    label: str | None = None
    by: str | None = None
    stale: tuple[str, ...] = ()
    group: Literal["live", "force", "danger", "place", "ground"] = "place"
    on: bool = False
    min_zoom: float = 0
    cluster: bool = True


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing at its place: WGS-84, plain values by the names of the columns; `at`: when it was, where that has a meaning."""

    id: str
    geometry: BaseGeometry
    properties: Mapping[str, Any]
    at: datetime | None = None


@dataclass(frozen=True)
class LayerWish:
    """Which features are wanted. A layer's function may use any of it to ask the database for less; what it does not use is
    applied afterwards all the same, but that the features must come in the order of their ids, each id once."""

    bbox: Box | None = None
    limit: int | None = None
    after: str | None = None
    during: tuple[datetime | None, datetime | None] | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    ids: frozenset[str] | None = None


Features = Callable[[View, LayerWish], Iterable[Feature]]


@dataclass(frozen=True)
class Layer:
    """A declared layer. `of`: the kind of record whose entries change the one feature of the same id, and whose `visible` alone
    decides who sees it: all who see a thing see it alike. Entries of other kinds that begin with `refreshed_by` may change any.
    `register`: it shows master data only, the same in every world. `fleeting`: it also shows what no entry tells, such as
    positions. `impact`: what its things are to an incident near by."""

    name: str
    zh: str
    en: str
    says: str
    needs: str | None
    geometry: Geometry
    of: str | None
    refreshed_by: tuple[str, ...]
    columns: tuple[Column, ...]
    style: Style
    run: Features
    fleeting: bool = False
    impact: Part | None = None
    register: bool = False

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((one for one in self.columns if one.name == name), None)

    def features(self, view: View, wish: LayerWish) -> Iterator[Feature]:
        """The features that this actor may see and that are wanted, in the order of their ids."""
        view.actor.need(self.needs)
        left = wish.limit
        if left == 0:
            return
        for one in self.run(view, wish):
            if not _wanted(self, one, wish):
                continue
            yield one
            if left is not None:
                left -= 1
                if not left:
                    return

    def find(self, view: View, thing: str) -> Feature:
        """The feature of that id, else NotFound: the same for what does not exist (RULES 13)."""
        if "\x00" in thing:
            raise NotFound()
        found = next(self.features(view, LayerWish(ids=frozenset({thing}), limit=1)), None)
        if found is None:
            raise NotFound()
        return found


LAYERS: dict[str, Layer] = {}
L_ = TypeVar("L_", bound=Features)


def layer(
    name: str,
    *,
    zh: str,
    en: str,
    needs: str | None,
    geometry: Geometry,
    refreshed_by: tuple[str, ...],
    columns: tuple[Column, ...],
    of: str | None = None,
    register: bool = False,
    fleeting: bool = False,
    impact: Part | str | None = None,
    style: Style = Style(),  # a value that nobody can change
) -> Callable[[L_], L_]:
    """Register a layer. `refreshed_by`: how the names of the events begin that change what it shows; `impact`: one word
    (`joining.ROLES`) where all its things are one to an incident, else a `Part`."""

    def bind(run: L_) -> L_:
        if name in LAYERS:
            raise TypeError(f"two layers are called {name}")
        joins = _checked(name, style, columns, impact)
        says = (run.__doc__ or zh).strip().splitlines()[0]
        LAYERS[name] = Layer(
            name, zh, en, says, needs, geometry, of, refreshed_by, columns, style, run, fleeting, joins, register
        )  # fmt: skip
        return run

    return bind


def _checked(name: str, style: Style, columns: tuple[Column, ...], impact: Part | str | None) -> Part | None:
    """The layer's part in an impact; TypeError where its declaration names what it does not have."""
    named = {one.name for one in columns}
    if (style.label or style.by) and not {style.label, style.by} - {None} <= named:
        raise TypeError(f"layer {name}: its style names a column that it does not have")
    if named & RESERVED:
        raise TypeError(f"layer {name}: {', '.join(named & RESERVED)} means something else in an address")
    return part(name, impact, named)


RESERVED = frozenset(
    {"id", "limit", "after", "offset", "bbox", "datetime", "lang", "f", "crs", "geometry", "count"}
)
"""No column is called like this: in an address, or in a tile, it is something else."""


def find_layer(name: str) -> Layer:
    """The layer of that name, else NotFound."""
    if name not in LAYERS:
        raise NotFound()
    return LAYERS[name]


def layers_of(actor: Actor) -> list[Layer]:
    """The layers that an actor's role may see, in the order of registration."""
    return [one for one in LAYERS.values() if one.needs is None or actor.may(one.needs)]


def in_words(value: Any) -> str:
    """A value as a filter in an address says it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wanted(layer: Layer, one: Feature, wish: LayerWish) -> bool:
    if wish.after is not None and one.id <= wish.after:
        return False
    if wish.ids is not None and one.id not in wish.ids:
        return False
    if wish.during is not None and not _at(one.at, wish.during):
        return False
    if not has(one, wish.filters):
        return False
    return wish.bbox is None or _meets(one.geometry, wish.bbox)


def has(one: Feature, filters: Mapping[str, str]) -> bool:
    """Whether each column named has one of the values that stand there with commas between."""
    return all(in_words(one.properties.get(name)) in text.split(",") for name, text in filters.items())


def _at(at: datetime | None, during: tuple[datetime | None, datetime | None]) -> bool:
    since, until = during
    return at is not None and (since is None or at >= since) and (until is None or at <= until)


def _meets(geometry: BaseGeometry, box: Box) -> bool:
    """Whether a geometry and a box have a point in common; a box whose west is east of its east spans the date line."""
    from shapely import box as rectangle

    west, south, east, north = box
    if west <= east:
        return bool(geometry.intersects(rectangle(west, south, east, north)))
    return _meets(geometry, (west, south, 180, north)) or _meets(geometry, (-180, south, east, north))


M_ = TypeVar("M_")


def rows(
    view: View, kind: RecordType[M_, Any], wish: LayerWish, *criteria: sa.ColumnElement[bool]
) -> Iterator[M_]:
    """The rows of a record that the actor may see and that may be wanted, in the order of their ids, some at a time."""
    model: Any = kind.model
    for some in _pages(view, kind, wish, sa.select(model), criteria):
        yield from (one for (one,) in some)
        view.session.expunge_all()  # a layer of a hundred thousand things is read, not kept


def columns_of(
    view: View, kind: AnyRecord, wish: LayerWish, names: Iterable[str], *criteria: sa.ColumnElement[bool]
) -> Iterator[Any]:
    """The same rows with only some of their columns, by name, and their `id`: for layers of very many things, several times as fast."""
    chosen = [getattr(kind.model, name) for name in ("id", *names)]
    for some in _pages(view, kind, wish, sa.select(*chosen), criteria, MANY):
        yield from some


def _pages(
    view: View,
    kind: AnyRecord,
    wish: LayerWish,
    query: sa.Select[Any],
    criteria: Iterable[sa.ColumnElement[bool]],
    most: int = BATCH,
) -> Iterator[Sequence[Any]]:
    model: Any = kind.model
    with among(model.id, wish.ids):
        asked = [kind.visible(view.actor), *criteria]
    if wish.ids is not None:
        asked.append(model.id.in_(wish.ids))
    if wish.bbox is not None and kind.place is not None and wish.bbox[0] <= wish.bbox[2]:
        asked.append(spatial.in_box(kind.place, *wish.bbox))
    after = wish.after
    size = most if wish.limit is None else min(most, wish.limit + 1)
    page = query.where(*asked).order_by(model.id).limit(size)
    while True:
        some = view.session.execute(page if after is None else page.where(model.id > after)).all()
        if some:
            first = some[-1][0]
            after = getattr(first, "id", first)
        yield some
        if len(some) < size:
            return
