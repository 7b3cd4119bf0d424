"""Hazards, their private half, their papers; the roles' new rights."""

from __future__ import annotations

import json

from geoalchemy2 import Geometry
import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

READ = ("hazard.read",)
WORK = ("hazard.read", "hazard.report", "hazard.handle", "hazard.rectify", "hazard.accept", "screen.hazards")
RIGHTS = {
    "county_leader": (*READ, "screen.hazards", "hazard.list", "hazard.sign"),
    "county_duty": (*WORK, "hazard.list", "hazard.sign"),
    "township_leader": (*READ, "screen.hazards", "hazard.sign"),
    "township_duty": WORK,
    "dept_duty": WORK,
    "team": (*READ, "hazard.report"),
    "village": (*READ, "hazard.report", "screen.hazards"),
    "planner": (*READ, "screen.hazards"),
    "wall": READ,
}


def upgrade() -> None:
    op.create_geospatial_table(
        "hazard",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=48), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("item", sa.String(length=24), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=True),
        sa.Column("lec", command.core.store.db.Json(), nullable=True),
        sa.Column("criteria", command.core.store.db.Json(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column(
            "location",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.Column("village_code", sa.String(length=12), nullable=True),
        sa.Column("place_text", sa.Text(), nullable=True),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("to_confirm", sa.Boolean(), nullable=False),
        sa.Column("proposed_centre", sa.String(length=32), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("threatened", sa.Integer(), nullable=True),
        sa.Column("found_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("received_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("found_centre", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("reporter", command.core.store.db.Json(), nullable=True),
        sa.Column("duties", command.core.store.db.Json(), nullable=False),
        sa.Column("lead", sa.String(length=12), nullable=True),
        sa.Column("duty", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("fund", sa.Text(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("deadline", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("interim", command.core.store.db.Json(), nullable=False),
        sa.Column("signed", command.core.store.db.Json(), nullable=False),
        sa.Column("extensions", command.core.store.db.Json(), nullable=False),
        sa.Column("acceptance", command.core.store.db.Json(), nullable=True),
        sa.Column("lookback", command.core.store.db.Json(), nullable=True),
        sa.Column("watch", command.core.store.db.Json(), nullable=True),
        sa.Column("photos", command.core.store.db.Json(), nullable=False),
        sa.Column("incidents", command.core.store.db.Json(), nullable=False),
        sa.Column("climb", command.core.store.db.Json(), nullable=True),
        sa.Column("recurred", sa.Integer(), nullable=False),
        sa.Column("closed_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("closed_how", sa.String(length=16), nullable=True),
        sa.Column("steps", command.core.store.db.Json(), nullable=False),
        sa.Column("times", command.core.store.db.Json(), nullable=False),
        sa.Column("source_id", sa.String(length=120), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("ahead", sa.Boolean(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_hazard")),
    )
    op.create_geospatial_index(
        "idx_hazard_location",
        "hazard",
        ["location"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_index(op.f("ix_hazard_centre"), "hazard", ["centre"], unique=False)
    op.create_index(op.f("ix_hazard_deadline"), "hazard", ["deadline"], unique=False)
    op.create_index(op.f("ix_hazard_live"), "hazard", ["live"], unique=False)
    op.create_index(op.f("ix_hazard_source_id"), "hazard", ["source_id"], unique=False)
    op.create_index(op.f("ix_hazard_state"), "hazard", ["state"], unique=False)
    op.create_table(
        "hazard_counter",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("day", sa.String(length=8), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("world", "home", "centre", "day", name=op.f("pk_hazard_counter")),
    )
    op.create_table(
        "hazard_key",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hazard_id", sa.String(length=36), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("world", "hazard_id", name=op.f("pk_hazard_key")),
    )
    op.create_table(
        "hazard_incident",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=False),
        sa.Column("hazard_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "hazard_id"],
            ["hazard.world", "hazard.id"],
            name=op.f("fk_hazard_incident_world_hazard_id"),
        ),
        sa.PrimaryKeyConstraint("world", "incident_id", "hazard_id", name=op.f("pk_hazard_incident")),
    )
    op.create_table(
        "hazard_notice",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("hazard_id", sa.String(length=36), nullable=False),
        sa.Column("hazard_number", sa.String(length=48), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.Column("drafted_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("signed_name", sa.Text(), nullable=True),
        sa.Column("signed_post", sa.Text(), nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=True),
        sa.Column("signed_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "hazard_id"],
            ["hazard.world", "hazard.id"],
            name=op.f("fk_hazard_notice_world_hazard_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_hazard_notice")),
    )
    op.create_index("ix_hazard_notice_hazard", "hazard_notice", ["world", "hazard_id"], unique=False)
    op.create_index(op.f("ix_hazard_notice_live"), "hazard_notice", ["live"], unique=False)
    op.create_table(
        "hazard_person",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hazard_id", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "hazard_id"],
            ["hazard.world", "hazard.id"],
            name=op.f("fk_hazard_person_world_hazard_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_hazard_person")),
    )
    op.create_index(op.f("ix_hazard_person_hazard_id"), "hazard_person", ["hazard_id"], unique=False)
    op.create_table(
        "hazard_photo",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("hazard_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "hazard_id"],
            ["hazard.world", "hazard.id"],
            name=op.f("fk_hazard_photo_world_hazard_id"),
        ),
        sa.PrimaryKeyConstraint("world", "name", "hazard_id", name=op.f("pk_hazard_photo")),
    )
    _give_rights()


def downgrade() -> None:
    op.drop_table("hazard_photo")
    op.drop_index(op.f("ix_hazard_person_hazard_id"), table_name="hazard_person")
    op.drop_table("hazard_person")
    op.drop_index(op.f("ix_hazard_notice_live"), table_name="hazard_notice")
    op.drop_index("ix_hazard_notice_hazard", table_name="hazard_notice")
    op.drop_table("hazard_notice")
    op.drop_table("hazard_incident")
    op.drop_table("hazard_key")
    op.drop_table("hazard_counter")
    op.drop_index(op.f("ix_hazard_state"), table_name="hazard")
    op.drop_index(op.f("ix_hazard_source_id"), table_name="hazard")
    op.drop_index(op.f("ix_hazard_live"), table_name="hazard")
    op.drop_index(op.f("ix_hazard_deadline"), table_name="hazard")
    op.drop_index(op.f("ix_hazard_centre"), table_name="hazard")
    op.drop_geospatial_index(
        "idx_hazard_location", table_name="hazard", postgresql_using="gist", column_name="location"
    )
    op.drop_geospatial_table("hazard")


def _give_rights() -> None:
    role = sa.table("role", sa.column("code", sa.String), sa.column("permissions", sa.Text))
    rows = op.get_bind().execute(sa.select(role).where(role.c.code.in_(RIGHTS))).all()
    for row in rows:
        held = sorted({*json.loads(row.permissions), *RIGHTS[row.code]})
        op.get_bind().execute(
            sa.update(role).where(role.c.code == row.code).values(permissions=json.dumps(held))
        )
