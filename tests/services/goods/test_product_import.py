"""Products from a file: judged first, then added all or none."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.builders import Shop, everything
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.errors import NotAllowed, NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.sheets.errors import ColumnsMissing, EmptyFile


def a_csv(folder: Path, *rows: str, heading: str = "sku;name;barcodes;stock") -> Path:
    path = folder / "produits.csv"
    path.write_text("\n".join([heading, *rows]), encoding="utf-8")
    return path


def a_workbook(folder: Path, heading: list[object], *rows: list[object]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (heading, *rows):
        sheet.append(row)
    path = folder / "produits.xlsx"
    book.save(path)
    return path


def test_a_french_sheet_becomes_products_with_barcodes_and_stock(shop: Shop, tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path,
        ["Désignation", "Code produit", "Codes à barres", "Stock initial"],
        ["Thé vert 200 g", "THE-200", 6222000000016, 40],
        ["Théière", 4711, "6222000000023 | CARTON-7", None],
        [None, None, None, None],
        ["Verre", "VERRE", "", 0],
    )
    file = shop.desk.goods.product_import.read(path)
    assert (len(file.new), file.known, file.problems, file.pieces) == (3, 0, (), 40)
    done = shop.desk.goods.product_import.store(file, shop.warehouse)
    assert str(done.message) == "3 products were added."
    assert shop.desk.goods.sheet("THE-200").product.barcodes == ("6222000000016",)
    assert shop.desk.goods.sheet("4711").product.barcodes == ("6222000000023", "CARTON-7")
    assert shop.on_hand("THE-200") == 40
    (movement,) = shop.desk.goods.movements("THE-200").rows
    assert (movement.reason, movement.user_name) == ("produits.xlsx", "Salma")
    assert shop.desk.goods.ledger_faults() == []


def test_the_same_file_again_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    path = a_csv(tmp_path, "THE-200;Thé vert;6222000000016;40")
    imports = shop.desk.goods.product_import
    imports.store(imports.read(path), shop.warehouse)
    before = everything(shop.database)
    again = imports.store(imports.read(path), shop.warehouse)
    assert (again.added, again.known) == (0, 1)
    assert "0 products were added (existing, unchanged: 1" in str(again.message)
    assert everything(shop.database) == before


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (";Thé;;", "SKU: “” cannot be used. Characters: 1 to 100."),
        ("THE;;;", "Name: “” cannot be used. Characters: 1 to 255."),
        ("THE;Thé;6111000000017;", "The barcode 6111000000017 already belongs to ARGAN-50. Choose another one."),
        ("THE;Thé;BON-1;", "The barcode BON-1 already belongs to BON. Choose another one."),
        ("THE;Thé;argan-50;", "ARGAN-50 is the SKU of another product. Choose another barcode."),
        ("bon;Autre;;", "bon is already in row 2."),
        ("argan-50;Autre;;", "“ARGAN-50” already exists. Choose another one."),
        ("XCXOK;Thé;;", "SKU: “XCXOK” begins like an action code of the program (XCX, XUX, XSX)."),
        ("THE;Thé;6,11E+12;", "Excel turned this code into “6,11E+12”. Type it again, in a text cell."),
        ("THE;Thé;;beaucoup", "“beaucoup” is not a whole number of pieces."),
        ("THE;Thé;;-3", "“-3” is not"),
    ],
)
def test_a_row_that_cannot_be_is_told_and_nothing_is_imported(
    shop: Shop, tmp_path: Path, row: str, sentence: str
) -> None:
    file = shop.desk.goods.product_import.read(a_csv(tmp_path, "BON;Bon;BON-1;", row))
    ((number, told),) = file.problems
    assert number == 3
    assert str(told).startswith(sentence)
    before = everything(shop.database)
    with pytest.raises(WrongUsage, match=r"1 row of produits\.csv has an error: nothing was imported"):
        shop.desk.goods.product_import.store(file, shop.warehouse)
    assert everything(shop.database) == before


def test_a_code_that_excel_made_a_day_is_told(shop: Shop, tmp_path: Path) -> None:
    path = a_workbook(tmp_path, ["sku", "name"], [date(2026, 3, 2), "Thé"])
    ((number, told),) = shop.desk.goods.product_import.read(path).problems
    assert (number, str(told)[:33]) == (2, "Excel turned this code into “2026")


def test_stock_wants_a_warehouse_in_use(shop: Shop, tmp_path: Path) -> None:
    file = shop.desk.goods.product_import.read(a_csv(tmp_path, "THE-200;Thé vert;;40"))
    before = everything(shop.database)
    with pytest.raises(WrongUsage, match=r"contains stock: choose the warehouse that receives it."):
        shop.desk.goods.product_import.store(file)
    with pytest.raises(NotFound, match="There is no warehouse 999"):
        shop.desk.goods.product_import.store(file, 999)
    assert everything(shop.database) == before
    closed = shop.desk.directories.add(Listed.WAREHOUSE, code="FES", name="Fès").id
    shop.desk.directories.set_active(Listed.WAREHOUSE, closed, active=False)
    with pytest.raises(RuleViolation, match="no longer active"):
        shop.desk.goods.product_import.store(file, closed)


def test_a_product_that_another_station_added_meanwhile_stops_the_import(shop: Shop, tmp_path: Path) -> None:
    file = shop.desk.goods.product_import.read(a_csv(tmp_path, "THE-200;Thé vert;;", "POT;Théière;;"))
    shop.a_product("POT")
    before = everything(shop.database)
    with pytest.raises(WrongUsage, match=r"Products of produits\.csv were added by somebody else meanwhile"):
        shop.desk.goods.product_import.store(file)
    assert everything(shop.database) == before


def test_a_file_that_is_no_list_of_products_is_refused_as_a_whole(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(ColumnsMissing, match=r"Missing in .*: name"):
        shop.desk.goods.product_import.read(a_csv(tmp_path, "THE;x", heading="sku;prix"))
    with pytest.raises(EmptyFile, match="no products under it"):
        shop.desk.goods.product_import.read(a_csv(tmp_path))


def test_the_ability_is_wanted(shop: Shop, tmp_path: Path) -> None:
    packer = shop.desk_of(abilities=ALL_ABILITIES - {Ability.MANAGE_CATALOGUE})
    with pytest.raises(NotAllowed, match="manageCatalogue"):
        packer.goods.product_import.read(a_csv(tmp_path, "THE;Thé;;"))
