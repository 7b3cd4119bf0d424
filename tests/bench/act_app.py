"""act() alone, without web and screens, as a server would run it: `python -m tests.bench.act_app ACTS SECONDS` in the
environment of a county that stands. It opens incidents one after the other, then with eight writers at once, and prints JSON."""

from __future__ import annotations

import json
import sys
import time

from gevent import monkey

monkey.patch_all()

import gevent  # noqa: E402
import sqlalchemy as sa  # noqa: E402

import config  # noqa: E402
import wsgi  # noqa: E402
from command.core import access, ids  # noqa: E402
from command.core.actions import Command  # noqa: E402
from command.core.credentials import Credential  # noqa: E402
from tests.bench.county import incident  # noqa: E402

WRITERS = 8
WARM = 60
USER = "county_duty"


def main(acts: int, seconds: float) -> None:
    node = wsgi.open_node(config.load(), cooperative=True)
    account = sa.select(Credential.user_id).where(Credential.username == USER)
    actor = node.database.read(
        lambda session: access.load_actor(session, session.execute(account).scalar_one()), world=None
    )
    if actor is None:
        raise RuntimeError(f"there is no {USER}")

    def act(number: int) -> None:
        answer = node.act(Command("incident.open", incident(number), actor, ids.new_id()))
        if not answer.ok:
            raise RuntimeError(answer.body.decode())

    def write(until: float) -> int:
        done = 0
        while time.monotonic() < until:
            act(done)
            done += 1
        return done

    for number in range(WARM):
        act(number)
    used, began = time.process_time(), time.monotonic()
    for number in range(acts):
        act(number)
    cpu, alone = time.process_time() - used, time.monotonic() - began
    began = time.monotonic()
    writers = [gevent.spawn(write, began + seconds) for _ in range(WRITERS)]
    done = sum(writer.get() for writer in writers)
    per_second = done / (time.monotonic() - began)
    node.database.close()
    print(
        json.dumps({"cpu_ms": cpu / acts * 1000, "alone_ms": alone / acts * 1000, "per_second": per_second})
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
