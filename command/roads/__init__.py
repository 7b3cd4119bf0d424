"""Roads: the net in force, what is closed on it, and how long it takes from here to there."""
