"""Slow work before a transaction is done only for those who may see what they ask to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from command.core.actions import ACTIONS
from tests.core.stage import Stage
from tests.core.test_actions import TABLE, Row
from tests.county import DRILL, OTHER, County

SLOW = [TABLE[name] for name, one in ACTIONS.items() if one.prepare is not None and one.target is not None]


@pytest.fixture
def worked(cast: County, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the slow work that was done."""
    done: list[str] = []

    def beside(function: Callable[..., Any], *arguments: Any) -> Any:
        done.append(function.__name__)
        return function(*arguments)

    monkeypatch.setattr(cast.node, "beside", beside)
    return done


@pytest.mark.parametrize("row", SLOW, ids=lambda row: row.name)
def test_it_works_only_for_those_who_may_see_the_target(cast: County, worked: list[str], row: Row) -> None:
    payload, blind = row.payload(Stage(cast)), unseeing(cast, row)
    assert ACTIONS[row.name].needs in cast.actor(blind).permissions, "else its role alone would stop it"
    worked.clear()
    assert cast.act(blind, row.name, payload).status == 404
    assert worked == []
    assert cast.act(row.who, row.name, payload).ok
    assert len(worked) == 1


def test_it_works_for_no_target_of_another_world(cast: County, worked: list[str]) -> None:
    payload = TABLE["incident.photo"].payload(Stage(cast))
    worked.clear()
    assert cast.act("town_duty", "incident.photo", payload, world=DRILL).status == 404
    assert (
        cast.act("town_duty", "incident.photo", {**payload, "id": cast.noise["drill_incident"]}).status == 404
    )
    assert worked == []


def unseeing(cast: County, row: Row) -> str:
    """Somebody whose role may do the row's action, but who sees nothing of its target."""
    other = "other_team" if row.who.endswith("team") else "other_duty"
    if ACTIONS[row.name].needs in cast.actor(other).permissions:
        return other
    body = {
        "username": "keeper2",
        "name": "另一乡镇管理员",
        "role": "admin",
        "centre": OTHER,
        "password": "0123456789",
    }
    cast.users["keeper2"] = cast.do("admin", "user.create", body)["id"]
    return "keeper2"
