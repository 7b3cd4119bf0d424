"""Small road files of our own inside the tests' county."""

from __future__ import annotations

from pathlib import Path

PLACES = {
    1: (112.86, 36.83),
    2: (112.87, 36.83),
    3: (112.88, 36.83),
    4: (112.87, 36.84),
    5: (112.88, 36.84),
}
WAYS = (
    ({"highway": "primary", "name": "省道", "ref": "S222"}, (1, 2, 3)),
    ({"highway": "residential", "oneway": "yes", "name": "单行街"}, (2, 4)),
    ({"highway": "unclassified", "name": "村路"}, (4, 5, 3)),
    ({"highway": "proposed", "name": "规划路"}, (1, 5)),
    ({"highway": "service", "access": "no"}, (1, 4)),
    ({"highway": "tertiary", "name": "出界路"}, (5, 99)),
    ({"waterway": "river"}, (1, 4)),
)
"""Three roads, and one way of each sort that is left out: planned, used by nobody, cut at the file's edge."""


def written(path: Path, shift: float = 0.0) -> Path:
    """The file at a path; its ending says its format."""
    import osmium

    with osmium.SimpleWriter(str(path)) as out:
        for number, (lon, lat) in PLACES.items():
            out.add_node(osmium.osm.mutable.Node(id=number, location=(lon + shift, lat)))
        for number, (tags, nodes) in enumerate(WAYS, 1):
            out.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=tags))
        members = [("w", 1, "from"), ("w", 3, "via"), ("w", 2, "to")]
        rule = {"type": "restriction", "restriction": "no_left_turn"}
        out.add_relation(osmium.osm.mutable.Relation(id=7, members=members, tags=rule))
    return path
