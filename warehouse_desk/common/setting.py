"""What one setting may hold and how it is named to people.

A table of settings is a frozen dataclass whose fields are the settings: ``undo_minutes: int = setting(NumberSetting(5,
60, ...))``. The command line, the window of settings, the settings file and ``docs/settings.md`` read
:func:`settings_of` that class.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field, fields
from typing import Any

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import is_storable

Value = str | int | bool

_DIGITS = 9
"""More digits than any limit has; a longer text is not even read as a number."""
_TOLD = 60
"""Characters of a value that a sentence repeats."""
_SWITCH = {"on": True, "true": True, "off": False, "false": False}


@dataclass(frozen=True, slots=True)
class Setting(ABC):
    """What every kind of setting says of itself."""

    default: Value
    _: KW_ONLY
    label: Message
    """Its name beside its field; ``&`` marks the letter that jumps there."""
    section: Message | None = None
    """The heading under which the window of settings shows it; None where only the command line and files do."""
    help: Message | None = None
    """What its name does not say."""
    restart: bool = False
    """Whether a change takes effect only at the next start."""

    @property
    def name(self) -> str:
        """Its name in a sentence or a table."""
        return str(self.label).replace("&", "")

    def meaning(self, language: str) -> str:
        """Return all that there is to say about it, in sentences."""
        said = [self.label.in_language(language).replace("&", "") + self._more(language)]
        if self.help is not None:
            said.append(self.help.in_language(language))
        if self.restart:
            said.append(msg("It takes effect at the next start.").in_language(language))
        return " ".join(text if text.endswith(".") else f"{text}." for text in said)

    def _more(self, language: str) -> str:  # noqa: ARG002 - for kinds that have more to say
        return ""

    @property
    @abstractmethod
    def values(self) -> str:
        """The values it may have, as the command line takes them: ``on|off``, ``0-60``."""

    @abstractmethod
    def from_text(self, text: str) -> Value:
        """Return the value that a text means; the text itself where it means none, for :meth:`fault` to judge."""

    @abstractmethod
    def fault(self, value: object) -> Message | None:
        """Return what to write instead of a value that it cannot have, or None where it is fine."""

    def from_stored(self, stored: Any) -> Value:  # noqa: ANN401 - whatever a file or a database holds
        """Return a value as it was stored somewhere, or the default where it makes no sense (any more)."""
        kind = type(self.default)
        return self.default if self.fault(stored) is not None else kind(stored)


@dataclass(frozen=True, slots=True)
class SwitchSetting(Setting):
    """On or off."""

    default: bool

    @property
    def values(self) -> str:
        """Both."""
        return "on|off"

    def from_text(self, text: str) -> Value:
        """Read ``on`` and ``off``, and what TOML and JSON call them."""
        return _SWITCH.get(text.strip().lower(), text)

    def fault(self, value: object) -> Message | None:
        """Refuse anything but the two."""
        return None if isinstance(value, bool) else msg("Write on or off; in a settings file, true or false.")


@dataclass(frozen=True, slots=True)
class ChoiceSetting(Setting):
    """One of a few words."""

    default: str
    choices: Mapping[str, Message]
    """Each with what it is called."""

    @property
    def values(self) -> str:
        """All of them."""
        return "|".join(self.choices)

    def _more(self, language: str) -> str:
        words = [(key, called.in_language(language)) for key, called in self.choices.items()]
        told = "; ".join(f"{key}: {said}" for key, said in words if key != said)
        return f" ({told})" if told else ""

    def from_text(self, text: str) -> Value:
        """Read one in small or capital letters."""
        return text.strip().lower()

    def fault(self, value: object) -> Message | None:
        """Refuse any other."""
        if isinstance(value, str) and value in self.choices:
            return None
        return msg("Write one of {known}.", known=list(self.choices))


@dataclass(frozen=True, slots=True)
class NumberSetting(Setting):
    """A whole number from 0."""

    default: int
    most: int
    unit: Message
    at_zero: Message
    """What 0 means."""

    @property
    def values(self) -> str:
        """From and to."""
        return f"0-{self.most}"

    def _more(self, language: str) -> str:
        return f" ({self.unit.in_language(language)}; 0: {self.at_zero.in_language(language)})"

    def from_text(self, text: str) -> Value:
        """Read the digits 0 to 9."""
        digits = text.strip()
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS else text

    def fault(self, value: object) -> Message | None:
        """Refuse what lies outside."""
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= self.most:
            return None
        return msg("Write a whole number from 0 to {limit}.", limit=self.most)


@dataclass(frozen=True, slots=True)
class TextSetting(Setting):
    """A line of text."""

    default: str
    most: int
    """Characters at most."""
    secret: bool = field(default=False, kw_only=True)
    """Whether it may hold a password, which no list shows."""

    @property
    def values(self) -> str:
        """Anything."""
        return "..."

    def from_text(self, text: str) -> Value:
        """Read it with single blanks."""
        return " ".join(text.split())

    def fault(self, value: object) -> Message | None:
        """Refuse one that is too long or cannot be stored."""
        if isinstance(value, str) and len(value) <= self.most and is_storable(value):
            return None
        return msg("Write a text of at most {limit} characters.", limit=self.most)


def setting(kind: Setting) -> Any:  # noqa: ANN401 - typed by the field it stands for
    """Return the field of a table of settings."""
    return field(default=kind.default, metadata={"setting": kind})


def settings_of(table: type) -> dict[str, Setting]:
    """Return the settings of a table by their keys, in its order; fields that are no settings are left out."""
    return {each.name: each.metadata["setting"] for each in fields(table) if "setting" in each.metadata}


def no_such_setting(key: str, known: Mapping[str, Setting]) -> Message:
    """Return the sentence about a key that no setting has."""
    return msg("There is no setting {name}. Known: {known}.", name=key, known=sorted(known))


def bad_value(key: str, value: object, fault: Message) -> Message:
    """Return the sentence about a value that a setting cannot have."""
    text = str(value)
    told = text if len(text) <= _TOLD else f"{text[: _TOLD - 1]}…"
    return msg("The setting {name} cannot be {value}. {fault}", name=key, value=told, fault=fault)


def as_text(value: Value) -> str:
    """Return a value as the command line shows and takes it."""
    return ("on" if value else "off") if isinstance(value, bool) else str(value)
