"""Rows of users, roles and badges."""
