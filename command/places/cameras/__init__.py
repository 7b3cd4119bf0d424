"""Cameras: their register, which are near, who may watch them and why, and whether they work."""
