"""Make widgets whose role the stylesheet knows."""

from typing import TypeVar

from PySide6.QtCore import QObject

Named = TypeVar("Named", bound=QObject)


def named(thing: Named, role: str) -> Named:
    """Give a widget its role and return it."""
    thing.setObjectName(role)
    return thing
