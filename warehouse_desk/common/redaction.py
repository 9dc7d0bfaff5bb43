"""Take out of a text what a log must not keep: customers' phone numbers, tokens, passwords."""

import re

_FIRST_DIGITS = 1
_LAST_DIGITS = 3

_PHONE = re.compile(
    r"(?<![\w-])(?:(?:\+|00)?212[ .-]?0?|0)(?P<national>[5-8](?:[ .-]?[0-9]){8})(?!\w)"
    r"|(?<![\w-])\+(?P<foreign>[1-9][0-9]{7,14})(?!\w)"
)
"""Moroccan numbers as people write them, and foreign ones in the international form of E.164 (8 to 15 digits)."""

_SECRETS = (
    (re.compile(r"(?i)\b(XUX)[C-X]{8,24}\b"), r"\1***"),  # a badge: see wedge.grammar
    (re.compile(r"\b(wdesk_[0-9A-Za-z]{8}_)[0-9A-Za-z]+"), r"\1***"),
    (re.compile(r"\b(wd_session=|XSRF-TOKEN=)[^\s\"',;]+"), r"\1***"),
    (re.compile(r"(?i)\b(bearer)\s+[^\s\"',;]+"), r"\1 ***"),
    (re.compile(r"(://[^\s:/@]+):[^\s/@]+@"), r"\1:***@"),
    (
        re.compile(r"(?i)\b((?:api[_-]?)?(?:token|key)|password|passwd|secret)([\"']?\s*[=:]\s*[\"']?)[^\s\"',;&]+"),
        r"\1\2***",
    ),
)


def redacted(text: str) -> str:
    """Return the text with phone numbers as ``+2126****001`` and secrets as ``***``."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return _PHONE.sub(_short, text)


def _short(match: re.Match[str]) -> str:
    national = match["national"]
    digits = "".join(c for c in national or match["foreign"] if c.isdigit())
    prefix = "+212" if national else "+"
    return f"{prefix}{digits[:_FIRST_DIGITS]}****{digits[-_LAST_DIGITS:]}"
