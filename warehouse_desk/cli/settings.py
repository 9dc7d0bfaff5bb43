"""``settings``: the rules by which all stations work."""

from warehouse_desk.cli.exits import DONE
from warehouse_desk.cli.station import Station
from warehouse_desk.cli.words import say, say_json, say_table
from warehouse_desk.common.messages import tr


def list_settings(station: Station) -> int:
    """List the settings that all stations share."""
    with station.desk() as desk:
        values = desk.shared_settings()
    if station.as_json:
        say_json({"data": values})
    else:
        say_table([tr("Setting"), tr("Value")], [(key, _shown(value)) for key, value in values.items()])
    return DONE


def _shown(value: str | int | bool) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else str(value)


def set_setting(station: Station) -> int:
    """Change a setting that all stations share."""
    given = station.arguments
    with station.desk() as desk:
        from warehouse_desk.services.shared_settings import set_policy

        set_policy(desk.context, given.key, given.value)
        value = desk.shared_settings()[given.key]
    if station.as_json:
        say_json({"data": {given.key: value}})
    else:
        say(tr("{key} is {value} now, at every station.", key=given.key, value=_shown(value)))
    return DONE
