"""what has no point, and villages by their code"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

UNPLACED, CODED = sa.text("location IS NULL"), sa.text("village_code IS NOT NULL")


def upgrade() -> None:
    for name, table, columns, criterion in (
        ("ix_hazard_unplaced", "hazard", ["world", "state"], UNPLACED),
        ("ix_place_unplaced", "place", ["kind"], UNPLACED),
        ("ix_place_village", "place", ["kind", "village_code"], CODED),
    ):
        op.create_index(name, table, columns, sqlite_where=criterion, postgresql_where=criterion)


def downgrade() -> None:
    op.drop_index("ix_place_village", table_name="place")
    op.drop_index("ix_place_unplaced", table_name="place")
    op.drop_index("ix_hazard_unplaced", table_name="hazard")
