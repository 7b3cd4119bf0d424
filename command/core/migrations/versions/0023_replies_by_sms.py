"""Replies by SMS, and to which number a message went."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reply",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("delivery_id", sa.String(length=36), nullable=True),
        sa.Column("about_kind", sa.String(length=32), nullable=True),
        sa.Column("about_id", sa.String(length=36), nullable=True),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("whom", command.core.store.db.Json(), nullable=False),
        sa.Column("said_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_by", sa.Text(), nullable=True),
        sa.Column("acknowledged_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_centre"), "reply", ["centre"], unique=False)
    op.create_index(op.f("ix_reply_live"), "reply", ["live"], unique=False)
    op.create_table(
        "delivery_addressed",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "id"], ["delivery.world", "delivery.id"], name=op.f("fk_delivery_addressed_world_id")
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_delivery_addressed")),
    )
    op.create_index(op.f("ix_delivery_addressed_digest"), "delivery_addressed", ["digest"], unique=False)
    op.create_table(
        "reply_words",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "id"], ["reply.world", "reply.id"], name=op.f("fk_reply_words_world_id")
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_reply_words")),
    )


def downgrade() -> None:
    op.drop_table("reply_words")
    op.drop_index(op.f("ix_delivery_addressed_digest"), table_name="delivery_addressed")
    op.drop_table("delivery_addressed")
    op.drop_index(op.f("ix_reply_live"), table_name="reply")
    op.drop_index(op.f("ix_reply_centre"), table_name="reply")
    op.drop_table("reply")
