"""Paper from the command line: labels, stored runs, hand-overs, sheets."""

import json
import socket
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, orders
from tests.documents.paper import pages, said, scanned
from tests.support.printing import a_printer, a_printer_that_breaks_off


def scans(file: Path) -> list[str]:
    return [code for page in pages(file.read_bytes()) for code in scanned(page)]


def packed(cli: Cli, count: int = 2) -> None:
    cli("orders", "create", "-", stdin=orders(count))
    cli("do", "pack", *[f"ORD-{n:05d}" for n in range(1, count + 1)])


def test_labels_are_written_and_orders_packed(cli_everywhere: Cli, tmp_path: Path) -> None:
    cli_everywhere("orders", "create", "-", stdin=orders(3))
    file = tmp_path / "labels.pdf"
    answer = cli_everywhere("--json", "labels", "-", "--output", str(file), stdin="ORD-00002\nORD-00001\n")
    assert answer.status == 0
    assert (answer.body["run"], answer.body["labels"]) == (1, 2)
    assert [each["status_after"] for each in answer.body["results"]] == ["PACKED", "PACKED"]
    assert scans(file) == ["ORD-00002", "ORD-00001"]


def test_labels_a_second_time_need_a_reason(cli: Cli, tmp_path: Path) -> None:
    packed(cli)
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    assert cli("labels", "ORD-00001", "--output", str(first)).status == 0
    again = cli("labels", "ORD-00001", "--output", str(second))
    assert again.status == 0  # as every other "already"
    assert "amal" in again.out
    assert not second.exists()
    assert cli("labels", "ORD-00001", "--output", str(second), "--reprint", "Papier coincé").status == 0
    assert "RÉIMPRESSION" in said(second.read_bytes())


def test_sheets_of_labels_begin_where_the_sheet_does(cli: Cli, tmp_path: Path) -> None:
    packed(cli)
    file = tmp_path / "labels.pdf"
    words = ("labels", "ORD-00001", "ORD-00002", "--stock", "a4-4up", "--output", str(file))
    assert cli(*words, "--start", "4").status == 0
    assert len(list(pages(file.read_bytes()))) == 2


def test_a_stored_run_is_listed_and_taken_out_again(cli: Cli, tmp_path: Path) -> None:
    packed(cli)
    first, again = tmp_path / "first.pdf", tmp_path / "again.pdf"
    cli("labels", "ORD-00001", "--output", str(first))
    assert cli("trackings", "get", "1", "--output", str(again)).status == 0
    assert again.read_bytes() == first.read_bytes()
    listed = cli("--json", "trackings", "list", "--order", "ORD-00001").body["data"]
    assert [(run["run"], run["labels"], run["fetches"]) for run in listed] == [(1, 1, 1)]
    assert "100x150" in cli("trackings", "list").out


def test_labels_go_to_a_zebra_printer_and_into_its_file(cli: Cli, tmp_path: Path) -> None:
    packed(cli)
    with a_printer() as zebra:
        assert cli("labels", "ORD-00001", "ORD-00002", "--send", zebra.address).status == 0
        received = zebra.job()
    assert received.count(b"^XA") == 2
    file = tmp_path / "again.zpl"
    assert cli("trackings", "get", "1", "--output", str(file)).status == 0
    assert file.read_bytes() == received


