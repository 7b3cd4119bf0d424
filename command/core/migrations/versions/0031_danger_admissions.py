"""Teams that were sent into a danger area by name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "danger_admission",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("team_name", sa.Text(), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("area_centre", sa.String(length=32), nullable=False),
        sa.Column("sort", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("admitted_by", sa.Text(), nullable=False),
        sa.Column("admitted_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "area_id"],
            ["danger_area.world", "danger_area.id"],
            name=op.f("fk_danger_admission_world_area_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_danger_admission")),
    )
    op.create_index(
        "ix_danger_admission_area", "danger_admission", ["world", "area_id", "team_id"], unique=False
    )
    op.create_index("ix_danger_admission_live", "danger_admission", ["world", "live"], unique=False)
    op.add_column("danger_entry", sa.Column("admitted_by", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("danger_entry", "admitted_by")
    op.drop_index("ix_danger_admission_live", table_name="danger_admission")
    op.drop_index("ix_danger_admission_area", table_name="danger_admission")
    op.drop_table("danger_admission")
