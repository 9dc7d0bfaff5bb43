"""Each platform's native numbers name the same keys."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from warehouse_desk.ui.wedge.platform_keys import caps_lock_on, modifiers_of, physical_code
from warehouse_desk.wedge.keys import KEYPAD, MAIN_BLOCK

NONE = Qt.KeyboardModifier.NoModifier


def key(
    scan_code: int = 0,
    virtual: int = 0,
    native: int = 0,
    held: Qt.KeyboardModifier = NONE,
    text: str = "x",
) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_X, held, scan_code, virtual, native, text)


@pytest.mark.parametrize(
    ("platform", "event", "code"),
    [
        ("xcb", key(24), 16),
        ("wayland", key(24), 16),
        ("windows", key(16), 16),
        ("cocoa", key(1, 12), 16),
        ("windows", key(0x11C), 96),
        ("xcb", key(104), 96),
        ("cocoa", key(1, 76), 96),
        ("windows", key(0x148), 0x148),
        ("cocoa", key(1, 0), 30),
        ("cocoa", key(1, 0, text=""), 0),
        ("offscreen", key(24), 0),
        ("xcb", key(0), 0),
    ],
)
def test_a_key_has_one_code_everywhere(platform: str, event: QKeyEvent, code: int) -> None:
    assert physical_code(platform, event) == code


def test_an_arrow_of_windows_is_no_keypad_digit() -> None:
    assert physical_code("windows", key(0x148)) not in KEYPAD


def test_a_mac_has_every_key_that_a_scanner_presses() -> None:
    reached = {physical_code("cocoa", key(1, virtual)) for virtual in range(128)}

    assert (MAIN_BLOCK | set(KEYPAD)) <= reached


@pytest.mark.parametrize(
    ("platform", "native", "on"),
    [
        ("xcb", 2, True),
        ("xcb", 1, False),
        ("windows", 0x100, True),
        ("windows", 2, False),
        ("offscreen", 2, False),
    ],
)
def test_caps_lock_is_told_by_its_bit(platform: str, native: int, on: bool) -> None:
    assert caps_lock_on(platform, key(native=native)) is on


def test_altgr_of_windows_is_not_ctrl_and_alt() -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier

    held = modifiers_of("windows", key(held=both))

    assert (held["altgr"], held["ctrl"], held["alt"]) == (True, False, False)


def test_control_of_a_mac_is_what_qt_calls_meta() -> None:
    assert modifiers_of("cocoa", key(held=Qt.KeyboardModifier.MetaModifier))["ctrl"]
