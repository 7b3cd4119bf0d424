"""`fengsui user …`: accounts from the terminal of the machine itself, through the same actions as everywhere."""

from __future__ import annotations

import secrets
import sys
from typing import Any

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.centres.models import Role, User


def commands(fengsui: click.Group, tools: Any) -> None:
    """Add the group `user`."""

    @fengsui.group()
    def user() -> None:
        """List, open and close accounts, and set their passwords."""

    @user.command("list")
    def list_() -> None:
        """Every account: name, role, centre, and whether it is closed."""
        node = tools.open_node(tools.load())
        query = sa.select(User).order_by(User.centre, User.username)
        rows = node.database.read(lambda session: list(session.execute(query).scalars()), world=None)
        for row in rows:
            closed = "  closed" if row.disabled else ""
            click.echo(f"{row.username:<24} {row.role:<16} {row.centre:<18} {row.name}{closed}")

    _opening(user, tools)
    _changes(user, tools)


def _opening(user: click.Group, tools: Any) -> None:
    @user.command()
    @click.argument("username")
    @click.option("--role", required=True, help="a role code, e.g. county_duty")
    @click.option("--centre", help="a division code; default: this node's county")
    @click.option("--name", help="as screens show it; default: the role's name")
    @click.option("--password-stdin", is_flag=True, help="read the password from the standard input")
    @click.option("--lasting", is_flag=True, help="do not ask for another password at the first sign-in")
    def create(
        username: str, role: str, centre: str | None, name: str | None, password_stdin: bool, lasting: bool
    ) -> None:
        """Open an account; without --password-stdin a password is made and shown once."""
        node = tools.open_node(tools.load())
        password = _password(password_stdin)
        wish = {
            "username": username,
            "role": role,
            "centre": centre or node.name[:6],
            "name": name or _role_name(node, role),
            "password": password,
            "lasting": lasting,
        }
        tools.do("user.create", wish)
        click.echo(f"opened {username}" + ("" if password_stdin else f", password {password}"))


def _changes(user: click.Group, tools: Any) -> None:
    @user.command()
    @click.argument("username")
    def disable(username: str) -> None:
        """Close an account: its sessions, tokens and sockets end."""
        node = tools.open_node(tools.load())
        tools.do("user.disable", {"id": _id(node, username)})
        click.echo(f"closed {username}")

    @user.command()
    @click.argument("username")
    @click.option("--password-stdin", is_flag=True, help="read the password from the standard input")
    @click.option("--lasting", is_flag=True, help="do not ask for another password at the next sign-in")
    def password(username: str, password_stdin: bool, lasting: bool) -> None:
        """Set a new password; open sessions end. Without --password-stdin one is made and shown once."""
        node = tools.open_node(tools.load())
        fresh = _password(password_stdin)
        tools.do("user.password", {"id": _id(node, username), "password": fresh, "lasting": lasting})
        click.echo(f"changed {username}" + ("" if password_stdin else f", password {fresh}"))


def _password(from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\n") if from_stdin else secrets.token_urlsafe(12)


def _id(node: Any, username: str) -> str:
    def job(session: Session) -> str | None:
        return session.execute(sa.select(User.id).where(User.username == username)).scalar_one_or_none()

    found: str | None = node.database.read(job, world=None)
    if found is None:
        raise click.ClickException(f"there is no account {username}")
    return found


def _role_name(node: Any, role: str) -> str:
    row = node.database.read(lambda session: session.get(Role, role), world=None)
    return row.zh if row else role
