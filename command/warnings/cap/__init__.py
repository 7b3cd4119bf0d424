"""CAP 1.2 (OASIS Common Alerting Protocol): reading, judging and writing alerts. Knows nothing of the county or of a database."""
