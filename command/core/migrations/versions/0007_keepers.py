"""Posts with lines, private lines, displays, recovery codes, drills' worlds; the roles' new rights."""

from __future__ import annotations

import json
import uuid

import sqlalchemy as sa
from alembic import op

import command.core.store.db

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


RIGHTS = {
    "admin": ("post.write", "line.read", "device.read", "device.write", "system.read"),
    "security": ("device.read", "device.write", "system.read"),
    "auditor": ("device.read", "setting.read", "system.read"),
    "county_duty": ("line.read",),
    "township_duty": ("line.read",),
    "planner": ("world.open",),
}


def upgrade() -> None:
    op.create_table(
        "drill_world",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("ended_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_world")),
        sa.UniqueConstraint("number", name=op.f("uq_drill_world_number")),
    )
    op.create_table(
        "enrolled",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("number", "user_id", name=op.f("pk_enrolled")),
    )
    op.create_index(op.f("ix_enrolled_user_id"), "enrolled", ["user_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_user_id"), "recovery_code", ["user_id"], unique=False)
    op.create_table(
        "private_line",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["centre"], ["centre.id"], name=op.f("fk_private_line_centre")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_line")),
    )
    op.create_index(op.f("ix_private_line_centre"), "private_line", ["centre"], unique=False)
    op.create_table(
        "device",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("centre", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("invited_by", sa.Text(), nullable=False),
        sa.Column("ends_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("enrolled_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", command.core.store.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["centre"], ["centre.id"], name=op.f("fk_device_centre")),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_device_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_table(
        "device_code",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("ends_at", command.core.store.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_device_code_device_id")),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_device_code")),
        sa.UniqueConstraint("hash", name=op.f("uq_device_code_hash")),
    )
    op.add_column("pass", sa.Column("device_id", sa.String(length=36), nullable=True))
    op.create_index(op.f("ix_pass_device_id"), "pass", ["device_id"], unique=False)
    _whole_posts()
    _rights()


def _whole_posts() -> None:
    """Posts as they were (title, numbers, the deputy's title) get ids and lines."""
    centre = sa.table("centre", sa.column("id", sa.String), sa.column("posts", sa.Text))
    connection = op.get_bind()
    for row in connection.execute(sa.select(centre)).all():
        old = json.loads(row.posts)
        if not old or "id" in old[0]:
            continue
        names = {one["title"]: str(uuid.uuid4()) for one in old}
        posts = [
            {
                "id": names[one["title"]], "title": one["title"], "holder_id": None, "holder": None,
                "deputy_post": names.get(one["deputy"]), "deputy_id": None, "deputy": one["deputy"],
                "numbers": one["numbers"],
                "lines": [
                    {"id": str(uuid.uuid4()), "kind": "landline", "number": number, "private": False, "commitment": None}
                    for number in one["numbers"]
                ],
            }
            for one in old
        ]  # fmt: skip
        told = json.dumps(posts, ensure_ascii=False)
        connection.execute(sa.update(centre).where(centre.c.id == row.id).values(posts=told))


def _rights() -> None:
    """An installation that is there already gives its roles what they need for the new actions."""
    role = sa.table("role", sa.column("code", sa.String), sa.column("permissions", sa.Text))
    connection = op.get_bind()
    for row in connection.execute(sa.select(role).where(role.c.code.in_(RIGHTS))).all():
        held = sorted({*json.loads(row.permissions), *RIGHTS[row.code]})
        connection.execute(
            sa.update(role).where(role.c.code == row.code).values(permissions=json.dumps(held))
        )


def downgrade() -> None:
    op.drop_index(op.f("ix_pass_device_id"), table_name="pass")
    op.drop_column("pass", "device_id")
    op.drop_table("device_code")
    op.drop_table("device")
    op.drop_index(op.f("ix_private_line_centre"), table_name="private_line")
    op.drop_table("private_line")
    op.drop_index(op.f("ix_recovery_code_user_id"), table_name="recovery_code")
    op.drop_table("recovery_code")
    op.drop_index(op.f("ix_enrolled_user_id"), table_name="enrolled")
    op.drop_table("enrolled")
    op.drop_table("drill_world")
