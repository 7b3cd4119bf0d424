"""Deliveries after the journal: who is to be reached outside the screens, by which channel, and what became of it (RULES 10)."""
