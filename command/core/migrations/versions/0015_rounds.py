"""Risk points, recurring inspections and their rounds; the roles' new rights."""

from __future__ import annotations

import json

from geoalchemy2 import Geometry
import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

RIGHTS = dict.fromkeys(("county_duty", "township_duty", "dept_duty"), ("risk.write", "inspection.plan"))


def upgrade() -> None:
    op.create_geospatial_table(
        "inspection",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("assigned", sa.String(length=32), nullable=False),
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
        sa.Column("place_text", sa.Text(), nullable=True),
        sa.Column("hazard_id", sa.String(length=36), nullable=True),
        sa.Column("risk_point_id", sa.String(length=36), nullable=True),
        sa.Column("checklist", command.core.store.db.Json(), nullable=False),
        sa.Column("every_days", sa.Integer(), nullable=False),
        sa.Column("next_due", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("last_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("lapsed", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_inspection")),
    )
    op.create_geospatial_index(
        "idx_inspection_location",
        "inspection",
        ["location"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_index(op.f("ix_inspection_live"), "inspection", ["live"], unique=False)
    op.create_geospatial_table(
        "risk_point",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("item", sa.String(length=24), nullable=True),
        sa.Column("colour", sa.String(length=8), nullable=False),
        sa.Column("lec", command.core.store.db.Json(), nullable=True),
        sa.Column("centre", sa.String(length=32), nullable=False),
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
        sa.Column("harm", sa.Text(), nullable=True),
        sa.Column("controls", sa.Text(), nullable=True),
        sa.Column("control_level", sa.String(length=12), nullable=False),
        sa.Column("answers_centre", sa.String(length=32), nullable=True),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_point")),
    )
    op.create_geospatial_index(
        "idx_risk_point_location",
        "risk_point",
        ["location"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_index(op.f("ix_risk_point_centre"), "risk_point", ["centre"], unique=False)
    op.create_index(op.f("ix_risk_point_live"), "risk_point", ["live"], unique=False)
    op.create_table(
        "inspection_round",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("inspection_id", sa.String(length=36), nullable=False),
        sa.Column("at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("received_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("place", command.core.store.db.Json(), nullable=False),
        sa.Column("distance_m", sa.Double(), nullable=True),
        sa.Column("photo", sa.String(length=64), nullable=False),
        sa.Column("answers", command.core.store.db.Json(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("hazard_id", sa.String(length=36), nullable=True),
        sa.Column("ahead", sa.Boolean(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "inspection_id"],
            ["inspection.world", "inspection.id"],
            name=op.f("fk_inspection_round_world_inspection_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_inspection_round")),
    )
    op.create_index(
        "ix_inspection_round_inspection", "inspection_round", ["world", "inspection_id"], unique=False
    )
    op.create_index(op.f("ix_inspection_round_photo"), "inspection_round", ["photo"], unique=False)
    _give_rights()


def downgrade() -> None:
    op.drop_index(op.f("ix_inspection_round_photo"), table_name="inspection_round")
    op.drop_index("ix_inspection_round_inspection", table_name="inspection_round")
    op.drop_table("inspection_round")
    op.drop_index(op.f("ix_risk_point_live"), table_name="risk_point")
    op.drop_index(op.f("ix_risk_point_centre"), table_name="risk_point")
    op.drop_geospatial_index(
        "idx_risk_point_location", table_name="risk_point", postgresql_using="gist", column_name="location"
    )
    op.drop_geospatial_table("risk_point")
    op.drop_index(op.f("ix_inspection_live"), table_name="inspection")
    op.drop_geospatial_index(
        "idx_inspection_location", table_name="inspection", postgresql_using="gist", column_name="location"
    )
    op.drop_geospatial_table("inspection")


def _give_rights() -> None:
    role = sa.table("role", sa.column("code", sa.String), sa.column("permissions", sa.Text))
    rows = op.get_bind().execute(sa.select(role).where(role.c.code.in_(RIGHTS))).all()
    for row in rows:
        held = sorted({*json.loads(row.permissions), *RIGHTS[row.code]})
        op.get_bind().execute(
            sa.update(role).where(role.c.code == row.code).values(permissions=json.dumps(held))
        )
