"""Identifiers that no other station can make too."""

import uuid


def new_id() -> str:
    """Return a random identifier of 32 hexadecimal digits (UUID 4), as scans and operations carry."""
    return uuid.uuid4().hex
