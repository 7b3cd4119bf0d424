"""hints"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("hint", command.core.store.db.Json(), nullable=True))


def downgrade() -> None:
    op.drop_column("task", "hint")
