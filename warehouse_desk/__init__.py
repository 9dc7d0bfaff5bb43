"""Warehouse Desk: the program that runs a packing station."""

__version__ = "0.1.0"
