"""What the journeys at the desk share: a demo county for each module, and a hand at an account's desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.at_desk import SMALL, Hand
from tests.serving import Served


@pytest.fixture(scope="module")
def desk_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo county of this module's own: the desk counts its incidents."""
    shared = Served(tmp_path_factory.mktemp("desk")).start()
    yield shared
    shared.stop()


@pytest.fixture
def hand(desk_server: Served, page_of: Callable[..., Any]) -> Callable[..., Hand]:
    """A hand at the desk of an account: `hand("county_duty")`."""

    def at(username: str, path: str = "/desk", **options: Any) -> Hand:
        return Hand(page_of(desk_server, username, path, **{"viewport": SMALL, **options}))

    return at
