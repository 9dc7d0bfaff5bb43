"""The names under which the looks of the program know their colours."""

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
    dark: bool
