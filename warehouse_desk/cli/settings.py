"""``settings``: what all stations share, and what this station keeps for itself."""

from collections.abc import Mapping

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE
from warehouse_desk.cli.words import say, say_json, say_table
from warehouse_desk.common.messages import msg, tr
from warehouse_desk.common.paths import settings_file
from warehouse_desk.common.redaction import redacted
from warehouse_desk.common.setting import Setting, TextSetting, Value, as_text, bad_value, no_such_setting
from warehouse_desk.common.system_errors import system_reason
from warehouse_desk.domain import shared_settings
from warehouse_desk.domain.errors import DeskError, WrongUsage
from warehouse_desk.settings import station_settings
from warehouse_desk.settings.store import SettingsFile


def list_settings(station: CommandStation) -> int:
    """List the settings that all stations share, and those of this station as its file has them."""
    own_settings = SettingsFile(settings_file(station.options.data_folder)).load().settings
    own = {key: _shown_value(each, getattr(own_settings, key)) for key, each in station_settings.table().items()}
    with station.desk() as desk:
        shared = desk.settings.values()
    if station.as_json:
        say_json({"data": shared, "station": own})
    else:
        rows = [
            *_rows(shared_settings.table(), shared, tr("all stations")),
            *_rows(station_settings.table(), own, tr("this station")),
        ]
        say_table([tr("Setting"), tr("Value"), tr("Applies to"), tr("Meaning")], rows)
    return DONE


def _rows(settings: Mapping[str, Setting], values: Mapping[str, Value], where: str) -> list[tuple[str, str, str, str]]:
    return [(key, as_text(values[key]), where, each.name) for key, each in settings.items()]


def _shown_value(each: Setting, value: Value) -> Value:
    return redacted(str(value)) if isinstance(each, TextSetting) and each.secret else value


def set_setting(station: CommandStation) -> int:
    """Change a setting, of all stations or of this one."""
    key, text = station.arguments.key, station.arguments.value
    known = {**shared_settings.table(), **station_settings.table()}
    if key not in known:
        raise WrongUsage(no_such_setting(key, known))
    value = known[key].from_text(text)
    fault = known[key].fault(value)
    if fault is not None:
        raise WrongUsage(bad_value(key, text, fault))
    if key in shared_settings.table():
        with station.desk() as desk:
            desk.settings.change({key: text})
        said = msg("{key} is now {value}, at every station.", key=key, value=as_text(value))
    else:
        _keep(station, key, value)
        value = _shown_value(known[key], value)
        said = msg("{key} is {value} at this station.", key=key, value=as_text(value))
        if known[key].restart:
            said = msg("{key} is {value} at this station after its next start.", key=key, value=as_text(value))
    if station.as_json:
        say_json({"data": {key: value}})
    else:
        say(said)
    return DONE


def _keep(station: CommandStation, key: str, value: Value) -> None:
    file = SettingsFile(settings_file(station.options.data_folder))
    try:
        file.change(**{key: value})
    except OSError as error:
        raise DeskError(
            msg("{file} cannot be written: {reason}.", file=str(file.path), reason=system_reason(error))
        ) from error
