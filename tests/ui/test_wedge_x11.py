"""Scans and typing on a real display: keys pressed on the X server, in the layouts of our desks."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.display import Display
from tests.ui.wedge_station import TITLE
from warehouse_desk.wedge.layouts import FR, US, Layout

X11_OFFSET = 8
SHIFT, ENTER, CAPS, F8, F10, CTRL = (str(code + X11_OFFSET) for code in (42, 28, 58, 66, 68, 29))
CODE = "ORD-00142"


@dataclass
class Desk:
    """A station's window on the display, and what it said in the end."""

    display: Display
    seen: dict[str, Any]

    def press(self, *keycodes: str, delay_ms: int = 8) -> None:
        self.display.xdotool("key", "--delay", str(delay_ms), *keycodes)

    def scan(self, code: str, layout: Layout = US) -> None:
        """Press the keys of a code as a scanner does, Shift round each capital, in one go."""
        strokes: list[str] = []
        for char in code:
            phys, shift = layout.keys_by_char[char]
            if shift:
                strokes += ["keydown", "--delay", "2", SHIFT]
            strokes += ["key", "--delay", "6", str(phys + X11_OFFSET)]
            if shift:
                strokes += ["keyup", "--delay", "2", SHIFT]
        self.display.xdotool(*strokes, "key", "--delay", "6", ENTER)

    def type(self, text: str, delay_ms: int = 140) -> None:
        self.press(*(str(US.keys_by_char[char][0] + X11_OFFSET) for char in text), delay_ms=delay_ms)


@contextmanager
def station(display: Display, layout: str, focus: str) -> Iterator[Desk]:
    """Run the station; after the block its report is in ``seen``."""
    display.set_keyboard_layout(layout)
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.wedge_station", focus],
        env=display.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        display.focus(display.wait_for_window(f"^{TITLE}$"))
        desk = Desk(display, {})
        yield desk
        desk.press(F10)
        printed, _ = program.communicate(timeout=30)
        desk.seen.update(json.loads(printed))
    finally:
        program.kill()
        program.wait()


@pytest.mark.parametrize("host", ["us", "fr", "ara", "ma"])
@pytest.mark.parametrize("layout", [US, FR], ids=["us-scanner", "fr-scanner"])
def test_a_scan_is_read_on_every_layout_and_nothing_else_happens(x_display: Display, host: str, layout: Layout) -> None:
    with station(x_display, host, "page") as desk:
        desk.scan(CODE, layout)

    assert (desk.seen["scans"], desk.seen["asked"]) == ([CODE], [False])
    assert (desk.seen["clicked"], desk.seen["fired"]) == (0, [])


@pytest.mark.parametrize("host", ["fr", "ara"])
def test_a_scan_with_caps_lock_is_read(x_display: Display, host: str) -> None:
    with station(x_display, host, "page") as desk:
        desk.press(CAPS)
        desk.scan(CODE)
        desk.press(CAPS)

    assert desk.seen["scans"] == [CODE]


@pytest.mark.parametrize("host", ["us", "fr", "ara"])
def test_a_scan_into_a_field_is_taken_back(x_display: Display, host: str) -> None:
    with station(x_display, host, "field") as desk:
        desk.scan(CODE)

    assert (desk.seen["scans"], desk.seen["text"], desk.seen["entered"]) == ([CODE], "", 0)


def test_a_scan_does_not_press_the_button_in_focus(x_display: Display) -> None:
    with station(x_display, "fr", "button") as desk:
        desk.scan(CODE)

    assert (desk.seen["scans"], desk.seen["clicked"]) == ([CODE], 0)


def test_a_person_types_composes_accents_and_presses_enter(x_display: Display) -> None:
    with station(x_display, "fr", "field") as desk:
        desk.type("f[ete", delay_ms=120)  # the keys f ^ e t e of an AZERTY board
        desk.press(ENTER)

    assert (desk.seen["scans"], desk.seen["text"], desk.seen["entered"]) == ([], "fête", 1)


def test_a_person_uses_shortcuts_and_types_ahead(x_display: Display) -> None:
    with station(x_display, "us", "rows") as desk:
        desk.type("r")
        desk.display.xdotool("keydown", CTRL, "key", str(31 + X11_OFFSET), "keyup", CTRL)

    assert (desk.seen["row"], desk.seen["fired"]) == (2, ["Ctrl+S"])


def test_slow_typing_while_the_window_is_busy_is_no_scan(x_display: Display) -> None:
    with station(x_display, "us", "field") as desk:
        desk.press(F8)
        desk.type("ord-00142")
        desk.press(ENTER)

    assert (desk.seen["scans"], desk.seen["text"]) == ([], "ord-00142")


def test_a_scan_while_the_window_is_busy_is_read(x_display: Display) -> None:
    with station(x_display, "fr", "button") as desk:
        desk.press(F8)
        desk.scan(CODE)

    assert (desk.seen["scans"], desk.seen["clicked"]) == ([CODE], 0)
