"""The county that the tests stand on is what they take it for."""

from __future__ import annotations

from tests.county import County
from tests.doors import Doors


def test_it_holds_noise_that_a_missing_scope_would_show(cast: County) -> None:
    assert cast.flaws() == []
    types = {row.kind for row in cast.entries()}
    assert {"incident", "report", "figure", "task", "team", "user", "alarm"} <= types
    assert len(cast.entries(world=7)) > 5
    assert cast.noise["incident"] != cast.noise["drill_incident"]


def test_it_opens_its_doors(client: Doors, cast: County) -> None:
    opened = client.post(
        "town_duty", "/incidents", {"kind": "flash_flood", "title": "漫堤", "village_code": "140429100003"}
    )
    assert opened.status_code == 201, opened.text
    assert client.get("town_duty", f"/incidents/{opened.json['id']}").json == opened.json
    assert client.get(None, "/incidents").status_code == 401
