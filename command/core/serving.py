"""From settings to a served node: lock, migrations, demo, tail, jobs, port, and a clean end."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable
from typing import Any

from command.core import first, installation, terminal
from command.core.deliveries.sending import House
from command.core.deliveries.worker import Sender
from command.core.jobs import Leader
from command.core.live import fanout, stall
from command.core.store.lock import OnlyOne

log = logging.getLogger("fengsui")
SLOW_S = 0.25


def serve(settings: Any, create_app: Callable[..., Any]) -> None:
    """Serve until SIGTERM. On SQLite one process per data directory; on PostgreSQL as many as there are ports."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr
    )
    logging.getLogger("fengsui.server").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    if settings.database_url.startswith("sqlite"):
        with OnlyOne(settings.data_dir):
            _serve(settings, create_app)
    else:
        _serve(settings, create_app)


def _serve(settings: Any, create_app: Callable[..., Any]) -> None:
    running = create_app(settings)
    first.bring_up(running.node)
    leader = Leader(running.node)
    house = House(running.node, settings.gateway_secret or "", settings.lang[:2])
    sender = Sender(house, lambda: leader.leading)
    watch = stall.StallWatch(_stalled(running))
    counter = terminal.Counter(running.node) if settings.database_url.startswith("sqlite") else None

    def ready(port: int) -> None:
        running.hub.start()
        leader.start()
        sender.start()
        watch.start()
        running.health.watch(watch)
        if counter:
            counter.start()
        running.health.ready = True
        _announce(running, settings, port)
        _settle()

    try:
        fanout.serve(running.app, settings.host, settings.port, ready, read_s=settings.read_s)
    finally:
        if counter:
            counter.stop()
        running.hub.stop()
        sender.stop()
        leader.stop()
        running.node.database.close()


def _settle() -> None:
    """What stands at the start stands for good: the garbage collector need not walk it again, at 100 ms of the hub each time."""
    gc.collect()
    gc.freeze()


def _stalled(running: Any) -> Callable[[float, float], None]:
    def told(seconds: float, at: float) -> None:
        running.health.stalls.inc()
        if seconds >= SLOW_S:  # what is shorter is counted only: a busy machine makes many
            log.warning("the hub stood still for %.0f ms", seconds * 1000)

    return told


def _announce(running: Any, settings: Any, port: int) -> None:
    """Say where to open it, and who can sign in."""
    base = f"http://{settings.host}:{port}"
    lines = ["", f"  烽燧 Fengsui  →  {base}"]
    is_demo = running.node.database.read(lambda session: installation.fact(session, "demo"), world=None)
    if is_demo and settings.loopback:
        lines += ["  演示数据 demo data. Links for one use, 15 minutes (more: fengsui demo links):"]
        lines += [f"    {name} {base}/enter?link={secret}" for name, secret in running.links()]
        lines += [f"  Passwords and tokens of all accounts: {settings.data_dir / 'demo-accounts.json'}"]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
