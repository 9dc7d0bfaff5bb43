"""The page about an order's life says what the table says."""

import os
import subprocess
import sys
from pathlib import Path

from warehouse_desk.domain.orders.life_cycle_page import life_cycle_page
from warehouse_desk.domain.orders.transitions import TRANSITIONS
from warehouse_desk.domain.status import Status

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "order-life-cycle.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == life_cycle_page()


def test_the_page_is_printed_by_the_module() -> None:
    command = [sys.executable, "-m", "warehouse_desk.domain.orders.life_cycle_page"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    printed = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment).stdout
    assert printed.decode().splitlines() == life_cycle_page().splitlines()


def test_every_step_has_a_row() -> None:
    page = life_cycle_page().partition("## Steps")[2].partition("\n- ")[0]
    assert page.count("\n| ") == len(TRANSITIONS) + 2  # head and rule


def test_every_status_is_drawn() -> None:
    diagram = life_cycle_page().partition("```mermaid")[2].partition("```")[0]
    for status in Status:
        assert f"--> {status.value}:" in diagram


def test_a_rolled_back_order_is_drawn_going_back_to_every_status_before_an_undone_step() -> None:
    diagram = life_cycle_page().partition("```mermaid")[2].partition("```")[0]
    back = {line.split(": ")[0].split("--> ")[1] for line in diagram.splitlines() if line.endswith(": Resume")}
    assert back == {"NEW", "PACKED", "WAITING_FOR_SHIPPING_COMPANY", "SHIPPED", "DELIVERED"}
