"""Dispatch: the teams and resources of the county, and sending them."""
