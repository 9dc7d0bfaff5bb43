"""Identifiers that no other station can make too."""

import os


def new_id() -> str:
    """Return a random identifier of 32 hexadecimal digits (128 random bits), as scans and operations carry."""
    return os.urandom(16).hex()
