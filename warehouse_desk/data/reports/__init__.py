"""Figures over many orders."""
