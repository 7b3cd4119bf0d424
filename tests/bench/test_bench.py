"""The bench's own tools: the load client counts rightly, on the C server and on ours."""

from __future__ import annotations

import sys

import pytest

from tests.bench.measure import Limit, Process, Screens, quantile
from tests.bench.report import Row, table


def test_it_times_every_message_on_every_screen_of_the_c_server() -> None:
    with Limit(300) as limit, Screens(port=limit.port, control=limit.control, n=20, count=50) as load:
        load.start()
        found = load.result()
        assert limit.cpu() > 0
    assert found["lost"] == 0
    assert len(found["sent"]) == len(found["done"]) == 50
    assert all(done > sent for sent, done in zip(found["sent"], found["done"], strict=True))


@pytest.mark.parametrize("mode", ["stock", "direct"])
def test_it_times_every_message_on_every_screen_of_a_flask_server(mode: str) -> None:
    with Process([sys.executable, "-m", "tests.bench.live_app", mode, "300"]) as server:
        port, control = server.line().split()
        with Screens(port=port, control=control, n=20, count=50, hello="40/live,") as load:
            load.start()
            found = load.result()
    assert found["lost"] == 0
    assert all(done > sent for sent, done in zip(found["sent"], found["done"], strict=True))


def test_it_says_whether_a_budget_is_kept() -> None:
    rows = [Row("speed", 3.0, "×", at_least=2), Row("delay", 30.0, "ms", at_most=20), Row("told", 1.0)]
    assert [row.met for row in rows] == [True, False, None]
    assert "kept" in table(rows).splitlines()[1]
    assert "MISSED" in table(rows).splitlines()[2]


def test_a_budget_of_the_ratio_is_judged_by_the_reference_of_the_same_run() -> None:
    assert Row("delay", 20.0, "ms", reference=10.0, of="C", ratio_at_most=2.5).met
    assert not Row("delay", 30.0, "ms", reference=10.0, of="C", ratio_at_most=2.5).met
    both = Row("delay", 20.0, "ms", at_most=10, reference=10.0, of="C", ratio_at_most=2.5)
    assert (both.met, both.ratio, both.budget) == (False, 2.0, "≤ 10, ≤ 2.5 ×")
    assert "C 10" in table([both])


def test_a_quantile_is_a_value_that_was_measured() -> None:
    assert quantile([3, 1, 2], 0.5) == 2
    assert quantile([3, 1, 2], 0.99) == 3
