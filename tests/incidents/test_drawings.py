"""Drawings: seen by all who see the incident, its teams included; undone step by step; refused when they cannot be drawn."""

from __future__ import annotations

from typing import Any

import pytest

from tests.county import NOISE, OTHER, TOWN, County
from tests.doors import Doors

LINE = {"type": "LineString", "coordinates": [[112.86, 36.83], [112.87, 36.84]]}
AREA = {
    "type": "Polygon",
    "coordinates": [[[112.86, 36.83], [112.87, 36.83], [112.87, 36.84], [112.86, 36.83]]],
}
POINT = {"type": "Point", "coordinates": [112.86, 36.83]}


def drawn(cast: County, who: str, incident: str, **body: Any) -> dict[str, Any]:
    """A drawing of somebody's."""
    return cast.do(who, "drawing.add", {"id": incident, "kind": "line", "shape": LINE, **body})


def seen(client: Doors, who: str) -> set[str]:
    """The drawings in somebody's list."""
    return {one["id"] for one in client.get(who, "/drawings?live=true&limit=1000").json["items"]}


def test_all_who_see_the_incident_see_what_is_drawn(cast: County, client: Doors) -> None:
    here = cast.open("town_duty")["id"]
    drawn(cast, "noise_duty", cast.noise["incident"])
    one = drawn(cast, "town_duty", here, text="撤离路线")["id"]
    assert seen(client, "town_duty") == {one}
    assert one in seen(client, "county_duty")
    assert seen(client, "other_duty") == seen(client, "town_team") == set()
    assert client.get("other_duty", f"/drawings/{one}").status_code == 404
    cast.order("town_duty", here, "town_team")
    cast.do("town_duty", "incident.share", {"id": here, "centre": OTHER})
    assert seen(client, "town_team") == seen(client, "other_duty") == {one}
    own = drawn(cast, "town_team", here, kind="point", shape=POINT)["id"]
    assert seen(client, "town_duty") == {one, own}


def test_every_step_can_be_undone(cast: County, client: Doors) -> None:
    here = cast.open("town_duty")["id"]
    one = drawn(cast, "town_duty", here, kind="polygon", shape=AREA, text="淹没区")
    changed = client.patch("town_duty", f"/drawings/{one['id']}", {"text": "退水区"}, version=1).json
    assert (changed["text"], changed["shape"], changed["version"]) == ("退水区", AREA, 2)
    assert client.patch("town_duty", f"/drawings/{one['id']}", {"text": "甲"}).status_code == 428
    assert client.patch("town_duty", f"/drawings/{one['id']}", {"text": "甲"}, version=1).status_code == 409
    assert client.post("town_duty", f"/drawings/{one['id']}/remove").json["live"] is False
    assert seen(client, "town_duty") == set()
    assert client.patch("town_duty", f"/drawings/{one['id']}", {"text": "甲"}, version=3).status_code == 409
    back = client.post("town_duty", f"/drawings/{one['id']}/restore").json
    assert (back["live"], back["text"]) == (True, "退水区")
    before = cast.end()
    assert client.post("town_duty", f"/drawings/{one['id']}/restore").json["version"] == back["version"]
    assert cast.end() == before


def test_others_add_but_do_not_change_what_is_not_theirs(cast: County) -> None:
    here = cast.open("town_duty")["id"]
    cast.do("town_duty", "incident.share", {"id": here, "centre": OTHER})
    theirs = drawn(cast, "other_duty", here)["id"]
    ours = drawn(cast, "town_duty", here)["id"]
    assert cast.act("other_duty", "drawing.remove", {"id": ours}).status == 403
    assert cast.act("other_duty", "drawing.remove", {"id": theirs}).ok
    assert cast.act("town_duty", "drawing.restore", {"id": theirs}).ok


@pytest.mark.parametrize(
    ("sort", "shape", "text"),
    [
        ("line", POINT, None),
        ("text", POINT, None),
        ("polygon", {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, None),
        ("line", {"type": "LineString", "coordinates": [[112.86, 36.83]]}, None),
        ("line", {"type": "LineString", "coordinates": [[112.8 + n / 1e5, 36.8] for n in range(2500)]}, None),
        ("point", {"type": "Point", "coordinates": [512.86, 36.83]}, None),
        ("circle", POINT, None),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    cast: County, client: Doors, sort: str, shape: Any, text: Any
) -> None:
    here = cast.open("town_duty")["id"]
    before = cast.end()
    answer = client.post(
        "town_duty", f"/incidents/{here}/drawings", {"kind": sort, "shape": shape, "text": text}
    )
    assert answer.status_code == 422, answer.text
    assert answer.json["said"]["zh"]
    assert cast.end() == before


def test_they_are_a_layer_of_the_incidents_in_the_lists(cast: County, client: Doors) -> None:
    here = cast.open("town_duty", centre=TOWN)["id"]
    one = drawn(cast, "town_duty", here, text="撤离路线")
    drawn(cast, "noise_duty", cast.open("noise_duty", village_code=None, location=POINT, centre=NOISE)["id"])
    found = client.get("town_duty", "/layers/drawings").json["features"]
    assert [(f["id"], f["properties"]["text"], f["geometry"]) for f in found] == [
        (one["id"], "撤离路线", LINE)
    ]
    cast.do("town_duty", "incident.transition", {"id": here, "to": "verifying"})
    cast.do("town_duty", "incident.transition", {"id": here, "to": "dismissed", "reason": "误报"})
    assert client.get("town_duty", "/layers/drawings").json["features"] == []
