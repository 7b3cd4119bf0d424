"""Rolls of those who arrived at a place, and how they agree with who left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "evacuation_destination",
        sa.Column("named", command.core.store.db.Json(), nullable=False, server_default="[]"),
    )
    op.add_column("evacuation_destination", sa.Column("matched", command.core.store.db.Json(), nullable=True))
    with op.batch_alter_table("evacuation_destination") as table:
        table.alter_column("named", server_default=None)


def downgrade() -> None:
    op.drop_column("evacuation_destination", "matched")
    op.drop_column("evacuation_destination", "named")
