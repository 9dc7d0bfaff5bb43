"""Where the REST API is, and bodies that it takes."""

from typing import Any

from tests.builders import an_order_body

ORDERS = "/api/web/1.0/orders"


def new_order(**fields: Any) -> dict[str, Any]:
    """Return a body that creates one order."""
    return {"orders": [an_order_body(**fields)]}


def statuses(*pairs: tuple[str, str], **more: Any) -> dict[str, Any]:
    """Return a body that gives orders statuses."""
    return {"orders": [{"reference": reference, "status": status, **more} for reference, status in pairs]}
