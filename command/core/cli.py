"""The `fengsui` command."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from command.core import terminal
from command.core.access import system_actor
from command.core.store.lock import OnlyOne

Open = Callable[..., Any]
LIST = click.Path(exists=True, dir_okay=False)


@dataclass(frozen=True)
class Tools:
    """What the composition root lends to commands."""

    open_node: Open
    create_app: Open
    load: Callable[[], Any]

    def do(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Do an action as this installation: beside a running server by its socket, else on the database itself."""
        try:
            return terminal.do(self.load(), self.open_node, name, payload)
        except terminal.Refused as refusal:
            raise click.ClickException(str(refusal)) from refusal

    def ask(self, name: str, wish: dict[str, Any]) -> Any:
        """Ask a question as this installation, of the database itself: a reader stands beside a running server."""
        node = self.open_node(self.load())
        try:
            return node.ask(name, wish, system_actor(node.name))
        finally:
            node.database.close()


More = Callable[[click.Group, Tools], None]


def run(tools: Tools, more: Sequence[More] = ()) -> None:
    """Build the commands over the composition root and run."""
    import sqlalchemy as sa

    try:
        commands(tools, more)(prog_name="fengsui")
    except (sa.exc.OperationalError, sa.exc.ProgrammingError) as error:
        raise SystemExit(_said(error)) from error


def _said(error: Any) -> str:
    """What the terminal is told when the database cannot be used at all."""
    told = str(error.orig).strip().splitlines()[0]
    if "no such table" in told or getattr(error.orig, "sqlstate", None) == "42P01":
        return "there is no county in this database yet: run `fengsui init`"
    return f"the database cannot be used: {told}"


def commands(tools: Tools, more: Sequence[More] = ()) -> click.Group:
    """The group of commands. `more`: what the slices add."""
    open_node, create_app, load = tools.open_node, tools.create_app, tools.load

    @click.group()
    def fengsui() -> None:
        """烽燧 Fengsui: emergency command and incident dispatch of a county and its townships."""

    @fengsui.command()
    def serve() -> None:
        """Serve on HOST:PORT until SIGTERM."""
        from command.core import serving

        serving.serve(load(), create_app)

    @fengsui.command()
    @click.option("--demo", is_flag=True, help="with the demo county, where there is no database yet")
    def init(demo: bool) -> None:
        """Make or upgrade the database."""
        from command.core import first

        settings = load()
        with OnlyOne(settings.data_dir):
            new = first.prepare(settings, open_node, demo=demo)
        click.echo("the database is new" if new else "the database is up to date")

    _verify(fengsui, open_node, load)
    _users(fengsui, open_node, load)
    for add in more:
        add(fengsui, tools)
    _keeping(fengsui, open_node, load)
    return fengsui


def _verify(fengsui: click.Group, open_node: Open, load: Callable[[], Any]) -> None:
    @fengsui.command()
    def verify() -> None:
        """Walk the journal's and the access log's hash chains; exit 1 when something was changed, dropped or reordered."""
        from command.core import accesslog, verifying

        node = open_node(load())
        flaws = node.database.read(lambda session: [*verifying.verify(session)], world=None)
        wrong = node.database.read(lambda session: [*accesslog.verify(session)], world=None)
        for flaw in flaws:
            click.echo(f"world {flaw.world} entry {flaw.seq}: {flaw.what}")
        for one in wrong:
            click.echo(one)
        if flaws or wrong:
            sys.exit(1)
        click.echo("clean")


def _users(fengsui: click.Group, open_node: Open, load: Callable[[], Any]) -> None:
    @fengsui.command()
    @click.option("--out", type=click.Path(), default="-", help="a file; default: the terminal")
    def openapi(out: str) -> None:
        """Write the OpenAPI description."""
        from command.core import openapi as made

        with click.open_file(out, "w") as file:
            file.write(json.dumps(made.document(), ensure_ascii=False, indent=1))

    @fengsui.command()
    @click.argument("username")
    @click.option("--label", default="cli")
    def token(username: str, label: str) -> None:
        """Issue a bearer token for an account; it is shown once."""
        from command.core.auth import Auth
        from command.core.credentials import Credential

        node = open_node(load())
        row = node.database.read(
            lambda session: next(
                (one for one in session.query(Credential) if one.username == username), None
            ),
            world=None,
        )
        if row is None:
            raise click.ClickException(f"there is no account {username}")
        click.echo(Auth(node).issue_token(row.user_id, label))

    @fengsui.command()
    def jobs() -> None:
        """Print the jobs and the promises that are due next."""
        from command.core import due
        from command.core import jobs as declared

        node = open_node(load())
        for job in declared.JOBS.values():
            click.echo(f"{job.name:<32} every {job.seconds} s")
        at = node.database.read(due.next_at, world=None)
        click.echo(f"next promise: {at.isoformat() if at else 'none'}")


def _keeping(fengsui: click.Group, open_node: Open, load: Callable[[], Any]) -> None:
    @fengsui.command()
    @click.argument("directory", type=click.Path(file_okay=False))
    def backup(directory: str) -> None:
        """Copy the database (a consistent snapshot), then the files, into a new directory; the key goes beside, apart."""
        from command.core import backups

        click.echo(backups.backup(open_node(load()), Path(directory)))

    @fengsui.command()
    @click.argument("directory", type=click.Path(exists=True, file_okay=False))
    @click.option(
        "--erased", multiple=True, type=LIST, help="a list of erasures (erased.jsonl) kept elsewhere"
    )
    def restore(directory: str, erased: tuple[str, ...]) -> None:
        """Restore a backup into an empty DATA_DIR; the node starts with a new incarnation; what was erased since stays erased."""
        from command.core import backups

        settings = load()
        with OnlyOne(settings.data_dir):
            lists = [Path(one) for one in erased]
            click.echo(backups.restore(settings, Path(directory), open_node, lists))
