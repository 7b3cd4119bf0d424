"""what is near is found by an index, and so is what a party hears"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

AXES = {"lat": "ST_Y", "lon": "ST_X"}
ONCE = ("state", "centre", "live", "deadline")
LISTED = {**{name: name for name in ONCE}, "number": "number", "village": "village_code"}
PLACED: dict[str, list[str]] = {"hazard": ["world"], "place": []}


def upgrade() -> None:
    kept = (
        True if op.get_bind().dialect.name == "postgresql" else None
    )  # SQLite adds only what is reckoned when it is read
    for table, among in PLACED.items():
        for axis, of in AXES.items():
            derived = sa.Computed(f"{of}(location)", persisted=kept)
            op.add_column(table, sa.Column(f"location_{axis}", sa.Float(), derived))
        op.create_index(f"ix_{table}_location_found", table, [*among, "location_lat", "location_lon"])
    for name in ONCE:
        op.drop_index(f"ix_hazard_{name}", table_name="hazard")
    for name, column in LISTED.items():
        op.create_index(f"ix_hazard_{name}", "hazard", ["world", column, "id"])
    op.create_index("ix_audience_heard", "audience", ["world", "party", "kind", "id"])
    op.drop_index("ix_audience_party", table_name="audience")


def downgrade() -> None:
    op.create_index("ix_audience_party", "audience", ["party"])
    op.drop_index("ix_audience_heard", table_name="audience")
    for name in LISTED:
        op.drop_index(f"ix_hazard_{name}", table_name="hazard")
    for name in ONCE:
        op.create_index(f"ix_hazard_{name}", "hazard", [name])
    for table in PLACED:
        op.drop_index(f"ix_{table}_location_found", table_name=table)
        for axis in AXES:
            op.drop_column(table, f"location_{axis}")
