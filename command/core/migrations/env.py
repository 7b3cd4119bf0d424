"""Alembic's environment: the metadata of all slices, geometry columns on both databases."""

from __future__ import annotations

from typing import Any

from alembic import context
from geoalchemy2 import alembic_helpers

from command.core.store.db import Base

INTERNAL = {
    "sql_statements_log",
    "SpatialIndex",
    "ElementaryGeometries",
    "KNN",
    "KNN2",
    "data_licenses",
    "spatial_ref_sys",
}


def include_object(thing: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    """Leave SpatiaLite's and PostGIS's own tables alone."""
    if kind == "table" and (
        name in INTERNAL or (name or "").startswith(("idx_", "spatialite_", "geom_", "views_", "virts_"))
    ):
        return False
    return bool(alembic_helpers.include_object(thing, name, kind, reflected, compared))


def run() -> None:
    """Run on the connection that migrate.py gives."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        include_object=include_object,
        process_revision_directives=alembic_helpers.writer,
        render_item=alembic_helpers.render_item,
    )
    context.run_migrations()


run()
