"""``scan``: a line in, a JSON line out, at once."""

import logging
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, made_at_new_year, orders
from tests.support.log_guard import LogGuard
from warehouse_desk.data.scanning.scans import StoredAnswer
from warehouse_desk.services.scanning import modes
from warehouse_desk.services.scanning.request import ScanInMode


def test_each_line_is_answered_in_order_and_blank_ones_are_not(cli_everywhere: Cli) -> None:
    cli_everywhere("orders", "create", "-", stdin=orders(2))
    cli_everywhere("do", "cancel", "ORD-00002", "--reason", "twice")
    answer = cli_everywhere("scan", "--mode", "pack", stdin="ORD-00001\n\n ORD-00001\r\nORD-00002\nX\n")
    assert [line["outcome"] for line in answer.lines] == ["done", "already", "refused", "unknown"]
    assert answer.lines[0] == {
        "reference": "ORD-00001",
        "outcome": "done",
        "status_before": "NEW",
        "status_after": "PACKED",
        "message": "ORD-00001 is now “Packed”.",
    }
    assert answer.status == 1


def test_every_mode_takes_what_its_step_needs(cli: Cli, sqlite_url: str) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    made_at_new_year(sqlite_url)
    for words, status in (
        (("pack", "--date", "2026-01-30"), "PACKED"),
        (("ship", "--warehouse", "MAIN", "--date", "2026-01-31"), "SHIPPED"),
        (("deliver",), "DELIVERED"),
        (("return",), "RETURNED"),
    ):
        answer = cli("scan", "--mode", *words, stdin="ORD-00001\n")
        assert (answer.status, answer.lines[0]["status_after"]) == (0, status)
    cli("do", "renew", "ORD-00001")
    answer = cli("scan", "--mode", "cancel", "--reason", "refused at the door", stdin="ORD-00001\n")
    assert answer.lines[0]["status_after"] == "CANCELED"


def test_a_parcel_and_then_the_courier_s_label(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(2))
    cli("do", "pack", "ORD-00001")
    answer = cli("scan", "--mode", "tracking", stdin="ORD-00001\n]C1MA-000123\nMA-000124\nORD-00002\n")
    assert [line["outcome"] for line in answer.lines] == ["done", "done", "refused", "refused"]
    assert answer.lines[1]["message"] == "ORD-00001 has the tracking number MA-000123."
    assert cli("--json", "orders", "show", "MA-000123").body["data"][0]["reference"] == "ORD-00001"


def test_a_mode_without_its_need_reads_no_line(cli: Cli) -> None:
    answer = cli("scan", "--mode", "ship", stdin="ORD-00001\n")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "ship needs --warehouse ID|CODE, the warehouse that the goods leave."


def test_a_line_that_is_no_text_is_answered_and_the_next_one_is_read(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(1))
    answer = cli("scan", "--mode", "pack", stdin=b"\xff\xfe\x00\nORD-00001\n")
    assert [line["outcome"] for line in answer.lines] == ["unknown", "done"]


def test_a_program_at_the_other_end_gets_each_answer_before_it_sends_the_next_line(
    cli: Cli, sqlite_url: str, tmp_path: Path
) -> None:
    cli("orders", "create", "-", stdin=orders(2))
    command = [sys.executable, "-m", "warehouse_desk", "--database", sqlite_url, "--data-dir", str(tmp_path / "data")]
    with subprocess.Popen(
        [*command, "scan", "--mode", "pack"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        for reference in ("ORD-00001", "ORD-00002"):
            program.stdin.write(f"{reference}\n")
            program.stdin.flush()
            assert f"{reference} is now “Packed”." in program.stdout.readline()
        program.stdin.close()
        assert program.wait(timeout=60) == 0


@pytest.mark.parametrize("fault", [ValueError("foreseen by nobody"), sqlite3.DatabaseError("database disk image")])
def test_a_line_that_nobody_foresaw_is_answered_and_the_next_ones_are_read(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, log_guard: LogGuard, fault: Exception
) -> None:
    log_guard.allow("a line of the scanner could not be answered", logging.ERROR)
    cli("orders", "create", "-", stdin=orders(3))
    judge = modes.answer

    def damaged(scan: ScanInMode) -> StoredAnswer:
        if scan.code == "ORD-00002":
            raise fault
        return judge(scan)

    monkeypatch.setattr(modes, "answer", damaged)
    answer = cli("scan", "--mode", "pack", stdin="ORD-00001\nORD-00002\nORD-00003\n")
    assert [line["outcome"] for line in answer.lines] == ["done", "failed", "done"]
    assert "put the parcel aside" in answer.lines[1]["message"]
    assert answer.status == 70


def test_a_byte_damaged_in_the_middle_of_a_code_costs_its_line_alone(cli: Cli) -> None:
    cli("orders", "create", "-", stdin=orders(2))
    answer = cli("scan", "--mode", "pack", stdin=b"ORD-00001\nORD-\xc3\x28002\n\xed\xa0\x80\nORD-00002\n")
    assert [line["outcome"] for line in answer.lines] == ["done", "unknown", "unknown", "done"]
