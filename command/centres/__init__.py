"""Centres of the county, its townships and departments; the accounts and posts of the people who work there."""
