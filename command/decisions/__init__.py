"""Decisions asked of a leader, and all that waits for one."""
