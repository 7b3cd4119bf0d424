"""Tasks: one team sent to one incident, from the order to the return."""