def test_a_printer_that_takes_nothing_is_found_out_before_an_order_moves(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    monkeypatch.setenv("PATH", str(tmp_path))  # a computer without a printing system
    queue = cli("labels", "ORD-00001", "--printer", "Zebra_1")
    assert (queue.status, queue.out) == (1, "")
    assert "no CUPS" in queue.err
    with socket.create_server(("127.0.0.1", 0)) as gone:
        where = f"127.0.0.1:{gone.getsockname()[1]}"
    zebra = cli("labels", "ORD-00001", "--send", where)
    assert (zebra.status, zebra.out) == (1, "")
    assert f"{where} cannot be reached" in zebra.err
    order = cli("--json", "orders", "show", "ORD-00001").body["data"][0]
    assert (order["status"], order["label_count"]) == ("NEW", 0)
    assert cli("--json", "trackings", "list").body["data"] == []


def test_labels_that_did_not_come_out_say_how_they_are_had_again_without_a_reason(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    with a_printer_that_breaks_off(taken=10) as where:
        answer = cli("labels", "ORD-00001", "--send", where)
    assert answer.status == 1
    assert "Print job 1: 1 label." in answer.out
    assert "ready and saved as print job 1" in answer.err
    assert "warehouse-desk trackings get 1" in answer.err
    with a_printer() as zebra:
        assert cli("trackings", "get", "1", "--send", zebra.address).status == 0
        assert zebra.job().count(b"^XA") == 1


def test_an_edit_after_the_label_holds_the_parcel_until_printed_again(cli_everywhere: Cli, tmp_path: Path) -> None:
    cli = cli_everywhere
    paper = str(tmp_path / "labels.pdf")
    cli("orders", "create", "-", stdin=orders(3))
    cli("labels", "ORD-00001", "ORD-00002", "ORD-00003", "--output", paper)
    now = cli("--json", "orders", "show", "ORD-00001").body["data"][0]
    lines = [{"id": line["id"], "quantity": line["quantity"], "total": line["total"]} for line in now["products"]]
    details = {name: now[name] for name in ("full_name", "phone", "city_to_id")}
    body = {**details, "reference": "ORD-00001", "address": "Rue 9", "products": lines}
    changed = cli("orders", "update", "-", stdin=json.dumps(body))
    assert (changed.status, "label is outdated" in changed.out) == (0, True)
    assert cli("--json", "orders", "show", "ORD-00001").body["data"][0]["label_outdated"] is True
    listed = cli("--json", "orders", "list", "--outdated-label").body["data"]
    assert [order["reference"] for order in listed] == ["ORD-00001"]
    assert "(label outdated)" in cli("orders", "list").out
    for words in (
        ("do", "ship", "--warehouse", "MAIN"),
        ("do", "push", "--company", "CTM"),
        ("do", "assign", "--warehouse", "MAIN", "--person", "HAMID"),
    ):
        answer = cli(*words, "ORD-00001")
        assert (answer.status, "The label of ORD-00001 is outdated" in answer.out) == (1, True)
    scanned = cli("scan", "--mode", "ship", "--warehouse", "MAIN", stdin="ORD-00001\n")
    assert (scanned.status, "is outdated" in scanned.out) == (1, True)
    assert cli("labels", "ORD-00001", "--output", paper).status == 0
    assert cli("do", "push", "--company", "CTM", "ORD-00001", "ORD-00002").status == 0
    body["address"] = "Rue 10"
    cli("orders", "update", "-", stdin=json.dumps(body))
    collected = cli("handover", "collect", "--company", "CTM")
    assert (collected.status, "Parcels: 1" in collected.out) == (1, True)
    assert cli("handover", "collect", "--company", "CTM", "--outdated-label").status == 0
    assert cli("handover", "close", "1").status == 0
    assert cli("do", "ship", "--warehouse", "MAIN", "ORD-00001").status == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("labels", "ORD-00001"), "--output FILE"),
        (("trackings", "get", "1"), "--output FILE"),
        (("labels", "ORD-00001", "--output", "nowhere/labels.pdf"), "does not exist"),
        (("labels", "ORD-00001", "--output", "."), "is a folder"),
        (("labels", "ORD-00001", "--output", "x.pdf", "--stock", "papyrus"), "no label format “papyrus”"),
        (("labels", "ORD-00001", "--output", "x.zpl", "--stock", "a4-4up"), "Sheets of labels do not go into a Zebra"),
        (("labels", "ORD-00001", "--send", "zebra", "--stock", "a4-4up"), "Choose a roll."),
        (("labels", "ORD-00001", "--output", "x.pdf", "--stock", "a4-4up", "--start", "5"), "between 1 and 4 in this"),
        (("labels", "ORD-00001", "--output", "x.pdf", "--nudge", "far"), "is not a shift in millimetres. Use 0.5,-1"),
        (("labels", "ORD-00001", "--output", "x.pdf", "--nudge", "0,nan"), "is not a shift in millimetres. Use 0.5,-1"),
    ],
)
def test_a_wrong_command_changes_nothing(cli: Cli, words: tuple[str, ...], sentence: str) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    answer = cli(*words)
    assert answer.status == 2
    assert sentence in answer.err
    assert cli("--json", "orders", "show", "ORD-00001").body["data"][0]["status"] == "NEW"


