"""Kilometre posts from files: a road, a kilometre and a point in each row."""

from __future__ import annotations

import re
from typing import Any

from command.core.faults import Wrong
from command.core.importers import Column, SourceRow, importer
from command.places.naming import WRITE
from command.places.roadposts.spoken import road_and_km

_K = re.compile(r"^K?\s*(\d{1,4})(?:\.(\d{1,3})|\s*\+\s*(\d{1,3}))?\s*(?:公里|千米|KM)?$", re.IGNORECASE)


@importer(
    "road_posts",
    record="road_post",
    zh="公里桩",
    en="kilometre posts",
    needs=WRITE,
    columns=(
        Column("ref", "道路编号", "road", required=True, also=("road", "路线编号", "路线代码", "线路编号", "lxbm", "route")),
        Column("km", "桩号", "kilometre", required=True, also=("公里", "里程", "公里桩号", "桩号值", "kilometer", "zh", "distance")),
        Column("name", "路名", "road name", also=("路线名称", "道路名称", "lxmc", "road_name")),
    ),
    geometry=("Point",),
    must_have_place=True,
    key=("ref", "km"),
    make="road_post.enter",
    change="road_post.edit",
    drop="road_post.withdraw",
)  # fmt: skip
def post_of(row: SourceRow) -> dict[str, Any]:
    """A surveyed post; the kilometre is read as posts have it (`K12+300`) or as a number."""
    ref = str(row.values["ref"]).strip().upper()
    km = _K.match(str(row.values["km"]).strip())
    meant = road_and_km(f"{ref} K0")
    if meant is None:
        raise Wrong(f"{ref[:20]}: no road number (G208, S322)", f"{ref[:20]}：不是道路编号（如 G208、S322）")
    if km is None:
        raise Wrong("km: a number, or K12+300", "桩号须为数字或 K12+300")
    whole, share, rest = km.groups()
    told: dict[str, Any] = {"ref": meant[0], "km": float(f"{whole}.{share or (rest or '').zfill(3)}")}
    if "name" in row.values:
        told["name"] = str(row.values["name"])[:40]
    return told | {"location": row.geometry, "source": row.source, "source_crs": row.crs}
