"""Who answers for a zone to be evacuated, sealed; administrators bring zones in from files."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evacuation_zone_keeper",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("zone_id", sa.String(length=36), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["evacuation_zone.id"], name=op.f("fk_evacuation_zone_keeper_zone_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evacuation_zone_keeper")),
    )
    op.create_index(
        op.f("ix_evacuation_zone_keeper_zone_id"), "evacuation_zone_keeper", ["zone_id"], unique=False
    )
    op.add_column("evacuation_zone", sa.Column("keeper", command.core.store.db.Json(), nullable=True))
    role = sa.table("role", sa.column("code", sa.String), sa.column("permissions", sa.Text))
    for row in op.get_bind().execute(sa.select(role).where(role.c.code == "admin")).all():
        held = sorted({*json.loads(row.permissions), "evacuation.zones"})
        new = json.dumps(held, separators=(",", ":"))
        op.get_bind().execute(sa.update(role).where(role.c.code == row.code).values(permissions=new))


def downgrade() -> None:
    op.drop_column("evacuation_zone", "keeper")
    op.drop_index(op.f("ix_evacuation_zone_keeper_zone_id"), table_name="evacuation_zone_keeper")
    op.drop_table("evacuation_zone_keeper")
