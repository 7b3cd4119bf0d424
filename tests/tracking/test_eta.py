"""When a team will be there, told as it moves, and told anew at once when a road is closed or opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.serving import Live, Served

HOME = "140429100"


def of(event: tuple[str, Any], task: str) -> dict[str, Any] | None:
    """What a frame says of a task."""
    name, told = event
    if name != "eta" or task not in told["ids"]:
        return None
    place = told["ids"].index(task)
    return {column: told[column][place] for column in ("due", "at", "basis", "metres")}


def waits(screen: Live, task: str, like: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first frame after now in which the task's arrival is as it should be."""
    found: dict[str, Any] = screen.wait(
        lambda: next((one for event in screen.events if (one := of(event, task)) and like(one)), None)
    )
    return found


def test_it_tells_when_a_team_arrives_and_anew_when_a_road_is_closed(
    server: Served, live: Callable[..., Live]
) -> None:
    team = server.account("fengzhou_team1")["team_id"]
    near = server.get("fengzhou_team1", f"/teams/{team}")["base"]["coordinates"]
    scene = {"type": "Point", "coordinates": [near[0] + 0.12, near[1] + 0.04]}
    opened = server.post(
        "fengzhou_duty", "/incidents", {"kind": "flash_flood", "title": "路况", "location": scene}
    )
    task = server.post("fengzhou_duty", f"/incidents/{opened['id']}/tasks", {"team_ids": [team]})["items"][0][
        "id"
    ]
    server.post("fengzhou_team1", f"/tasks/{task}/transition", {"to": "enroute"})
    screens = {"county": live(server, "county_duty"), f"centre:{HOME}": live(server, "fengzhou_duty"),
               f"team:{team}": live(server, "fengzhou_team1")}  # fmt: skip
    other = live(server, "hongshui_duty")
    for topic, screen in [*screens.items(), ("centre:140429101", other)]:
        screen.watch(topic)
    at = {"team_id": team, "lon": near[0], "lat": near[1], "at": datetime.now(UTC).isoformat()}
    assert server.post("fengzhou_team1", "/positions", [at])["shared"] == 1
    sent = int(datetime.fromisoformat(str(at["at"])).timestamp())  # not what an older position gave
    first = [
        waits(screen, task, lambda one: one["basis"] == "sketch" and one["at"] >= sent)
        for screen in screens.values()
    ]
    assert len({one["due"] for one in first}) == 1
    due = first[0]["due"]
    assert due > first[0]["at"] + 120
    read = server.get("county_duty", f"/tasks/{task}")
    assert (read["eta"]["basis"], read["eta"]["metres"]) == ("sketch", first[0]["metres"])
    way = server.get(
        "county_duty",
        f"/routes?from={near[0]},{near[1]}&to={scene['coordinates'][0]},{scene['coordinates'][1]}",
    )
    middle = way["geometry"]["coordinates"][len(way["geometry"]["coordinates"]) // 2]
    shut = server.post(
        "county_duty", "/closures", {"shape": {"type": "Point", "coordinates": middle}, "cause": "landslide"}
    )
    for screen in screens.values():
        waits(screen, task, lambda one: one["due"] is None or one["due"] > due + 30)
        screen.events.clear()
    server.post("county_duty", f"/closures/{shut['id']}/lift", {})
    for screen in screens.values():
        waits(screen, task, lambda one: one["due"] == due)
    late = live(server, "county_duty")
    late.watch("county")
    assert waits(late, task, lambda one: True)["due"] == due
    server.post("fengzhou_team1", f"/tasks/{task}/transition", {"to": "on_scene"})
    assert not [event for event in other.events if event[0] == "eta" and task in event[1]["ids"]]
    server.post("fengzhou_duty", f"/tasks/{task}/transition", {"to": "recalled"})
    server.post("fengzhou_team1", f"/tasks/{task}/transition", {"to": "returned"})
