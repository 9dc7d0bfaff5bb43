"""Rows of imports, exports and their jobs."""
