"""Imports: what others publish, brought in by file: each run on record, the same file twice changing nothing, one run taken back whole."""
