"""The rota, handovers, the log of duty, roll-calls; roles learn of them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KEEP = ["duty.read", "duty.write", "duty.log", "duty.handover", "duty.present", "screen.duty"]
RIGHTS = {
    "county_duty": [*KEEP, "duty.check", "duty.burden"], "township_duty": KEEP, "dept_duty": KEEP,
    "county_leader": ["duty.read", "duty.check", "duty.burden", "screen.duty"],
    "township_leader": ["duty.read", "screen.duty"], "planner": ["duty.read"], "wall": ["duty.read"],
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "duty_check",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("on_behalf", sa.Text(), nullable=True),
        sa.Column("asked_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("answer_by", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("how", sa.String(length=8), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("reason", command.core.store.db.Json(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_duty_check")),
    )
    op.create_index(op.f("ix_duty_check_centre"), "duty_check", ["centre"], unique=False)
    op.create_index("ix_duty_check_live", "duty_check", ["world", "live"], unique=False)
    op.create_table(
        "duty_note",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("sort", sa.String(length=12), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("with_centre", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=True),
        sa.Column("person", command.core.store.db.Json(), nullable=True),
        sa.Column("promise", sa.Text(), nullable=True),
        sa.Column("promise_due_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("kept_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("kept_by", sa.Text(), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_duty_note")),
    )
    op.create_index(op.f("ix_duty_note_centre"), "duty_note", ["centre"], unique=False)
    op.create_index("ix_duty_note_live", "duty_note", ["world", "live"], unique=False)
    op.create_table(
        "duty_note_person",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("note_id", sa.String(length=36), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_duty_note_person")),
    )
    op.create_index(op.f("ix_duty_note_person_note_id"), "duty_note_person", ["note_id"], unique=False)
    op.create_table(
        "duty",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("begins_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("people", command.core.store.db.Json(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("began_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["centre"], ["centre.id"], name=op.f("fk_duty_centre")),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_duty")),
    )
    op.create_index("ix_duty_centre", "duty", ["world", "centre", "begins_at"], unique=False)
    op.create_index("ix_duty_live", "duty", ["world", "live"], unique=False)
    op.create_table(
        "duty_handover",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("from_id", sa.String(length=36), nullable=False),
        sa.Column("to_id", sa.String(length=36), nullable=False),
        sa.Column("due_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("items", command.core.store.db.Json(), nullable=False),
        sa.Column("remarks", command.core.store.db.Json(), nullable=False),
        sa.Column("gathered_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("handed_by", sa.Text(), nullable=True),
        sa.Column("handed_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.Text(), nullable=True),
        sa.Column("accepted_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "from_id"], ["duty.world", "duty.id"], name=op.f("fk_duty_handover_world_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["world", "to_id"], ["duty.world", "duty.id"], name=op.f("fk_duty_handover_world_to_id")
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_duty_handover")),
    )
    op.create_index("ix_duty_handover_live", "duty_handover", ["world", "live"], unique=False)
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
    op.drop_index("ix_duty_handover_live", table_name="duty_handover")
    op.drop_table("duty_handover")
    op.drop_index("ix_duty_live", table_name="duty")
    op.drop_index("ix_duty_centre", table_name="duty")
    op.drop_table("duty")
    op.drop_index(op.f("ix_duty_note_person_note_id"), table_name="duty_note_person")
    op.drop_table("duty_note_person")
    op.drop_index("ix_duty_note_live", table_name="duty_note")
    op.drop_index(op.f("ix_duty_note_centre"), table_name="duty_note")
    op.drop_table("duty_note")
    op.drop_index("ix_duty_check_live", table_name="duty_check")
    op.drop_index(op.f("ix_duty_check_centre"), table_name="duty_check")
    op.drop_table("duty_check")
