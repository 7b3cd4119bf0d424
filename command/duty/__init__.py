"""Duty: the rota and who is on now, the log, the handover of shifts, the check that a post is manned, what the townships bear."""
