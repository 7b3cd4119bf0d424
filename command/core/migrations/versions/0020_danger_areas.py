"""Danger areas, who entered them, and the roles' new rights."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

READ = {"danger.read"}
RIGHTS = {
    **dict.fromkeys(("county_leader", "township_leader", "dept_duty", "village", "planner", "wall"), READ),
    **dict.fromkeys(("county_duty", "township_duty"), READ | {"danger.write"}),
    **dict.fromkeys(("team", "guest_force"), READ | {"danger.receipt"}),
}


def upgrade() -> None:
    op.create_table(
        "danger_area",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("sort", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=True),
        sa.Column("shape", command.core.store.db.Json(), nullable=False),
        sa.Column("point", command.core.store.db.Json(), nullable=True),
        sa.Column("radius_m", sa.Integer(), nullable=True),
        sa.Column("incident_id", sa.String(length=36), nullable=True),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("begins_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("declared_by", sa.Text(), nullable=False),
        sa.Column("declared_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=True),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        sa.Column("lifted_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("lifted_reason", sa.Text(), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_danger_area_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_danger_area")),
    )
    op.create_index("ix_danger_area_incident", "danger_area", ["world", "incident_id"], unique=False)
    op.create_index("ix_danger_area_live", "danger_area", ["world", "live"], unique=False)
    op.create_table(
        "danger_entry",
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
        sa.Column("advice", command.core.store.db.Json(), nullable=False),
        sa.Column("entered_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("depth_m", sa.Integer(), nullable=False),
        sa.Column("receipt_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("receipt_by", sa.Text(), nullable=True),
        sa.Column("left_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("why", sa.String(length=10), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "area_id"],
            ["danger_area.world", "danger_area.id"],
            name=op.f("fk_danger_entry_world_area_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_danger_entry")),
    )
    op.create_index("ix_danger_entry_area", "danger_entry", ["world", "area_id", "team_id"], unique=False)
    op.create_index("ix_danger_entry_live", "danger_entry", ["world", "live"], unique=False)
    op.create_index("ix_danger_entry_team", "danger_entry", ["world", "team_id", "live"], unique=False)
    _give_rights()


def _give_rights() -> None:
    role = sa.table("role", sa.column("code", sa.String), sa.column("permissions", sa.Text))
    rows = op.get_bind().execute(sa.select(role).where(role.c.code.in_(RIGHTS))).all()
    for row in rows:
        held = sorted({*json.loads(row.permissions), *RIGHTS[row.code]})
        op.get_bind().execute(
            sa.update(role).where(role.c.code == row.code).values(permissions=json.dumps(held))
        )


def downgrade() -> None:
    op.drop_index("ix_danger_entry_team", table_name="danger_entry")
    op.drop_index("ix_danger_entry_live", table_name="danger_entry")
    op.drop_index("ix_danger_entry_area", table_name="danger_entry")
    op.drop_table("danger_entry")
    op.drop_index("ix_danger_area_live", table_name="danger_area")
    op.drop_index("ix_danger_area_incident", table_name="danger_area")
    op.drop_table("danger_area")
