"""Decisions asked of leaders; roles learn of them and of the leader's brief."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

DUTY = ["decision.read", "decision.ask", "decision.record", "screen.brief"]
LEADER = ["decision.read", "decision.decide", "screen.brief"]
RIGHTS = {
    "county_duty": DUTY, "township_duty": DUTY, "county_leader": LEADER, "township_leader": LEADER,
    "dept_duty": ["decision.read"], "wall": ["decision.read"], "planner": ["decision.read"],
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("from_centre", sa.String(length=32), nullable=False),
        sa.Column("from_name", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=True),
        sa.Column("incident_title", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=True),
        sa.Column("options", command.core.store.db.Json(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("due_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("late", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("chosen", sa.String(length=2), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("approval", command.core.store.db.Json(), nullable=True),
        sa.Column("decided_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn", command.core.store.db.Json(), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_decision_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_incident", "decision", ["world", "incident_id"], unique=False)
    op.create_index("ix_decision_live", "decision", ["world", "live", "centre"], unique=False)
    _give_rights()


def _give_rights() -> None:
    """Roles that an installation started with; those made since are theirs who made them."""
    role = sa.table("role", sa.column("code", sa.String), sa.column("permissions", sa.Text))
    rows = op.get_bind().execute(sa.select(role).where(role.c.code.in_(RIGHTS))).all()
    for row in rows:
        held = sorted({*json.loads(row.permissions), *RIGHTS[row.code]})
        new = json.dumps(held, separators=(",", ":"))
        op.get_bind().execute(sa.update(role).where(role.c.code == row.code).values(permissions=new))


def downgrade() -> None:
    op.drop_index("ix_decision_live", table_name="decision")
    op.drop_index("ix_decision_incident", table_name="decision")
    op.drop_table("decision")
