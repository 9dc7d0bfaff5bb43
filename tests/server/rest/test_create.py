"""POST /api/web/1.0/orders."""

import pytest

from tests.builders import Shop, a_line, an_order_body
from tests.server.rest.bodies import ORDERS, new_order
from tests.server.running import Client

LONG = {"full_name": 100, "phone": 100, "second_phone": 100, "email": 254, "city": 100, "area": 255}
LONG |= {"address": 1_000, "notes": 5_000}
REQUIRED = ["full_name", "phone", "city", "address", "is_fees_paid_by_customer", "total", "products"]


def test_the_references_come_back_in_the_order_given_beside_the_documented_message(shop: Shop, client: Client) -> None:
    reply = client.ask("POST", ORDERS, {"orders": [an_order_body(total=total) for total in (101, 102, 103)]})
    assert reply.status == 200
    assert reply.body["message"] == "Orders created successfully."
    references = [each["reference"] for each in reply.body["data"]]
    assert [shop.desk.orders.show(each).total for each in references] == [10_100, 10_200, 10_300]


def test_every_field_is_kept_as_it_was_given(shop: Shop, client: Client) -> None:
    fields = {
        "full_name": "أمينة التازي",
        "second_phone": "0611223344",
        "email": "amina@example.com",
        "area": "Maarif",
        "shipment_way": 2,
        "is_fees_paid_by_customer": False,
        "total": 598.55,
        "notes": "Sonnez deux fois",
        "products": [a_line(quantity=2, price=299.25)],
    }
    reply = client.ask("POST", ORDERS, new_order(**fields))
    reference = reply.body["data"][0]["reference"]
    shown = client.get(f"{ORDERS}/{reference}/show").body["data"]
    assert {name: shown[name] for name in fields if name != "products"} == {
        name: value for name, value in fields.items() if name != "products"
    }
    assert [(line["sku"], line["quantity"], line["price"], line["total"]) for line in shown["products"]] == [
        ("ARGAN-50", 2, 299.25, 598.5)
    ]


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_field_is_named_by_its_path(shop: Shop, client: Client, name: str) -> None:
    body = new_order()
    del body["orders"][0][name]
    reply = client.ask("POST", ORDERS, body)
    assert (reply.status, list(reply.body["errors"])) == (422, [f"orders.0.{name}"])


@pytest.mark.parametrize(("name", "limit"), sorted(LONG.items()))
def test_a_text_may_have_as_many_characters_as_its_limit_and_not_one_more(
    shop: Shop, client: Client, name: str, limit: int
) -> None:
    filling = "1" if "phone" in name else "a"
    for length, status in ((1, 200), (limit - 1, 200), (limit, 200), (limit + 1, 422)):
        reply = client.ask("POST", ORDERS, new_order(**{name: filling * length}))
        assert (length, reply.status) == (length, status), reply.body
    assert list(reply.body["errors"]) == [f"orders.0.{name}"]


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("total", [1, 999_999, 999_998.99], [0, 0.99, 999_999.01, 1_000_000, 12.345, -1]),
        ("shipment_way", [0, 999_999], [-1, 1_000_000, 1.5]),
    ],
)
def test_a_number_lies_within_its_limits(
    shop: Shop, client: Client, name: str, good: list[object], bad: list[object]
) -> None:
    for value in good:
        assert client.ask("POST", ORDERS, new_order(**{name: value})).status == 200, value
    for value in bad:
        reply = client.ask("POST", ORDERS, new_order(**{name: value}))
        assert (value, reply.status, list(reply.body["errors"])) == (value, 422, [f"orders.0.{name}"])


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("quantity", [1, 999_999, "2", 2.0, "2e0"], [0, 1_000_000, 1.5, "zwei", True]),
        ("price", [1, 999_999, "399.5", 1.01], [0, 0.99, 1_000_000, 1.001]),
    ],
)
def test_a_line_lies_within_its_limits(
    shop: Shop, client: Client, name: str, good: list[object], bad: list[object]
) -> None:
    for value in good:
        reply = client.ask("POST", ORDERS, new_order(products=[{**a_line(), name: value}]))
        assert reply.status == 200, (value, reply.body)
    for value in bad:
        reply = client.ask("POST", ORDERS, new_order(products=[{**a_line(), name: value}]))
        assert (value, reply.status, list(reply.body["errors"])) == (value, 422, [f"orders.0.products.0.{name}"])


@pytest.mark.parametrize(("count", "status"), [(0, 422), (1, 200), (9, 200), (10, 200), (11, 422)])
def test_an_order_has_one_to_ten_products(shop: Shop, client: Client, count: int, status: int) -> None:
    reply = client.ask("POST", ORDERS, new_order(products=[a_line()] * count))
    assert reply.status == status
    if status == 422:
        assert list(reply.body["errors"]) == ["orders.0.products"]


