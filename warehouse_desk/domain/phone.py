"""Phone numbers: one key for every way of writing the same Moroccan number."""

from warehouse_desk.common.text import western_digits

_NATIONAL_DIGITS = 9


def phone_key(text: str) -> str:
    """Return the digits that identify a number: the last nine, so that 06..., +212 6... and 00212... are equal."""
    digits = text.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        digits = "".join(c for c in western_digits(text) if "0" <= c <= "9")
    return digits[-_NATIONAL_DIGITS:]


def phone_part(text: str) -> str:
    """Return the digits of a number that is still being typed, without country code and leading zero.

    ``+212612`` and ``0612`` are both ``612``, as the key holds it.
    """
    digits = "".join(c for c in western_digits(text) if "0" <= c <= "9")
    code = "212" if text.strip().startswith("+") else "00212"
    part = digits.removeprefix(code).removeprefix("0")
    return phone_key(part or digits)


def readable_phone(text: str) -> str:
    """Return a Moroccan number as ``06 12 34 56 78``; any other text unchanged."""
    digits = "".join(c for c in western_digits(text) if "0" <= c <= "9")
    national = phone_key(digits)
    prefix = digits[:-_NATIONAL_DIGITS] if len(digits) > _NATIONAL_DIGITS else ""
    if (
        len(national) != _NATIONAL_DIGITS
        or prefix not in {"", "0", "212", "00212", "2120"}
        or national[0] not in "5678"
    ):
        return text
    local = "0" + national
    return " ".join(local[i : i + 2] for i in range(0, len(local), 2))
