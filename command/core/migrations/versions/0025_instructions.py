"""Instructions (指令事项) with their photos, human numbers by mark; roles learn of them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

READ, ANSWER, ISSUE, PRESS = (
    "instruction.read",
    "instruction.answer",
    "instruction.issue",
    "instruction.supervise",
)
RIGHTS = {
    "county_duty": [READ, ISSUE, ANSWER], "township_duty": [READ, ISSUE, ANSWER], "dept_duty": [READ, ANSWER],
    "county_leader": [READ, ISSUE, PRESS], "township_leader": [READ, ISSUE, ANSWER, PRESS], "village": [READ, ANSWER],
    "planner": [READ], "wall": [READ],
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "numbered",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("mark", sa.String(length=8), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("day", sa.String(length=8), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("world", "home", "mark", "centre", "day", name=op.f("pk_numbered")),
    )
    op.create_table(
        "instruction",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("urgency", sa.String(length=8), nullable=False),
        sa.Column("from_centre", sa.String(length=32), nullable=False),
        sa.Column("from_name", sa.Text(), nullable=False),
        sa.Column("to_centre", sa.String(length=32), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("incident_id", sa.String(length=36), nullable=True),
        sa.Column("incident_title", sa.Text(), nullable=True),
        sa.Column("response_id", sa.String(length=36), nullable=True),
        sa.Column("warning_id", sa.String(length=36), nullable=True),
        sa.Column("action", sa.String(length=32), nullable=True),
        sa.Column("checklist", command.core.store.db.Json(), nullable=False),
        sa.Column("needs_proof", sa.Boolean(), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("issued_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("accept_due_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("due_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("late", command.core.store.db.Json(), nullable=False),
        sa.Column("supervised", command.core.store.db.Json(), nullable=False),
        sa.Column("extended", command.core.store.db.Json(), nullable=False),
        sa.Column("feedback", command.core.store.db.Json(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("times", command.core.store.db.Json(), nullable=False),
        sa.Column("steps", command.core.store.db.Json(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_instruction_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_instruction")),
    )
    op.create_index("ix_instruction_incident", "instruction", ["world", "incident_id"], unique=False)
    op.create_index("ix_instruction_live", "instruction", ["world", "live", "to_centre"], unique=False)
    op.create_index("ix_instruction_response", "instruction", ["world", "response_id"], unique=False)
    op.create_table(
        "instruction_photo",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("instruction_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "instruction_id"],
            ["instruction.world", "instruction.id"],
            name=op.f("fk_instruction_photo_world_instruction_id"),
        ),
        sa.PrimaryKeyConstraint("world", "name", "instruction_id", name=op.f("pk_instruction_photo")),
    )
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
    op.drop_table("instruction_photo")
    op.drop_index("ix_instruction_response", table_name="instruction")
    op.drop_index("ix_instruction_live", table_name="instruction")
    op.drop_index("ix_instruction_incident", table_name="instruction")
    op.drop_table("instruction")
    op.drop_table("numbered")
