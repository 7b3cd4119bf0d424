"""Cameras from files. Addresses of streams are not among the columns: a file lies about, and an address may hold a password."""

from __future__ import annotations

from typing import Any

from command.core.faults import Wrong
from command.core.importers import Column, SourceRow, importer
from command.places import register
from command.places.cameras.queries import WRITE
from command.places.register import township_named


@importer(
    "cameras",
    record="camera",
    zh="摄像头",
    en="cameras",
    needs=WRITE,
    columns=(
        Column("name", "名称", "name", required=True, also=("摄像头名称", "设备名称", "点位名称", "SBMC", "title")),
        Column("centre", "所属单位", "centre", also=("乡镇", "所属", "所属乡镇", "单位代码", "township")),
        Column("village_code", "村代码", "village code", also=("village", "行政区划代码")),
        Column("place_text", "地点", "place", also=("地址", "安装地址", "位置", "address", "AZDZ")),
        Column("facing", "朝向", "facing", sort="whole", also=("方位角", "朝向（度）", "direction", "azimuth")),
        Column("owner", "管理单位", "run by", also=("建设单位", "权属单位", "GLDW", "owner")),
    ),
    geometry=("Point",),
    key=("name", "centre"),
    make="camera.add",
    change="camera.edit",
    drop="camera.retire",
)  # fmt: skip
def camera_of(row: SourceRow) -> dict[str, Any]:
    """A camera as the register takes it."""
    told = {
        name: row.values[name]
        for name in ("name", "village_code", "place_text", "facing", "owner")
        if name in row.values
    }
    if "centre" in row.values:
        told["centre"] = _centre(row.values["centre"])
    if "facing" in told:
        told["facing"] = told["facing"] % 360
    village = told.get("village_code")
    if village is not None and register.village(village) is None:
        raise Wrong(f"there is no village {village[:12]}", f"没有村（社区）{village[:12]}")
    if row.geometry is not None:
        told["location"] = row.geometry
    elif village is None:
        raise Wrong("neither a point nor a village's code", "既没有坐标，也没有村代码")
    return told | {"source": row.source, "source_crs": row.crs}


def _centre(said: str) -> str:
    """A centre by its code (a department's too), or a township or the county by its name."""
    if said in (register.county().name, register.county().code):
        return register.county().code
    return said if "-" in said else township_named(said)
