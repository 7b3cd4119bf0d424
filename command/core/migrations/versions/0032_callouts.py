"""Call-outs, the lists that are worked, the people on them; roles learn of them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

READ, WORK = "callout.read", ["callout.read", "callout.open", "callout.work"]
RIGHTS = {
    "county_duty": [*WORK, "callout.sample"], "township_duty": WORK, "county_leader": [READ, "callout.sample"],
    "township_leader": [READ], "dept_duty": [READ], "planner": [READ], "wall": [READ],
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "callout",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("warning_id", sa.String(length=36), nullable=True),
        sa.Column("title", command.core.store.db.Json(), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("areas", command.core.store.db.Json(), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opened_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_callout")),
    )
    op.create_index("ix_callout_live", "callout", ["world", "live"], unique=False)
    op.create_index("ix_callout_warning", "callout", ["world", "warning_id"], unique=False)
    op.create_table(
        "callout_list",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("callout_id", sa.String(length=36), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("todo", command.core.store.db.Json(), nullable=False),
        sa.Column("unnamed", command.core.store.db.Json(), nullable=False),
        sa.Column("counts", command.core.store.db.Json(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "callout_id"],
            ["callout.world", "callout.id"],
            name=op.f("fk_callout_list_world_callout_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_callout_list")),
    )
    op.create_index("ix_callout_list_callout", "callout_list", ["world", "callout_id"], unique=False)
    op.create_index("ix_callout_list_live", "callout_list", ["world", "live", "centre"], unique=False)
    op.create_table(
        "callout_person",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("callout_id", sa.String(length=36), nullable=False),
        sa.Column("list_id", sa.String(length=36), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("lines", command.core.store.db.Json(), nullable=False),
        sa.Column("superior", command.core.store.db.Json(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("acts", command.core.store.db.Json(), nullable=False),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.Column("due_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("listed_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("answered_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("door_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("attempts", command.core.store.db.Json(), nullable=False),
        sa.Column("sample", command.core.store.db.Json(), nullable=True),
        sa.ForeignKeyConstraint(
            ["world", "list_id"],
            ["callout_list.world", "callout_list.id"],
            name=op.f("fk_callout_person_world_list_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_callout_person")),
    )
    op.create_index("ix_callout_person_callout", "callout_person", ["world", "callout_id"], unique=False)
    op.create_index("ix_callout_person_list", "callout_person", ["world", "list_id", "due_at"], unique=False)
    role = sa.table("role", sa.column("code", sa.String), sa.column("permissions", sa.Text))
    rows = op.get_bind().execute(sa.select(role).where(role.c.code.in_(RIGHTS))).all()
    for row in rows:
        held = sorted({*json.loads(row.permissions), *RIGHTS[row.code]})
        new = json.dumps(held, separators=(",", ":"))
        op.get_bind().execute(sa.update(role).where(role.c.code == row.code).values(permissions=new))


def downgrade() -> None:
    op.drop_index("ix_callout_person_list", table_name="callout_person")
    op.drop_index("ix_callout_person_callout", table_name="callout_person")
    op.drop_table("callout_person")
    op.drop_index("ix_callout_list_live", table_name="callout_list")
    op.drop_index("ix_callout_list_callout", table_name="callout_list")
    op.drop_table("callout_list")
    op.drop_index("ix_callout_warning", table_name="callout")
    op.drop_index("ix_callout_live", table_name="callout")
    op.drop_table("callout")
