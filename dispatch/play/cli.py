"""`fengsui demo …`: the demo county from the terminal: load it, make it large, open its doors, play its evening."""

from __future__ import annotations

import contextlib
import logging
import threading
from typing import Any

import click

from command.core import first, installation
from command.core.store.lock import OnlyOne
from dispatch.play import crowd
from dispatch.play.remote import Remote
from dispatch.play.stage import DEFAULT_SPEED, Stage
from dispatch.play.turn import Programme


class Heeding:
    """A stop that comes when another process asks for it."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self._never = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait; true when the play was asked to end."""
        self._never.wait(timeout)
        return self.is_set()

    def is_set(self) -> bool:
        """Whether the play was asked to end."""
        return self.programme.asked_to_end()


def commands(fengsui: click.Group, tools: Any) -> None:
    """Add the group `demo`."""

    @fengsui.group()
    def demo() -> None:
        """The demo county: load, links, play. Refuses where the data is not the demo's."""

    @demo.command()
    def links() -> None:
        """Print a fresh single-use link (15 min) for each door of the demo."""
        settings = tools.load()
        running = tools.create_app(settings, cooperative=False)
        _need_demo(running)
        if not settings.loopback:
            raise click.ClickException("links exist only while the server listens on this machine alone")
        for name, secret in running.links():
            click.echo(f"{name} http://{settings.host}:{settings.port}/enter?link={secret}")

    _play(demo, tools)
    _load(demo, tools)


def _play(demo: click.Group, tools: Any) -> None:
    @demo.command()
    @click.option("--speed", type=click.FloatRange(0.1, 6000), default=DEFAULT_SPEED, show_default=True,
                  help="minutes of the evening per real minute; 60 = a minute in a second")  # fmt: skip
    @click.option("--url", help="the running server; default: HOST:PORT of the settings")
    def play(speed: float, url: str | None) -> None:
        """Act a rainy evening on the running server, as the demo's accounts; Ctrl-C ends it and tidies up."""
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
        settings = tools.load()
        accounts = settings.data_dir / "demo-accounts.json"
        if not accounts.exists():
            raise click.ClickException(f"{accounts} is not there: the data is not the demo's")
        node = tools.open_node(settings)
        programme = Programme(node)
        if not programme.take():
            raise click.ClickException("an evening is being played already: end it on the first page")
        hands = Remote(url or f"http://{settings.host}:{settings.port}", accounts)
        stage = Stage(hands, Heeding(programme), speed)
        click.echo(f"an evening of 300 minutes at {speed:g} to 1: {300 / speed:.1f} min. Ctrl-C ends it.")
        try:
            with contextlib.suppress(KeyboardInterrupt):
                stage.run()
        finally:
            stage.end()
            programme.give()
            node.database.close()
        click.echo(f"over: {stage.done} done, {len(stage.refused)} not taken")


def _load(demo: click.Group, tools: Any) -> None:
    @demo.command()
    @click.option("--scale", type=click.IntRange(1, 1000), default=1, show_default=True,
                  help="so many times the demo's teams, and 20 incidents for each time more")  # fmt: skip
    def load(scale: int) -> None:
        """Load the demo county where there is no data yet; with --scale also N times the teams, for load tests."""
        settings = tools.load()
        lock = (
            OnlyOne(settings.data_dir)
            if settings.database_url.startswith("sqlite")
            else contextlib.nullcontext()
        )
        with lock:
            first.prepare(settings, tools.open_node, demo=True)
            node = tools.open_node(settings)
            if not _is_demo(node):
                raise click.ClickException("there is data already, and it is not the demo's")
            teams, incidents = crowd.load(node, scale)
        click.echo(f"the demo county is there, with {teams} teams and {incidents} incidents more")


def _is_demo(node: Any) -> bool:
    return bool(node.database.read(lambda session: installation.fact(session, "demo"), world=None))


def _need_demo(running: Any) -> None:
    if not _is_demo(running.node):
        raise click.ClickException("the data is not the demo's")
