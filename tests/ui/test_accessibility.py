"""Everybody can work here: names for screen readers, contrast, keys, the other direction of writing."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDateEdit,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders
from warehouse_desk.common.messages import set_language
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.status import Status
from warehouse_desk.ui import theme
from warehouse_desk.ui.orders.columns import OrderColumn, shown_rows
from warehouse_desk.ui.orders.facets import Facet
from warehouse_desk.ui.shell.window import MainWindow
from warehouse_desk.ui.tokens import DARK, LIGHT, Tokens

OpenWindow = Callable[[], MainWindow]
TEXT_CONTRAST, SCAN_CONTRAST = 4.5, 5.0
"""WCAG 2.2 AA for text; a little more for what is read from afar."""


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    value = QColor(colour)
    return 0.2126 * linear(value.redF()) + 0.7152 * linear(value.greenF()) + 0.0722 * linear(value.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ground", "ink"),
    [
        *product(("window", "panel", "raised"), ("text", "muted", "error")),
        ("selection", "text"),
        ("selection", "muted"),
    ],
)
def test_every_text_can_be_read_on_every_ground(scheme: Tokens, ground: str, ink: str) -> None:
    assert contrast(getattr(scheme, ground), getattr(scheme, ink)) >= TEXT_CONTRAST


@pytest.mark.parametrize("level", theme.VERDICTS)
def test_verdicts_can_be_read_from_afar(level: str) -> None:
    assert contrast(*theme.VERDICTS[level]) >= SCAN_CONTRAST


@pytest.mark.parametrize("status", Status)
def test_status_pills_can_be_read(status: Status) -> None:
    assert contrast(*theme.status_colours(status)) >= 7


def spoken(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text or widget.toolTip()


def test_every_control_has_a_name(window: OpenWindow, orders: Orders) -> None:
    orders.create()
    desk = window()
    kinds: tuple[type[QWidget], ...] = (QAbstractButton, QLineEdit, QComboBox)
    controls = [each for kind in kinds for each in desk.findChildren(kind) if each.isVisible()]
    own = [each for each in controls if not each.objectName().startswith("qt_")]
    nameless = [f"{type(each).__name__} in {type(each.parent()).__name__}" for each in own if not spoken(each)]
    assert nameless == []
    assert len(own) > 20


def nameless(root: QWidget) -> list[str]:
    kinds: tuple[type[QWidget], ...] = (QAbstractButton, QLineEdit, QComboBox, QListWidget, QDateEdit)
    controls = [each for kind in kinds for each in root.findChildren(kind) if each.isVisible()]
    assert controls
    own = [each for each in controls if not each.objectName().startswith("qt_") and each.parent() is not None]
    labelled = {label.buddy() for label in root.findChildren(QLabel)}
    return [f"{type(each).__name__} in {type(root).__name__}" for each in own if not (each in labelled or spoken(each))]


@pytest.mark.parametrize("name", ["palette", "keys", "columns", "view", "pick", "days"])
def test_every_control_of_a_dialog_has_a_name(window: OpenWindow, orders: Orders, qtbot: QtBot, name: str) -> None:
    orders.create()
    desk = window()
    {
        "palette": desk.palette_controller.open,
        "keys": desk.registry.action("program.keys").trigger,
        "columns": desk.orders.choose_columns,
        "view": desk.views.save_as,
        "pick": lambda: desk.orders.bar.pick(Facet.CITY),
        "days": desk.orders.bar.pick_days,
    }[name]()
    dialog = next(each for each in desk.findChildren(QDialog) if each.isVisible())
    assert nameless(dialog) == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_chips_are_reached_by_tab_and_say_what_they_do(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create()
    desk = window()
    desk.orders.bar.filter_requested.emit(OrderFilter(Status.NEW, held=False))
    chip = desk.orders.bar.chips[Facet.HELD]
    assert spoken(chip.remove) == "Remove the filter Not on hold"
    assert spoken(chip.change) == "Filter Not on hold: choose another value"
    desk.orders.views_button.setFocus()
    met = []
    for _ in range(5):
        QTest.keyClick(desk.focusWidget(), Qt.Key.Key_Tab)
        met.append(desk.focusWidget())
    status = desk.orders.bar.chips[Facet.STATUS]
    assert met == [status.change, status.remove, chip.change, chip.remove, desk.orders.bar.clear]
    chip.remove.setFocus()
    QTest.keyClick(chip.remove, Qt.Key.Key_Space)
    assert desk.orders.model.query.order_filter == OrderFilter(Status.NEW)


def test_the_whole_window_is_reached_by_tab(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create()
    desk = window()
    reached: set[QWidget] = set()
    widget: QWidget | None = desk.scanner.field.nextInFocusChain()
    while widget is not None and widget not in reached:
        reached.add(widget)
        widget = widget.nextInFocusChain()
    assert {desk.orders.view, desk.navigation, desk.scanner.field, desk.toolbar.search} <= reached


@pytest.fixture
def arabic(dressed: QApplication) -> Iterator[QApplication]:
    set_language("ar")
    theme.set_up(dressed)
    yield dressed
    set_language("en")
    theme.set_up(dressed)


def test_arabic_turns_the_window_but_not_the_numbers(arabic: QApplication, orders: Orders) -> None:
    orders.create()
    assert arabic.layoutDirection() is Qt.LayoutDirection.RightToLeft
    row = shown_rows(orders.desk.orders.find().rows)[0]
    assert row.texts[OrderColumn.PHONE] == "06 00 00 00 01"
    assert row.cells[OrderColumn.PHONE] == "\u206606 00 00 00 01\u2069"


def test_the_dark_scheme_swaps_the_colours_of_a_status(dressed: QApplication) -> None:
    light = theme.status_colours(Status.PACKED)
    theme.set_up(dressed, "dark")
    assert theme.status_colours(Status.PACKED) == light[::-1]
    theme.set_up(dressed, "light")
