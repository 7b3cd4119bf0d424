"""Roads and what is closed of them as layers of the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shapely import LineString, box
from shapely.geometry import shape

from command.core.map.joining import Part
from command.core.map.layers import Column, Feature, LayerWish, Style, layer, rows, values
from command.core.queries import View
from command.roads.queries import CLOSURES, READ
from command.roads.ways import ways
from command.roads.words import CAUSES, CLOSURE_STATES, ROAD_CLASSES
from geo.roadnet import CLASSES


@layer(
    "closures",
    zh="封路",
    en="Closed roads",
    needs=READ,
    geometry="mixed",
    of="closure",
    refreshed_by=("closure.",),
    columns=(
        Column("cause", "text", "原因", "Cause", values(CAUSES)),
        Column("reason", "text", "说明", "Reason"),
        Column("state", "text", "状态", "State", values(CLOSURE_STATES)),
        Column("one_way", "boolean", "单向放行", "One way open"),
        Column("bars", "text", "禁行", "Stops"),
        Column("centre", "text", "单位", "Centre"),
        Column("begins_at", "time", "生效", "From"),
        Column("ends_at", "time", "解除", "Until"),
    ),
    style=Style(
        sign="cross",
        tone="attention",
        line="dash",
        fill=True,
        by="cause",
        group="danger",
        cluster=False,
    ),
    impact=Part("closure", name="reason", by="cause", facts=("state", "bars", "begins_at", "ends_at")),
)
def closures(view: View, wish: LayerWish) -> Iterator[Feature]:
    """What is closed now, or will be: where, why, for whom, until when."""
    for row in rows(view, CLOSURES, wish, CLOSURES.model.live.is_(True)):
        told = {
            name: getattr(row, name)
            for name in ("cause", "reason", "state", "one_way", "centre", "begins_at", "ends_at")
        }
        yield Feature(row.id, shape(row.shape), told | {"bars": ",".join(row.bars)}, row.begins_at)


@layer(
    "roads",
    zh="道路",
    en="Roads",
    needs=READ,
    geometry="line",
    refreshed_by=("road_net.",),
    columns=(
        Column("name", "text", "名称", "Name"),
        Column("ref", "text", "编号", "Number"),
        Column("class", "text", "等级", "Class", values(ROAD_CLASSES)),
        Column("note", "text", "说明", "Note"),
    ),
    style=Style(tone="line", label="name", by="class", group="ground", min_zoom=9, cluster=False),
)
def roads(view: View, wish: LayerWish) -> Iterator[Feature]:
    """The roads of the net in force; a drawn one says 示意 on every road."""
    found = ways(view.session, view.directory)
    if found is None:
        return
    ground = found.ground()
    net = ground.net
    chosen: Iterable[int] = range(len(net))
    if wish.bbox is not None and wish.bbox[0] <= wish.bbox[2]:
        chosen = sorted(ground.tree.query(ground.plane.flat(box(*wish.bbox))).tolist())
    note = "示意" if found.net.synthetic else None
    for stretch in chosen:
        name, ref = net.labels[int(net.label[stretch])]
        told = {
            "name": name or None,
            "ref": ref or None,
            "class": CLASSES[int(net.road_class[stretch])],
            "note": note,
        }
        yield Feature(f"{stretch:08d}", LineString(net.line(stretch)), told)
