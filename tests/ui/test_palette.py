"""The palette: everything is found by a few letters in any language, and done by the keyboard alone."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders
from warehouse_desk.common.messages import set_language
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.status import Status
from warehouse_desk.ui import theme
from warehouse_desk.ui.actions.catalogue import CATALOGUE
from warehouse_desk.ui.actions.palette import Palette
from warehouse_desk.ui.shell.window import MainWindow
from warehouse_desk.ui.widgets.fuzzy import best, score

OpenWindow = Callable[[], MainWindow]


def opened(window: MainWindow) -> Palette:
    window.registry.action("program.palette").trigger()
    palette = window.palette_controller.palette
    assert palette is not None
    return palette


def type_in(palette: Palette, text: str) -> None:
    palette.search.field.clear()
    palette.search.field.setText(text)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("exped", "Expédiée"),
        ("EXPÉDIÉE", "Expédiée"),
        ("mkpk", "Mark packed"),
        ("packed mark", "Mark packed"),
        ("الغاء", "إلغاء الطلب"),
        ("الى المخزون", "إعادة إلى المخزون"),
    ],
)
def test_letters_find_their_name(typed: str, name: str) -> None:
    assert score(typed, name)


@pytest.mark.parametrize(("typed", "name"), [("xyz", "Mark packed"), ("kp", "Packed"), ("packed away", "Mark packed")])
def test_other_letters_do_not(typed: str, name: str) -> None:
    assert not score(typed, name)


def test_the_nearest_name_comes_first() -> None:
    names = ["Deliver parcels", "Labels", "Label", "Reprint the label"]
    assert best("label", [(name, (name,)) for name in names], 3) == ["Label", "Labels", "Reprint the label"]


def test_every_action_is_offered_and_a_grey_one_says_why(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create()
    desk = window()
    palette = opened(desk)
    titles = {entry.title for entry in palette.shown()}
    assert {str(spec.text) for spec in CATALOGUE if spec.id != "program.palette"} <= titles
    type_in(palette, "mark packed")
    assert palette.shown()[0].why_not == "Select one order or more first."
    QTest.keyClick(palette.search.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert palette._note.text() == "Select one order or more first."
    QTest.keyClick(palette, Qt.Key.Key_Escape)
    assert desk.palette_controller.palette is None


def test_an_action_is_done_by_keys_alone(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create()
    desk = window()
    desk.orders.view.select_orders(ids)
    palette = opened(desk)
    QTest.keyClicks(palette.search.field, "mark packed")
    with qtbot.waitSignal(desk.action_controller.finished):
        QTest.keyClick(palette.search.field, Qt.Key.Key_Return)
        assert desk.action_controller.dialog is not None
        QTest.mouseClick(desk.action_controller.dialog._go, Qt.MouseButton.LeftButton)
    assert orders.status(ids[0]) is Status.PACKED


def test_statuses_views_and_filters_are_gone_to(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create(2)
    orders.desk.orders.views.save("Clients à rappeler", OrderFilter(held=True))
    desk = window()
    qtbot.waitUntil(lambda: desk.views.names == ["Clients à rappeler"])
    for typed, wanted in (
        ("rappel", OrderFilter(held=True)),
        ("delivered", OrderFilter(Status.DELIVERED)),
        ("no label", OrderFilter(Status.DELIVERED, printed=False)),
    ):
        palette = opened(desk)
        QTest.keyClicks(palette.search.field, typed)
        QTest.keyClick(palette.search.field, Qt.Key.Key_Return)
        assert desk.orders.model.query.order_filter == wanted


def test_a_view_that_is_read_while_the_palette_is_open_is_offered(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    orders.create()
    desk = window()
    palette = opened(desk)
    QTest.keyClicks(palette.search.field, "rappel")
    assert not palette.shown()
    orders.desk.orders.views.save("Clients à rappeler", OrderFilter(held=True))
    desk.views.read()
    qtbot.waitUntil(lambda: [entry.title for entry in palette.shown()] == ["Clients à rappeler"])


def test_a_reference_typed_in_goes_to_its_order(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(3)
    desk = window()
    palette = opened(desk)
    type_in(palette, orders.reference(ids[0]).lower())
    qtbot.waitUntil(lambda: any(orders.reference(ids[0]) in entry.title for entry in palette.shown()))
    QTest.keyClick(palette.search.field, Qt.Key.Key_Return)
    assert [row.id for row in desk.orders.selected_orders()] == ids[:1]
    qtbot.waitUntil(lambda: desk.detail.detail is not None)
    assert not desk.detail.isHidden()


def test_a_phone_number_leads_to_an_order_outside_the_list(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(2)
    desk = window()
    desk.orders.bar.filter_requested.emit(OrderFilter(Status.SHIPPED))
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 0)
    palette = opened(desk)
    type_in(palette, "+212 600000002")
    qtbot.waitUntil(lambda: any(orders.reference(ids[1]) in entry.title for entry in palette.shown()))
    QTest.keyClick(palette.search.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [row.id for row in desk.orders.selected_orders()] == ids[1:])
    QTest.keyClick(desk.orders.view, Qt.Key.Key_Escape)
    QTest.keyClick(desk, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.orders.model.rowCount() == 2)


def test_nothing_found_says_so(window: OpenWindow, orders: Orders) -> None:
    orders.create()
    palette = opened(window())
    type_in(palette, "zzzz")
    assert palette.shown() == []
    assert "Nothing found for “zzzz”" in palette._note.text()
    palette.reject()


@pytest.fixture(params=["fr", "ar"])
def language(request: pytest.FixtureRequest, dressed: QApplication) -> Iterator[str]:
    set_language(request.param)
    theme.set_up(dressed)
    yield request.param
    set_language("en")
    theme.set_up(dressed)


def test_names_are_found_without_accents_and_in_english_too(language: str, window: OpenWindow, orders: Orders) -> None:
    orders.create()
    palette = opened(window())
    type_in(palette, {"fr": "etiquettes", "ar": "ملصقات"}[language])
    titles = [entry.title for entry in palette.shown()]
    assert {"fr": "Générer les étiquettes", "ar": "إنشاء الملصقات"}[language] in titles
    type_in(palette, "generate labels")
    assert {"fr": "Générer les étiquettes", "ar": "إنشاء الملصقات"}[language] == palette.shown()[0].title
    palette.reject()
