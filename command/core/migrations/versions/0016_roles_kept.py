"""roles_kept"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ROLE = sa.table("role", sa.column("code"), sa.column("base"), sa.column("permissions"))
LONG_AGO = sa.text("'2026-01-01 00:00:00.000000'")


def upgrade() -> None:
    for column in (
        sa.Column("home", sa.String(12), nullable=False, server_default=""),
        sa.Column("term", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("n", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False, server_default=LONG_AGO),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False, server_default=LONG_AGO),
        sa.Column("base", sa.String(32), nullable=False, server_default=""),
    ):  # fmt: skip
        op.add_column("role", column)
    connection = op.get_bind()
    connection.execute(ROLE.update().values(base=ROLE.c.code))
    security = ROLE.c.code == "security"  # who keeps the others' rights decides what roles may
    for (held,) in connection.execute(sa.select(ROLE.c.permissions).where(security)).all():
        more = json.dumps(sorted({*json.loads(held), "role.write"}), separators=(",", ":"))
        connection.execute(ROLE.update().where(security).values(permissions=more))


def downgrade() -> None:
    for name in ("base", "updated_at", "created_at", "version", "n", "term", "home"):
        op.drop_column("role", name)
