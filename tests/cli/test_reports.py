"""``report``: the board's numbers for a terminal and for a program."""

import pytest

from tests.cli.conftest import Cli, orders


def test_today_is_told_by_status_hour_and_worker(cli_everywhere: Cli) -> None:
    cli_everywhere("orders", "create", "-", stdin=orders(3))
    cli_everywhere("do", "pack", "ORD-00001", "ORD-00003")
    answer = cli_everywhere("--json", "report", "today")
    reached = {each["status"]: each["orders"] for each in answer.body["statuses"]}
    assert answer.status == 0
    assert (reached["NEW"], reached["PACKED"], reached["SHIPPED"]) == (3, 2, 0)
    assert answer.body["workers"] == [{"name": "amal", "steps": 2, "orders": 2, "ids": [3, 1]}]
    assert [each["steps"] for each in answer.body["hours"]] == [2]
    assert "Packed" in cli_everywhere("report", "today").out


def test_a_fresh_parcel_is_not_stuck(cli_everywhere: Cli) -> None:
    cli_everywhere("orders", "create", "-", stdin=orders(1))
    cli_everywhere("do", "pack", "ORD-00001")
    stuck = cli_everywhere("--json", "report", "stuck").body["stuck"]
    assert [(each["status"], each["hours"], each["orders"]) for each in stuck] == [
        ("PACKED", 24, 0),
        ("WAITING_FOR_SHIPPING_COMPANY", 48, 0),
    ]
    assert "“Packed” for more than 24 hours: 0" in cli_everywhere("report", "stuck").out


def test_shorts_that_can_be_filled_are_named_with_their_product(cli_everywhere: Cli) -> None:
    body = orders(2).replace("TEA", "POT")
    cli_everywhere("orders", "create", "-", stdin=body)
    cli_everywhere("do", "out-of-stock", "ORD-00001", "ORD-00002")
    cli_everywhere("stock", "receive", "--warehouse", "MAIN", "POT", "1")
    shorts = cli_everywhere("--json", "report", "shorts").body
    assert (shorts["waiting"], shorts["fillable"]) == (2, {"orders": 1, "ids": [1]})
    assert shorts["products"] == [{"sku": "POT", "name": "Théière", "available": 1, "orders": 1, "ids": [1]}]
    told = cli_everywhere("report", "shorts").out
    assert "Orders out of stock that can be filled now: 1 of 2." in told
    assert "ORD-00001" in told
    assert "ORD-00002" not in told


def test_return_rates_keep_small_samples_out_unless_asked(cli_everywhere: Cli) -> None:
    cli_everywhere("orders", "create", "-", stdin=orders(4))
    names = [f"ORD-0000{number}" for number in range(1, 5)]
    cli_everywhere("do", "pack", *names)
    cli_everywhere("do", "ship", *names, "--warehouse", "MAIN")
    cli_everywhere("do", "deliver", *names[1:])
    cli_everywhere("do", "return", names[0])
    plain = cli_everywhere("--json", "report", "returns").body
    assert plain["all"] == {"name": "", "returned": 1, "delivered": 3, "rate": 0.25, "orders": 1, "ids": [1]}
    assert plain["cities"] == {"data": [], "left_out": 1}
    asked = cli_everywhere("--json", "report", "returns", "--least", "4").body
    assert [(each["name"], each["rate"]) for each in asked["cities"]["data"]] == [("Casablanca", 0.25)]
    told = cli_everywhere("report", "returns", "--least", "4").out
    assert "25.0% of the parcels came back (parcels: 4)." in told
    assert "Own delivery" in told


@pytest.mark.parametrize("least", ["0", "-3", "many"])
def test_a_least_number_that_is_none_is_refused(cli: Cli, least: str) -> None:
    answer = cli("report", "returns", f"--least={least}")
    assert answer.status == 2
    assert len(answer.err.splitlines()) == 1
