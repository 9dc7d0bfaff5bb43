"""``settings``: what all stations share."""

from warehouse_desk.cli.exits import DONE
from warehouse_desk.cli.station import Station
from warehouse_desk.cli.words import say, say_json, say_table
from warehouse_desk.common.messages import tr
from warehouse_desk.common.setting import refused_value, shown, unknown_setting
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.shared_settings import table


def list_settings(station: Station) -> int:
    """List the settings that all stations share."""
    with station.desk() as desk:
        values = desk.settings.values()
    if station.as_json:
        say_json({"data": values})
    else:
        rows = [(key, shown(values[key]), each.name) for key, each in table().items()]
        say_table([tr("Setting"), tr("Value"), tr("Meaning")], rows)
    return DONE


def set_setting(station: Station) -> int:
    """Change a setting that all stations share."""
    key, text = station.arguments.key, station.arguments.value
    _check(key, text)
    with station.desk() as desk:
        desk.settings.change({key: text})
        value = desk.settings.values()[key]
    if station.as_json:
        say_json({"data": {key: value}})
    else:
        say(tr("{key} is {value} now, at every station.", key=key, value=shown(value)))
    return DONE


def _check(key: str, text: str) -> None:
    known = table()
    if key not in known:
        raise WrongUsage(unknown_setting(key, known))
    fault = known[key].fault(known[key].from_text(text))
    if fault is not None:
        raise WrongUsage(refused_value(key, text, fault))
