"""Kilometre posts of roads: a register from which a road and a kilometre become a point."""
