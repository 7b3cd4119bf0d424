"""Warnings: relayed from the weather service or issued by the county's own bodies, by CAP 1.2 in and out, until they end."""
