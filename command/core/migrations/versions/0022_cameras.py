"""Cameras, what is sealed beside them, and who watched them; roles learn of them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

import command.core.store.db

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

SEE, WATCH, KEEP = (
    ["camera.read"],
    ["camera.read", "camera.view"],
    ["camera.read", "camera.view", "camera.write"],
)
RIGHTS = {
    "county_duty": KEEP, "township_duty": KEEP, "dept_duty": KEEP, "county_leader": WATCH, "township_leader": WATCH,
    "planner": SEE, "wall": SEE, "admin": ["camera.read", "camera.write"], "security": ["camera.viewings"],
    "auditor": ["camera.viewings"],
}  # fmt: skip


def upgrade() -> None:
    op.create_geospatial_table(
        "camera",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
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
        sa.Column("place_text", sa.Text(), nullable=True),
        sa.Column("facing", sa.Integer(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("protocol", sa.String(length=8), nullable=True),
        sa.Column("commitment", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("state_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_crs", sa.String(length=12), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_camera")),
    )
    op.create_geospatial_index(
        "idx_camera_location",
        "camera",
        ["location"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_index(op.f("ix_camera_centre"), "camera", ["centre"], unique=False)
    op.create_index(op.f("ix_camera_live"), "camera", ["live"], unique=False)
    op.create_table(
        "camera_viewing",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("camera_id", sa.String(length=36), nullable=False),
        sa.Column("camera_name", sa.Text(), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=40), nullable=True),
        sa.Column("incident_id", sa.String(length=36), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=64), nullable=False),
        sa.Column("begun_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("until", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("prolonged", sa.Integer(), nullable=False),
        sa.Column("ended_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_camera_viewing")),
    )
    op.create_index("ix_camera_viewing_by", "camera_viewing", ["world", "by_id"], unique=False)
    op.create_index("ix_camera_viewing_camera", "camera_viewing", ["world", "camera_id"], unique=False)
    op.create_table(
        "camera_check",
        sa.Column("camera_id", sa.String(length=36), nullable=False),
        sa.Column("checked_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_camera_check_camera_id")),
        sa.PrimaryKeyConstraint("camera_id", name=op.f("pk_camera_check")),
    )
    op.create_table(
        "camera_note",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("viewing_id", sa.String(length=36), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "viewing_id"],
            ["camera_viewing.world", "camera_viewing.id"],
            name=op.f("fk_camera_note_world_viewing_id"),
        ),
        sa.PrimaryKeyConstraint("world", "viewing_id", name=op.f("pk_camera_note")),
    )
    op.create_table(
        "camera_stream",
        sa.Column("camera_id", sa.String(length=36), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_camera_stream_camera_id")),
        sa.PrimaryKeyConstraint("camera_id", name=op.f("pk_camera_stream")),
    )
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
    op.drop_table("camera_stream")
    op.drop_table("camera_note")
    op.drop_table("camera_check")
    op.drop_index("ix_camera_viewing_camera", table_name="camera_viewing")
    op.drop_index("ix_camera_viewing_by", table_name="camera_viewing")
    op.drop_table("camera_viewing")
    op.drop_index(op.f("ix_camera_live"), table_name="camera")
    op.drop_index(op.f("ix_camera_centre"), table_name="camera")
    op.drop_geospatial_index(
        "idx_camera_location", table_name="camera", postgresql_using="gist", column_name="location"
    )
    op.drop_geospatial_table("camera")
