"""Where rows lie: both databases, the lanes to them, worlds as walls, places as columns."""
