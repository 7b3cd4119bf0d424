"""Warnings, their CAP messages, and the roles' new rights."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

READ = {"warning.read"}
RIGHTS = {
    **dict.fromkeys(("township_leader", "village", "planner", "wall", "team", "guest_force"), READ),
    "township_duty": READ | {"warning.check"},
    "dept_duty": READ | {"warning.check", "warning.write"},
    "county_leader": READ | {"warning.check", "warning.issue"},
    "county_duty": READ | {"warning.check", "warning.write", "warning.relay", "warning.issue"},
}


def upgrade() -> None:
    op.create_table(
        "warning",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("relay", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=24), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=True),
        sa.Column("start_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("area", command.core.store.db.Json(), nullable=False),
        sa.Column("struck", command.core.store.db.Json(), nullable=False),
        sa.Column("texts", command.core.store.db.Json(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("issued_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.String(length=36), nullable=False),
        sa.Column("signed", command.core.store.db.Json(), nullable=False),
        sa.Column("pending", command.core.store.db.Json(), nullable=True),
        sa.Column("checks", command.core.store.db.Json(), nullable=False),
        sa.Column("ended_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_how", sa.String(length=12), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_warning")),
    )
    op.create_index("ix_warning_identifier", "warning", ["world", "identifier"], unique=False)
    op.create_index("ix_warning_live", "warning", ["world", "live"], unique=False)
    op.create_table(
        "cap_message",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("warning_id", sa.String(length=36), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.Column("sent", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("out", sa.Boolean(), nullable=False),
        sa.Column("alert", command.core.store.db.Json(), nullable=False),
        sa.Column("passed_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("taken_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "warning_id"],
            ["warning.world", "warning.id"],
            name=op.f("fk_cap_message_world_warning_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_cap_message")),
        sa.UniqueConstraint("world", "sender", "identifier", "sent", name="uq_cap_message_of_sender"),
    )
    op.create_index("ix_cap_message_identifier", "cap_message", ["world", "identifier"], unique=False)
    op.create_index("ix_cap_message_warning", "cap_message", ["world", "warning_id"], unique=False)
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
    op.drop_index("ix_cap_message_warning", table_name="cap_message")
    op.drop_index("ix_cap_message_identifier", table_name="cap_message")
    op.drop_table("cap_message")
    op.drop_index("ix_warning_live", table_name="warning")
    op.drop_index("ix_warning_identifier", table_name="warning")
    op.drop_table("warning")
