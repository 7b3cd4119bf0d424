"""imports_and_places"""

from __future__ import annotations

from geoalchemy2 import Geometry
import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_link",
        sa.Column("layer", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("thing", sa.String(length=64), nullable=False),
        sa.Column("run", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("thing_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("layer", "source", "source_id", name=op.f("pk_import_link")),
    )
    op.create_index(op.f("ix_import_link_run"), "import_link", ["run"], unique=False)
    op.create_index(op.f("ix_import_link_thing"), "import_link", ["thing"], unique=False)
    op.create_table(
        "import_run",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("layer", sa.String(length=32), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("crs", sa.String(length=12), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("columns", command.core.store.db.Json(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("flagged", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("ended_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run_layer"), "import_run", ["layer"], unique=False)
    op.create_geospatial_table(
        "place",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", command.core.store.db.Json(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=True),
        sa.Column("village_code", sa.String(length=12), nullable=True),
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
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_crs", sa.String(length=12), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )
    op.create_geospatial_index(
        "idx_place_location", "place", ["location"], unique=False, postgresql_using="gist", postgresql_ops={}
    )
    op.create_index(op.f("ix_place_centre"), "place", ["centre"], unique=False)
    op.create_index(op.f("ix_place_kind"), "place", ["kind"], unique=False)
    op.create_table(
        "import_part",
        sa.Column("id", sa.String(length=48), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("run", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rows", command.core.store.db.Json(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["import_run.id"], name=op.f("fk_import_part_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_part")),
    )
    op.create_index(op.f("ix_import_part_run"), "import_part", ["run"], unique=False)
    op.add_column("team", sa.Column("live", sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    op.drop_column("team", "live")
    op.drop_index(op.f("ix_import_part_run"), table_name="import_part")
    op.drop_table("import_part")
    op.drop_index(op.f("ix_place_kind"), table_name="place")
    op.drop_index(op.f("ix_place_centre"), table_name="place")
    op.drop_geospatial_index(
        "idx_place_location", table_name="place", postgresql_using="gist", column_name="location"
    )
    op.drop_geospatial_table("place")
    op.drop_index(op.f("ix_import_run_layer"), table_name="import_run")
    op.drop_table("import_run")
    op.drop_index(op.f("ix_import_link_thing"), table_name="import_link")
    op.drop_index(op.f("ix_import_link_run"), table_name="import_link")
    op.drop_table("import_link")
