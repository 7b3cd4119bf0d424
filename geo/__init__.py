"""Pure geometry: distances, shapes, coordinate systems, nearest points; imports nothing of ours."""
