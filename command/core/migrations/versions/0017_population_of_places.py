"""population of places"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("place", sa.Column("population", sa.Integer(), nullable=True))
    op.add_column("place", sa.Column("population_on", sa.String(length=10), nullable=True))
    op.add_column("place", sa.Column("population_source", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("place", "population_source")
    op.drop_column("place", "population_on")
    op.drop_column("place", "population")