def test_a_hand_over_is_collected_printed_and_closed(cli_everywhere: Cli, tmp_path: Path) -> None:
    cli = cli_everywhere
    packed(cli)
    cli("do", "push", "--company", "CTM", "ORD-00001", "ORD-00002")
    draft, final = tmp_path / "draft.pdf", tmp_path / "final.pdf"
    collected = cli("--json", "handover", "collect", "--company", "CTM", "--output", str(draft)).body
    assert (collected["parcels"], collected["cod_total"], collected["closed"]) == (2, 799, False)
    assert "BROUILLON" in said(draft.read_bytes())
    assert cli("handover", "remove", "1", "ORD-00002").status == 0
    assert cli("handover", "close", "1", "--output", str(final)).status == 0
    assert "BROUILLON" not in said(final.read_bytes())
    listed = cli("--json", "handover", "list").body["data"]
    assert [(each["number"], each["parcels"], each["closed_by"]) for each in listed] == [(1, 1, "amal")]
    assert cli("handover", "print", "1", "--output", str(draft)).status == 0
    assert cli("handover", "close", "1").status == 1


def test_a_closed_hand_over_binds_until_a_supervisor_strikes_off(cli_everywhere: Cli, tmp_path: Path) -> None:
    cli = cli_everywhere
    packed(cli)
    cli("do", "push", "--company", "CTM", "ORD-00001", "ORD-00002")
    cli("handover", "collect", "--company", "CTM")
    cli("handover", "close", "1")
    for words in (("do", "cancel", "--reason", "Refusé"), ("do", "undo"), ("do", "rollback", "--reason", "Erreur")):
        answer = cli(*words, "ORD-00001")
        assert answer.status == 1
        assert "pickup sheet 1, which is closed" in answer.out
    assert cli("handover", "strike", "1", "ORD-00001").status == 2
    struck = cli("--json", "handover", "strike", "1", "ORD-00001", "--reason", "Colis oublié").body
    assert (struck["parcels"], struck["struck"], struck["references"]) == (1, 1, ["ORD-00002"])
    assert [(line["reference"], line["struck"] and line["struck"]["reason"]) for line in struck["lines"]] == [
        ("ORD-00001", "Colis oublié"),
        ("ORD-00002", None),
    ]
    assert "already" in cli("handover", "strike", "1", "ORD-00001", "--reason", "Colis oublié").out
    assert cli("do", "cancel", "--reason", "Refusé", "ORD-00001").status == 0
    paper = tmp_path / "sheet.pdf"
    assert cli("handover", "print", "1", "--output", str(paper)).status == 0
    assert "Colis oublié" in said(paper.read_bytes())


def test_sheets_are_written_and_what_is_left_out_is_named(cli: Cli, tmp_path: Path) -> None:
    packed(cli)
    slips, products, ruler = tmp_path / "slips.pdf", tmp_path / "products.pdf", tmp_path / "ruler.pdf"
    missing = cli("sheets", "slips", "ORD-00001", "ORD-77777", "--output", str(slips))
    assert missing.status == 1
    assert "ORD-77777" in missing.err
    assert scans(slips) == ["ORD-00001"]
    assert cli("sheets", "products", "POT", "--copies", "3", "--output", str(products)).status == 0
    assert said(products.read_bytes()).count("POT") >= 3
    assert cli("sheets", "test-page", "--stock", "80-roll", "--dpi", "203", "--output", str(ruler)).status == 0
    assert ruler.read_bytes().startswith(b"%PDF")
