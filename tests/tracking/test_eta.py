"""When a team will be there, told as it moves, and told anew at once when a road is closed or opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import orjson

from command.core.node import Node
from dispatch.tasks.eta import Eta, Teller
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


def test_a_screen_that_read_too_slowly_for_a_frame_is_told_all_again(node: Node) -> None:
    sent: list[tuple[list[str], list[str]]] = []
    slow = {"slow"}

    def send(sids: list[str], event: str, payload: bytes, *, durable: bool) -> list[str]:
        sent.append((sids, orjson.loads(payload)["ids"]))
        return [one for one in sids if one in slow]

    listeners = [SimpleNamespace(sid=one) for one in ("quick", "slow")]
    hub: Any = SimpleNamespace(
        on_presence=[], on_start=[], fanout=SimpleNamespace(send=send),
        subscriptions=SimpleNamespace(on=lambda world, topic: listeners), tail=SimpleNamespace(at={}),
    )  # fmt: skip
    teller = Teller(node, hub)
    some = {one: Eta(one, 100, 1, "sketch", 5, ("county",)) for one in ("first", "second")}
    teller.known[0] = some
    teller._tell(0, {"first"}, set())
    assert sent == [(["quick", "slow"], ["first"])]
    slow.clear()
    hub.tail.at = {0: 1}
    teller._look = lambda world, seq: set()  # type: ignore[method-assign]
    teller.tick()
    assert sent[1:] == [(["slow"], ["first", "second"])]
    teller.tick()
    assert len(sent) == 2
