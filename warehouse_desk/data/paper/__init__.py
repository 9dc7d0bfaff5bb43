"""Rows of labels and hand-overs."""
