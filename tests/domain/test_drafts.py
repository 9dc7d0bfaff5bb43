"""The limits of the API, each at, below and above its bound, with the path of what is wrong."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_line, an_order_body
from warehouse_desk.domain.errors import InvalidInput
from warehouse_desk.domain.orders.details import DETAIL_FIELDS, DETAIL_LINE_FIELDS, read_details
from warehouse_desk.domain.orders.drafts import LINE_FIELDS, ORDER_FIELDS, read_new_orders, unread_of_new_orders


def faults(body: object) -> dict[str, str]:
    """Return what is wrong with a create body, by path; nothing where it is accepted."""
    try:
        read_new_orders(body)
    except InvalidInput as error:
        return {path: str(message) for path, message in error.fields.items()}
    return {}


def orders(**fields: Any) -> dict[str, Any]:
    return {"orders": [an_order_body(), an_order_body(**fields)]}


def details(**fields: Any) -> dict[str, Any]:
    body = {
        "full_name": "Amina Tazi",
        "phone": "0600000002",
        "city_to_id": 7,
        "address": "Avenue Hassan II",
        "products": [{"id": 1, "quantity": 2, "total": 598}],
    }
    return {**body, **fields}


def edit_faults(**fields: Any) -> set[str]:
    """Return the paths that an update of details refuses."""
    try:
        read_details(details(**fields))
    except InvalidInput as error:
        return set(error.fields)
    return set()


TEXT_LIMITS = {
    "full_name": 100,
    "phone": 100,
    "second_phone": 100,
    "email": 254,
    "city": 100,
    "area": 255,
    "address": 1_000,
    "notes": 5_000,
}


@pytest.mark.parametrize(("name", "limit"), TEXT_LIMITS.items())
def test_a_text_up_to_its_limit_is_accepted_and_one_more_is_named(name: str, limit: int) -> None:
    assert faults(orders(**{name: "é" * (limit - 1)})) == {}
    assert faults(orders(**{name: "é" * limit})) == {}
    told = faults(orders(**{name: "é" * (limit + 1)}))
    assert list(told) == [f"orders.1.{name}"]
    assert f"{limit + 1} characters instead of {limit} at most" in told[f"orders.1.{name}"]


@pytest.mark.parametrize("name", ["full_name", "phone", "city", "address"])
@pytest.mark.parametrize("blank", [None, "", "  \t"])
def test_a_required_text_must_be_there(name: str, blank: str | None) -> None:
    assert list(faults(orders(**{name: blank}))) == [f"orders.1.{name}"]


@pytest.mark.parametrize("name", ["email", "area", "second_phone", "notes", "shipment_way"])
def test_an_optional_field_may_be_absent(name: str) -> None:
    assert faults(orders(**{name: None})) == {}


@pytest.mark.parametrize("name", ["full_name", "phone", "city", "address"])
@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"], ids=["NUL", "half a character"])
def test_a_text_that_no_database_can_store_is_refused_in_words(name: str, text: str) -> None:
    told = faults(orders(**{name: text}))
    assert list(told) == [f"orders.1.{name}"]
    assert "cannot be stored" in str(told)


@pytest.mark.parametrize("wrong", [["Youssef"], {"name": "Youssef"}, True, 1.5])
def test_a_text_must_be_a_text(wrong: object) -> None:
    assert list(faults(orders(full_name=wrong))) == ["orders.1.full_name"]


def test_a_phone_given_as_a_number_is_read_as_its_digits() -> None:
    assert read_new_orders(orders(phone=212600000001))[1].phone == "212600000001"


@pytest.mark.parametrize("amount", [1, 1.5, 399, 999_999, "250", 0.99, 0, -5, 999_999.01, 1_000_000, "dix", None])
@pytest.mark.parametrize("name", ["total", "price"])
def test_an_amount_lies_between_1_and_999999_dirhams(name: str, amount: object) -> None:
    if name == "total":
        told = faults(orders(total=amount))
        path = "orders.1.total"
    else:
        told = faults(orders(products=[a_line(), {**a_line(), "price": amount}]))
        path = "orders.1.products.1.price"
    good = amount in (1, 1.5, 399, 999_999, "250")
    assert list(told) == ([] if good else [path])


@pytest.mark.parametrize("quantity", [0, -1, 1_000_000, 1.5, "1,5", "", None, True, "1e9", "1e999999", "NaN", "1 000"])
def test_a_quantity_is_a_whole_number_from_1_to_999999(quantity: object) -> None:
    told = faults(orders(products=[{**a_line(), "quantity": quantity}]))
    assert list(told) == ["orders.1.products.0.quantity"]


ONE_NUMBER = [2, 2.0, Decimal("2.0"), "2", "2.0", "2.", "+2", "2e0", "0.2e1", " 2 ", "\u200f2\u200e", "٢", "۲", "٢٫٠"]


@pytest.mark.parametrize("written", ONE_NUMBER, ids=repr)
def test_a_number_is_read_alike_wherever_it_stands(written: object) -> None:
    line = {"sku": "ARGAN-50", "quantity": written, "price": written}
    (order,) = read_new_orders([an_order_body(total=written, products=[line], shipment_way=written)])
    assert (order.total, order.shipment_way) == (200, 2)
    assert (order.lines[0].quantity, order.lines[0].price) == (2, 200)
    edit = read_details(details(city_to_id=written, products=[{"id": written, "quantity": written, "total": written}]))
    assert (edit.city_to_id, edit.lines[0].product_id, edit.lines[0].quantity, edit.lines[0].total) == (2, 2, 2, 200)


@pytest.mark.parametrize("written", [1_000, "1e3", "1E3", Decimal("1E+3"), "1000.0"], ids=repr)
def test_a_power_of_ten_is_one_number_too(written: object) -> None:
    line = {"sku": "ARGAN-50", "quantity": written, "price": written}
    (order,) = read_new_orders([an_order_body(total=written, products=[line])])
    assert (order.total, order.lines[0].quantity, order.lines[0].price) == (100_000, 1_000, 100_000)


@pytest.mark.parametrize(
    "text", ["1_000", "1,000", "1 000", "1\u202f000", "0x10", "१", "inf", "1e", "--1", "1.2.3", "٬"]
)
@pytest.mark.parametrize("field", ["total", "price", "quantity"])
def test_what_has_two_readings_or_none_is_no_number(field: str, text: str) -> None:
    line = a_line() if field == "total" else {**a_line(), field: text}
    body = orders(**({"total": text} if field == "total" else {}), products=[line])
    assert len(faults(body)) == 1


@pytest.mark.parametrize(("lines", "good"), [(0, False), (1, True), (9, True), (10, True), (11, False)])
def test_an_order_has_1_to_10_lines(lines: int, good: bool) -> None:
    told = faults(orders(products=[a_line() for _ in range(lines)]))
    assert list(told) == ([] if good else ["orders.1.products"])


@pytest.mark.parametrize(("how_many", "good"), [(0, False), (1, True), (999, True), (1_000, True), (1_001, False)])
def test_a_request_has_1_to_1000_orders(how_many: int, good: bool) -> None:
    told = faults({"orders": [an_order_body()] * how_many})
    assert list(told) == ([] if good else ["orders"])


@pytest.mark.parametrize("flag", [True, 1, 1.0, "1", " 1", "true", "TRUE", "١"], ids=repr)
def test_who_pays_the_fees_may_be_said_in_all_these_ways(flag: object) -> None:
    assert read_new_orders([an_order_body(is_fees_paid_by_customer=flag)])[0].is_fees_paid_by_customer is True


@pytest.mark.parametrize("flag", [False, 0, 0.0, "0", "false", "False\u200b"], ids=repr)
def test_who_does_not_pay_the_fees_too(flag: object) -> None:
    assert read_new_orders([an_order_body(is_fees_paid_by_customer=flag)])[0].is_fees_paid_by_customer is False


@pytest.mark.parametrize("flag", [None, "yes", "on", "", 2, 0.5, []], ids=repr)
def test_who_pays_the_fees_must_be_said(flag: object) -> None:
    assert list(faults(orders(is_fees_paid_by_customer=flag))) == ["orders.1.is_fees_paid_by_customer"]


def test_every_fault_of_every_order_is_named() -> None:
    body = {
        "orders": [
            an_order_body(full_name=""),
            an_order_body(),
            an_order_body(products=[a_line(), {**a_line(), "sku": ""}]),
            an_order_body(total=0, products=[{**a_line(), "quantity": 0, "price": 0}]),
        ]
    }
    assert set(faults(body)) == {
        "orders.0.full_name",
        "orders.2.products.1.sku",
        "orders.3.total",
        "orders.3.products.0.quantity",
        "orders.3.products.0.price",
    }


def test_the_sentence_says_how_many_fields_are_wrong_and_the_first() -> None:
    with pytest.raises(InvalidInput, match=r"Nothing was changed. Fields with errors: 2. The first: orders.0.city"):
        read_new_orders([an_order_body(city="", address="")])


def test_a_list_entry_that_is_no_object_is_named() -> None:
    assert list(faults({"orders": [an_order_body(), "ORD-1"]})) == ["orders.1"]
    assert list(faults(orders(products=["ARGAN-50"]))) == ["orders.1.products.0"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "orders is missing: enter a list of 1 to 1000."),
        ({"orders": None}, "orders is missing: enter a list of 1 to 1000."),
        ({"orders": []}, "orders is empty: enter a list of 1 to 1000."),
        ([], "orders is empty: enter a list of 1 to 1000."),
        ({"orders": "x"}, "orders must be a list of 1 to 1000."),
    ],
)
def test_a_list_that_is_missing_is_not_called_empty_nor_an_empty_one_missing(body: object, said: str) -> None:
    assert faults(body) == {"orders": said}


UNSEEN = ["\u200b", "\ufeff", "\u200e", "\u200f", "\u202b", "\u2066", "\u00ad", "\u2060", "\u00a0", "\u3000", "\u061c"]


@pytest.mark.parametrize("mark", UNSEEN, ids=lambda mark: f"U+{ord(mark):04X}")
def test_marks_that_no_reader_sees_are_taken_off_the_ends_of_a_text(mark: str) -> None:
    (order,) = read_new_orders([an_order_body(full_name=f"{mark} ليلى{mark}بنت علي {mark}", email=mark)])
    assert (order.full_name, order.email) == (f"ليلى{mark}بنت علي", None)
    assert list(faults(orders(city=f" {mark}{mark}"))) == ["orders.1.city"]


def test_what_nobody_reads_is_named_once_with_where_it_stands() -> None:
    line = {**a_line(), "color": "rouge"}
    body = {"orders": [an_order_body(status="new"), an_order_body(status="new", products=[line])], "draft": True}
    assert [str(notice) for notice in unread_of_new_orders(body)] == [
        "“draft” is not a field of this request and was ignored (1 time, first in -).",
        "“status” is not a field of this request and was ignored (2 times, first in orders.0).",
        "“color” is not a field of this request and was ignored (1 time, first in orders.1.products.0).",
    ]
    assert unread_of_new_orders([an_order_body()]) == ()


def test_of_thousands_of_strange_fields_twenty_are_named() -> None:
    body = [an_order_body(**{f"x{number}": 1 for number in range(1_000)}, **{"y" * 5_000: 1})]
    notices = unread_of_new_orders(body)
    assert len(notices) == 20
    assert max(len(str(notice)) for notice in notices) < 120


class Watched(dict[str, Any]):
    """A body that remembers what was asked of it."""

    asked: set[str]

    def get(self, key: str, default: Any = None) -> Any:
        self.__dict__.setdefault("asked", set()).add(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self.__dict__.setdefault("asked", set()).add(key)
        return super().__contains__(key)


def test_the_fields_said_to_be_read_are_those_that_are_read() -> None:
    line = Watched(a_line())
    order = Watched(an_order_body(products=[line]))
    read_new_orders([order])
    assert (frozenset(order.asked), frozenset(line.asked)) == (ORDER_FIELDS, LINE_FIELDS)
    changed = Watched({"id": 1, "quantity": 2, "total": 598})
    edit = Watched(details(products=[changed]))
    read_details(edit)
    assert (frozenset(edit.asked), frozenset(changed.asked)) == (DETAIL_FIELDS, DETAIL_LINE_FIELDS)


@pytest.mark.parametrize("body", [None, "orders", 3, {"orders": None}, {"orders": "x"}, {}])
def test_a_body_without_orders_is_refused(body: object) -> None:
    with pytest.raises(InvalidInput):
        read_new_orders(body)


def test_a_line_total_is_quantity_times_unit_price() -> None:
    line = read_new_orders([an_order_body(products=[a_line(quantity=3, price=99.9)])])[0].lines[0]
    assert (line.quantity, line.price, line.total) == (3, 9_990, 29_970)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(an_order_body())), JSON))
def test_any_json_is_either_accepted_or_refused_field_by_field(wrong: dict[str, Any]) -> None:
    for path in faults({"orders": [{**an_order_body(), **wrong}]}):
        assert path.startswith("orders.0.")
        assert path.split(".")[2] in wrong


@given(JSON)
def test_any_json_in_place_of_a_line_is_accepted_or_refused(line: object) -> None:
    assert all(path.startswith("orders.1.products") for path in faults(orders(products=[line])))


@pytest.mark.parametrize(
    ("name", "limit"),
    [("full_name", 100), ("phone", 100), ("second_phone", 100), ("area_text", 255), ("address", 1_000)],
)
def test_an_edit_has_the_same_limits(name: str, limit: int) -> None:
    assert edit_faults(**{name: "x" * limit}) == set()
    assert edit_faults(**{name: "x" * (limit + 1)}) == {name}


@pytest.mark.parametrize("city", [0, -1, 2**53 + 1, "Fes", None])
def test_an_edit_names_its_city_by_number(city: object) -> None:
    assert edit_faults(city_to_id=city) == {"city_to_id"}


@pytest.mark.parametrize("city", [1, "12", 2**53])
def test_a_city_number_may_be_a_text(city: object) -> None:
    assert edit_faults(city_to_id=city) == set()


def test_an_absent_optional_field_is_left_alone_and_a_blank_one_is_cleared() -> None:
    assert read_details(details()).optional == {}
    assert read_details(details(second_phone="", area_text="Maarif")).optional == {
        "second_phone": None,
        "area": "Maarif",
    }


def test_the_unit_price_follows_from_the_line_total() -> None:
    draft = read_details(details(products=[{"id": 1, "quantity": 3, "total": 100}]))
    assert (draft.lines[0].price, draft.lines[0].total) == (3_333, 10_000)


@pytest.mark.parametrize(
    ("quantity", "total", "good"),
    [(1, 999_999, True), (1, 1_000_000, False), (2, 1_999_998, True), (2, 2, True), (2, 1, False), (999_999, 1, False)],
)
def test_the_unit_price_that_follows_keeps_its_limits(quantity: int, total: int, good: bool) -> None:
    told = edit_faults(products=[{"id": 1, "quantity": quantity, "total": total}])
    assert told == (set() if good else {"products.0.total"})


@pytest.mark.parametrize(("lines", "good"), [(0, False), (10, True), (11, False)])
def test_an_edited_order_has_1_to_10_lines(lines: int, good: bool) -> None:
    assert edit_faults(products=[{"id": 1, "quantity": 1, "total": 5}] * lines) == (set() if good else {"products"})
