"""A warehouse with a token and a user, as programs and browsers meet it behind a server of its own process."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.builders import an_order_body, open_shop
from warehouse_desk.data.engine.database import Database
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.access import REST_ABILITIES
from warehouse_desk.services import maintenance
from warehouse_desk.services.connect import server_desk
from warehouse_desk.services.people.api_tokens import TokenWish

USER, PASSWORD = "Salma", "motdepasse-de-Salma"


@dataclass(frozen=True)
class Furnished:
    """What a client has to know of it."""

    token: str
    warehouse: int
    company: int
    person: int
    products: Mapping[str, int]
    """Ids by SKU."""
    cities: tuple[int, ...]
    references: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()


def furnish(url: str, *, on_shelf: int = 100_000, orders: int = 0, skus: tuple[str, ...] = ()) -> Furnished:
    """Put goods, a user, a token, and orders of which half are packed, into an empty database."""
    database = Database(url)
    try:
        shop = open_shop(database, on_shelf=on_shelf)
        for sku in skus:
            shop.a_product(sku, on_shelf=on_shelf)
        references = shop.create(*[an_order_body() for _ in range(orders)]) if orders else ()
        if references:
            shop.done(Action.PACK, *references[: orders // 2])
        shop.desk.people.add(USER, PASSWORD, "Admin")
        token = shop.desk.people.add_token(TokenWish(name="Boutique", abilities=frozenset(REST_ABILITIES))).text
        return Furnished(
            token,
            shop.warehouse,
            shop.company,
            shop.person,
            dict(shop.products),
            tuple(city.id for city in shop.desk.directories.cities()),
            references,
            tuple(shop.facts(reference).id for reference in references),
        )
    finally:
        database.close()


def books_of(url: str) -> list[str]:
    """Return what ``db check`` would find wrong with a database."""
    database = Database(url)
    try:
        return [str(fault) for fault in maintenance.faults(server_desk(database, "Bureau").context)]
    finally:
        database.close()


def data_folder(parent: Path) -> Path:
    """Return a folder for a server that lets each ask as much as they like, so that tests need not wait."""
    folder = parent / "data"
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_text("server_rate = 0\n", encoding="utf-8")
    return folder
