"""Goods and directories: found, added, received, corrected, settled, from the window alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders, StartApp, open_desk
from tests.ui.goods_page import OpenWindow, choose, form_of, open_goods, refused, save, skus
from tests.ui.road import PAGES, Road
from warehouse_desk.app.window import Credentials
from warehouse_desk.data.goods import products as data
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.services.desk import Desk
from warehouse_desk.ui.goods.entries import EntriesTab
from warehouse_desk.ui.goods.movements import MovementsDialog
from warehouse_desk.ui.goods.page import GoodsPage
from warehouse_desk.ui.goods.product_model import MISSING, ProductModel, ProductSearch
from warehouse_desk.ui.station import read_station
from warehouse_desk.ui.workplace import Workplace


@pytest.fixture
def goods(window: OpenWindow, qtbot: QtBot) -> GoodsPage:
    """The page in its window, with two products."""
    page = open_goods(window(), qtbot)
    choose(page, "ARGAN-50", qtbot)
    return page


def test_an_empty_database_leads_from_the_orders_to_the_first_product(
    start_app: StartApp, tmp_path: Path, qtbot: QtBot
) -> None:
    url = f"sqlite:///{(tmp_path / 'new.db').as_posix()}"

    def connect(_who: Credentials | None) -> Desk:
        return open_desk(url)

    window = start_app(connect).window
    notice = window.orders._notice
    qtbot.waitUntil(lambda: notice._title.text() == "No products yet")
    assert "import a list" in notice._text.text()
    QTest.mouseClick(notice._button, Qt.MouseButton.LeftButton)
    page = window.work.goods
    assert page is not None
    qtbot.waitUntil(lambda: page.products.notice.button_text == "Add product…")
    page.products.notice._button.click()
    save(page, qtbot, sku="TEA", name="Thé vert", barcodes="6222000000016, CARTON-9")
    qtbot.waitUntil(lambda: page.products.side.sheet is not None)
    qtbot.waitUntil(lambda: skus(page) == ["TEA"])
    assert page.products.side.barcodes.count() == 2
    page.products.side.buttons["receive"].click()
    form = form_of(page, qtbot)
    assert "There is no active warehouse yet. Add one under Warehouses first." in form.fault.text()
    assert not form.save.isEnabled()
    form.reject()
    window.navigation.setCurrentRow(0)
    qtbot.waitUntil(lambda: notice._title.text() == "There are no orders yet")


def test_goods_are_received_and_corrected(goods: GoodsPage, desk: Desk, qtbot: QtBot) -> None:
    side = goods.products.side
    side.buttons["receive"].click()
    assert form_of(goods, qtbot).focusWidget() is form_of(goods, qtbot).fields["quantity"]
    save(goods, qtbot, quantity=40, reason="Livraison 12")
    qtbot.waitUntil(lambda: side.sheet is not None and side.sheet.product.on_hand == 40)
    side.buttons["adjust"].click()
    assert "needs a reason" in refused(goods, qtbot, difference=-50)
    assert "In stock of ARGAN-50: only 40. Remove 40 or fewer." in refused(
        goods, qtbot, difference=-50, reason="Inventaire"
    )
    save(goods, qtbot, difference=-2)
    qtbot.waitUntil(lambda: side.sheet is not None and side.sheet.product.on_hand == 38)
    assert [place.on_hand for place in side.places.rows] == [38]
    assert [row.reason for row in desk.goods.movements("ARGAN-50").rows] == ["Inventaire", "Livraison 12"]


def test_a_product_is_found_while_typing(goods: GoodsPage, qtbot: QtBot) -> None:
    QTest.keyClicks(goods.products.search, "huile")
    qtbot.waitUntil(lambda: skus(goods) == ["ARGAN-50"])
    goods.products.search.setText("rien")
    qtbot.waitUntil(lambda: goods.products.stack.currentIndex() == 1)
    assert goods.products.notice._title.text() == "No product found"
    goods.products.notice._button.click()
    qtbot.waitUntil(lambda: len(skus(goods)) == 2)


def test_a_product_is_renamed_and_taken_out_of_use(goods: GoodsPage, desk: Desk, orders: Orders, qtbot: QtBot) -> None:
    side = goods.products.side
    side.buttons["edit"].click()
    save(goods, qtbot, name="Huile d’argan 100 ml", sku="ARGAN-100")
    qtbot.waitUntil(lambda: side._name.text() == "Huile d’argan 100 ml")
    side.buttons["active"].click()
    save(goods, qtbot)
    qtbot.waitUntil(lambda: skus(goods) == ["TSHIRT-M"])
    goods.products.which.setCurrentIndex(1)
    choose(goods, "ARGAN-100", qtbot)
    assert side.buttons["active"].text() == "Reactivate"
    side.buttons["active"].click()
    qtbot.waitUntil(lambda: goods.products.stack.currentIndex() == 1)
    assert desk.goods.sheet("ARGAN-100").product.active


def test_barcodes_are_added_and_removed(goods: GoodsPage, desk: Desk, qtbot: QtBot) -> None:
    side = goods.products.side
    side.buttons["barcode"].click()
    assert "begins like an action code of the program" in refused(goods, qtbot, code="XCXOK")
    save(goods, qtbot, code="6222000000016", pieces=6)
    qtbot.waitUntil(lambda: side.barcodes.count() == 1)
    assert side.barcodes.item(0).text() == "6222000000016 · 6 pieces"
    side.barcodes.setCurrentRow(0)
    side.buttons["remove"].click()
    save(goods, qtbot)
    qtbot.waitUntil(lambda: side.barcodes.count() == 0)
    assert desk.goods.sheet("ARGAN-50").barcodes == ()


def test_the_ledger_is_read_page_by_page(goods: GoodsPage, desk: Desk, qtbot: QtBot) -> None:
    warehouse = desk.directories.warehouses()[0].id
    for _ in range(130):
        desk.goods.receive(warehouse, "ARGAN-50", 1)
    goods.products.side.buttons["movements"].click()
    dialog = goods.dialogs.dialog
    assert isinstance(dialog, MovementsDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 100)
    assert dialog.summary.text().startswith("Newest movements: 100. Scroll down for older ones.")
    dialog.view.scrollToBottom()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 130)
    assert dialog.summary.text() == "All movements: 130."
    texts = [dialog.model.data(dialog.model.index(0, column)) for column in (1, 2, 5, 7)]
    assert texts == ["Received", "+1", "CASA", "Samira · Poste 1"]
    dialog.reject()


def test_a_new_warehouse_is_offered_at_once_where_goods_leave(window: OpenWindow, qtbot: QtBot) -> None:
    desk = window()
    page = open_goods(desk, qtbot)
    page.tabs.setCurrentIndex(2)
    tab = page.entries[Listed.WAREHOUSE]
    qtbot.waitUntil(lambda: tab.model.rowCount() == 2)
    tab.add.click()
    assert "“CASA” already exists" in refused(page, qtbot, code="CASA", name="Fès")
    save(page, qtbot, code="FES")
    box = desk.scanner.controls.sticky.warehouse
    qtbot.waitUntil(lambda: box.findText("Fès") >= 0)
    qtbot.waitUntil(lambda: tab.view.chosen_rows() != [])
    tab.active.click()
    save(page, qtbot)
    qtbot.waitUntil(lambda: box.findText("Fès") < 0)
    qtbot.waitUntil(lambda: tab.active.text() == "Reactivate")


def choose_entry(tab: EntriesTab, code: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: code in [getattr(row, "code", row.name) for row in tab.model.rows])
    tab.view.selectRow([getattr(row, "code", row.name) for row in tab.model.rows].index(code))


def test_a_warehouse_with_goods_stays_and_one_of_a_company_is_changed_there(goods: GoodsPage, qtbot: QtBot) -> None:
    goods.tabs.setCurrentIndex(2)
    tab = goods.entries[Listed.WAREHOUSE]
    choose_entry(tab, "CASA", qtbot)
    tab.active.click()
    assert "pieces in stock: 10000" in refused(goods, qtbot)
    form_of(goods, qtbot).reject()
    choose_entry(tab, "AMANA-STOCK", qtbot)
    assert not tab.edit.isEnabled()
    assert "Change the company instead" in tab.edit.toolTip()


@pytest.mark.parametrize(("what", "place"), [(Listed.COMPANY, 3), (Listed.PERSON, 4), (Listed.CITY, 5)])
def test_every_list_takes_new_entries_and_changes(goods: GoodsPage, what: Listed, place: int, qtbot: QtBot) -> None:
    goods.tabs.setCurrentIndex(place)
    tab = goods.entries[what]
    qtbot.waitUntil(lambda: tab.model.rowCount() > 0)
    tab.add.click()
    first = {"name": "Nouvelle", "name_ar": "جديدة"} if what is Listed.CITY else {"code": "NEW1", "name": "Nouvelle"}
    save(goods, qtbot, **first)
    key = first.get("code", "Nouvelle")
    choose_entry(tab, key, qtbot)
    qtbot.waitUntil(tab.edit.isEnabled)
    tab.edit.click()
    save(goods, qtbot, name="Renommée")
    qtbot.waitUntil(lambda: "Renommée" in [row.name for row in tab.model.rows])
    tab.search.setText("RENOMMEE")
    assert [row.name for row in tab.model.rows] == ["Renommée"]


def test_the_warehouse_says_what_its_shipment_ways_mean(goods: GoodsPage, desk: Desk, qtbot: QtBot) -> None:
    goods.tabs.setCurrentIndex(6)
    tab = goods.entries[Listed.SHIPMENT_WAY]
    qtbot.waitUntil(lambda: tab.stack.currentIndex() == 1)
    tab.add.click()
    assert "not a whole number" in refused(goods, qtbot, number="un", name="À domicile")
    save(goods, qtbot, number="2", name="À domicile", name_ar="إلى المنزل", name_en="To the door")
    qtbot.waitUntil(lambda: tab.model.rowCount() == 1)
    tab.view.selectRow(0)
    qtbot.waitUntil(tab.edit.isEnabled)
    tab.edit.click()
    assert "number" not in form_of(goods, qtbot).fields
    save(goods, qtbot, name="Chez le client")
    (way,) = desk.directories.shipment_ways()
    assert (way.number, way.name, way.name_ar, way.name_en) == (2, "Chez le client", "إلى المنزل", "To the door")


def test_a_list_of_products_is_imported_after_a_look(goods: GoodsPage, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "produits.csv"
    path.write_text("sku;nom;code barres;stock\nTHE;Thé;6222000000016;12\nXCXOK;Faux;;\n", encoding="utf-8")
    goods.products.importing.read(path)
    form = form_of(goods, qtbot)
    assert not form.save.isEnabled()
    assert "nothing was imported" in form.fault.text()
    form.reject()
    path.write_text("sku;nom;code barres;stock\nTHE;Thé;6222000000016;12\nTSHIRT-M;x;;\n", encoding="utf-8")
    goods.products.importing.read(path)
    save(goods, qtbot)
    choose(goods, "THE", qtbot)
    assert goods.products.side.sheet is not None
    assert goods.products.side.sheet.product.on_hand == 12


def test_product_labels_are_previewed(window: OpenWindow, qtbot: QtBot) -> None:
    desk = window()
    page = open_goods(desk, qtbot)
    choose(page, "ARGAN-50", qtbot)
    page.products.side.buttons["labels"].click()
    labels = desk.papers.product_labels
    qtbot.waitUntil(lambda: labels.pdf.startswith(b"%PDF"))
    assert labels.side is not None
    assert labels.side.skus == ("ARGAN-50",)
    assert labels.dialog is not None
    labels.dialog.reject()


def test_who_may_change_nothing_is_told_why_and_a_packer_is_not_offered_the_page(
    start_app: StartApp, desk: Desk, sqlite_url: str, qtbot: QtBot
) -> None:
    desk.people.add("Admin", "secret-admin", "Admin")
    admin = open_desk(sqlite_url, "Admin", "secret-admin")
    admin.people.add("Rachid", "secret-rachid", "Returns")
    admin.people.add("Omar", "secret-omar", "Packer")
    admin.close()
    window = start_app(lambda _who: open_desk(sqlite_url, "Rachid", "secret-rachid")).window
    qtbot.waitUntil(lambda: window.pages.currentWidget() is not window.connecting)
    page = open_goods(window, qtbot)
    assert not page.products.add.isEnabled()
    assert Ability.MANAGE_CATALOGUE.value in page.products.add.toolTip()
    page.tabs.setCurrentIndex(2)
    tab = page.entries[Listed.WAREHOUSE]
    assert not tab.add.isEnabled()
    assert Ability.MANAGE_SETTINGS.value in tab.add.toolTip()
    packer = start_app(lambda _who: open_desk(sqlite_url, "Omar", "secret-omar")).window
    qtbot.waitUntil(lambda: packer.pages.currentWidget() is not packer.connecting)
    assert packer.navigation._goods.isHidden()


def test_of_many_products_only_those_looked_at_are_read(desk: Desk, workplace: Workplace, qtbot: QtBot) -> None:
    many = [(f"P-{number:05d}", f"Produit {number}", ()) for number in range(3_000)]
    desk.context.database.transact(lambda uow: data.add_products(uow, many))
    workplace.station.open(read_station(desk))
    model = ProductModel(workplace)
    with qtbot.waitSignal(model.search_finished):
        model.find(ProductSearch("produit"))
    assert model.rowCount() == 3_000
    assert model.data(model.index(1_500, 0)) == MISSING
    with qtbot.waitSignal(model.rows_read):
        pass
    assert model.data(model.index(1_500, 0)) == "P-01500"
    assert len(model._known) == 100
    number = desk.goods.add_product("P-99999", "Produit neuf").id
    with qtbot.waitSignal(model.search_finished):
        model.find(ProductSearch("neuf"))
    assert model.ids == (number,)
    model.deleteLater()


def test_rows_of_the_search_before_do_not_pass_for_those_of_this_one(
    desk: Desk, workplace: Workplace, road: Road, qtbot: QtBot
) -> None:
    many = [(f"P-{number:03d}", f"Produit {number}", ()) for number in range(120)]
    desk.context.database.transact(lambda uow: data.add_products(uow, many))
    workplace.station.open(read_station(desk))
    model = ProductModel(workplace)
    with qtbot.waitSignal(model.search_finished):
        model.find(ProductSearch("5"))
    road.held = PAGES
    assert model.data(model.index(0, 0)) == MISSING
    qtbot.waitUntil(lambda: PAGES in road.asked)
    road.held = ""
    with qtbot.waitSignal(model.search_finished):
        model.find(ProductSearch("P-00"))
    road.gate.set()
    qtbot.waitUntil(lambda: PAGES in road.arrived)
    with qtbot.waitSignal(model.rows_read):  # asked over and over, the model would wait for the asking to end
        assert model.data(model.index(0, 0)) == MISSING
    assert [model.data(model.index(row, 0)) for row in (0, 5, 9)] == ["P-000", "P-005", "P-009"]
    model.deleteLater()


def test_every_entry_of_the_navigation_fits_a_low_screen(window: OpenWindow, qtbot: QtBot) -> None:
    desk = window()
    desk.resize(1_280, 800)
    desk.rows.setSizes([455, 210])
    qtbot.waitUntil(lambda: desk.navigation.height() < 470)
    qtbot.waitUntil(lambda: desk.navigation.verticalScrollBar().maximum() == 0)
    last = desk.navigation.visualItemRect(desk.navigation._goods)
    assert desk.navigation.viewport().rect().contains(last)
