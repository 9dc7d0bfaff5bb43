"""``orders``: the API's bodies in, the API's field names out."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, made_at_new_year, order, orders


def test_a_file_of_orders_is_created_and_its_references_are_told(cli_everywhere: Cli, tmp_path: Path) -> None:
    file = tmp_path / "orders.json"
    file.write_text(orders(2), encoding="utf-8")
    answer = cli_everywhere("--json", "orders", "create", str(file))
    assert answer.status == 0
    assert answer.body == {"message": "Orders created successfully.", "references": ["ORD-00001", "ORD-00002"]}


def test_amounts_of_a_file_stay_exact(cli: Cli) -> None:
    body = json.dumps({"orders": [order(total=0)]}).replace('"total": 0', '"total": 1234.10')
    cli("orders", "create", "-", stdin=body)
    assert cli("orders", "list", "--json").body["data"][0]["total"] == 1234.1


def test_a_file_saved_by_windows_with_a_byte_order_mark_is_read(cli: Cli) -> None:
    assert cli("orders", "create", "-", stdin=b"\xef\xbb\xbf" + orders(1).encode()).status == 0


def test_one_wrong_order_refuses_the_whole_file_and_names_each_fault_by_its_path(cli_everywhere: Cli) -> None:
    body = json.dumps({"orders": [order(), order(phone="", products=[{"sku": "NOPE", "quantity": 0, "price": 1}])]})
    answer = cli_everywhere("--json", "orders", "create", "-", stdin=body)
    assert answer.status == 1
    assert set(answer.body["errors"]) == {"orders.1.phone", "orders.1.products.0.quantity"}
    assert answer.body["errors"]["orders.1.phone"] == ["orders.1.phone is missing. Characters: 1 to 100."]
    assert answer.err == answer.body["message"]
    assert cli_everywhere("--json", "orders", "list").body["meta"]["total"] == 0


def test_a_list_has_the_api_fields_and_pages_by_number_or_cursor(cli_everywhere: Cli) -> None:
    cli_everywhere("orders", "create", "-", stdin=orders(3))
    first = cli_everywhere("--json", "orders", "list", "--per-page", "2").body
    assert first["meta"] == {"current_page": 1, "per_page": 2, "total": 3, "next": 2}
    assert list(first["data"][0]) == ["reference", "full_name", "phone", "city", "status", "total", "created_at"]
    by_cursor = cli_everywhere("--json", "orders", "list", "--per-page", "2", "--after", "2").body
    by_number = cli_everywhere("--json", "orders", "list", "--per-page", "2", "--page", "2").body
    assert (
        [row["reference"] for row in by_cursor["data"]]
        == ["ORD-00001"]
        == [row["reference"] for row in by_number["data"]]
    )
    assert by_cursor["meta"]["next"] is None


def test_orders_are_found_by_status_and_by_a_keyword_in_one_field(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=json.dumps([order(), order(full_name="محمد أمين", city="Fes")]))
    cli("do", "pack", "ORD-00001")
    packed = cli("--json", "orders", "list", "--status", "packed").body["data"]
    in_fes = cli("--json", "orders", "list", "--search-by", "city", "--keyWord", "fès").body["data"]
    assert [row["reference"] for row in packed] == ["ORD-00001"]
    assert [row["full_name"] for row in in_fes] == ["محمد أمين"]


def test_json_keeps_arabic_readable(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=json.dumps([order(full_name="محمد أمين")]))
    assert "محمد أمين" in cli("--json", "orders", "list").out


def test_people_get_an_aligned_table_with_readable_money_and_phones(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    header, rule, row, told = cli("orders", "list").out.splitlines()
    assert header.index("Phone") == rule.index("-", header.index("Phone")) == row.index("06 00 00 00 01")
    assert "399,50\N{NO-BREAK SPACE}DH" in row
    assert told == "Orders: 1 of 1."


def test_show_gives_the_whole_order_and_names_those_it_did_not_find(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    answer = cli("--json", "orders", "show", "ORD-00001", "ORD-9")
    shown = answer.body["data"][0]
    assert answer.status == 1
    assert answer.body["meta"] == {"total": 1, "unknown": ["ORD-9"]}
    assert "No order has the code ORD-9." in answer.err
    assert (shown["status"], shown["products"][0]["sku"], shown["history"][0]["action"]) == ("NEW", "TEA", "create")


def test_show_for_people_tells_customer_products_and_history(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    cli("do", "hold", "ORD-00001", "--reason", "address unclear")
    out = cli("orders", "show", "ORD-00001").out
    assert "ORD-00001  New (on hold: address unclear)" in out
    assert "Customer: Client 1" in out
    assert "Thé vert" in out
    assert "amal" in out


def test_an_update_file_gives_statuses_and_changes_details_one_answer_for_each(
    cli_everywhere: Cli, database_url: str
) -> None:
    cli_everywhere("orders", "create", "-", stdin=orders(3))
    made_at_new_year(database_url)
    details = {
        "full_name": "Amina Tazi",
        "phone": "0611111111",
        "city_to_id": 1,
        "address": "Avenue Hassan II",
        "products": [{"id": 1, "quantity": 2, "total": 598}],
    }
    entries = [
        {"reference": "ORD-00001", "status": "PACKED", "action_date": "2026-01-31"},
        {"reference": "ORD-00002", **details},
        {"reference": "ORD-00003", "status": "DELIVERED"},
        {"reference": "ORD-00404", **details},
    ]
    answer = cli_everywhere("--json", "orders", "update", "-", stdin=json.dumps({"orders": entries}))
    outcomes = [(each["reference"], each["outcome"]) for each in answer.body["results"]]
    assert answer.status == 1
    assert outcomes == [
        ("ORD-00001", "done"),
        ("ORD-00002", "done"),
        ("ORD-00003", "refused"),
        ("ORD-00404", "unknown"),
    ]
    changed = cli_everywhere("--json", "orders", "show", "ORD-00001", "ORD-00002").body["data"]
    assert changed[0]["packed_on"] == "2026-01-31"
    assert (changed[1]["full_name"], changed[1]["products"][0]["quantity"]) == ("Amina Tazi", 2)


def test_an_update_file_may_hold_one_entry_alone(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    assert cli("orders", "update", "-", stdin='{"reference": "ORD-00001", "status": "packed"}').status == 0
    assert cli("--json", "orders", "list", "--status", "PACKED").body["meta"]["total"] == 1


def test_an_entry_with_a_status_and_details_is_refused_and_nothing_is_changed(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(2))
    entries = [
        {"reference": "ORD-00001", "status": "PACKED"},
        {"reference": "ORD-00002", "status": "PACKED", "address": "Rue 1"},
    ]
    answer = cli("orders", "update", "-", stdin=json.dumps(entries))
    assert answer.status == 1
    assert answer.err == (
        "Nothing was changed: orders.1 has a status and details (address). "
        "Write two entries: one for the status, one for the details."
    )
    assert cli("--json", "orders", "list", "--status", "PACKED").body["meta"]["total"] == 0


def test_only_orders_in_a_deletable_status_are_deleted(cli_everywhere: Cli) -> None:
    cli_everywhere("orders", "create", "-", stdin=orders(2))
    cli_everywhere("do", "pack", "ORD-00002")
    answer = cli_everywhere("--json", "orders", "delete", "-", stdin="ORD-00001\nORD-00002\n")
    assert answer.status == 1
    assert answer.body["meta"] == {"total": 2, "done": 1, "already": 0, "refused": 1, "unknown": 0, "failed": 0}
    assert [row["reference"] for row in cli_everywhere("--json", "orders", "list").body["data"]] == ["ORD-00002"]


def test_a_command_given_again_by_its_request_id_is_done_once(cli_everywhere: Cli) -> None:
    create = ("--json", "orders", "create", "-", "--request-id", "caisse-7")
    first, again = (cli_everywhere(*create, stdin=orders(2)) for _ in range(2))
    assert first.body["references"] == again.body["references"] == ["ORD-00001", "ORD-00002"]
    receive = ("stock", "receive", "--warehouse", "MAIN", "--request-id", "caisse-8", "TEA")
    assert cli_everywhere(*receive, "5").out == cli_everywhere(*receive, "5").out
    other = cli_everywhere(*receive, "6")
    assert (other.status, "caisse-8 was something else" in other.err) == (1, True)
    assert cli_everywhere("--json", "orders", "list").body["meta"]["total"] == 2


def test_a_field_that_nobody_reads_is_named_beside_the_answer(cli: Cli) -> None:
    first, second = ({"status": "new", "phone": f"061111111{n}"} for n in (1, 2))
    body = json.dumps({"orders": [order(**first), order(**second)]})
    answer = cli("--json", "orders", "create", "-", stdin=body)
    told = "“status” is not a field of this request and was ignored (2 times, first in orders.0)."
    assert (answer.status, answer.body["notices"]) == (0, [told])
    assert "notices" not in cli("--json", "orders", "create", "-", stdin=orders(1)).body
    in_words = cli("orders", "create", "-", stdin=body.replace("06111", "06222"))
    assert (in_words.status, in_words.err) == (0, told)
    details = {"full_name": "A", "phone": "06", "city_to_id": 1, "address": "B"}
    line = {"id": 1, "quantity": 1, "total": 399, "sku": "TEA"}
    entries = [
        {"reference": "ORD-00001", "status": "PACKED", "colour": "red"},
        {"reference": "ORD-00002", **details, "products": [line], "vip": True},
    ]
    changed = cli("--json", "orders", "update", "-", stdin=json.dumps(entries))
    assert [each["outcome"] for each in changed.body["results"]] == ["done", "done"]
    assert changed.body["notices"] == [
        "“colour” is not a field of this request and was ignored (1 time, first in orders.0).",
        "“vip” is not a field of this request and was ignored (1 time, first in orders.1).",
        "“sku” is not a field of this request and was ignored (1 time, first in orders.1.products.0).",
    ]


@pytest.mark.parametrize("words", [("--sort", "-name"), ("--sort=-name",)])
def test_a_list_is_turned_round_as_the_help_says(cli: Cli, words: tuple[str, ...]) -> None:
    cli("orders", "create", "-", stdin=orders(2))
    answer = cli("--json", "orders", "list", *words, "--per-page", "5")
    assert (answer.status, len(answer.body["data"])) == (0, 2)


def test_an_update_says_what_is_collected_then_and_takes_an_amount(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=json.dumps([order(total=429.5, email="a@b.ma", shipment_way=4)]))
    details = {"reference": "ORD-00001", "full_name": "A", "phone": "06", "city_to_id": 1, "address": "B"}
    lines = [{"id": 1, "quantity": 2, "total": 798}]
    answer = cli("orders", "update", "-", stdin=json.dumps({**details, "products": lines}))
    assert answer.out == "done     ORD-00001 was changed. To collect: 828,00\u00a0DH.\n"
    more = {"total": 800, "is_fees_paid_by_customer": False, "email": "c@d.ma", "shipment_way": None}
    answer = cli("orders", "update", "-", stdin=json.dumps({**details, "products": lines, **more}))
    assert (answer.status, answer.err) == (0, "")
    shown = cli("--json", "orders", "show", "ORD-00001").body["data"][0]
    assert [shown[name] for name in more] == list(more.values())
    words = cli("orders", "show", "ORD-00001").out
    assert "Total: 800,00\u00a0DH (fees or discount: +2,00\u00a0DH)" in words
    assert "Delivery fees: not paid by the customer" in words
    assert "Email: c@d.ma" in words


def test_a_possible_twin_is_created_and_told(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=json.dumps([order()]))
    again = cli("orders", "create", "-", stdin=json.dumps([order(full_name="Y. El Idrissi")]))
    assert (again.status, again.err) == (
        0,
        "ORD-00002 is possibly a twin of ORD-00001: the same phone and products.",
    )


def test_the_courier_s_number_is_noted_and_taken_away(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(2))
    cli("do", "pack", "ORD-00001", "ORD-00002")
    noted = cli("orders", "track", "ORD-00001", "MA-000123")
    assert (noted.status, noted.out) == (0, "done     ORD-00001 has the tracking number MA-000123.\n")
    assert cli("--json", "orders", "show", "ma-000123").body["data"][0]["reference"] == "ORD-00001"
    taken = cli("orders", "track", "ORD-00002", "MA-000123")
    assert (taken.status, taken.err.startswith("MA-000123 is the tracking number of ORD-00001.")) == (1, True)
    assert (
        cli("orders", "track", "ORD-00001", "--clear").out
        == "done     ORD-00001 no longer has the tracking number MA-000123.\n"
    )
    assert cli("--json", "orders", "track", "ORD-00001", "--clear").body["results"][0]["outcome"] == "already"
    for words in (("ORD-00001",), ("ORD-00001", "MA-1", "--clear")):
        wrong = cli("orders", "track", *words)
        assert (wrong.status, wrong.err) == (2, "orders track needs NUMBER, or --clear to remove the number.")
