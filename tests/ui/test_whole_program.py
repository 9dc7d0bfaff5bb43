"""The real program on a real display: keys are pressed, the database is looked at afterwards."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.support.display import Display
from tests.ui.conftest import STATION, Orders
from tests.ui.hand import Hand
from warehouse_desk.domain.status import Status

SECONDS = 20


@contextmanager
def program(display: Display, url: str, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "warehouse_desk", "--database", url, "--data-dir", str(folder)]
    running = subprocess.Popen(
        [*command, "--station", STATION, "--user", "Samira"],
        env=display.environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        display.focus(display.wait_for_window(f"{STATION}$"))
        yield running
    finally:
        running.kill()
        running.communicate(timeout=SECONDS)


def eventually(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    qtbot.waitUntil(holds, timeout=SECONDS * 1_000)


def test_a_typed_reference_is_packed(
    x_display: Display, sqlite_url: str, orders: Orders, tmp_path: Path, qtbot: QtBot
) -> None:
    (order_id,) = orders.create()
    x_display.set_keyboard_layout("us")
    with program(x_display, sqlite_url, tmp_path / "data"):
        x_display.xdotool("type", "--delay", "140", orders.reference(order_id))
        x_display.xdotool("key", "Return")
        eventually(qtbot, lambda: orders.status(order_id) is Status.PACKED)


def test_a_scanner_at_full_speed_packs_every_parcel(
    x_display: Display, sqlite_url: str, orders: Orders, tmp_path: Path, qtbot: QtBot
) -> None:
    ids = orders.create(5)
    x_display.set_keyboard_layout("us")
    with program(x_display, sqlite_url, tmp_path / "data"):
        for order_id in ids:
            x_display.xdotool("type", "--delay", "4", f"{orders.reference(order_id)}\n")
        eventually(qtbot, lambda: {orders.status(order_id) for order_id in ids} == {Status.PACKED})


def test_the_list_is_walked_and_an_order_canceled_by_keys_alone(
    x_display: Display, sqlite_url: str, orders: Orders, tmp_path: Path, qtbot: QtBot
) -> None:
    ids = orders.create(2)
    x_display.set_keyboard_layout("us")
    with program(x_display, sqlite_url, tmp_path / "data") as running:
        hand = Hand.at(x_display)
        hand.ask(qtbot, "^Cancel$", "F3", "Home", "ctrl+shift+x")
        hand.answer("^Cancel$", text="refused by phone")
        eventually(qtbot, lambda: orders.status(ids[1]) is Status.CANCELED)
        assert running.poll() is None
    assert orders.desk.orders.show(ids[1]).facts.cancel_reason == "refused by phone"
    assert orders.status(ids[0]) is Status.NEW


def test_closing_the_window_ends_the_program_well(
    x_display: Display, sqlite_url: str, orders: Orders, tmp_path: Path
) -> None:
    orders.create()
    with program(x_display, sqlite_url, tmp_path / "data") as running:
        x_display.xdotool("key", "ctrl+q")
        assert running.wait(timeout=SECONDS) == 0
