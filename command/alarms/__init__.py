"""Alarms: what needs a hand now. Three ranks; the same cause is one bundle; acknowledged is not handled."""
