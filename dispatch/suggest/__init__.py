"""Which teams to send: nearest capable and free ones by time, each with why, the others with why not. It proposes; people decide."""
