"""``do``: a parcel's whole road, its ways back, and what a step needs."""

import pytest

from tests.cli.conftest import Cli, made_at_new_year, orders


def _outcomes(cli: Cli, *words: str, stdin: str = "") -> list[tuple[str, str | None]]:
    answer = cli("--json", "do", *words, stdin=stdin)
    return [(each["outcome"], each["status_after"]) for each in answer.body["results"]]


def test_a_parcel_goes_its_whole_road_and_comes_back_to_be_renewed(cli_everywhere: Cli, database_url: str) -> None:
    cli_everywhere("orders", "create", "-", stdin=orders(1))
    made_at_new_year(database_url)
    road = [
        (("pack", "ORD-00001", "--date", "2026-01-02"), "PACKED"),
        (("push", "ORD-00001", "--company", "ctm"), "WAITING_FOR_SHIPPING_COMPANY"),
        (("ship", "ORD-00001", "--warehouse", "main", "--date", "2026-01-02"), "SHIPPED"),
        (("deliver", "ORD-00001", "--date", "2026-01-31"), "DELIVERED"),
        (("return", "ORD-00001"), "RETURNED"),
        (("renew", "ORD-00001"), "NEW"),
        (("cancel", "ORD-00001", "--reason", "changed mind"), "CANCELED"),
    ]
    for words, status in road:
        assert _outcomes(cli_everywhere, *words) == [("done", status)]


def test_steps_aside_the_main_road(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    road = [
        (("out-of-stock", "ORD-00001", "--sku", "TEA"), "OUT_OF_STOCK"),
        (("back-in-stock", "ORD-00001"), "NEW"),
        (("pack", "ORD-00001"), "PACKED"),
        (("assign", "ORD-00001", "--person", "HAMID", "--warehouse", "1"), "SHIPPED"),
        (("rollback", "ORD-00001", "--reason", "wrong parcel"), "ROLLBACK"),
        (("resume", "ORD-00001", "--to-new"), "NEW"),
        (("hold", "ORD-00001", "--reason", "address"), "NEW"),
        (("release", "ORD-00001"), "NEW"),
    ]
    for words, status in road:
        assert _outcomes(cli, *words) == [("done", status)]


def test_the_worker_takes_the_last_step_back(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    cli("do", "pack", "ORD-00001")
    assert _outcomes(cli, "undo", "ORD-00001") == [("done", "NEW")]


def test_a_push_ships_from_our_stock_unless_told_otherwise(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(2))
    cli("do", "pack", "ORD-00001", "ORD-00002")
    cli("do", "push", "ORD-00001", "--company", "1")
    cli("do", "push", "ORD-00002", "--company", "1", "--from-stock")
    shown = cli("--json", "orders", "show", "ORD-00001", "ORD-00002").body["data"]
    assert [each["from_stock"] for each in shown] == [False, True]


def test_references_come_from_standard_input_and_each_has_its_answer(cli_everywhere: Cli) -> None:
    cli_everywhere("orders", "create", "-", stdin=orders(2))
    stdin = "\ufeffORD-00001\r\n\n  ORD-00404 \nORD-00002\nORD-00001\n"
    answer = cli_everywhere("--json", "do", "pack", "-", stdin=stdin)
    assert [each["outcome"] for each in answer.body["results"]] == ["done", "unknown", "done", "already"]
    assert answer.body["meta"] == {"total": 4, "done": 2, "already": 1, "refused": 0, "unknown": 1, "failed": 0}
    assert answer.status == 1


def test_an_order_that_already_is_packed_is_no_failure(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    cli("do", "pack", "ORD-00001")
    answer = cli("do", "pack", "ORD-00001")
    assert answer.status == 0
    assert answer.out.startswith("already  ORD-00001 is already “Packed”: ")


def test_people_get_a_line_for_each_order_and_the_counts(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    answer = cli("do", "pack", "ORD-00001", "ORD-9")
    assert answer.out.splitlines() == [
        "done     ORD-00001 is now “Packed”.",
        "unknown  No order has the code ORD-9. Check the label, or search for the customer.",
        "Orders: 2; done: 1, unknown: 1.",
    ]


def test_a_shipment_of_what_is_not_there_is_refused_unless_allowed(cli: Cli) -> None:
    body = orders(1).replace("TEA", "POT")
    cli("orders", "create", "-", stdin=body)
    cli("do", "pack", "ORD-00001")
    assert _outcomes(cli, "ship", "ORD-00001", "--warehouse", "MAIN") == [("refused", "PACKED")]
    assert _outcomes(cli, "ship", "ORD-00001", "--warehouse", "MAIN", "--allow-negative") == [("done", "SHIPPED")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("ship",), "ship needs --warehouse ID|CODE, the warehouse that the goods leave."),
        (("assign",), "assign needs --person ID|CODE, the delivery person."),
        (("push",), "push needs --company ID|CODE, the shipping company."),
        (("cancel",), "cancel needs --reason TEXT, why."),
        (("hold", "--reason", " "), "hold needs --reason TEXT, why."),
        (("rollback",), "rollback needs --reason TEXT, why."),
    ],
)
def test_a_missing_need_names_the_option(cli: Cli, words: tuple[str, ...], sentence: str) -> None:
    answer = cli("do", *words, "ORD-00001")
    assert (answer.status, answer.out, answer.err) == (2, "", sentence)
