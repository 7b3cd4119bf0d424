"""Robo-calls: what a call came to stands with its delivery and with who was called; people put on a call-out by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("call", command.core.store.db.Json(), nullable=True))
    op.add_column("callout_person", sa.Column("robo", command.core.store.db.Json(), nullable=True))
    op.add_column("callout_person", sa.Column("wave", sa.String(length=40), nullable=True))
    op.create_table(
        "callout_line",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("callout_id", sa.String(length=36), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "callout_id"],
            ["callout.world", "callout.id"],
            name=op.f("fk_callout_line_world_callout_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_callout_line")),
    )
    op.create_index(op.f("ix_callout_line_callout_id"), "callout_line", ["callout_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_callout_line_callout_id"), table_name="callout_line")
    op.drop_table("callout_line")
    op.drop_column("callout_person", "wave")
    op.drop_column("callout_person", "robo")
    op.drop_column("delivery", "call")
