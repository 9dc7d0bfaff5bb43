"""The schema of a database: brought up to date, copied before, checked for damage."""