@pytest.mark.parametrize(("count", "status"), [(0, 422), (999, 200), (1_000, 200), (1_001, 422)])
def test_a_request_creates_one_to_a_thousand_orders(shop: Shop, client: Client, count: int, status: int) -> None:
    reply = client.ask("POST", ORDERS, {"orders": [an_order_body()] * count})
    assert reply.status == status
    if status == 422:
        assert list(reply.body["errors"]) == ["orders"]
    else:
        assert len({each["reference"] for each in reply.body["data"]}) == count


def test_one_wrong_order_refuses_all_of_them(shop: Shop, client: Client) -> None:
    bad = an_order_body(total=0, products=[a_line("GIBT-ES-NICHT"), a_line(quantity=0)])
    reply = client.ask("POST", ORDERS, {"orders": [an_order_body(), bad]})
    assert reply.status == 422
    assert list(reply.body["errors"]) == ["orders.1.total", "orders.1.products.1.quantity"]
    assert reply.body["message"] == f"{reply.body['errors']['orders.1.total'][0]} (and 1 more error)"
    assert client.get(ORDERS).body["meta"]["total"] == 0


def test_a_sku_must_be_an_active_product(shop: Shop, client: Client) -> None:
    shop.a_product("VIEUX")
    shop.desk.goods.set_product_active("VIEUX", active=False)
    body = {"orders": [an_order_body(), an_order_body(products=[a_line(), a_line("NIE"), a_line("VIEUX")])]}
    reply = client.ask("POST", ORDERS, body)
    assert (reply.status, list(reply.body["errors"])) == (422, ["orders.1.products.1.sku", "orders.1.products.2.sku"])
    assert client.get(ORDERS).body["meta"]["total"] == 0


@pytest.mark.parametrize("body", [[an_order_body()], {}, {"orders": {}}, {"orders": None}, "orders", 7, None])
def test_a_body_without_a_list_of_orders_lacks_it(shop: Shop, client: Client, body: object) -> None:
    reply = client.ask("POST", ORDERS, body)
    assert (reply.status, list(reply.body["errors"])) == (422, ["orders"])


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        *((value, True) for value in (True, 1, "1", "true", "TRUE")),
        *((value, False) for value in (False, 0, "0", "false")),
    ],
)
def test_yes_and_no_are_read_as_programs_write_them(shop: Shop, client: Client, value: object, meant: bool) -> None:
    reply = client.ask("POST", ORDERS, new_order(is_fees_paid_by_customer=value))
    assert shop.desk.orders.show(reply.body["data"][0]["reference"]).is_fees_paid_by_customer is meant


@pytest.mark.parametrize("value", ["oui", 2, "", None, [], 1.5])
def test_anything_else_is_neither_yes_nor_no(shop: Shop, client: Client, value: object) -> None:
    reply = client.ask("POST", ORDERS, new_order(is_fees_paid_by_customer=value))
    assert list(reply.body["errors"]) == ["orders.0.is_fees_paid_by_customer"]


@pytest.mark.parametrize("around", [" ", "\t\n", "\u200b", "\ufeff", "\u200e", "\u200f", "\u2060", "\u00a0"])
def test_what_no_reader_sees_at_the_ends_of_a_text_is_taken_off(shop: Shop, client: Client, around: str) -> None:
    reply = client.ask("POST", ORDERS, new_order(full_name=f"{around}أمينة{around}", area=around))
    order = shop.desk.orders.show(reply.body["data"][0]["reference"])
    assert (order.full_name, order.area) == ("أمينة", None)


def test_a_whole_number_is_read_as_a_text_where_one_is_wanted(shop: Shop, client: Client) -> None:
    shop.a_product("6111000012345")
    products = [{"sku": 6111000012345, "quantity": "2", "price": "99.50"}]
    reply = client.ask("POST", ORDERS, new_order(phone=212600000001, products=products))
    order = shop.desk.orders.show(reply.body["data"][0]["reference"])
    assert (order.phone, order.lines[0].sku, order.lines[0].price) == ("212600000001", "6111000012345", 9_950)


def test_a_field_that_nobody_reads_is_ignored_and_named(shop: Shop, client: Client) -> None:
    reply = client.ask("POST", ORDERS, new_order(colour="red"))
    assert reply.status == 200
    assert [notice for notice in reply.body["notices"] if "“colour”" in notice]


@pytest.mark.parametrize("written", ["1.10", "399.99", "123456.78", "4.35", "1e3", "999999.00"])
def test_amounts_are_exact_on_their_way_in_and_out(shop: Shop, client: Client, written: str) -> None:
    """Written into the JSON by hand: a client's float is not what is tested."""
    order = str(an_order_body(total=0)).replace("'total': 0", f"'total': {written}").replace("'", '"')
    content = f'{{"orders": [{order.replace("True", "true")}]}}'.encode()
    reply = client.ask("POST", ORDERS, content=content)
    reference = reply.body["data"][0]["reference"]
    assert shop.desk.orders.show(reference).total == round(float(written) * 100)
    shown = client.get(f"{ORDERS}/{reference}/show").content.decode()
    assert f'"total":{float(written):.2f}'.rstrip("0").rstrip(".") in shown
