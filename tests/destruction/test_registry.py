"""Every table that keeps personal data is declared: how its rows are found, counted and erased, or why they stay."""

from __future__ import annotations

import sqlalchemy as sa

import wsgi  # noqa: F401  # puts the slices together
from command.core import personal
from command.core.records import KINDS
from command.core.store.db import Base

BYTES_OF_NOBODY = {
    "access_entry": "the chain of the access log",
    "credential": "password hashes and one-time seeds of accounts: gone with the account",
    "entry": "the journal, which holds no personal data by rule",
    "head": "the end of a stream",
    "receipt": "answers of commands, which are public records",
}


def test_a_table_with_private_bytes_is_declared_personal_or_standing() -> None:
    declared = {sort.model.__tablename__ for sort in personal.SORTS.values()} | set(personal.STANDING)
    private = {
        table.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.LargeBinary)
    }
    assert private - declared == set(BYTES_OF_NOBODY), "declare it: command/core/personal.py"


def test_each_sort_names_its_thing_by_a_column_of_its_own_and_in_both_languages() -> None:
    for sort in personal.SORTS.values():
        assert sort.by.class_ is sort.model, sort.code
        assert all((sort.zh, sort.en)), sort.code


def test_each_sort_leads_to_something_that_ends() -> None:
    """Its thing is a subject, or names an incident, or is led on: else its rows would never be due."""
    for sort in personal.SORTS.values():
        kind = KINDS.get(sort.of)
        named = kind is not None and hasattr(kind.model, "incident_id")
        assert sort.of in personal.SUBJECTS or sort.of in personal.led() or named, sort.code
