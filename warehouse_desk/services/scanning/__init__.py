"""Readings of a scanner: stored, judged by their mode, answered, kept while the database is away."""
