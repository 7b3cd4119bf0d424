"""photos"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("raw_report", sa.Column("photo", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_raw_report_photo"), "raw_report", ["photo"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_raw_report_photo"), table_name="raw_report")
    op.drop_column("raw_report", "photo")
