"""Alt codes: Alt held, a character's number on the keypad, Alt released (scanners' "universal keyboard").

Windows makes the character itself and delivers it as a text without a key, just after Alt went up. X11 and
Wayland make nothing of it, so the number is turned into its Windows-1252 character here.
"""

from warehouse_desk.wedge.keys import KEYPAD, Key, Role, role_of

_ECHO_MS = 100
_DIGITS_MAX = 4


class AltComposer:
    """Follows Alt and the keypad in a stream of keys."""

    def __init__(self) -> None:
        self._digits: list[Key] = []
        self._echo = ("", -1)

    @property
    def composing(self) -> bool:
        """Whether a number is being entered now."""
        return bool(self._digits)

    def reset(self) -> None:
        """Forget a number begun."""
        self._digits = []
        self._echo = ("", -1)

    def compose(self, key: Key) -> tuple[Key, Role]:
        """Return the key and its role, or the composed character as DATA where a number was completed."""
        role = role_of(key)
        if role is Role.ALT_DIGIT:
            self._digits.append(key)
        elif self._digits and role is not Role.MODIFIER:
            digits, self._digits = self._digits, []
            by_windows = bool(key.text) and not key.phys
            if role is Role.ALT_UP or by_windows:
                return self._composed(key, key.text if by_windows else _character(digits))
        return (key, Role.ALT_DIGIT) if self._is_echo(key) else (key, role)

    def _composed(self, key: Key, char: str) -> tuple[Key, Role]:
        if not char or not char.isprintable():
            return key, Role.END if char in ("\r", "\n", "\t") and char else Role.OTHER
        self._echo = ("", -1) if key.text else (char, key.t_ms + _ECHO_MS)
        return Key(key.t_ms, text=char, caps=key.caps, reliable=key.reliable, source="alt"), Role.DATA

    def _is_echo(self, key: Key) -> bool:
        text, until = self._echo
        if not text or key.source != "key" or key.phys or key.text != text or key.t_ms > until:
            return False
        self._echo = ("", -1)
        return True


def _character(digits: list[Key]) -> str:
    number = int("".join(KEYPAD[key.phys] for key in digits[:_DIGITS_MAX]))
    # The few unassigned numbers of Windows-1252 give nothing.
    return bytes([number]).decode("cp1252", "ignore") if number < 256 else ""  # noqa: PLR2004 - one byte
