"""The colours of each scheme, by use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, by use."""

    window: str
    panel: str
    raised: str
    line: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_text: str
    accent_soft: str
    selection: str
    error: str
    check: str
    dark: bool


LIGHT = Tokens(
    window="#eef1f4",
    panel="#ffffff",
    raised="#f6f8fa",
    line="#d5dbe1",
    text="#17212b",
    muted="#55626f",
    disabled="#9aa5b0",
    accent="#0b5f70",
    accent_text="#ffffff",
    accent_soft="#dceef1",
    selection="#cfe6ec",
    error="#9e1b00",
    check="#0b5f70",
    dark=False,
)
DARK = Tokens(
    window="#12181e",
    panel="#1a222a",
    raised="#222c36",
    line="#35424f",
    text="#e8edf2",
    muted="#a5b2bf",
    disabled="#647382",
    accent="#3fb3c8",
    accent_text="#06232a",
    accent_soft="#193c46",
    selection="#1a434f",
    error="#ff9d85",
    check="#1b7f92",
    dark=True,
)
