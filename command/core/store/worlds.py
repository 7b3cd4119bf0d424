"""Worlds: life is 0, each drill has its own. First wall: the session adds the world to every statement and stamps new rows.
Second wall, in the database itself: triggers on SQLite, row-level security on PostgreSQL, generated from the metadata (RULES 17).
"""

from __future__ import annotations

import _thread
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.orm.interfaces import ORMOption

from command.core.store.db import Base, Worldly
from command.core.store.statements import Statement

LIVE = 0
ROLE = "fengsui_app"


class _Entered(_thread._local):
    world: int | None = None


_entered = _Entered()
_installed = False


class WrongWorld(RuntimeError):
    """A row of another world was about to be written."""


def enter(world: int) -> None:
    """Say in which world this operating-system thread writes: what app_world() answers on SQLite."""
    _entered.world = world


def found(session: Session, world: int, make: Callable[[Session], None]) -> None:
    """Make what a new world begins with inside the transaction of life that opens it: the one step across the walls."""
    life = session.info["world"]
    session.flush()
    try:
        _stand(session, world)
        make(session)
        session.flush()
    finally:
        _stand(session, life)


def _stand(session: Session, world: int) -> None:
    session.info["world"] = world
    if session.get_bind().dialect.name == "sqlite":
        enter(world)
    else:
        wall(session, world)


def register_function(connection: sa.Connection) -> None:
    """Give SQLite's triggers their app_world()."""
    raw: Any = connection.connection.driver_connection
    raw.create_function("app_world", 0, lambda: _entered.world)


_WALL = Statement(
    sa.text(
        "SELECT set_config('role', :role, :passing), set_config('app.world', :world, :passing), "
        "set_config('app.across', :across, :passing)"
    )
)


def wall(session: Session, world: int | None) -> None:
    """PostgreSQL: become the role that row-level security binds, in this world, until the transaction ends."""
    setting = "" if world is None else str(world)
    given = {"role": ROLE, "world": setting, "across": "on" if world is None else "off", "passing": True}
    _WALL.run(session.connection(), given)


def look_across(connection: sa.Connection) -> None:
    """PostgreSQL: be that role for as long as the connection lives, reading all worlds and writing none. The connection must not go
    back to where others take theirs."""
    connection.detach()
    _WALL.run(connection, {"role": ROLE, "world": "", "across": "on", "passing": False})


def install() -> None:
    """Bind the first wall to every session of this process."""
    global _installed
    if not _installed:
        sa.event.listen(Session, "do_orm_execute", _add_criterion)
        sa.event.listen(Session, "before_flush", _check_flush)
        _installed = True


def _add_criterion(state: ORMExecuteState) -> None:
    world = state.session.info.get("world")
    if world is None or state.is_column_load or state.is_relationship_load:
        return
    if state.is_select or state.is_update or state.is_delete:
        state.statement = state.statement.options(_criterion(world))


@lru_cache(maxsize=64)
def _criterion(world: int) -> ORMOption:
    """Made once for a world: it is part of every statement, and making it costs as much as a small statement."""
    return with_loader_criteria(
        Worldly, lambda cls: cls.world == world, include_aliases=True, track_closure_variables=True
    )


def _check_flush(session: Session, context: Any, instances: Any) -> None:
    world = session.info.get("world")
    for row in session.new:
        if isinstance(row, Worldly) and row.world is None and world is not None:
            row.world = world
    for row in [*session.new, *session.dirty, *session.deleted]:
        if isinstance(row, Worldly) and row.world != world:
            raise WrongWorld(f"{type(row).__name__} of world {row.world} in a session of world {world}")


def worldly_tables() -> list[sa.Table]:
    """Every table that has a world."""
    return [table for table in Base.metadata.sorted_tables if "world" in table.primary_key.columns]


def build_wall(connection: sa.Connection) -> None:
    """(Re)build the second wall for every worldly table; run after each migration."""
    if connection.dialect.name == "sqlite":
        _build_triggers(connection)
    else:
        _build_policies(connection)


def _build_triggers(connection: sa.Connection) -> None:
    for table in worldly_tables():
        for verb, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
            name = f"wall_{table.name}_{verb.lower()}"
            wrong = " OR ".join(f"{row}.world IS NOT app_world()" for row in rows)
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table.name} WHEN {wrong} "
                "BEGIN SELECT RAISE(ABORT, 'a row of another world'); END"
            )


class NotPrepared(SystemExit):
    """The database's account cannot do what is missing; the text is the one line to run, and for whom."""


def _have_role(connection: sa.Connection) -> None:
    """Have the role that row-level security binds, and be allowed to become it. An account of its own may not make roles:
    then somebody who may has to, once (docs/deploy.md)."""
    member = "SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = %(role)s"
    if connection.exec_driver_sql(member, {"role": ROLE}).scalar():
        return
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(
                f"DO $$ BEGIN CREATE ROLE {ROLE} NOLOGIN; "
                "EXCEPTION WHEN duplicate_object THEN NULL; WHEN unique_violation THEN NULL; END $$"
            )
            connection.exec_driver_sql(f"GRANT {ROLE} TO CURRENT_USER")
    except sa.exc.ProgrammingError as error:
        account = connection.exec_driver_sql("SELECT quote_ident(current_user)").scalar_one()
        raise NotPrepared(
            f"the database account {account} may not make the role {ROLE}; once, as a superuser of PostgreSQL:\n"
            f'  sudo -u postgres psql -c "create role {ROLE} nologin" -c "grant {ROLE} to {account}"'
        ) from error


def _build_policies(connection: sa.Connection) -> None:
    _have_role(connection)
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {ROLE}")
    own = connection.exec_driver_sql(
        "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user"
    )
    for name in own.scalars().all():
        connection.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {ROLE}")
    # the world as a number, so that the planner knows what share of the rows it leaves: of a text made of it, it would think a
    # hundredth, and walk over all where a page was asked for
    inside = "world = nullif(current_setting('app.world', true), '')::integer"
    for table in worldly_tables():
        connection.exec_driver_sql(f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY")
        connection.exec_driver_sql(f"ALTER TABLE {table.name} FORCE ROW LEVEL SECURITY")
        connection.exec_driver_sql(f"DROP POLICY IF EXISTS world_write ON {table.name}")
        connection.exec_driver_sql(f"DROP POLICY IF EXISTS world_read ON {table.name}")
        connection.exec_driver_sql(
            f"CREATE POLICY world_write ON {table.name} USING ({inside}) WITH CHECK ({inside})"
        )
        connection.exec_driver_sql(
            f"CREATE POLICY world_read ON {table.name} FOR SELECT USING (current_setting('app.across', true) = 'on')"
        )
