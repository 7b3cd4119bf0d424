"""roads"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

DRIVES = {"road.read"}
RIGHTS = {
    **dict.fromkeys(
        (
            "county_leader",
            "township_leader",
            "dept_duty",
            "team",
            "village",
            "planner",
            "guest_force",
            "wall",
        ),
        DRIVES,
    ),
    "county_duty": DRIVES | {"closure.write"},
    "township_duty": DRIVES | {"closure.write"},
    "admin": DRIVES | {"road.write"},
}


def upgrade() -> None:
    op.create_table(
        "closure",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        *_owned(),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("shape", command.core.store.db.Json(), nullable=False),
        sa.Column("one_way", sa.Boolean(), nullable=False),
        sa.Column("bars", command.core.store.db.Json(), nullable=False),
        sa.Column("begins_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        sa.Column("lifted_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("lifted_reason", sa.Text(), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_closure")),
    )
    op.create_index("ix_closure_live", "closure", ["world", "live"], unique=False)
    op.create_table(
        "road_net",
        sa.Column("id", sa.String(length=36), nullable=False),
        *_owned(),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("source_crs", sa.String(length=12), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("counts", command.core.store.db.Json(), nullable=False),
        sa.Column("bounds", command.core.store.db.Json(), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.Column("taken_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("replaces", sa.String(length=36), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_road_net")),
    )
    op.create_index("ix_road_net_live", "road_net", ["live"], unique=False)
    _rights()


def _owned() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
    )


def _rights() -> None:
    """An installation that is there already gives its roles what they need for the new actions."""
    role = sa.table("role", sa.column("code", sa.String), sa.column("permissions", sa.Text))
    connection = op.get_bind()
    for row in connection.execute(sa.select(role).where(role.c.code.in_(RIGHTS))).all():
        held = sorted({*json.loads(row.permissions), *RIGHTS[row.code]})
        connection.execute(
            sa.update(role).where(role.c.code == row.code).values(permissions=json.dumps(held))
        )


def downgrade() -> None:
    op.drop_index("ix_road_net_live", table_name="road_net")
    op.drop_table("road_net")
    op.drop_index("ix_closure_live", table_name="closure")
    op.drop_table("closure")
