"""Cities as people write them."""

import pytest

from warehouse_desk.common.text import fold
from warehouse_desk.sheets.catalogues import SkuBook
from warehouse_desk.sheets.cities import CityBook, shipped_cities


@pytest.fixture(scope="module")
def book() -> CityBook:
    listed = ["Casablanca", "Fes", "Rabat", "Tanger", "Salé", "Marrakech", "El Jadida"]
    return CityBook({fold(name): name for name in listed}, shipped_cities())


@pytest.mark.parametrize(
    ("cell", "city", "area"),
    [("Casa", "Casablanca", ""), ("كازا", "Casablanca", ""), ("Fez", "Fes", ""), ("FÈS", "Fes", ""),
     ("الدار البيضاء", "Casablanca", ""), ("Casablanca - Maarif", "Casablanca", "Maarif"),
     ("EL-JADIDA", "El Jadida", ""), ("Casa/Ain Sebaa", "Casablanca", "Ain Sebaa"),
     ("Casablanca (Bourgogne)", "Casablanca", "Bourgogne"), ("طنجة - المجاهدين", "Tanger", "المجاهدين"),
     ("Tangier", "Tanger", ""), ("Kech", "Marrakech", "")],
)  # fmt: skip
def test_a_city_is_found_by_its_spellings(book: CityBook, cell: str, city: str, area: str) -> None:
    assert (book.find(cell), book.areas.get(cell, "")) == (city, area)
    assert city not in book.unlisted


@pytest.mark.parametrize("cell", ["Paris", "Rabat - Salé", "Maarif", "Fes, Tanger", "12"])
def test_what_may_be_two_cities_or_none_is_not_found(book: CityBook, cell: str) -> None:
    assert book.find(cell) == ""


def test_a_city_beyond_the_list_is_known_and_said_so(book: CityBook) -> None:
    assert book.find("Ait Baha") == "Aït Baha"
    assert "Aït Baha" in book.unlisted
    assert "Ait Baha" not in book.seen


@pytest.mark.parametrize(
    ("cell", "meant"), [("Casablnca", "Casablanca"), ("Marrakesch", "Marrakech"), ("Rbat", "Rabat")]
)
def test_a_slip_of_the_pen_is_proposed(book: CityBook, cell: str, meant: str) -> None:
    assert (book.find(cell), book.suggest(cell)) == ("", meant)


def test_the_shipped_list_names_each_city_once() -> None:
    cities = shipped_cities()
    assert len(cities) >= 400
    assert all(len(names) > 1 and all(names) for names in cities)
    owners: dict[str, str] = {}
    for names in cities:
        for name in set(map(fold, names)):
            assert owners.setdefault(name, names[0]) == names[0], name


def test_a_barcode_names_its_product_whatever_excel_did_to_it() -> None:
    skus = SkuBook({"PROD-001": True, "OLD": False}, {"0611100000001": "PROD-001", "222": "OLD"})
    assert [skus.suggest(code, code) for code in ("0611100000001", "611100000001", "0611 100 000 001", "222", "9")] == [
        "PROD-001", "PROD-001", "PROD-001", "", "",
    ]  # fmt: skip
