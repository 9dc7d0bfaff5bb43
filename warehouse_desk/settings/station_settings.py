"""The settings of one station: each is added here, and nowhere else.

They lie in ``settings.toml`` in the station's data folder. The reader of that file, the command line, the window of
settings and ``docs/settings.md`` are written from :func:`table`. What bends the rules for all stations is no setting of
a station; it lies in the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from warehouse_desk.common.languages import LANGUAGES
from warehouse_desk.common.log import LOG_LEVELS
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.setting import (
    ChoiceSetting,
    NumberSetting,
    Setting,
    SwitchSetting,
    TextSetting,
    Value,
    setting,
    settings_of,
)

_STATION = msg("STATION")
_AS_THE_SYSTEM = msg("As the system")
_LANGUAGES: Mapping[str, Message] = {
    "auto": _AS_THE_SYSTEM,
    **{code: Message(each.name) for code, each in LANGUAGES.items()},
}
_THEMES: Mapping[str, Message] = {"system": _AS_THE_SYSTEM, "light": msg("Light"), "dark": msg("Dark")}
_LEVELS: Mapping[str, Message] = {level: Message(level) for level in LOG_LEVELS}


@dataclass(frozen=True, slots=True, kw_only=True)
class StationSettings:
    """What a station remembers from one start to the next."""

    station_name: str = setting(
        TextSetting(
            "",
            100,
            label=msg("Station &name"),
            section=_STATION,
            help=msg("If empty: the computer's name."),
            restart=True,
        )
    )
    language: str = setting(ChoiceSetting("auto", _LANGUAGES, label=msg("&Language"), section=_STATION, restart=True))
    theme: str = setting(ChoiceSetting("system", _THEMES, label=msg("&Colours"), section=_STATION))
    large_mode: bool = setting(
        SwitchSetting(False, label=msg("Large letters and buttons"), section=_STATION, restart=True),
    )
    database_url: str = setting(
        TextSetting(
            "",
            500,
            label=msg("Database"),
            help=msg("The address of a shared one; empty: a file in the data folder."),
            restart=True,
            secret=True,
        )
    )
    log_level: str = setting(ChoiceSetting("info", _LEVELS, label=msg("Log level"), restart=True))
    server_port: int = setting(
        NumberSetting(
            8730,
            65_535,
            unit=msg("TCP port"),
            at_zero=msg("any port that is free"),
            label=msg("Port of the server"),
            restart=True,
        )
    )
    server_hosts: str = setting(
        TextSetting(
            "",
            1_000,
            label=msg("Names of the server"),
            help=msg("Names by which clients may call it, besides its addresses, with commas between."),
            restart=True,
        )
    )
    server_url: str = setting(
        TextSetting(
            "",
            500,
            label=msg("Public address of the server"),
            help=msg("Links in answers begin with it; empty: the address it listens at."),
            restart=True,
        )
    )
    server_rate: int = setting(
        NumberSetting(
            300,
            100_000,
            unit=msg("requests a minute"),
            at_zero=msg("no limit"),
            label=msg("Each program or person may ask the server"),
            restart=True,
        )
    )
    server_burst: int = setting(
        NumberSetting(
            60,
            10_000,
            unit=msg("requests"),
            at_zero=msg("one after another"),
            label=msg("At once, after a rest, each may ask the server"),
            restart=True,
        )
    )
    server_metrics: bool = setting(
        SwitchSetting(
            False,
            label=msg("The server counts requests"),
            help=msg("Programs on the same machine read the numbers at /metrics."),
            restart=True,
        )
    )


def table() -> dict[str, Setting]:
    """Return every setting of a station by its key, in the order in which people read them."""
    return settings_of(StationSettings)


def from_file(values: Mapping[str, Value]) -> StationSettings:
    """Return the settings of which some have a value of their own."""
    return StationSettings(**values)  # type: ignore[arg-type]  # the reader has judged them by the table
