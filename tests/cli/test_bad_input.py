"""For each operation one thing a person may get wrong, and the sentence that helps."""

import pytest

from tests.cli.conftest import Cli, orders

STATUSES = "NEW, PACKED, WAITING_FOR_SHIPPING_COMPANY, SHIPPED, DELIVERED, RETURNED, CANCELED, OUT_OF_STOCK, ROLLBACK"
UNKNOWN = "unknown  No order has the code ORD-9. Check the label, or search for the customer."

DESK_CODE = "begins like an action code of the program (XCX, XUX, XSX). Choose another one."

WRONG_USAGE = [
    ("orders list --status SENT", f"--status cannot be “SENT”. It is one of: {STATUSES}."),
    ("orders list --search-by sku", "search_by cannot be “sku”. It is one of: reference, phone, full_name, city."),
    ("orders list --per-page 0", "per_page is 0: enter a number from 1 to 1000."),
    ("orders list --page 0", "page is 0: pages are numbered from 1."),
    ("orders list --page x", "argument --page: “x” is not a whole number. See: warehouse-desk orders list --help"),
    ("orders create nowhere.json", "nowhere.json cannot be read: there is no such file or folder."),
    ("orders update nowhere.json", "nowhere.json cannot be read: there is no such file or folder."),
    ("orders delete -", "There is no reference. Write one a line on standard input, or list them."),
    ("orders show -", "There is no reference. Write one a line on standard input, or list them."),
    ("do ship --warehouse FES ORD-1", "There is no warehouse “FES”. Known: MAIN, CTM-STOCK."),
    ("do assign --person ALI ORD-1", "There is no delivery person “ALI”. Known: HAMID."),
    ("do push --company DHL ORD-1", "There is no shipping company “DHL”. Known: CTM."),
    (
        "do pack --date 31/02/2026 ORD-1",
        (
            "argument --date: “31/02/2026” is not a date. Use 2026-01-31 or 31/01/2026. "
            "See: warehouse-desk do pack --help"
        ),
    ),
    ("do pack --warehouse MAIN ORD-1", "unrecognized arguments: --warehouse. See: warehouse-desk --help"),
    ("scan --mode cancel", "cancel needs --reason TEXT, why."),
    ("stock receive --warehouse MAIN TEA 0", "The quantity 0 is not a whole number from 1 to 999999."),
    (
        "stock receive --warehouse MAIN TEA two",
        "argument QTY: “two” is not a whole number. See: warehouse-desk stock receive --help",
    ),
    ("stock adjust --warehouse MAIN TEA 3", "A correction of stock needs a reason. Enter one and try again."),
    ("stock restock -", "There is no reference. Write one a line on standard input, or list them."),
    ("products add TEA Tea", "“TEA” already exists. Choose another one."),
    (
        "products add CUP Cup --barcode 6111000000017",
        "The barcode 6111000000017 already belongs to TEA. Choose another one.",
    ),
    ("products add XCXOK Tea", f"SKU: “XCXOK” {DESK_CODE}"),
    ("products add N N --barcode XUXOLIV", f"Barcode: “XUXOLIV” {DESK_CODE}"),
    ("products edit TEA", "There is nothing to change. Enter at least one change."),
    ("products edit TEA --sku pot", "“POT” already exists. Choose another one."),
    ("products barcode add POT 6111000000017", "The barcode 6111000000017 already belongs to TEA. Choose another one."),
    ("products barcode add POT TEA", "TEA is the SKU of another product. Choose another barcode."),
    (f"products barcode add POT {'9' * 65}", f"Barcode: “{'9' * 40}” cannot be used. Characters: 1 to 64."),
    ("products barcode add POT 9 --pieces 0", "The quantity 0 is not a whole number from 1 to 999999."),
    ("stock movements TEA --limit 0", "Rows: enter a number from 1 to 1000, not 0."),
    ("stock inspection --limit 1001", "Rows: enter a number from 1 to 1000, not 1001."),
    ("warehouses edit FES --name Fes", "There is no warehouse “FES”. Known: MAIN, CTM-STOCK."),
    ("persons deactivate ALI", "There is no delivery person “ALI”. Known: HAMID."),
    ("companies edit CTM", "There is nothing to change. Enter at least one change."),
    ("cities add Fès", "The city “Fes” already exists. Choose another name."),
    ("cities edit Atlantis --name X", "There is no city “Atlantis”. Write its name as in the list of cities."),
    ("warehouses add MAIN Rabat", "“MAIN” already exists. Choose another one."),
    ("persons add HAMID Hamid", "“HAMID” already exists. Choose another one."),
    (f"companies add {'C' * 35} DHL", f"Code: “{'C' * 35}” cannot be used. Characters: 1 to 34."),
    ("users add amal --role Admin", "Put the new password in WAREHOUSE_DESK_NEW_PASSWORD."),
    (
        "settings set undo_minutes 61",
        "The setting undo_minutes cannot be 61. Write a whole number from 0 to 60.",
    ),
    ("demo --orders 0", "Demo orders: enter a number from 1 to 10000000, not 0."),
    ("--demo demo", "--demo opens the window. To fill a database use: warehouse-desk demo --orders N"),
]

