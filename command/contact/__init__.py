"""Contact with the townships: whether a duty desk of each is on the line, since when not, and the alarm of a silent one."""
