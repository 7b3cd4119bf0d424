"""report_callers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("raw_report", sa.Column("caller", command.core.store.db.Json(), nullable=True))


def downgrade() -> None:
    op.drop_column("raw_report", "caller")
