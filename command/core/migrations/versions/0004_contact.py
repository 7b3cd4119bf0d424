"""contact"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heard",
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("centre", name=op.f("pk_heard")),
    )
    op.create_table(
        "link",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("last_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_link")),
    )


def downgrade() -> None:
    op.drop_table("link")
    op.drop_table("heard")
