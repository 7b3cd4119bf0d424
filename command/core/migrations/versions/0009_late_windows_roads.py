"""late_windows_roads"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("figure", sa.Column("beyond", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("incident", sa.Column("road", command.core.store.db.Json(), nullable=True))
    op.add_column("incident", sa.Column("late_window", command.core.store.db.Json(), nullable=True))
    op.add_column("incident", sa.Column("report_changed", command.core.store.db.Json(), nullable=True))


def downgrade() -> None:
    op.drop_column("incident", "report_changed")
    op.drop_column("incident", "late_window")
    op.drop_column("incident", "road")
    op.drop_column("figure", "beyond")
