"""What is to be done about hazards is found in the order of its dates."""

from __future__ import annotations

from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_hazard_todo", "hazard", ["world", "live", "deadline", "id", "state", "level", "centre", "type"]
    )
    op.create_index("ix_hazard_undated", "hazard", ["world", "live", "deadline", "found_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_hazard_undated", "hazard")
    op.drop_index("ix_hazard_todo", "hazard")
