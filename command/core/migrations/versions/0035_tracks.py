"""Tracks of incidents: opinion items, statements, families, care; roles learn of them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

TRACKS = ["opinion.write", "statement.write", "track.read", "track.write"]
RIGHTS = {
    "county_duty": [*TRACKS, "family.write"], "township_duty": [*TRACKS, "family.write"],
    "dept_duty": [*TRACKS, "statement.approve"], "planner": TRACKS,
    "county_leader": ["statement.approve", "track.read"], "township_leader": ["track.read"],
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "track_key",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("world", "incident_id", "part", name=op.f("pk_track_key")),
    )
    op.create_table(
        "care_case",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("for_group", sa.String(length=8), nullable=False),
        sa.Column("person", command.core.store.db.Json(), nullable=False),
        sa.Column("carer", sa.Text(), nullable=False),
        sa.Column("carer_id", sa.String(length=64), nullable=False),
        sa.Column("colleague", sa.Text(), nullable=True),
        sa.Column("colleague_id", sa.String(length=64), nullable=True),
        sa.Column("sessions", command.core.store.db.Json(), nullable=False),
        sa.Column("next_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("late_since", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_care_case_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_care_case")),
        sa.UniqueConstraint(
            "world", "incident_id", "number", name=op.f("uq_care_case_world_incident_id_number")
        ),
    )
    op.create_index("ix_care_case_incident", "care_case", ["world", "incident_id"], unique=False)
    op.create_table(
        "family",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("person", command.core.store.db.Json(), nullable=False),
        sa.Column("told_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("tellings", command.core.store.db.Json(), nullable=False),
        sa.Column("notified", command.core.store.db.Json(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("late_since", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_family_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_family")),
        sa.UniqueConstraint(
            "world", "incident_id", "number", name=op.f("uq_family_world_incident_id_number")
        ),
    )
    op.create_index("ix_family_incident", "family", ["world", "incident_id"], unique=False)
    op.create_table(
        "opinion",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=False),
        sa.Column("seen_where", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("heat", sa.String(length=8), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("answers_centre", sa.String(length=32), nullable=True),
        sa.Column("answers_post", sa.Text(), nullable=True),
        sa.Column("due_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("seen_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("late_since", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_opinion_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_opinion")),
    )
    op.create_index("ix_opinion_incident", "opinion", ["world", "incident_id"], unique=False)
    op.create_table(
        "statement",
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
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("figures", command.core.store.db.Json(), nullable=False),
        sa.Column("unread", command.core.store.db.Json(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("past", command.core.store.db.Json(), nullable=False),
        sa.Column("approvals", command.core.store.db.Json(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("differs", command.core.store.db.Json(), nullable=False),
        sa.Column("stale_since", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("published", command.core.store.db.Json(), nullable=False),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.Column("drafted_by_id", sa.String(length=64), nullable=False),
        sa.Column("drafted_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_statement_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_statement")),
    )
    op.create_index("ix_statement_incident", "statement", ["world", "incident_id"], unique=False)
    op.create_table(
        "track",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=False),
        sa.Column("sort", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("owner_centre", sa.String(length=32), nullable=True),
        sa.Column("owner_post", sa.Text(), nullable=True),
        sa.Column("due_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("steps", command.core.store.db.Json(), nullable=False),
        sa.Column("late_since", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_track_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_track")),
        sa.UniqueConstraint("world", "incident_id", "sort", name=op.f("uq_track_world_incident_id_sort")),
    )
    op.create_index("ix_track_incident", "track", ["world", "incident_id"], unique=False)
    op.create_table(
        "track_secret",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=False),
        sa.Column("about", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("sort", sa.String(length=8), nullable=False),
        sa.Column("by_id", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_track_secret_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_track_secret")),
    )
    op.create_index("ix_track_secret_about", "track_secret", ["world", "about"], unique=False)
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
    op.drop_index("ix_track_secret_about", table_name="track_secret")
    op.drop_table("track_secret")
    op.drop_index("ix_track_incident", table_name="track")
    op.drop_table("track")
    op.drop_index("ix_statement_incident", table_name="statement")
    op.drop_table("statement")
    op.drop_index("ix_opinion_incident", table_name="opinion")
    op.drop_table("opinion")
    op.drop_index("ix_family_incident", table_name="family")
    op.drop_table("family")
    op.drop_index("ix_care_case_incident", table_name="care_case")
    op.drop_table("care_case")
    op.drop_table("track_key")
