"""2,000 screens that come back at once: signed in, caught up with nothing missed, and what each costs in memory."""

from __future__ import annotations

import json
import time
from typing import Any

import websocket

from tests.bench.county import County, incident
from tests.bench.measure import Limit, Screens
from tests.bench.post_to_last import FRAME, USER
from tests.bench.report import Row

SCREENS = 2000
MISSED = 20
OPENED = '"type":"incident.opened"'


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """Once without watching, once with a cursor that is 20 incidents old, once for a snapshot."""
    screens = SCREENS // 4 if quick else SCREENS
    with Limit(FRAME) as limit, Screens(port=limit.port, n=screens, inflight=screens, deadline=60) as load:
        bare = load.connect_seconds
    with County("reconnect") as county:
        base = {"port": county.port, "inflight": screens, "hello": county.hello(USER), "deadline": 60}
        cursor, _ = _watch(county, None)
        caller = county.caller(USER)
        posted = [caller.must("POST", "/incidents", incident(number))["id"] for number in range(MISSED)]
        with Screens(n=10, **base):
            before = county.memory()
        used = {"signed in": county.cpu()}
        with Screens(n=screens, **base) as load:
            signed_in = load.connect_seconds
            used["signed in"] = county.cpu() - used["signed in"]
            each = (county.memory() - before) / screens / 1000
        used["cursor"] = county.cpu()
        caught_up, short = _caught_up(screens, cursor, base)
        used["cursor"] = county.cpu() - used["cursor"]
        _, told = _watch(county, cursor)
        used["snapshot"] = county.cpu()
        with Screens(n=screens, watch=_watching(None), **base) as load:
            snapshot = load.connect_seconds
            used["snapshot"] = county.cpu() - used["snapshot"]
    full = None if quick else 1
    note = {name: f"{cpu * 1000 / screens:.1f} ms CPU each" for name, cpu in used.items()}
    wrong = short + (told != posted)
    rows = [
        Row(f"{screens} screens reconnect at once, signed in", signed_in, "s", at_most=full and 4.0, note=note["signed in"],
            reference=bare, of="C"),
        Row("server memory for each", each, "KB", at_most=80),
        Row(f"the same, caught up on {MISSED} incidents", caught_up, "s", at_most=full and 8.0, note=note["cursor"]),
        Row("incidents that some screen missed, or had out of order", wrong, at_most=0),
        Row("the same, with a snapshot", snapshot, "s", note=note["snapshot"]),
    ]  # fmt: skip
    return rows, {"screens": screens}


def _caught_up(screens: int, cursor: str, base: dict[str, Any]) -> tuple[float, int]:
    """Seconds until the last screen had the last incident that it missed, and how many some screen never had."""
    began = time.monotonic_ns()
    with Screens(n=screens, watch=_watching(cursor), match=OPENED, count=MISSED, **base) as load:
        load.start()
        found = load.result()
    short = found["done"].count(0) + found["lost"]
    return (max(found["done"]) - began) / 1e9, short


def _watching(since: str | None) -> str:
    return f'42/live,0["watch",{json.dumps({"topics": {"county": since}})}]'


def _watch(county: County, since: str | None) -> tuple[str, list[str]]:
    """What a screen hears that comes with a cursor: where the county's topic stands, and the incidents it had missed."""
    web = websocket.create_connection(
        f"ws://127.0.0.1:{county.port}/socket.io/?EIO=4&transport=websocket", timeout=10
    )
    web.recv()
    web.send(county.hello(USER))
    web.recv()
    web.send(_watching(since))
    answer, told = "", []
    while not answer or (since is not None and len(told) < MISSED):
        text = str(web.recv())
        if text.startswith("43/live,0"):
            answer = json.loads(text[len("43/live,0") :])[0]["topics"]["county"]["cursor"]
        elif text.startswith('42/live,["entries",'):
            items = json.loads(text[len('42/live,["entries",') : -1])["items"]
            told += [one["record"]["id"] for one in items if one["type"] == "incident.opened"]
    web.close()
    return answer, told
