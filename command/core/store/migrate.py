"""Bringing a database to the present form: one Alembic chain for both kinds, then the second wall of worlds."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command as alembic
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from command.core.store import worlds

HERE = Path(__file__).resolve().parents[1] / "migrations"


def config(connection: sa.Connection) -> Config:
    """Alembic's settings, without a file of their own."""
    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.attributes["connection"] = connection
    return made


def upgrade(engine: sa.Engine) -> bool:
    """Upgrade to the newest form. Returns whether anything was done."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == head():
            return False
        connection.rollback()
        with connection.begin():
            alembic.upgrade(config(connection), "head")
            worlds.build_wall(connection)
    return True


def head() -> str | None:
    """The newest revision."""
    made = Config()
    made.set_main_option("script_location", str(HERE))
    return ScriptDirectory.from_config(made).get_current_head()
