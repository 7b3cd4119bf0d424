"""Dividing an area: all of it, nothing twice, each point in its own part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box, union_all

from geo.partition import divide

AREA = box(0, 0, 10, 10)
PLACES = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=2, max_size=12, unique=True)


@given(PLACES)
def test_the_parts_are_the_whole_and_do_not_overlap(points):
    parts = divide(AREA, [(float(x), float(y)) for x, y in points])
    assert union_all(parts).area == pytest.approx(AREA.area)
    assert sum(part.area for part in parts) == pytest.approx(AREA.area)
    assert all(part.covers(Point(p)) for part, p in zip(parts, points, strict=True))


@pytest.mark.parametrize("points", [[], [(1.0, 1.0)], [(1.0, 1.0), (1.0, 1.0)]])
def test_it_needs_two_different_points(points):
    with pytest.raises(ValueError, match="two"):
        divide(AREA, points)
