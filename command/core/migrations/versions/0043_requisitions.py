"""What was requisitioned and whose it is, sealed; roles learn of it."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

RIGHTS = {
    "county_duty": ["requisition.read", "requisition.write"], "township_duty": ["requisition.read", "requisition.write"],
    "county_leader": ["requisition.read"], "township_leader": ["requisition.read"], "dept_duty": ["requisition.read"],
    "planner": ["requisition.read"], "wall": ["requisition.read"],
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "requisition_owner",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("requisition_id", sa.String(length=36), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_requisition_owner")),
    )
    op.create_index("ix_requisition_owner_of", "requisition_owner", ["world", "requisition_id"], unique=False)
    op.create_table(
        "requisition",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("sort", sa.String(length=12), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Double(), nullable=False),
        sa.Column("unit", sa.String(length=12), nullable=False),
        sa.Column("owner_kind", sa.String(length=12), nullable=False),
        sa.Column("owner", command.core.store.db.Json(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("worth_yuan", sa.Double(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.Column("taken_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("given_back", command.core.store.db.Json(), nullable=True),
        sa.Column("settled", command.core.store.db.Json(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_requisition_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_requisition")),
    )
    op.create_index("ix_requisition_incident", "requisition", ["world", "incident_id"], unique=False)
    op.create_index("ix_requisition_state", "requisition", ["world", "state"], unique=False)
    role = sa.table("role", sa.column("code", sa.String), sa.column("permissions", sa.Text))
    for row in op.get_bind().execute(sa.select(role).where(role.c.code.in_(RIGHTS))).all():
        held = sorted({*json.loads(row.permissions), *RIGHTS[row.code]})
        new = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
        op.get_bind().execute(sa.update(role).where(role.c.code == row.code).values(permissions=new))


def downgrade() -> None:
    op.drop_index("ix_requisition_state", table_name="requisition")
    op.drop_index("ix_requisition_incident", table_name="requisition")
    op.drop_table("requisition")
    op.drop_index("ix_requisition_owner_of", table_name="requisition_owner")
    op.drop_table("requisition_owner")
