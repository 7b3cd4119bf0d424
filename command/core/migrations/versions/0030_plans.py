"""Plans with their editions, responses, consultations (会商); roles learn of them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

DUTY = ["plan.read", "response.propose", "response.record", "consultation.write"]
LEADER = ["plan.read", "plan.approve", "response.propose", "response.approve", "screen.planner"]
RIGHTS = {
    "county_duty": DUTY, "township_duty": DUTY, "county_leader": LEADER, "township_leader": LEADER,
    "dept_duty": ["plan.read"], "wall": ["plan.read"], "planner": ["plan.read", "plan.write", "screen.planner"],
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("kinds", command.core.store.db.Json(), nullable=False),
        sa.Column("areas", command.core.store.db.Json(), nullable=False),
        sa.Column("model", sa.String(length=16), nullable=False),
        sa.Column("levels", command.core.store.db.Json(), nullable=False),
        sa.Column("groups", command.core.store.db.Json(), nullable=False),
        sa.Column("actions", command.core.store.db.Json(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.Column("approved", command.core.store.db.Json(), nullable=True),
        sa.Column("in_force_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_live"), "plan", ["live"], unique=False)
    op.create_index("uq_plan_edition", "plan", ["centre", "code", "edition"], unique=True)
    op.create_index(
        "uq_plan_in_force",
        "plan",
        ["centre", "code"],
        unique=True,
        sqlite_where=sa.text("state = 'in_force'"),
        postgresql_where=sa.text("state = 'in_force'"),
    )
    op.create_table(
        "response",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("plan_title", sa.Text(), nullable=False),
        sa.Column("plan_edition", sa.Integer(), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=True),
        sa.Column("incident_title", sa.Text(), nullable=True),
        sa.Column("warning_id", sa.String(length=36), nullable=True),
        sa.Column("areas", command.core.store.db.Json(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=True),
        sa.Column("level", sa.String(length=4), nullable=True),
        sa.Column("expected_hours", sa.Integer(), nullable=True),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("reasons", command.core.store.db.Json(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("approvals", command.core.store.db.Json(), nullable=False),
        sa.Column("issued", command.core.store.db.Json(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("times", command.core.store.db.Json(), nullable=False),
        sa.Column("steps", command.core.store.db.Json(), nullable=False),
        sa.Column("expected_until", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("past_due", sa.Boolean(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_response_plan_id")),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_response_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_response")),
    )
    op.create_index("ix_response_incident", "response", ["world", "incident_id"], unique=False)
    op.create_index(op.f("ix_response_live"), "response", ["live"], unique=False)
    op.create_table(
        "consultation",
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
        sa.Column("response_id", sa.String(length=36), nullable=True),
        sa.Column("incident_id", sa.String(length=36), nullable=True),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("held_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("chair", sa.Text(), nullable=False),
        sa.Column("attended", command.core.store.db.Json(), nullable=False),
        sa.Column("opinions", command.core.store.db.Json(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("earlier", command.core.store.db.Json(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_consultation_world_incident_id"),
        ),
        sa.ForeignKeyConstraint(
            ["world", "response_id"],
            ["response.world", "response.id"],
            name=op.f("fk_consultation_world_response_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_consultation")),
    )
    op.create_index("ix_consultation_incident", "consultation", ["world", "incident_id"], unique=False)
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
    op.drop_index("ix_consultation_incident", table_name="consultation")
    op.drop_table("consultation")
    op.drop_index(op.f("ix_response_live"), table_name="response")
    op.drop_index("ix_response_incident", table_name="response")
    op.drop_table("response")
    op.drop_index(
        "uq_plan_in_force",
        table_name="plan",
        sqlite_where=sa.text("state = 'in_force'"),
        postgresql_where=sa.text("state = 'in_force'"),
    )
    op.drop_index("uq_plan_edition", table_name="plan")
    op.drop_index(op.f("ix_plan_live"), table_name="plan")
    op.drop_table("plan")
