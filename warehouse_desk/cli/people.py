"""``users`` and ``settings``: who may work here, and by which rules all stations work."""

import getpass
import os
import sys

from warehouse_desk.cli.exits import DONE
from warehouse_desk.cli.station import Station
from warehouse_desk.cli.words import say, say_json, say_list, say_table
from warehouse_desk.common.messages import msg, tr
from warehouse_desk.domain.errors import WrongUsage

NEW_PASSWORD_VARIABLE = "WAREHOUSE_DESK_NEW_PASSWORD"  # noqa: S105 - the variable's name


def list_users(station: Station) -> int:
    """List users with their roles."""
    with station.desk() as desk:
        found = desk.users()
    if station.as_json:
        say_list([{"name": name, "role": role, "active": active} for name, role, active in found])
    else:
        say_table([tr("Name"), tr("Role"), tr("Active")], found)
    return DONE


def add_user(station: Station) -> int:
    """Add a user."""
    given = station.arguments
    password = _new_password(given.name)
    with station.desk() as desk:
        desk.add_user(given.name, password, given.role)
    if station.as_json:
        say_json({"name": given.name.strip(), "role": given.role, "active": True})
    else:
        say(tr("The user {name} was added as {role}.", name=given.name.strip(), role=given.role))
    return DONE


def _new_password(name: str) -> str:
    given = os.environ.get(NEW_PASSWORD_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise WrongUsage(msg("Give the new user's password in {variable}.", variable=NEW_PASSWORD_VARIABLE))
    first = getpass.getpass(str(msg("New password of {user}: ", user=name)))
    if getpass.getpass(str(msg("The same again: "))) != first:
        raise WrongUsage(msg("The two passwords differ. Try again."))
    return first


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
        from warehouse_desk.services.policy import set_policy

        set_policy(desk.context, given.key, given.value)
        value = desk.shared_settings()[given.key]
    if station.as_json:
        say_json({"data": {given.key: value}})
    else:
        say(tr("{key} is {value} now, at every station.", key=given.key, value=_shown(value)))
    return DONE