REFUSED = [
    ("do pack ORD-9", UNKNOWN),
    ("orders delete ORD-9", UNKNOWN),
    ("stock write-off ORD-9", UNKNOWN),
    ("do ship --warehouse MAIN ORD-00001", "refused  ORD-00001 is “New”: “Mark shipped” is not possible now. "),
    ("do undo ORD-00001", "refused  ORD-00001 is “New”: its last step cannot be undone. "),
    ("stock restock ORD-00001", "refused  ORD-00001 is “New”: none of its goods wait in inspection."),
]

NO_JSON = [
    ('{"orders": [', "standard input is not JSON: see line 1, column 13."),
    ('{"orders":\n [1, ]}', "standard input is not JSON: see line 2, column "),
    ('{"orders": NaN}', "standard input holds a number or a nesting that no order can have. Correct it."),
    ("[" * 100_000, "standard input holds a number or a nesting that no order can have. Correct it."),
    (b"\xe9", "standard input is not UTF-8 text: see byte 1. Save it as UTF-8."),
    ("", "standard input is not JSON: see line 1, column 1."),
]


@pytest.mark.parametrize(("words", "sentence"), WRONG_USAGE)
def test_wrong_usage_is_one_sentence_and_status_2(cli: Cli, words: str, sentence: str) -> None:
    answer = cli(*words.split())
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == sentence


@pytest.mark.parametrize(("words", "sentence"), REFUSED)
def test_what_the_rules_refuse_is_an_answer_and_status_1(cli: Cli, words: str, sentence: str) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    answer = cli(*words.split())
    assert (answer.status, answer.err) == (1, "")
    assert answer.out.startswith(sentence)


@pytest.mark.parametrize(("text", "sentence"), NO_JSON)
@pytest.mark.parametrize("word", ["create", "update"])
def test_what_is_no_json_is_told_with_its_place(cli: Cli, word: str, text: str | bytes, sentence: str) -> None:
    answer = cli("orders", word, "-", stdin=text)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(sentence)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("3", "The file must contain an object with a list “orders”."),
        ('{"orders": []}', "Nothing was changed: orders is empty: enter a list of 1 to 1000."),
        ("[7]", "Nothing was changed: orders.0 must be an object."),
    ],
)
@pytest.mark.parametrize("word", ["create", "update"])
def test_json_of_another_shape_is_told_by_its_path(cli: Cli, word: str, body: str, sentence: str) -> None:
    answer = cli("orders", word, "-", stdin=body)
    assert (answer.status, answer.err) == (1, sentence)


def test_goods_of_no_product_are_not_found(cli: Cli) -> None:
    answer = cli("stock", "receive", "--warehouse", "MAIN", "CUP", "1")
    assert (answer.status, answer.err) == (
        1,
        "No product has the SKU CUP. Correct it, or create the product.",
    )
