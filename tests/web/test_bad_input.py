"""Bad input: each a clear 4xx, nothing stored, nothing echoed that could run."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from command.core import clock
from tests.county import FLOOD, VILLAGE, County
from tests.doors import Doors

BODY: dict[str, Any] = {"kind": FLOOD, "title": "漫堤", "village_code": VILLAGE}


def point(*coordinates: Any) -> dict[str, Any]:
    """An incident at a place."""
    return {"kind": FLOOD, "location": {"type": "Point", "coordinates": list(coordinates)}}


def ahead(minutes: float) -> str:
    """A time in the future."""
    return clock.wire(clock.real() + timedelta(minutes=minutes))


BOWTIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
DEEP = b'{"kind":"flash_flood","extra":' + b"[" * 50_000 + b"]" * 50_000 + b"}"
BAD: dict[str, tuple[int, Any]] = {
    "longitude outside the world": (422, point(181, 36)), "latitude outside the world": (422, point(112, -91)),
    "one coordinate": (422, point(112)), "words for coordinates": (422, point("a", "b")), "null coordinates": (422, point(None, 1)),
    "a huge number": (422, point(1e308, 1e308)), "booleans for coordinates": (422, point(True, [])),
    "NaN": (400, b'{"kind":"flash_flood","location":{"type":"Point","coordinates":[NaN,36]}}'),
    "infinity": (400, b'{"kind":"flash_flood","loss_wan":Infinity,"village_code":"140429100003"}'),
    "an overflowing number": (400, b'{"kind":"flash_flood","loss_wan":1e400,"village_code":"140429100003"}'),
    "an empty polygon": (422, {"kind": FLOOD, "location": {"type": "Polygon", "coordinates": []}}),
    "a self-crossing polygon": (422, {"kind": FLOOD, "location": BOWTIE}),
    "neither point nor village": (422, {"kind": FLOOD}), "both null": (422, {"kind": FLOOD, "location": None, "village_code": None}),
    "deep JSON": (400, DEEP), "a broken end": (400, b'{"kind":'), "broken UTF-8": (400, b'{"kind":"\xff\xfe"}'),
    "a lone surrogate": (400, b'{"kind":"flash_flood","village_code":"140429100003","title":"\\ud800"}'),
    "a list for a body": (400, b"[]"), "a string for a body": (400, b'"x"'), "two bodies": (400, b"{}{}"),
    "an unknown kind": (422, {**BODY, "kind": "dragon"}), "no kind": (422, {"village_code": VILLAGE}),
    "an unknown village": (422, {**BODY, "village_code": "140429999999"}), "a short village code": (422, {**BODY, "village_code": "1"}),
    "an unknown centre": (422, {**BODY, "centre": "140429999"}), "an unknown member": (422, {**BODY, "colour": "red"}),
    "a name of 100,000 characters": (422, {**BODY, "title": "长" * 100_000}), "an empty title": (422, {**BODY, "title": "  "}),
    "a negative figure": (422, {**BODY, "casualties": {"missing": -1}}), "half a person": (422, {**BODY, "casualties": {"missing": 1.5}}),
    "an unknown figure": (422, {**BODY, "casualties": {"lost": 1}}),
    "words for a figure": (422, {**BODY, "casualties": {"missing": "many"}}),
    "an unknown level": (422, {**BODY, "level": "V"}), "an unknown risk": (422, {**BODY, "life_risk": "some"}),
    "a field that the kind has not": (422, {**BODY, "extra": {"gas": 1}}),
    "a wrong field's value": (422, {**BODY, "extra": {"water_depth_m": "deep"}}),
    "a time without a zone": (422, {**BODY, "occurred_at": "2026-01-01T00:00:00"}),
    "no time at all": (422, {**BODY, "occurred_at": "昨天"}),
    "a null byte": (422, {**BODY, "title": "a\x00b"}), "a boolean for a text": (422, {**BODY, "title": True}),
    "too many members": (422, {**BODY, "extra": {str(n): n for n in range(10_000)}}),
}  # fmt: skip


def test_it_refuses_and_stores_nothing(client: Doors, cast: County) -> None:
    before = cast.end()
    wrong = []
    for name, (status, body) in BAD.items():
        options: dict[str, Any] = {"raw": body} if isinstance(body, bytes) else {"body": body}
        answer = client.ask("county_duty", "POST", "/incidents", **options)
        clear = (
            answer.content_type == "application/problem+json"
            and answer.json["detail"]
            and len(answer.data) < 20_000
        )
        if answer.status_code != status or not clear or cast.end() != before:
            wrong.append((name, answer.status_code, answer.text[:200]))
    assert wrong == []


def test_it_refuses_a_desks_entry_from_the_future(client: Doors, cast: County) -> None:
    thing = cast.open()["id"]
    before = cast.end()
    for path, body in (
        ("/incidents", {**BODY, "occurred_at": ahead(3)}), (f"/incidents/{thing}/transition", {"to": "verifying", "at": ahead(3)}),
        (f"/incidents/{thing}/reports", {"text": "x", "at": ahead(3)}), (f"/incidents/{thing}/casualties", {"dead": 1, "as_of": ahead(3)}),
    ):  # fmt: skip
        assert client.post("town_duty", path, body).status_code == 422, path
    assert (
        client.patch("town_duty", f"/incidents/{thing}", {"occurred_at": ahead(3)}, version=1).status_code
        == 422
    )
    assert cast.end() == before
    assert client.post("town_duty", "/incidents", {**BODY, "occurred_at": ahead(1)}).status_code == 201


def test_it_keeps_and_marks_a_field_devices_entry_from_the_future(client: Doors, cast: County) -> None:
    thing = cast.open()["id"]
    task = cast.order("town_duty", thing, "town_team")[0]["id"]
    stepped = client.post("town_team", f"/tasks/{task}/transition", {"to": "accepted", "at": ahead(30)})
    assert stepped.status_code == 200
    assert stepped.json["steps"][-1]["ahead"] is True
    assert stepped.json["times"]["accepted"] <= clock.wire(clock.real())
    report = client.post("town_team", f"/incidents/{thing}/reports", {"text": "水退了", "at": ahead(30)})
    assert report.status_code == 201
    assert report.json["ahead"] is True


def test_it_shows_markup_as_text(client: Doors, cast: County) -> None:
    words = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    made = client.post("town_duty", "/incidents", {**BODY, "title": words})
    assert made.status_code == 201
    read = client.get("town_duty", f"/incidents/{made.json['id']}")
    assert read.json["title"] == words
    assert read.content_type == "application/json"
    assert read.headers["X-Content-Type-Options"] == "nosniff"


def test_it_refuses_ten_megabytes(client: Doors, cast: County) -> None:
    before = cast.end()
    answer = client.ask("county_duty", "POST", "/incidents", raw=b'{"title":"' + b"x" * 10_000_000 + b'"}')
    assert answer.status_code == 413
    assert cast.end() == before


def test_it_refuses_nonsense_at_every_door_of_an_incident(client: Doors, cast: County) -> None:
    thing = cast.open()["id"]
    before = cast.end()
    for door in ("transition", "reports", "casualties", "shares", "merge", "handover", "tasks", "grade"):
        for raw in (b"null", b"[]", b"0", b'{"to":null}', b'{"x":1}', b"\x00", b'{"to":{}}'):
            answer = client.ask("town_duty", "POST", f"/incidents/{thing}/{door}", raw=raw)
            assert answer.status_code in (400, 422), (door, raw, answer.text)
    assert cast.end() == before


def test_it_finds_nothing_under_names_that_are_no_ids(client: Doors) -> None:
    for name in ("x", "..", "%00", "0" * 5000, "';--", "%F0%9F%98%80", "null"):
        assert client.get("county_duty", f"/incidents/{name}").status_code in (400, 404), name
        assert client.post(
            "county_duty", f"/incidents/{name}/transition", {"to": "verifying"}
        ).status_code in (400, 404), name


def test_it_takes_orders_only_of_teams_that_there_are(client: Doors, cast: County) -> None:
    thing = cast.open()["id"]
    before = cast.end()
    for teams in ([], ["x"], [cast.teams["town_team"]] * 2, [cast.teams["noise_team"]], [None], "all"):
        assert (
            client.post("town_duty", f"/incidents/{thing}/tasks", {"team_ids": teams}).status_code == 422
        ), teams
    assert cast.end() == before
