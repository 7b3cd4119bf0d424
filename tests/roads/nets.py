"""Road nets of known shape where the tests' county lies."""

from __future__ import annotations

from typing import Any

import numpy as np

from command.roads import nets
from geo.roadnet import FOOT, MOTOR, RoadNet, Way, build
from tests.county import County

BOTH = MOTOR | FOOT
WEST, SOUTH, STEP = 112.80, 36.80, 0.01


def ladder() -> RoadNet:
    """Two roads from west to east, 12 km long, with rungs between: 南路 at 36.83, 北路 at 36.85, three rungs."""
    number = np.arange(26)
    lon, lat = WEST + STEP * (number % 13), np.where(number < 13, 36.83, 36.85)
    ways = [
        Way(range(13), "secondary", 50.0, BOTH, BOTH, "南路", "X101"),
        Way(range(13, 26), "tertiary", 40.0, BOTH, BOTH, "北路"),
        *(Way((at, at + 13), "unclassified", 30.0, BOTH, BOTH, f"{at}号联络线") for at in (0, 6, 12)),
    ]
    return build(ways, lon, lat)


def in_force(cast: County, net: RoadNet | None = None, **about: Any) -> dict[str, Any]:
    """Put a net in force."""
    file = nets.keep(cast.node.data_dir, net or ladder())
    return cast.do(
        "admin", "road_net.take", {"file": file, "source": "测试路网 2026-11", "licence": "ODbL 1.0", **about}
    )
