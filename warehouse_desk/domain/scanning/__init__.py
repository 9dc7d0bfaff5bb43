"""Modes of the scanner pane, command codes, and what a reading turned out to be."""
