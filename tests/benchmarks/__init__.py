"""Measurements of the program against the least that its libraries need for the same work."""
