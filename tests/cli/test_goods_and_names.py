"""Stock, products, warehouses, persons, companies, cities: listed, added, received, corrected."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, order, orders


def test_goods_are_received_and_corrected_and_what_lies_there_is_told(cli_everywhere: Cli) -> None:
    received = cli_everywhere("--json", "stock", "receive", "--warehouse", "MAIN", "POT", "12")
    corrected = cli_everywhere("--json", "stock", "adjust", "--warehouse", "1", "POT", "-2", "--reason", "broken")
    assert received.body == {"sku": "POT", "warehouse": "MAIN", "on_hand": 12}
    assert corrected.body["on_hand"] == 10
    rows = {row["sku"]: row for row in cli_everywhere("--json", "stock", "list").body["data"]}
    assert rows["POT"]["on_hand"] == 10


@pytest.mark.parametrize(("word", "on_hand"), [("restock", 100), ("write-off", 99)])
def test_returned_goods_go_back_on_the_shelf_or_are_written_off(cli: Cli, word: str, on_hand: int) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    cli("do", "pack", "ORD-00001")
    cli("do", "ship", "ORD-00001", "--warehouse", "MAIN")
    cli("do", "return", "ORD-00001")
    assert cli("stock", word, "ORD-00001").status == 0
    tea = next(row for row in cli("--json", "stock", "list").body["data"] if row["sku"] == "TEA")
    assert (tea["on_hand"], tea["inspection"]) == (on_hand, 0)


def test_a_new_product_is_listed_with_its_barcodes(cli: Cli) -> None:
    added = cli("--json", "products", "add", "CUP", "Verre à thé", "--barcode", "1", "--barcode", "2")
    assert (added.status, added.body["sku"]) == (0, "CUP")
    listed = {row["sku"]: row for row in cli("--json", "products", "list").body["data"]}
    assert listed["CUP"]["barcodes"] == ["1", "2"]


@pytest.mark.parametrize("kind", ["warehouses", "persons", "companies"])
def test_what_orders_name_is_added_and_listed(cli_everywhere: Cli, kind: str) -> None:
    added = cli_everywhere("--json", kind, "add", "NEW1", "Nouveau").body
    listed = cli_everywhere("--json", kind, "list").body
    assert (added["id"], "NEW1") in [(row["id"], row["code"]) for row in listed["data"]]
    assert listed["meta"]["total"] == len(listed["data"])


@pytest.mark.parametrize("kind", ["products", "warehouses", "persons", "companies", "cities"])
def test_people_get_a_table_of_each_list(cli: Cli, kind: str) -> None:
    header, rule, *rows = cli(kind, "list").out.splitlines()
    assert header.split()[0] == "Id"
    assert set(rule) == {"-", " "}
    assert rows


def test_a_product_is_changed_taken_out_of_use_and_back(cli_everywhere: Cli) -> None:
    cli = cli_everywhere
    assert cli("products", "edit", "POT", "--name", "Théière 1 l", "--sku", "POT-1").out.strip() == "POT-1 was changed."
    assert cli("products", "deactivate", "TEA").out.strip() == "TEA is inactive: it cannot be added to new orders."
    listed = {row["sku"]: row for row in cli("--json", "products", "list").body["data"]}
    assert (listed["POT-1"]["name"], listed["TEA"]["active"]) == ("Théière 1 l", False)
    back = cli("--json", "products", "activate", "TEA")
    assert back.body == {"id": listed["TEA"]["id"], "message": "TEA is active again."}


def test_barcodes_are_added_and_removed(cli: Cli) -> None:
    assert cli("products", "barcode", "add", "POT", "CARTON", "--pieces", "6").status == 0
    assert cli("products", "barcode", "add", "POT", "77").out.strip() == "POT now has the barcode 77."
    assert cli("products", "barcode", "remove", "POT", "77").status == 0
    gone = cli("products", "barcode", "remove", "POT", "77")
    assert (gone.status, gone.err) == (1, "POT has no barcode “77”. Look at its list.")


def test_a_file_of_products_is_tried_then_imported(cli_everywhere: Cli, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("sku,name,barcodes,stock\nCUP,Verre,6222000000016,30\nTEA,Thé,,\n", encoding="utf-8")
    tried = cli_everywhere("--json", "products", "import", str(path), "--dry-run")
    assert tried.body == {"new": 1, "known": 1, "pieces": 30, "problems": [], "notices": []}
    refused = cli_everywhere("products", "import", str(path))
    assert (refused.status, refused.err) == (2, "p.csv contains stock: choose the warehouse that receives it.")
    done = cli_everywhere("products", "import", str(path), "--warehouse", "MAIN")
    assert done.out.strip() == "1 product was added (existing, unchanged: 1)."
    rows = {row["sku"]: row for row in cli_everywhere("--json", "stock", "list").body["data"]}
    assert rows["CUP"]["on_hand"] == 30


def test_a_file_with_a_fault_imports_nothing_and_says_where(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("sku,name\nCUP,Verre\nXCXOK,Thé\n", encoding="utf-8")
    answer = cli("products", "import", str(path))
    assert answer.status == 1
    assert "Row 3: SKU: “XCXOK” begins like an action code of the program" in answer.out
    assert answer.err == "1 row has an error: nothing was imported."
    assert "CUP" not in cli("products", "list").out


def test_a_file_of_products_that_is_not_there_is_named(cli: Cli) -> None:
    answer = cli("products", "import", "nowhere.csv")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == "There is no file nowhere.csv any more. It may have been moved or renamed."


def test_the_ledger_of_a_product_is_told_page_by_page(cli: Cli) -> None:
    cli("stock", "adjust", "--warehouse", "MAIN", "TEA", "-2", "--reason", "broken")
    first = cli("--json", "stock", "movements", "TEA", "--limit", "1").body
    assert [(row["kind"], row["on_hand"], row["reason"]) for row in first["data"]] == [("ADJUST", -2, "broken")]
    rest = cli("--json", "stock", "movements", "TEA", "--before", str(first["meta"]["next"])).body
    assert [(row["kind"], row["on_hand"]) for row in rest["data"]] == [("RECEIVE", 100)]
    assert rest["meta"]["next"] is None
    assert "broken" in cli("stock", "movements", "TEA").out


def test_returns_that_wait_are_listed_until_they_are_settled(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    for words in (["pack"], ["ship", "--warehouse", "MAIN"], ["return"]):
        cli("do", *words, "ORD-00001")
    (waiting,) = cli("--json", "stock", "inspection").body["data"]
    assert (waiting["reference"], waiting["products"]) == ("ORD-00001", [{"sku": "TEA", "quantity": 1}])
    assert "1 × TEA" in cli("stock", "inspection").out
    cli("stock", "restock", "ORD-00001")
    assert cli("--json", "stock", "inspection").body["data"] == []


@pytest.mark.parametrize(
    ("kind", "key"), [("warehouses", "CTM2"), ("persons", "HAMID"), ("companies", "CTM"), ("cities", "Zagora")]
)
def test_what_orders_name_is_changed_taken_out_of_use_and_back(cli_everywhere: Cli, kind: str, key: str) -> None:
    cli = cli_everywhere
    if kind == "warehouses":
        cli(kind, "add", key, "Dépôt")
    assert cli(kind, "edit", key, "--name", "Nouveau nom").status == 0
    new = "Nouveau nom" if kind == "cities" else key
    assert cli(kind, "deactivate", new).status == 0
    (row,) = (row for row in cli("--json", kind, "list").body["data"] if row["name"] == "Nouveau nom")
    assert row["active"] is False
    assert cli(kind, "activate", new).out.strip() == f"{new} is active again."


def test_a_city_has_an_arabic_name(cli: Cli) -> None:
    added = cli("--json", "cities", "add", "Ouled Fraj", "--arabic", "أولاد فرج").body
    assert cli("cities", "edit", "أولاد فرج", "--name", "Oulad Frej").status == 0
    (row,) = (row for row in cli("--json", "cities", "list").body["data"] if row["id"] == added["id"])
    assert (row["name"], row["name_ar"]) == ("Oulad Frej", "أولاد فرج")


def test_a_warehouse_with_goods_stays_in_use(cli: Cli) -> None:
    answer = cli("warehouses", "deactivate", "MAIN")
    assert answer.status == 1
    assert answer.err.startswith("MAIN is not empty. Products: 1, pieces in stock: 100, in inspection: 0.")


def returned(cli: Cli, quantity: int = 1, warehouse: str = "MAIN") -> str:
    """Bring a new order to RETURNED and return its reference."""
    products = [{"sku": "TEA", "quantity": quantity, "price": 100}]
    made = cli("--json", "orders", "create", "-", stdin=json.dumps({"orders": [order(products=products)]}))
    (reference,) = made.body["references"]
    for words in (["pack"], ["ship", "--warehouse", warehouse], ["return"]):
        assert cli("do", *words, reference).status == 0
    return str(reference)


def test_goods_of_a_renewed_order_are_listed_and_settled(cli_everywhere: Cli) -> None:
    cli = cli_everywhere
    reference = returned(cli)
    assert "Its returned goods still wait in inspection: 1 × TEA." in cli("do", "renew", reference).out
    (waiting,) = cli("--json", "stock", "inspection").body["data"]
    assert (waiting["reference"], waiting["status"], waiting["deleted"]) == (reference, "NEW", False)
    answer = cli("stock", "restock", reference)
    assert (answer.status, "are restocked." in answer.out) == (0, True)
    assert cli("--json", "stock", "inspection").body["data"] == []
    assert cli("db", "check").status == 0


def test_pieces_of_an_order_are_settled_apart(cli: Cli) -> None:
    reference = returned(cli, quantity=3)
    assert cli("stock", "restock", reference, "--pieces", "1").err == "Choose the product of the pieces: --sku."
    assert "2 pieces still wait." in cli("stock", "restock", reference, "--sku", "TEA", "--pieces", "1").out
    assert cli("stock", "write-off", reference, "--sku", "TEA", "--pieces", "9").status == 1
    assert cli("stock", "write-off", reference, "--sku", "TEA").status == 0
    (row,) = cli("--json", "stock", "list").body["data"]
    assert (row["on_hand"], row["inspection"]) == (98, 0)


def test_goods_of_a_closed_warehouse_go_to_the_shelf_named(cli: Cli) -> None:
    cli("warehouses", "add", "RAB", "Rabat")
    cli("stock", "receive", "--warehouse", "RAB", "TEA", "1")
    cli("orders", "create", "-", stdin=orders(1))
    for words in (["do", "pack"], ["do", "ship", "--warehouse", "RAB"]):
        cli(*words, "ORD-00001")
    assert cli("warehouses", "deactivate", "RAB").status == 0
    cli("do", "return", "ORD-00001")
    listed = cli("--json", "stock", "inspection", "--warehouse", "RAB").body["data"]
    assert [row["out_of_use"] for row in listed] == [["RAB"]]
    assert cli("--json", "stock", "inspection", "--warehouse", "MAIN").body["data"] == []
    asked = cli("stock", "restock", "ORD-00001")
    assert (asked.status, "which is inactive. Choose another warehouse for them." in asked.err + asked.out) == (1, True)
    moved = cli("stock", "restock", "ORD-00001", "--warehouse", "MAIN")
    assert "Restocked in MAIN from ORD-00001: 1 × TEA." in moved.out
    assert cli("db", "check").status == 0


def test_a_shipment_way_is_a_number_and_what_it_means(cli: Cli) -> None:
    assert cli("--json", "shipment-ways", "list").body["data"] == []
    added = cli("--json", "shipment-ways", "add", "2", "À domicile", "--arabic", "إلى المنزل", "--english", "Home")
    assert (added.status, added.body) == (0, {"id": 1, "number": "2", "name": "À domicile"})
    cli("shipment-ways", "edit", "2", "--english", "To the door")
    cli("shipment-ways", "deactivate", "2")
    (way,) = cli("--json", "shipment-ways", "list").body["data"]
    assert (way["number"], way["name"], way["name_en"], way["active"]) == (2, "À domicile", "To the door", False)
    assert "There is no shipment way “3”. Known: 2." in cli("shipment-ways", "activate", "3").err
    assert "“2” already exists" in cli("shipment-ways", "add", "2", "Autre").err
