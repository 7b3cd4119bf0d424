"""Incidents: what happened, where, how grave, who is in danger, and its way from report to archive."""
