"""Needs published to society, social forces that check in, and who leads them; roles learn of them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

READ = ["need.read"]
DUTY = [*READ, "need.write", "need.publish", "force.enter", "force.assign"]
RIGHTS = {
    "county_duty": DUTY, "township_duty": DUTY, "county_leader": [*READ, "need.publish"],
    "township_leader": [*READ, "need.publish"], "dept_duty": READ, "planner": READ, "wall": READ,
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "force_person",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("force_id", sa.String(length=36), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_force_person")),
    )
    op.create_index(op.f("ix_force_person_force_id"), "force_person", ["force_id"], unique=False)
    op.create_table(
        "need",
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
        sa.Column("incident_id", sa.String(length=36), nullable=True),
        sa.Column("incident_title", sa.Text(), nullable=True),
        sa.Column("skill", sa.String(length=32), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("village_code", sa.String(length=12), nullable=True),
        sa.Column("location", command.core.store.db.Json(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("bring", sa.Text(), nullable=True),
        sa.Column("until", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("insurance", sa.Text(), nullable=False),
        sa.Column("safety", sa.Text(), nullable=False),
        sa.Column("contact_post", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.Column("published_by", command.core.store.db.Json(), nullable=True),
        sa.Column("closed", command.core.store.db.Json(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_need_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_need")),
    )
    op.create_index("ix_need_incident", "need", ["world", "incident_id"], unique=False)
    op.create_index("ix_need_live", "need", ["world", "live", "centre"], unique=False)
    op.create_table(
        "force",
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
        sa.Column("incident_id", sa.String(length=36), nullable=True),
        sa.Column("incident_title", sa.Text(), nullable=True),
        sa.Column("need_id", sa.String(length=36), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("person", command.core.store.db.Json(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("skills", command.core.store.db.Json(), nullable=False),
        sa.Column("equipment", sa.Text(), nullable=True),
        sa.Column("vehicles", sa.Text(), nullable=True),
        sa.Column("arrived_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("arrived_where", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("reminded_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("assigned", command.core.store.db.Json(), nullable=True),
        sa.Column("counts", command.core.store.db.Json(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("declined", command.core.store.db.Json(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_force_world_incident_id"),
        ),
        sa.ForeignKeyConstraint(
            ["world", "need_id"], ["need.world", "need.id"], name=op.f("fk_force_world_need_id")
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_force")),
    )
    op.create_index("ix_force_incident", "force", ["world", "incident_id"], unique=False)
    op.create_index("ix_force_live", "force", ["world", "live", "centre"], unique=False)
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
    op.drop_index("ix_force_live", table_name="force")
    op.drop_index("ix_force_incident", table_name="force")
    op.drop_table("force")
    op.drop_index("ix_need_live", table_name="need")
    op.drop_index("ix_need_incident", table_name="need")
    op.drop_table("need")
    op.drop_index(op.f("ix_force_person_force_id"), table_name="force_person")
    op.drop_table("force_person")
