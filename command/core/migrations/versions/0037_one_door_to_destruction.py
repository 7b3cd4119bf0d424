"""Personal data is destroyed by one door, a confirmed list: no role erases it elsewhere any more."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

GONE = "personal.erase"


def upgrade() -> None:
    role = sa.table("role", sa.column("code", sa.String), sa.column("permissions", sa.Text))
    for row in op.get_bind().execute(sa.select(role)).all():
        held = json.loads(row.permissions)
        if GONE in held:
            new = json.dumps([one for one in held if one != GONE], separators=(",", ":"))
            op.get_bind().execute(sa.update(role).where(role.c.code == row.code).values(permissions=new))


def downgrade() -> None:
    """Who held it is not known any more; an administrator gives it again."""
