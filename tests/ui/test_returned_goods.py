"""Returned goods in inspection, settled from the window."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders
from tests.ui.goods_page import OpenWindow, form_of, open_goods, refused, save
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.goods.page import GoodsPage


@pytest.fixture
def goods(window: OpenWindow, qtbot: QtBot) -> GoodsPage:
    """The page in its window."""
    return open_goods(window(), qtbot)


def test_returned_goods_are_settled(goods: GoodsPage, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(2)
    warehouse = orders.desk.directories.warehouses()[0].id
    orders.act(Action.PACK, ids)
    orders.act(Action.SHIP, ids, warehouse_id=warehouse)
    orders.act(Action.RETURN, ids)
    goods.tabs.setCurrentIndex(1)
    returns = goods.returns
    qtbot.waitUntil(lambda: returns.model.rowCount() == 2)
    assert not returns.restock.isEnabled()
    returns.view.selectRow(0)
    returns.restock.click()
    save(goods, qtbot)
    qtbot.waitUntil(lambda: returns.model.rowCount() == 1)
    returns.view.selectRow(0)
    returns.write_off.click()
    save(goods, qtbot, reason="Cassé")
    qtbot.waitUntil(lambda: returns.notice._title.text() == "Nothing waits in inspection")
    sheet = orders.desk.goods.sheet("TSHIRT-M")
    assert (sheet.product.on_hand, sheet.product.inspection) == (9_998, 0)


def bring_back(orders: Orders, number: int, warehouse: int) -> None:
    orders.act(Action.PACK, [number])
    orders.act(Action.SHIP, [number], warehouse_id=warehouse)
    orders.act(Action.RETURN, [number])


def test_pieces_of_a_renewed_order_are_settled_apart(goods: GoodsPage, orders: Orders, qtbot: QtBot) -> None:
    (number,) = orders.create(1)
    for _ in range(2):
        bring_back(orders, number, orders.desk.directories.warehouses()[0].id)
        orders.act(Action.RENEW, [number])
    goods.tabs.setCurrentIndex(1)
    returns = goods.returns
    qtbot.waitUntil(lambda: returns.model.rowCount() == 1)
    assert [returns.model.data(returns.model.index(0, column)) for column in (1, 3)] == ["New", "4 × TSHIRT-M"]
    returns.view.selectRow(0)
    returns.restock.click()
    assert refused(goods, qtbot, **{"pieces/TSHIRT-M": 0}) == "Choose at least one piece."
    save(goods, qtbot, **{"pieces/TSHIRT-M": 3})
    qtbot.waitUntil(lambda: [row.goods for row in returns.model.rows] == [{"TSHIRT-M": 1}])
    returns.write_off.click()
    save(goods, qtbot)
    qtbot.waitUntil(lambda: returns.notice._title.text() == "Nothing waits in inspection")
    sheet = orders.desk.goods.sheet("TSHIRT-M")
    assert (sheet.product.on_hand, sheet.product.inspection) == (9_999, 0)


def test_the_shelf_is_asked_for_where_the_warehouse_is_closed(goods: GoodsPage, orders: Orders, qtbot: QtBot) -> None:
    desk, casablanca = orders.desk, orders.desk.directories.warehouses()[0].id
    rabat = desk.directories.add(Listed.WAREHOUSE, code="RAB", name="Rabat").id
    desk.goods.receive(rabat, "TSHIRT-M", 2)
    (number,) = orders.create(1)
    orders.act(Action.PACK, [number])
    orders.act(Action.SHIP, [number], warehouse_id=rabat)
    desk.directories.set_active(Listed.WAREHOUSE, rabat, active=False)
    orders.act(Action.RETURN, [number])
    goods.tabs.setCurrentIndex(1)
    returns = goods.returns
    qtbot.waitUntil(lambda: returns.model.rowCount() == 1)
    returns.view.selectRow(0)
    returns.write_off.click()
    assert "spare" not in form_of(goods, qtbot).fields
    form_of(goods, qtbot).reject()
    qtbot.waitUntil(lambda: goods.dialogs.dialog is None)
    returns.restock.click()
    save(goods, qtbot, spare=casablanca)
    qtbot.waitUntil(lambda: returns.notice._title.text() == "Nothing waits in inspection")
    places = {place.code: (place.on_hand, place.inspection) for place in desk.goods.sheet("TSHIRT-M").places}
    assert places == {"CASA": (10_002, 0), "RAB": (0, 0)}


def test_a_returned_order_is_looked_at_from_the_list(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    (number,) = orders.create(1)
    orders.act(Action.PACK, [number])
    orders.act(Action.SHIP, [number], warehouse_id=orders.desk.directories.warehouses()[0].id)
    orders.act(Action.RETURN, [number])
    desk = window()
    page = open_goods(desk, qtbot)
    page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.returns.model.rowCount() == 1)
    page.returns.view.selectRow(0)
    page.returns.view.opened.emit()
    qtbot.waitUntil(lambda: desk.detail.order_id == number)
    assert desk.work.shows_orders
    assert orders.status(number) is Status.RETURNED


def test_a_decision_on_several_orders_is_undone_from_the_window(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    warehouse = orders.desk.directories.warehouses()[0].id
    for number in orders.create(2):
        bring_back(orders, number, warehouse)
    desk = window()
    page = open_goods(desk, qtbot)
    page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.returns.model.rowCount() == 2)
    page.returns.view.selectAll()
    page.returns.restock.click()
    save(page, qtbot)
    qtbot.waitUntil(lambda: page.returns.model.rowCount() == 0)
    undo = desk.registry.action("order.undo")
    qtbot.waitUntil(undo.isEnabled)
    undo.trigger()
    qtbot.waitUntil(lambda: page.returns.model.rowCount() == 2)
    assert orders.desk.goods.sheet("TSHIRT-M").product.inspection == 4
