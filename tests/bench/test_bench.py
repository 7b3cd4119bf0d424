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
    assert "kept" in table(rows).splitlines()[0]
    assert "MISSED" in table(rows).splitlines()[1]


def test_a_quantile_is_a_value_that_was_measured() -> None:
    assert quantile([3, 1, 2], 0.5) == 2
    assert quantile([3, 1, 2], 0.99) == 3
