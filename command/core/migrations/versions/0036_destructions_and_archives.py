"""Destructions of personal data, response files; roles learn of them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

ARCHIVE = ["archive.make", "archive.read"]
RIGHTS = {
    "county_duty": ARCHIVE, "township_duty": ARCHIVE, "county_leader": ["archive.read"], "township_leader": ["archive.read"],
    "security": ["destruction.read", "destruction.confirm", "destruction.hold"], "auditor": ["destruction.read"],
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "destruction",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("subject_number", sa.String(length=60), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("over_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("due_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("sorts", command.core.store.db.Json(), nullable=False),
        sa.Column("holds", command.core.store.db.Json(), nullable=False),
        sa.Column("hold_until", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("review_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("reminded_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("confirmed_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("gone_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("replays", command.core.store.db.Json(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_destruction")),
    )
    op.create_index("ix_destruction_live", "destruction", ["world", "live"], unique=False)
    op.create_index(
        "ix_destruction_subject", "destruction", ["world", "subject_kind", "subject_id"], unique=False
    )
    op.create_table(
        "archive_file",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=False),
        sa.Column("incident_number", sa.String(length=40), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("made_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("key_id", sa.String(length=64), nullable=True),
        sa.Column("failed", command.core.store.db.Json(), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_archive_file_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_archive_file")),
        sa.UniqueConstraint("world", "incident_id", "edition", name="uq_archive_file_edition"),
    )
    op.create_index("ix_archive_file_state", "archive_file", ["world", "state"], unique=False)
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
    op.drop_index("ix_archive_file_state", table_name="archive_file")
    op.drop_table("archive_file")
    op.drop_index("ix_destruction_subject", table_name="destruction")
    op.drop_index("ix_destruction_live", table_name="destruction")
    op.drop_table("destruction")
