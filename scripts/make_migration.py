"""Write the next migration from the models: `python scripts/make_migration.py "message"`; read it before it is committed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command as alembic

import wsgi  # noqa: F401  # declares every slice's models
from command.core.store import migrate
from command.core.store.database import Database


def main(message: str) -> None:
    """Upgrade an empty database to the head, compare it with the models, write what differs."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'new.db'}")
        with database.engine.connect() as connection:
            with connection.begin():
                alembic.upgrade(
                    migrate.config(connection), "head"
                )  # without the wall: it stands on the models of now
            number = f"{len(list((migrate.HERE / 'versions').glob('*.py'))) + 1:04d}"
            alembic.revision(migrate.config(connection), message=message, autogenerate=True, rev_id=number)
        database.close()


if __name__ == "__main__":
    main(sys.argv[1])
