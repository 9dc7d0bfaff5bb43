"""Rows of cities, companies, persons and warehouses."""
