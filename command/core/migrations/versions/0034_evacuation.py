"""Zones to be evacuated, evacuations with their counts, destinations and refusals; roles learn of them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

WRITE = ["evacuation.read", "evacuation.open", "evacuation.count", "evacuation.zones"]
RIGHTS = {
    "county_duty": WRITE, "township_duty": WRITE, "planner": ["evacuation.read", "evacuation.zones"],
    "county_leader": ["evacuation.read"], "township_leader": ["evacuation.read"], "dept_duty": ["evacuation.read"],
    "wall": ["evacuation.read"],
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "evacuation_key",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("evacuation_id", sa.String(length=36), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("world", "evacuation_id", name=op.f("pk_evacuation_key")),
    )
    op.create_table(
        "evacuation_person",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("evacuation_id", sa.String(length=36), nullable=False),
        sa.Column("about", sa.String(length=36), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_evacuation_person")),
    )
    op.create_index("ix_evacuation_person_of", "evacuation_person", ["world", "evacuation_id"], unique=False)
    op.create_table(
        "evacuation_zone",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort", sa.String(length=12), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("village_code", sa.String(length=12), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("shape", command.core.store.db.Json(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("vulnerable", sa.Integer(), nullable=True),
        sa.Column("counted_on", sa.String(length=10), nullable=True),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("destination", command.core.store.db.Json(), nullable=False),
        sa.Column("route", sa.Text(), nullable=True),
        sa.Column("trigger", sa.Text(), nullable=True),
        sa.Column("kept_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evacuation_zone")),
    )
    op.create_index(op.f("ix_evacuation_zone_centre"), "evacuation_zone", ["centre"], unique=False)
    op.create_index(op.f("ix_evacuation_zone_live"), "evacuation_zone", ["live"], unique=False)
    op.create_table(
        "evacuation",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("warning_id", sa.String(length=36), nullable=True),
        sa.Column("incident_id", sa.String(length=36), nullable=True),
        sa.Column("townships", command.core.store.db.Json(), nullable=False),
        sa.Column("zones", sa.Integer(), nullable=False),
        sa.Column("decided", command.core.store.db.Json(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opened_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("safe", command.core.store.db.Json(), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("kept_away", sa.Boolean(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "incident_id"],
            ["incident.world", "incident.id"],
            name=op.f("fk_evacuation_world_incident_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_evacuation")),
    )
    op.create_index("ix_evacuation_live", "evacuation", ["world", "live"], unique=False)
    op.create_table(
        "evacuation_count",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("evacuation_id", sa.String(length=36), nullable=False),
        sa.Column("zone_id", sa.String(length=36), nullable=True),
        sa.Column("destination_id", sa.String(length=36), nullable=True),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("numbers", command.core.store.db.Json(), nullable=False),
        sa.Column("as_of", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("by_proxy", command.core.store.db.Json(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "evacuation_id"],
            ["evacuation.world", "evacuation.id"],
            name=op.f("fk_evacuation_count_world_evacuation_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_evacuation_count")),
    )
    op.create_index(
        "ix_evacuation_count_destination", "evacuation_count", ["world", "destination_id"], unique=False
    )
    op.create_index("ix_evacuation_count_zone", "evacuation_count", ["world", "zone_id"], unique=False)
    op.create_table(
        "evacuation_destination",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("evacuation_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("location", command.core.store.db.Json(), nullable=True),
        sa.Column("figures", command.core.store.db.Json(), nullable=False),
        sa.Column("chosen", command.core.store.db.Json(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "evacuation_id"],
            ["evacuation.world", "evacuation.id"],
            name=op.f("fk_evacuation_destination_world_evacuation_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_evacuation_destination")),
        sa.UniqueConstraint(
            "world", "evacuation_id", "centre", "name", name="uq_evacuation_destination_name"
        ),
    )
    op.create_table(
        "evacuated_zone",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("evacuation_id", sa.String(length=36), nullable=False),
        sa.Column("zone_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort", sa.String(length=12), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("village_code", sa.String(length=12), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("vulnerable", sa.Integer(), nullable=True),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=True),
        sa.Column("destination_id", sa.String(length=36), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("safe", command.core.store.db.Json(), nullable=True),
        sa.Column("figures", command.core.store.db.Json(), nullable=False),
        sa.Column("chosen", command.core.store.db.Json(), nullable=False),
        sa.Column("named", command.core.store.db.Json(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "destination_id"],
            ["evacuation_destination.world", "evacuation_destination.id"],
            name=op.f("fk_evacuated_zone_world_destination_id"),
        ),
        sa.ForeignKeyConstraint(
            ["world", "evacuation_id"],
            ["evacuation.world", "evacuation.id"],
            name=op.f("fk_evacuated_zone_world_evacuation_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_evacuated_zone")),
        sa.UniqueConstraint("world", "evacuation_id", "zone_id", name="uq_evacuated_zone_once"),
    )
    op.create_index("ix_evacuated_zone_live", "evacuated_zone", ["world", "live", "centre"], unique=False)
    op.create_table(
        "evacuation_refusal",
        sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("evacuation_id", sa.String(length=36), nullable=False),
        sa.Column("zone_id", sa.String(length=36), nullable=False),
        sa.Column("zone_name", sa.Text(), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("next_visit_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("visits", command.core.store.db.Json(), nullable=False),
        sa.Column("words", command.core.store.db.Json(), nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world", "zone_id"],
            ["evacuated_zone.world", "evacuated_zone.id"],
            name=op.f("fk_evacuation_refusal_world_zone_id"),
        ),
        sa.PrimaryKeyConstraint("world", "id", name=op.f("pk_evacuation_refusal")),
    )
    op.create_index(
        "ix_evacuation_refusal_live", "evacuation_refusal", ["world", "live", "centre"], unique=False
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
    op.drop_index("ix_evacuation_refusal_live", table_name="evacuation_refusal")
    op.drop_table("evacuation_refusal")
    op.drop_index("ix_evacuated_zone_live", table_name="evacuated_zone")
    op.drop_table("evacuated_zone")
    op.drop_table("evacuation_destination")
    op.drop_index("ix_evacuation_count_zone", table_name="evacuation_count")
    op.drop_index("ix_evacuation_count_destination", table_name="evacuation_count")
    op.drop_table("evacuation_count")
    op.drop_index("ix_evacuation_live", table_name="evacuation")
    op.drop_table("evacuation")
    op.drop_index(op.f("ix_evacuation_zone_live"), table_name="evacuation_zone")
    op.drop_index(op.f("ix_evacuation_zone_centre"), table_name="evacuation_zone")
    op.drop_table("evacuation_zone")
    op.drop_index("ix_evacuation_person_of", table_name="evacuation_person")
    op.drop_table("evacuation_person")
    op.drop_table("evacuation_key")
