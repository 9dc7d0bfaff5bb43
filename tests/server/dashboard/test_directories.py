"""The lists whose ids the other endpoints want."""

from tests.builders import Shop
from tests.server.dashboard.people import Person
from warehouse_desk.domain.directories.entries import Listed


def test_each_list_names_what_requests_ask_for(shop: Shop, salma: Person) -> None:
    own, stock = salma.get("/warehouses").body["data"]
    assert (own["id"], own["code"], own["name"], own["active"]) == (shop.warehouse, "CASA", "Casablanca", True)
    assert own["shippent_company_id"] is None
    assert stock["shippent_company_id"] == shop.company
    assert salma.get("/shipping-companies").body == {
        "data": [{"id": shop.company, "code": "AMANA", "name": "Amana", "active": True}],
        "meta": {"total": 1},
    }
    (person,) = salma.get("/delivery-boys").body["data"]
    assert (person["id"], person["phone"]) == (shop.person, "0661000000")
    cities = salma.get("/cities").body
    assert {"id", "name", "name_ar", "active"} == set(cities["data"][0])
    assert cities["meta"]["total"] == len(cities["data"])


def test_what_is_out_of_use_can_be_left_out(shop: Shop, salma: Person) -> None:
    shop.desk.directories.set_active(Listed.PERSON, shop.person, active=False)
    assert salma.get("/delivery-boys?active=1").body["data"] == []
    assert len(salma.get("/delivery-boys?active=0").body["data"]) == 1
    wrong = salma.get("/delivery-boys?active=perhaps")
    assert (wrong.status, list(wrong.body["errors"])) == (422, ["active"])


def test_products_come_in_pages_with_what_lies_of_them(shop: Shop, salma: Person) -> None:
    page = salma.get("/products?per_page=1&page=2").body
    assert page["meta"] == {"current_page": 2, "per_page": 1, "total": 2}
    assert page["data"][0]["sku"] == "SAVON-N"
    (oil,) = salma.get("/products?keyWord=6111000000017").body["data"]
    assert (oil["id"], oil["on_hand"], oil["available"]) == (shop.products["ARGAN-50"], 1_000, 1_000)
    assert list(salma.get("/products?per_page=1001").body["errors"]) == ["per_page"]
    assert salma.get("/products?page=900").body["data"] == []
