"""Long lists by windows: one frame, then pages from its anchors, on both databases."""

import pytest

from tests.builders import Shop, an_order_body
from warehouse_desk.domain.errors import NotAllowed, WrongUsage
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.order import OrderRow
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status
from warehouse_desk.services.orders.listing import WINDOW_STEP

ORDERS = 2 * WINDOW_STEP + 3


@pytest.fixture
def ids(shop: Shop) -> list[int]:
    """Orders of two cities in turn, oldest first."""
    bodies = [an_order_body(city=("Rabat", "Fès")[number % 2]) for number in range(ORDERS)]
    return sorted(shop.desk.orders.create({"orders": bodies}).changes.order_ids)


def test_the_pages_of_all_anchors_are_the_whole_list(shop: Shop, ids: list[int]) -> None:
    frame = shop.desk.orders.open_window()
    rows: list[OrderRow] = []
    for anchor in frame.anchors:
        rows += shop.desk.orders.window_page(first=anchor)
    assert frame.total == ORDERS
    assert [row.id for row in rows] == ids[::-1]


def test_a_frame_holds_only_what_the_list_asks_for(shop: Shop, ids: list[int]) -> None:
    shop.desk.orders.act(Action.CANCEL, ids[:7], shop.options())
    assert shop.desk.orders.open_window(OrderFilter(Status.CANCELED)).total == 7
    fes = OrderFilter(keyword="fes")
    frame = shop.desk.orders.open_window(fes)
    assert (frame.total, len(frame.anchors)) == (ORDERS // 2, 2)
    assert {row.city for row in shop.desk.orders.window_page(fes, first=frame.anchors[1])} == {"Fès"}


def test_an_empty_list_has_no_anchors(shop: Shop) -> None:
    frame = shop.desk.orders.open_window(OrderFilter(Status.DELIVERED))
    assert (frame.total, frame.anchors) == (0, ())
    assert shop.desk.orders.window_page(OrderFilter(Status.DELIVERED)) == ()


def test_deleted_orders_are_in_no_window(shop: Shop, ids: list[int]) -> None:
    shop.desk.orders.act(Action.DELETE, ids[:1], shop.options())
    assert shop.desk.orders.open_window().total == ORDERS - 1


def test_an_unknown_field_to_search_by_is_named(shop: Shop) -> None:
    with pytest.raises(WrongUsage, match="search_by cannot be “colour”"):
        shop.desk.orders.open_window(OrderFilter(search_by="colour", keyword="red"))


def test_windows_want_the_ability_to_view(shop: Shop) -> None:
    nobody = shop.desk_of(abilities=frozenset())
    with pytest.raises(NotAllowed, match="view"):
        nobody.orders.open_window()
