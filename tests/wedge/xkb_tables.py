"""Regenerates host_layouts.json: what 12 hosts of our warehouses make of each key, by libxkbcommon itself.

Run as ``python tests/wedge/xkb_tables.py`` where libxkbcommon and xkb-data are installed. Each key has four
texts: plain, with Shift, with Caps Lock, with both. ``fr-windows`` is derived from ``fr``: Microsoft's kbdfr
lets Caps Lock work as Shift on every key but the one left of 1 and the one left of W.
"""

import ctypes
import ctypes.util
import json
from pathlib import Path

TABLE = Path(__file__).with_name("host_layouts.json")
HOSTS = {
    "us": ("us", ""),
    "fr": ("fr", ""),
    "fr-azerty": ("fr", "azerty"),
    "fr-oss": ("fr", "oss"),
    "fr-afnor": ("fr", "afnor"),
    "be": ("be", ""),
    "ma": ("ma", ""),
    "ma-french": ("ma", "french"),
    "ara": ("ara", ""),
    "ara-azerty": ("ara", "azerty"),
    "ara-azerty_digits": ("ara", "azerty_digits"),
    "dz-ar": ("dz", "ar"),
}
KEYS = [*range(2, 14), *range(16, 28), *range(30, 42), *range(43, 54), 57, 86]
SHIFT, LOCK = 1, 2
_NO_CAPS_ON_WINDOWS = (41, 86)


class _Names(ctypes.Structure):
    _fields_ = [(name, ctypes.c_char_p) for name in ("rules", "model", "layout", "variant", "options")]


def table_of(layout: str, variant: str) -> dict[str, list[str]]:
    """Return physical code -> [plain, Shift, Caps, Caps and Shift] for one xkb layout."""
    xkb = ctypes.CDLL(ctypes.util.find_library("xkbcommon") or "libxkbcommon.so.0")
    for name in ("xkb_context_new", "xkb_keymap_new_from_names", "xkb_state_new"):
        getattr(xkb, name).restype = ctypes.c_void_p
    context = ctypes.c_void_p(xkb.xkb_context_new(0))
    names = _Names(b"evdev", b"pc105", layout.encode(), variant.encode(), b"")
    keymap = ctypes.c_void_p(xkb.xkb_keymap_new_from_names(context, ctypes.byref(names), 0))
    state = ctypes.c_void_p(xkb.xkb_state_new(keymap))
    table = {}
    for phys in KEYS:
        texts = []
        for depressed, locked in ((0, 0), (SHIFT, 0), (0, LOCK), (SHIFT, LOCK)):
            xkb.xkb_state_update_mask(state, depressed, 0, locked, 0, 0, 0)
            buffer = ctypes.create_string_buffer(16)
            xkb.xkb_state_key_get_utf8(state, phys + 8, buffer, 16)
            texts.append(buffer.value.decode())
        table[str(phys)] = texts
    return table


def _windows_french(french: dict[str, list[str]]) -> dict[str, list[str]]:
    turned = {}
    for phys, (plain, shifted, *_) in french.items():
        stays = int(phys) in _NO_CAPS_ON_WINDOWS
        turned[phys] = [plain, shifted, plain, shifted] if stays else [plain, shifted, shifted, plain]
    return turned


def main() -> None:
    """Write the table, one host a line."""
    tables = {name: table_of(*names) for name, names in HOSTS.items()}
    tables["fr-windows"] = _windows_french(tables["fr"])
    lines = [f'"{name}": {json.dumps(table, ensure_ascii=False)}' for name, table in tables.items()]
    TABLE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
