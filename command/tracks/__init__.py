"""Parallel tracks of an incident: 三同步, public opinion and statements, families, psychological aid, aftermath."""
