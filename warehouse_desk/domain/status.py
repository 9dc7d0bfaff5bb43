"""The nine statuses of an order and what each means for its goods.

Their names are the API's (docs/api.md#statuses): upper case in the database, in files and on the wire.
"""

from enum import StrEnum

from warehouse_desk.common.messages import Message, msg


class Status(StrEnum):
    """Where an order stands."""

    NEW = "NEW"
    PACKED = "PACKED"
    WAITING = "WAITING_FOR_SHIPPING_COMPANY"
    SHIPPED = "SHIPPED"
    DELIVERED = "DELIVERED"
    RETURNED = "RETURNED"
    CANCELED = "CANCELED"
    OUT_OF_STOCK = "OUT_OF_STOCK"
    ROLLBACK = "ROLLBACK"

    @classmethod
    def read(cls, text: str) -> "Status":
        """Return the status that a text names, in either case (the API's own example answers ``new``).

        Raises:
            ValueError: no status has that name.
        """
        name = text.strip().upper()
        return cls.WAITING if name == "WAITING" else cls(name)


class Holding(StrEnum):
    """What an order in a status has taken from stock."""

    NOTHING = "nothing"
    COMMITTED = "committed"
    """Promised: still on the shelf, no longer available to others."""
    PURGED = "purged"
    """Gone from the shelf."""
    INSPECTION = "inspection"
    """Come back, waiting to be restocked or written off."""


_HOLDING = {
    Status.NEW: Holding.COMMITTED,
    Status.PACKED: Holding.COMMITTED,
    Status.WAITING: Holding.COMMITTED,
    Status.SHIPPED: Holding.PURGED,
    Status.DELIVERED: Holding.PURGED,
    Status.RETURNED: Holding.INSPECTION,
    Status.CANCELED: Holding.NOTHING,
    Status.OUT_OF_STOCK: Holding.NOTHING,
}


def holding(status: Status, resume_status: Status | None = None) -> Holding:
    """Return what an order holds. In ROLLBACK it holds what the status it can resume to holds."""
    if status is Status.ROLLBACK:
        return _HOLDING[resume_status or Status.NEW]
    return _HOLDING[status]


_NAMES = {
    Status.NEW: msg("New"),
    Status.PACKED: msg("Packed"),
    Status.WAITING: msg("Waiting for pickup"),
    Status.SHIPPED: msg("Shipped"),
    Status.DELIVERED: msg("Delivered"),
    Status.RETURNED: msg("Returned"),
    Status.CANCELED: msg("Canceled"),
    Status.OUT_OF_STOCK: msg("Out of stock"),
    Status.ROLLBACK: msg("Rolled back"),
}


def status_name(status: Status) -> Message:
    """Return the name of a status for people."""
    return _NAMES[status]
