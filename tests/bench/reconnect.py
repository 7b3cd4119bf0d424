"""2,000 screens that come back at once: signed in, caught up, and what each costs in memory."""

from __future__ import annotations

import json
from typing import Any

from tests.bench.county import County, incident
from tests.bench.measure import Screens
from tests.bench.report import Row

SCREENS = 2000
MISSED = 20
USER = "county_duty"


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """Once without watching, once with a cursor that is 20 incidents old, once for a snapshot."""
    screens = SCREENS // 4 if quick else SCREENS
    with County("reconnect") as county:
        base = {"port": county.port, "inflight": screens, "hello": county.hello(USER), "deadline": 60}
        cursor = _cursor(county)
        caller = county.caller(USER)
        for number in range(MISSED):
            caller.must("POST", "/incidents", incident(number))
        with Screens(n=10, **base):
            before = county.memory()
        cpu = {"signed in": county.cpu()}
        with Screens(n=screens, **base) as load:
            signed_in = load.connect_seconds
            cpu["signed in"] = county.cpu() - cpu["signed in"]
            each = (county.memory() - before) / screens / 1000
        seconds = {}
        for name, since in (("cursor", cursor), ("snapshot", None)):
            watch = f'42/live,0["watch",{json.dumps({"topics": {"county": since}})}]'
            cpu[name] = county.cpu()
            with Screens(n=screens, watch=watch, **base) as load:
                seconds[name] = load.connect_seconds
                cpu[name] = county.cpu() - cpu[name]
    must = None if quick else 4.0
    each_ms = {name: f"{used * 1000 / screens:.1f} ms CPU each" for name, used in cpu.items()}
    rows = [
        Row(
            f"{screens} screens reconnect at once, signed in",
            signed_in,
            "s",
            at_most=must,
            note=each_ms["signed in"],
        ),
        Row("server memory for each", each, "KB", at_most=80),
        Row(
            f"the same, caught up on {MISSED} incidents",
            seconds["cursor"],
            "s",
            at_most=must and 8.0,
            note=each_ms["cursor"],
        ),
        Row("the same, with a snapshot", seconds["snapshot"], "s", note=each_ms["snapshot"]),
    ]
    return rows, {"screens": screens}


def _cursor(county: County) -> str:
    """Where the county's topic stands now."""
    import websocket

    web = websocket.create_connection(
        f"ws://127.0.0.1:{county.port}/socket.io/?EIO=4&transport=websocket", timeout=10
    )
    web.recv()
    web.send(county.hello(USER))
    web.recv()
    web.send('42/live,0["watch",{"topics":{"county":null}}]')
    while not (text := str(web.recv())).startswith("43/live,0"):
        continue
    web.close()
    cursor: str = json.loads(text[len("43/live,0") :])[0]["topics"]["county"]["cursor"]
    return cursor
