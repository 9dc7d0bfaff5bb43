"""The filter bar: every part is asked for, shown as a chip, and taken out again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import DAY, Orders, new_order
from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.common.text import fold
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.orders.finding import EVERY_ORDER, OrderFilter, Period, Sort, SortKey
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.orders.days_dialog import DaysDialog
from warehouse_desk.ui.orders.facets import FACET_NAMES, Facet, Names, active, all_words, without, words
from warehouse_desk.ui.orders.pick_dialog import PickDialog
from warehouse_desk.ui.shell.window import MainWindow

OpenWindow = Callable[[], MainWindow]
TODAY = local_day(now_utc())

EVERYTHING = OrderFilter(
    status=Status.NEW,
    keyword="benali",
    search_by="full_name",
    city_id=1,
    created_in=Period.TODAY,
    shipping_company_id=1,
    delivery_person_id=1,
    warehouse_id=1,
    held=False,
    printed=False,
    label_outdated=True,
    unsynced=True,
    twins=False,
)


def shows(window: MainWindow, qtbot: QtBot, order_filter: OrderFilter, count: int) -> None:
    qtbot.waitUntil(lambda: window.orders.model.query.order_filter == order_filter)
    qtbot.waitUntil(lambda: window.orders.model.rowCount() == count)


def notice(window: MainWindow) -> tuple[str, str]:
    shown = window.orders._notice
    return shown._title.text(), shown._text.text()


def test_every_part_of_a_filter_has_words_and_can_be_taken_out() -> None:
    left = EVERYTHING
    for facet in active(EVERYTHING):
        assert words(EVERYTHING, facet, Names())
        left = without(left, facet)
    assert left == EVERY_ORDER
    assert set(active(EVERYTHING)) == set(Facet) - {Facet.IDS}


@pytest.mark.parametrize("facet", Facet)
def test_every_part_has_a_name(facet: Facet) -> None:
    assert str(FACET_NAMES[facet])


def test_days_read_as_people_write_them() -> None:
    def told(**given: object) -> str:
        return all_words(OrderFilter(**given), Names())  # type: ignore[arg-type]  # the fields' values by name

    assert told(created_from=DAY, created_to=DAY) == "Created: 23/11/2026"
    assert told(created_from=DAY) == "Created: from 23/11/2026"
    assert told(created_to=DAY) == "Created: up to 23/11/2026"
    assert told(created_from=DAY, created_to=DAY + timedelta(days=2)) == "Created: 23/11/2026 – 25/11/2026"
    assert told(created_in=Period.YESTERDAY) == "Created: Yesterday"


def test_each_filter_narrows_the_list_and_its_cross_widens_it_again(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(5)
    orders.act(Action.PACK, ids[:3])
    orders.act(Action.HOLD, ids[:1], reason="Client absent")
    desk = window()
    bar = desk.orders.bar
    bar.set_value(Facet.STATUS, Status.PACKED)
    shows(desk, qtbot, OrderFilter(Status.PACKED), 3)
    assert desk.navigation.chosen() is Status.PACKED
    bar.set_value(Facet.HELD, True)
    shows(desk, qtbot, OrderFilter(Status.PACKED, held=True), 1)
    assert list(bar.chips) == [Facet.STATUS, Facet.HELD]
    QTest.mouseClick(bar.chips[Facet.STATUS].remove, Qt.MouseButton.LeftButton)
    shows(desk, qtbot, OrderFilter(held=True), 1)
    QTest.mouseClick(bar.chips[Facet.HELD].change, Qt.MouseButton.LeftButton)
    shows(desk, qtbot, OrderFilter(held=False), 4)
    bar.set_value(Facet.PRINTED, False)
    shows(desk, qtbot, OrderFilter(held=False, printed=False), 4)
    assert not bar.clear.isHidden()
    QTest.mouseClick(bar.clear, Qt.MouseButton.LeftButton)
    shows(desk, qtbot, EVERY_ORDER, 5)
    assert bar.chips == {}


def test_a_city_is_found_by_a_part_of_its_name_in_any_spelling(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    fes = next(city for city in orders.desk.directories.cities() if fold(city.name) == "fes")
    orders.create(2)
    orders.desk.orders.create({"orders": [new_order(77, city="Fès")]})
    shown = window()
    shown.orders.bar.pick(Facet.CITY)
    dialog = shown.orders.bar.dialog
    assert isinstance(dialog, PickDialog)
    qtbot.waitUntil(lambda: dialog.search.list.count() == len(orders.desk.directories.cities()))
    for typed in (fes.name_ar, "FÈS"):
        dialog.search.field.setText(typed)
        assert dialog.search.list.item(0).data(Qt.ItemDataRole.UserRole) == fes.id
    QTest.keyClick(dialog.search.field, Qt.Key.Key_Return)
    shows(shown, qtbot, OrderFilter(city_id=fes.id), 1)
    assert shown.orders.bar.chips[Facet.CITY].change.text() == f"City: {fes.name}"


def test_a_name_that_nothing_has_says_so(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create()
    desk = window()
    desk.orders.bar.pick(Facet.COMPANY)
    dialog = desk.orders.bar.dialog
    assert isinstance(dialog, PickDialog)
    qtbot.waitUntil(lambda: dialog.search.list.count() == 1)
    QTest.keyClicks(dialog.search.field, "xyz")
    assert "Nothing found for “xyz”" in dialog._note.text()
    QTest.keyClick(dialog.search.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.reject()


def test_company_person_and_warehouse_are_asked_by_name(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(3)
    warehouse, person = orders.desk.directories.warehouses()[0], orders.desk.directories.persons()[0]
    orders.act(Action.PACK, ids)
    orders.act(Action.ASSIGN, ids[:1], person_id=person.id, warehouse_id=warehouse.id)
    orders.act(Action.SHIP, ids[1:2], warehouse_id=warehouse.id)
    desk = window()
    bar = desk.orders.bar
    bar.set_value(Facet.WAREHOUSE, warehouse.id)
    shows(desk, qtbot, OrderFilter(warehouse_id=warehouse.id), 2)
    bar.set_value(Facet.PERSON, person.id)
    shows(desk, qtbot, OrderFilter(warehouse_id=warehouse.id, delivery_person_id=person.id), 1)
    assert [chip.change.text() for chip in bar.chips.values()] == [
        "Delivery person: Hamid Ouazzani",
        "Warehouse: Casablanca",
    ]


def test_a_warehouse_that_came_later_is_named_too(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create()
    desk = window()
    number = orders.desk.directories.add(Listed.WAREHOUSE, code="RABAT", name="Rabat").id
    desk.orders.bar.set_value(Facet.WAREHOUSE, number)
    qtbot.waitUntil(lambda: desk.orders.bar.chips[Facet.WAREHOUSE].change.text() == "Warehouse: Rabat")


def test_orders_of_a_period_and_of_chosen_days(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create(2)
    desk = window()
    bar = desk.orders.bar
    bar.set_period(Period.TODAY)
    shows(desk, qtbot, OrderFilter(created_in=Period.TODAY), 2)
    bar.set_period(Period.YESTERDAY)
    shows(desk, qtbot, OrderFilter(created_in=Period.YESTERDAY), 0)
    bar.pick_days()
    dialog = bar.dialog
    assert isinstance(dialog, DaysDialog)
    dialog.first.setDate(dialog.last.date().addDays(3))
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert dialog._fault.text() == "The first day is after the last. Swap the two days."
    dialog.first.setDate(dialog.last.date())
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    yesterday = TODAY - timedelta(days=1)
    shows(desk, qtbot, OrderFilter(created_from=yesterday, created_to=yesterday), 0)


def test_a_search_in_one_field_does_not_look_in_the_others(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create(3)
    desk = window()
    desk.toolbar.search.setText("casa")
    shows(desk, qtbot, OrderFilter(keyword="casa"), 3)
    desk.orders.bar.set_field("full_name")
    shows(desk, qtbot, OrderFilter(keyword="casa", search_by="full_name"), 0)
    assert desk.orders.bar.chips[Facet.KEYWORD].change.text() == "Search: “casa” · Customer only"
    desk.orders.bar.remove(Facet.KEYWORD)
    shows(desk, qtbot, EVERY_ORDER, 3)
    assert desk.toolbar.search.text() == ""


def test_choosing_a_field_first_puts_the_hand_into_the_search_box(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    orders.create()
    desk = window()
    desk.orders.bar.set_field("phone")
    assert desk.focusWidget() is desk.toolbar.search
    assert desk.toolbar.search.placeholderText() == "Search in phone numbers"


def test_an_empty_list_names_its_filters_and_offers_to_clear_them(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    orders.create(2)
    desk = window()
    desk.orders.bar.filter_requested.emit(OrderFilter(Status.SHIPPED, held=True))
    qtbot.waitUntil(lambda: desk.orders._stack.currentWidget() is desk.orders._notice)
    assert notice(desk) == ("No order matches all filters", "Status: Shipped · On hold")
    QTest.mouseClick(desk.orders._notice._button, Qt.MouseButton.LeftButton)
    shows(desk, qtbot, EVERY_ORDER, 2)


def test_a_status_keeps_the_filters_and_the_sort(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(3)
    orders.act(Action.PACK, ids[:2])
    desk = window()
    desk.orders.view.sort_requested.emit(Sort(SortKey.TOTAL, descending=False))
    desk.orders.bar.set_value(Facet.HELD, False)
    desk.navigation.setCurrentRow(desk.navigation.row_of(Status.PACKED))
    shows(desk, qtbot, OrderFilter(Status.PACKED, held=False), 2)
    assert desk.orders.model.query.sort == Sort(SortKey.TOTAL, descending=False)


def test_the_whole_filtered_list_is_acted_on_and_nothing_else(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(4)
    orders.act(Action.HOLD, ids[:1], reason="Client absent")
    desk = window()
    desk.orders.bar.set_value(Facet.HELD, False)
    shows(desk, qtbot, OrderFilter(held=False), 3)
    desk.orders.choose_all()
    qtbot.waitUntil(desk.registry.action("order.pack").isEnabled)
    desk.registry.action("order.pack").trigger()
    assert desk.action_controller.dialog is not None
    with qtbot.waitSignal(desk.action_controller.finished):
        QTest.mouseClick(desk.action_controller.dialog._go, Qt.MouseButton.LeftButton)
    assert [orders.status(each) for each in ids] == [Status.NEW, *[Status.PACKED] * 3]


def test_the_menu_offers_every_part(window: OpenWindow, orders: Orders) -> None:
    orders.create()
    menu = window().orders.bar.menu()
    offered = {action.text().removesuffix("…") for action in menu.actions() if action.text()}
    names = {str(name) for facet, name in FACET_NAMES.items() if facet not in {Facet.KEYWORD, Facet.IDS}}
    assert names <= offered
    assert {"Search in", "Clear all filters"} <= offered
