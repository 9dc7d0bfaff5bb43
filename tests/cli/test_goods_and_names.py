"""Stock, products, warehouses, persons, companies, cities: listed, added, received, corrected."""

import pytest

from tests.cli.conftest import Cli, orders


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
