"""Every setting of a station, written down once: type, default, bounds, label, and when a change takes effect.

Settings that bend the rules for all stations are no settings of a station; they live in the database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from warehouse_desk.common.languages import LANGUAGES
from warehouse_desk.common.log import LOG_LEVELS
from warehouse_desk.common.messages import Message, msg

Value = str | int | bool

MAX_TEXT = 500


@dataclass(frozen=True, slots=True)
class Rule:
    """What a setting may hold and how it is named to people."""

    label: Message
    choices: tuple[str, ...] = ()
    max_length: int = MAX_TEXT
    restart: bool = False
    """Whether a change takes effect only at the next start."""


def _setting(default: Any, label: Message, **rule: Any) -> Any:  # noqa: ANN401 - typed by the field it stands for
    return field(default=default, metadata={"rule": Rule(label, **rule)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a station remembers from one start to the next."""

    database_url: str = _setting("", msg("Database (empty: a file on this computer)"), restart=True)
    station_name: str = _setting("", msg("Station name (empty: the computer's name)"), max_length=100, restart=True)
    language: str = _setting("auto", msg("Language"), choices=("auto", *LANGUAGES))
    theme: str = _setting("system", msg("Colours"), choices=("system", "light", "dark"))
    large_mode: bool = _setting(False, msg("Large letters and buttons"), restart=True)
    log_level: str = _setting("info", msg("Log level"), choices=LOG_LEVELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What this start of the program works with: settings with environment and command line laid over them."""

    data_folder: Path
    database_url: str
    """The database to open; never empty."""
    station: str
    """The station's name; never empty."""
    user: str
    """The worker's name as given, else the login name of the operating system."""
    settings: Settings = field(default_factory=Settings)
    demo: bool = False
    """Whether this start works on a throw-away profile."""


def rules() -> Mapping[str, Rule]:
    """Return the rule of every setting by its name, in the order of the settings page."""
    return {each.name: each.metadata["rule"] for each in _fields()}


def _fields() -> Iterator[Field[Any]]:
    yield from fields(Settings)


def default_of(name: str) -> Value:
    """Return the value that a setting has until somebody changes it."""
    value: Value = getattr(Settings(), name)
    return value


def fault_of(name: str, value: object) -> Message | None:
    """Return the sentence about a value that a setting cannot have, or None where it is fine."""
    rule = rules()[name]
    if isinstance(default_of(name), bool):
        if isinstance(value, bool):
            return None
        return msg("The setting {name} is {value}: write true or false.", name=name, value=repr(value)[:60])
    if rule.choices and value not in rule.choices:
        known = list(rule.choices)
        return msg(
            "The setting {name} is {value}: write one of {known}.", name=name, value=repr(value)[:60], known=known
        )
    if not isinstance(value, str) or len(value) > rule.max_length:
        limit = rule.max_length
        return msg("The setting {name} must be a text of at most {limit} characters.", name=name, limit=limit)
    return None
