"""Rows of readings, and a station's own journal of them."""
