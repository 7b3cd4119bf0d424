"""Areas with holes cut into areas without: the same ground, nothing of the holes, nothing twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.ops import unary_union

from geo.holes import cut_open

holes = st.lists(
    st.tuples(st.integers(1, 17), st.integers(1, 17), st.integers(1, 4), st.integers(1, 4)), max_size=5
)


@given(holes)
def test_it_covers_the_same_ground_once(given_holes: list[tuple[int, int, int, int]]) -> None:
    cut = unary_union(
        [
            box(112 + x / 100, 36 + y / 100, 112 + (x + w) / 100, 36 + (y + h) / 100)
            for x, y, w, h in given_holes
        ]
    )
    area = box(112, 36, 112.25, 36.25).difference(cut)
    assert isinstance(area, Polygon)
    parts = cut_open(area)
    assert all(part.is_valid and not part.interiors for part in parts)
    assert abs(sum(part.area for part in parts) - area.area) < 1e-9
    assert unary_union(parts).symmetric_difference(area).area < 1e-9


def test_what_has_no_hole_stays_as_it_is_drawn() -> None:
    one, other = box(112, 36, 112.1, 36.1), box(112.2, 36, 112.3, 36.1)
    assert cut_open(one) == [one]
    assert cut_open(MultiPolygon([other, one])) == [one, other]
