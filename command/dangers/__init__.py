"""Danger areas: where teams must not be without need, who says so and why, until it is lifted by name."""
