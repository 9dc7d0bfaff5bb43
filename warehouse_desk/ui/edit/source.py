"""What an order's editor needs to begin."""

from dataclasses import dataclass

from warehouse_desk.domain.directory import City, Product
from warehouse_desk.domain.orders import OrderDetail


@dataclass(frozen=True, slots=True)
class EditSource:
    """The order as it was read (None for a new one) and the tables to choose from."""

    detail: OrderDetail | None
    products: tuple[Product, ...]
    cities: tuple[City, ...]
