"""Kilometre posts of roads."""

from __future__ import annotations

from geoalchemy2 import Geometry
import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_geospatial_table(
        "road_post",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ref", sa.String(length=8), nullable=False),
        sa.Column("km", sa.Float(precision=53), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=True),
        sa.Column(
            "location",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("basis", sa.String(length=12), nullable=False),
        sa.Column("within_m", sa.Float(precision=53), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_crs", sa.String(length=12), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_road_post")),
    )
    op.create_geospatial_index(
        "idx_road_post_location",
        "road_post",
        ["location"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_index("ix_road_post_ref", "road_post", ["ref", "km"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_road_post_ref", table_name="road_post")
    op.drop_geospatial_index(
        "idx_road_post_location", table_name="road_post", postgresql_using="gist", column_name="location"
    )
    op.drop_geospatial_table("road_post")
