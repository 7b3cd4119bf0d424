"""Needs published to society, and social forces that check in: one command, nobody sent without a briefing, everybody counted out."""
