"""Official areas as a county's natural resources bureau would hand them over: invented squares, each inside its township."""

from __future__ import annotations

from typing import Any

from command.places import register

SOURCE = "县自然资源局 2026（测试）"


def square(code: str, half: float = 0.01) -> dict[str, Any]:
    """A square around the anchor of a township, in degrees."""
    cell = register.cell(code)
    assert cell is not None
    (x, y), h = cell.anchor, half
    ring = [[x - h, y - h], [x + h, y - h], [x + h, y + h], [x - h, y + h], [x - h, y - h]]
    return {"type": "Polygon", "coordinates": [ring]}


def official(*codes: str, half: float = 0.01) -> dict[str, Any]:
    """The input of `areas.import` for these townships."""
    areas = [{"code": code, "shape": square(code, half)} for code in codes]
    return {"source": SOURCE, "crs": "wgs84", "areas": areas}
