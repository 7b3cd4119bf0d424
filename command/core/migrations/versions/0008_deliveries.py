"""deliveries"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("recipient", sa.String(length=96), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("whom", command.core.store.db.Json(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("about_kind", sa.String(length=32), nullable=False),
        sa.Column("about_id", sa.String(length=36), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("gateway", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", command.core.store.db.Json(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("max_age_s", sa.Integer(), nullable=False),
        sa.Column("made_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("next_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("handed_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("reference", sa.String(length=80), nullable=True),
        sa.Column("acknowledged_by", sa.Text(), nullable=True),
        sa.Column("acknowledged_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("world", "entry", "recipient", "channel", name="uq_delivery_once"),
    )
    op.create_index("ix_delivery_about", "delivery", ["world", "about_id"], unique=False)
    op.create_index(op.f("ix_delivery_centre"), "delivery", ["centre"], unique=False)
    op.create_index(op.f("ix_delivery_live"), "delivery", ["live"], unique=False)
    op.create_index(op.f("ix_delivery_state"), "delivery", ["state"], unique=False)
    op.create_table(
        "followed",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("world", name=op.f("pk_followed")),
    )
    op.create_table(
        "delivery_work",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("next_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("expires_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(length=36), nullable=True),
        sa.Column("lease_until", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("unwanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "id"], ["delivery.world", "delivery.id"], name=op.f("fk_delivery_work_world_id")
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_delivery_work")),
    )
    op.create_index(op.f("ix_delivery_work_next_at"), "delivery_work", ["next_at"], unique=False)
    op.create_table(
        "team_line",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_line_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_line")),
    )
    op.create_index(op.f("ix_team_line_team_id"), "team_line", ["team_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_team_line_team_id"), table_name="team_line")
    op.drop_table("team_line")
    op.drop_index(op.f("ix_delivery_work_next_at"), table_name="delivery_work")
    op.drop_table("delivery_work")
    op.drop_table("followed")
    op.drop_index(op.f("ix_delivery_state"), table_name="delivery")
    op.drop_index(op.f("ix_delivery_live"), table_name="delivery")
    op.drop_index(op.f("ix_delivery_centre"), table_name="delivery")
    op.drop_index("ix_delivery_about", table_name="delivery")
    op.drop_table("delivery")
