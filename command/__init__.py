"""Knowing and deciding: incidents, places, centres, alarms and the core that every write goes through."""
