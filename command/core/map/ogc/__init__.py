"""OGC API – Features Part 1: every layer, for the programs of others (GIS, notebooks), as their signed-in user sees it."""
