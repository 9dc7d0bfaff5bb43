"""The goods page in tests of the window: opened, its forms filled in and saved."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from warehouse_desk.ui.goods.forms import FormDialog
from warehouse_desk.ui.goods.page import GoodsPage
from warehouse_desk.ui.shell.window import MainWindow

OpenWindow = Callable[[], MainWindow]


def open_goods(window: MainWindow, qtbot: QtBot) -> GoodsPage:
    """Go to the page of goods."""
    window.navigation.choose_goods()
    page = window.work.goods
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.products.count.text()))
    return page


def choose(page: GoodsPage, sku: str, qtbot: QtBot) -> None:
    """Choose a product and wait for what is told of it."""
    products = page.products
    qtbot.waitUntil(lambda: sku in skus(page))
    products.view.selectRow(skus(page).index(sku))
    qtbot.waitUntil(lambda: products.side.sheet is not None and products.side.sheet.product.sku == sku)


def skus(page: GoodsPage) -> list[str]:
    """Return the SKUs in the table."""
    model = page.products.model
    return [product.sku for product in map(model.product_at, range(model.rowCount())) if product is not None]


def form_of(page: GoodsPage, qtbot: QtBot) -> FormDialog:
    """Wait for the form that was asked for."""
    qtbot.waitUntil(lambda: isinstance(page.dialogs.dialog, FormDialog))
    assert isinstance(page.dialogs.dialog, FormDialog)
    return page.dialogs.dialog


def fill(form: FormDialog, **values: object) -> None:
    """Fill in fields by their names."""
    for name, value in values.items():
        field = form.fields[name]
        if isinstance(field, QLineEdit):
            field.setText(str(value))
        elif isinstance(field, QSpinBox):
            assert isinstance(value, int)
            field.setValue(value)
        elif isinstance(field, QComboBox):
            field.setCurrentIndex(field.findData(value))


def save(page: GoodsPage, qtbot: QtBot, **values: object) -> None:
    """Fill the open form and save it; it must close."""
    form = form_of(page, qtbot)
    fill(form, **values)
    QTest.keyClick(form, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.dialogs.dialog is None)


def refused(page: GoodsPage, qtbot: QtBot, **values: object) -> str:
    """Fill the open form and try to save it; return why it stays open."""
    form = form_of(page, qtbot)
    fill(form, **values)
    form.save.click()
    qtbot.waitUntil(lambda: not form.fault.isHidden())
    assert page.dialogs.dialog is form
    return form.fault.text()
