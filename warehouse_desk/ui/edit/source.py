"""What an order's editor needs to begin."""

from collections.abc import Iterable
from dataclasses import dataclass

from warehouse_desk.domain.directories.entries import City, Product, ShipmentWay
from warehouse_desk.domain.orders.order import OrderDetail


@dataclass(frozen=True, slots=True)
class EditSource:
    """The order as it was read (None for a new one) and the tables to choose from."""

    detail: OrderDetail | None
    products: tuple[Product, ...]
    cities: tuple[City, ...]
    ways: tuple[ShipmentWay, ...] = ()


def what_may_stand(
    detail: OrderDetail | None, products: Iterable[Product], cities: Iterable[City], ways: Iterable[ShipmentWay] = ()
) -> EditSource:
    """Return the products and cities in use, and those that the order has already although they no longer are."""
    own_city = None if detail is None else detail.city_id
    own_products = set() if detail is None else {line.product_id for line in detail.lines}
    return EditSource(
        detail,
        tuple(product for product in products if product.active or product.id in own_products),
        tuple(city for city in cities if city.active or city.id == own_city),
        tuple(ways),
    )
