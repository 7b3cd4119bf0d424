"""The public interface: statuses in their order, idempotency, versions, lists, worlds, problem documents."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

from tests.county import FLOOD, POINT, TOWN, VILLAGE, County, new_id
from tests.doors import Doors

BODY = {"kind": FLOOD, "title": "漫堤", "village_code": VILLAGE}
UUID7 = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")


def problem(answer: Any, status: int) -> dict[str, Any]:
    """The problem document of a refusal."""
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    body: dict[str, Any] = answer.json
    assert {"type", "title", "status", "detail", "errors", "command_id"} <= set(body)
    assert body["status"] == status
    return body


def test_it_answers_a_write_with_the_record_itself(client: Doors) -> None:
    answer = client.post("town_duty", "/incidents", BODY)
    assert answer.status_code == 201
    assert answer.content_type == "application/json"
    assert UUID7.match(answer.json["id"])
    assert answer.json["version"] == 1
    assert answer.json["received_at"].endswith("Z")
    moved = client.post("town_duty", f"/incidents/{answer.json['id']}/transition", {"to": "verifying"})
    assert (moved.status_code, moved.json["version"], moved.json["state"]) == (200, 2, "verifying")


def test_it_answers_orders_with_the_list_of_tasks(client: Doors, cast: County) -> None:
    thing = client.post("county_duty", "/incidents", BODY).json["id"]
    teams = [cast.teams["town_team"], cast.teams["county_team"]]
    answer = client.post("county_duty", f"/incidents/{thing}/tasks", {"team_ids": teams, "order": "带冲锋舟"})
    assert answer.status_code == 201
    assert [one["team_id"] for one in answer.json["items"]] == teams
    for one in answer.json["items"]:
        assert {"id", "incident_id", "team_id", "state", "order", "times", "version"} <= set(one)


def test_it_answers_the_same_key_with_the_same_bytes(client: Doors) -> None:
    key = new_id()
    first = client.post("town_duty", "/incidents", BODY, key=key)
    again = client.post("town_duty", "/incidents", BODY, key=key)
    assert (again.status_code, again.data) == (first.status_code, first.data)
    reused = problem(client.post("town_duty", "/incidents", {**BODY, "title": "别的"}, key=key), 422)
    assert reused["type"].endswith("key-reused")
    assert reused["command_id"] == key


def test_it_makes_a_key_where_none_is_sent(client: Doors) -> None:
    first, second = client.post("town_duty", "/incidents", BODY), client.post("town_duty", "/incidents", BODY)
    assert first.json["id"] != second.json["id"]


ORDER = (
    "401 before all else", "400 before key-reused", "key-reused before 404", "404 before 403", "403 before 428", "428 before 422",
    "422 before 409",
)  # fmt: skip


@pytest.mark.parametrize("which", ORDER)
def test_it_checks_in_the_contracts_order(client: Doors, cast: County, which: str) -> None:
    """Each request is wrong in two ways; the earlier check answers."""
    thing = cast.open()["id"]
    path = f"/incidents/{thing}"
    key = new_id()
    client.post("town_duty", "/incidents", BODY, key=key)
    asked = {
        "401 before all else": lambda: (client.ask(None, "POST", "/incidents", raw=b"{"), 401),
        "400 before key-reused": lambda: (
            client.ask("town_duty", "POST", "/incidents", raw=b"{", key=key),
            400,
        ),
        "key-reused before 404": lambda: (
            client.patch("town_duty", f"/incidents/{new_id()}", {}, key=key),
            422,
        ),
        "404 before 403": lambda: (client.patch("auditor", path, {"title": "x"}), 404),
        "403 before 428": lambda: (client.patch("town_leader", path, {"title": "x"}), 403),
        "428 before 422": lambda: (client.patch("town_duty", path, {"title": 7}), 428),
        "422 before 409": lambda: (client.patch("town_duty", path, {"title": 7}, version=99), 422),
    }
    answer, status = asked[which]()
    problem(answer, status)


def test_it_answers_413_before_it_reads(client: Doors) -> None:
    problem(client.ask("town_duty", "POST", "/incidents", raw=b"[" * 1_100_000), 413)


def test_it_wants_the_version_on_corrections_only(client: Doors, cast: County) -> None:
    path = f"/incidents/{cast.open()['id']}"
    problem(client.patch("town_duty", path, {"title": "一"}), 428)
    for version in ("1", '"2"', 'W/"3"'):
        assert client.patch("town_duty", path, {"title": f"改{version}"}, version=version).status_code == 200
    lost = problem(client.patch("town_duty", path, {"title": "迟"}, version=1), 409)
    assert lost["current"]["version"] == 4
    assert client.get("town_duty", path).headers["ETag"] == '"4"'
    assert client.post("town_duty", f"{path}/transition", {"to": "verifying"}).status_code == 200
    problem(client.post("town_duty", f"{path}/transition", {"to": "confirmed"}, version=2), 409)
    problem(client.patch("town_duty", path, {"title": "x"}, version="new"), 400)


def test_it_names_the_transitions_that_there_are(client: Doors, cast: County) -> None:
    answer = problem(
        client.post("town_duty", f"/incidents/{cast.open()['id']}/transition", {"to": "review"}), 409
    )
    assert set(answer["allowed"]) == {"verifying", "confirmed", "responding"}


def test_it_pages_a_list(client: Doors, cast: County) -> None:
    made = [cast.open()["id"] for _ in range(5)]
    seen: list[str] = []
    after = ""
    while True:
        page = client.get("town_duty", f"/incidents?limit=2{after}").json
        seen += [one["id"] for one in page["items"]]
        assert len(page["items"]) <= 2
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert seen == sorted(made)
    for text in ("0", "-1", "x", "1.5"):
        problem(client.get("town_duty", f"/incidents?limit={text}"), 422)
    assert client.get("town_duty", "/incidents?limit=100000").status_code == 200
    problem(client.get("town_duty", "/incidents?colour=red"), 422)


def test_it_filters_by_name_and_place(client: Doors, cast: County) -> None:
    near = cast.open(location=POINT, village_code=None, centre=TOWN)["id"]
    far = cast.open(location={"type": "Point", "coordinates": [113.2, 37.0]}, village_code=None, centre=TOWN)[
        "id"
    ]
    nowhere = cast.open()["id"]

    def found(query: str) -> set[str]:
        return {one["id"] for one in client.get("town_duty", f"/incidents?{query}").json["items"]}

    assert found("near=112.861,36.831&within=1000") == {near}
    assert found("near=112.861,36.831&within=100000") == {near, far}
    assert found("bbox=113.1,36.9,113.3,37.1") == {far}
    assert found("state=received") == {near, far, nowhere}
    assert found("state=verifying") == set()
    for query in ("bbox=1,2,3", "near=200,0", "near=a,b", "near=1,2&within=x", "bbox=nan,0,1,1"):
        problem(client.get("town_duty", f"/incidents?{query}"), 422)


def test_it_knows_no_address_that_is_not_built(client: Doors) -> None:
    for path in ("/supplies", "/exercises", "/incidents/x/y/z", "/nothing"):
        problem(client.get("county_duty", path), 404)
    problem(client.ask("county_duty", "DELETE", "/incidents"), 405)


def test_it_wants_a_key_that_is_a_uuid(client: Doors) -> None:
    problem(client.post("town_duty", "/incidents", BODY, key="1"), 400)
    key = uuid.uuid4()
    first = client.post("town_duty", "/incidents", BODY, key=str(key).upper())
    assert client.post("town_duty", "/incidents", BODY, key=str(key)).data == first.data


def test_it_hangs_one_item_on_the_timeline_for_each_thing_that_happened(client: Doors, cast: County) -> None:
    thing = cast.open()["id"]
    client.post("town_duty", f"/incidents/{thing}/reports", {"text": "水到膝盖", "source": "村民"})
    task = client.post(
        "town_duty", f"/incidents/{thing}/tasks", {"team_ids": [cast.teams["town_team"]]}
    ).json["items"][0]
    client.post("town_team", f"/tasks/{task['id']}/transition", {"to": "accepted"})
    client.post("town_duty", f"/incidents/{thing}/transition", {"to": "controlled"})
    items = client.get("town_duty", f"/incidents/{thing}/timeline").json["items"]
    assert [one["type"] for one in items] == [
        "incident.opened", "report.added", "task.ordered", "task.stepped", "incident.moved", "incident.moved",
    ]  # fmt: skip
    for one in items:
        assert {"seq", "at", "received_at", "actor", "type", "text", "record"} <= set(one)
    assert [one["seq"] for one in items] == sorted({one["seq"] for one in items})
    first = client.get("town_duty", f"/incidents/{thing}/timeline?limit=2").json
    rest = client.get("town_duty", f"/incidents/{thing}/timeline?after={first['next']}").json
    assert first["items"] + rest["items"] == items


def test_it_says_who_one_is(client: Doors, cast: County) -> None:
    told = client.get("town_team", "/session").json
    assert told["actor"]["team_id"] == cast.teams["town_team"]
    assert told["actor"]["centre"] == TOWN
    assert (told["county"]["code"], told["county"]["name"]) == ("140429", "武乡县")
    assert told["demo"] is False


def test_it_puts_the_safety_headers_on_every_answer(client: Doors) -> None:
    answer = client.get("town_duty", "/incidents")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"].split("style-src")[0]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
