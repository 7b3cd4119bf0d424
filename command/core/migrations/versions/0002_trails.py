"""trails"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FIXED: tuple[tuple[str, sa.types.TypeEngine[Any], bool], ...] = (
    ("lon", sa.Integer(), False),
    ("lat", sa.Integer(), False),
    ("received_at", sa.BigInteger(), False),
    ("speed", sa.Double(), True),
    ("heading", sa.Double(), True),
    ("accuracy", sa.Double(), True),
    ("ahead", sa.Boolean(), False),
)


def upgrade() -> None:
    for name, key in (("trail", ("world", "team_id", "at")), ("trail_end", ("world", "team_id"))):
        op.create_table(
            name,
            sa.Column("world", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("team_id", sa.String(length=36), nullable=False),
            sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
            *(sa.Column(column, type_, nullable=empty) for column, type_, empty in FIXED),
            sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
        )


def downgrade() -> None:
    op.drop_table("trail_end")
    op.drop_table("trail")
