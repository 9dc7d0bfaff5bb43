"""The things that orders name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.people.abilities import Ability

MAX_CODE = 40
MAX_PRODUCT_NAME = 255
MAX_BARCODE = 64
"""Characters that the columns hold."""


class Listed(StrEnum):
    """The lists besides the products."""

    WAREHOUSE = "warehouse"
    COMPANY = "company"
    PERSON = "person"
    CITY = "city"
    SHIPMENT_WAY = "shipment_way"


STOCK_CODE, STOCK_NAME = "{}-STOCK", "Stock {}"
"""How the virtual warehouse of a company is called, from the company's code and name."""


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A place with stock; with a company, the virtual place of what that company keeps for us."""

    id: int
    code: str
    name: str
    active: bool
    shipping_company_id: int | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """A shipping company."""

    id: int
    code: str
    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A delivery person; the API says delivery boy."""

    id: int
    code: str
    name: str
    active: bool
    phone: str = ""


@dataclass(frozen=True, slots=True)
class City:
    """A destination."""

    id: int
    name: str
    name_ar: str = ""
    active: bool = True


MAX_WAY = 999_999
"""The greatest number of a shipment way that an order may name."""


@dataclass(frozen=True, slots=True)
class ShipmentWay:
    """How an order is sent, by the number that the API knows; the warehouse says what its numbers mean."""

    id: int
    number: int
    name: str
    """In French; the others may be empty."""
    name_ar: str = ""
    name_en: str = ""
    active: bool = True

    def called(self, language: str) -> str:
        """Return its name for people who read a language, by code."""
        return {"ar": self.name_ar, "en": self.name_en}.get(language) or self.name


@dataclass(frozen=True, slots=True)
class Product:
    """A product with its stock in our own warehouses."""

    id: int
    sku: str
    name: str
    active: bool
    committed: int = 0
    on_hand: int = 0
    barcodes: tuple[str, ...] = ()
    inspection: int = 0

    @property
    def available(self) -> int:
        """What may still be promised."""
        return self.on_hand - self.committed


@dataclass(frozen=True, slots=True)
class StockRow:
    """What lies of one product in one warehouse; ``committed`` counts for all warehouses together."""

    sku: str
    name: str
    warehouse: str
    on_hand: int
    inspection: int
    committed: int


def changing(directory: Listed) -> Ability:
    """Return the ability that changing a list wants: docs/rules.md#abilities."""
    return Ability.MANAGE_SETTINGS if directory is Listed.WAREHOUSE else Ability.MANAGE_CATALOGUE


_NO_SUCH: Mapping[Listed, Message] = {
    Listed.WAREHOUSE: msg("There is no warehouse {number}. Choose one from the list of warehouses."),
    Listed.COMPANY: msg("There is no shipping company {number}. Choose one from the list of companies."),
    Listed.PERSON: msg("There is no delivery person {number}. Choose one from the list of persons."),
    Listed.CITY: msg("There is no city {number}. Choose one from the list of cities."),
    Listed.SHIPMENT_WAY: msg("There is no shipment way {number}. Choose one from the list of shipment ways."),
}
_NOT_IN_USE: Mapping[Listed, Message] = {
    Listed.WAREHOUSE: msg("Warehouse {number} is no longer active. Choose another one."),
    Listed.COMPANY: msg("Shipping company {number} is no longer active. Choose another one."),
    Listed.PERSON: msg("Delivery person {number} is no longer active. Choose another one."),
}


def no_such(directory: Listed, number: int) -> Message:
    """Return the sentence for an entry that a list does not have."""
    return _NO_SUCH[directory].with_params(number=number)


def not_in_use(directory: Listed, number: int | str) -> Message:
    """Return the sentence for a warehouse, company or person, by number or code, that is kept for its past only."""
    return _NOT_IN_USE[directory].with_params(number=number)


def no_product(key: int | str) -> Message:
    """Return the sentence for a SKU, or an id, that no product carries."""
    return msg("There is no product {sku}. Choose one from the list of products.", sku=str(key)[:100])
