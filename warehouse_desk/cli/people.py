"""``users``, ``roles``, ``badges``, ``pin``: who may work here, and what each of them may do."""

import getpass
import os
import sys
from datetime import datetime
from typing import Any

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE
from warehouse_desk.cli.output import check_output, write_output
from warehouse_desk.cli.words import iso_text, say, say_json, say_list, say_table
from warehouse_desk.common.formats import moment_text
from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.ability_names import ABILITY_GROUPS, ability_name
from warehouse_desk.domain.people.users import (
    MAY_NOT_SIGN_IN,
    MAY_SIGN_IN,
    NEW_PASSWORD,
    UNLOCKED,
    BadgeInfo,
    RoleInfo,
    UserInfo,
)

NEW_PASSWORD_VARIABLE = "WAREHOUSE_DESK_NEW_PASSWORD"  # noqa: S105 - the variable's name
NEW_PIN_VARIABLE = "WAREHOUSE_DESK_NEW_PIN"


def list_users(station: CommandStation) -> int:
    """List users with their roles, badges, PINs and when they were last seen."""
    with station.desk() as desk:
        found = desk.people.users()
    if station.as_json:
        say_list([_user_body(user) for user in found])
        return DONE
    headers = [tr("Name"), tr("Role"), tr("Active"), tr("Badges"), tr("PIN"), tr("Last seen"), tr("Locked until")]
    rows = [
        (u.name, u.role, u.active, u.badges or "", u.has_pin, _when(u.last_seen_at), _when(u.locked_until))
        for u in found
    ]
    say_table(headers, rows, right=(3,))
    return DONE


def _user_body(user: UserInfo) -> dict[str, Any]:
    return {
        "name": user.name,
        "role": user.role,
        "active": user.active,
        "badges": user.badges,
        "pin": user.has_pin,
        "last_seen": iso_text(user.last_seen_at),
        "locked_until": iso_text(user.locked_until),
    }


def _when(moment: datetime | None) -> str:
    return "" if moment is None else moment_text(moment)


def add_user(station: CommandStation) -> int:
    """Add a user."""
    arguments = station.arguments
    password = _new_password(arguments.name)
    with station.desk() as desk:
        desk.people.add(arguments.name, password, arguments.role)
    name = " ".join(arguments.name.split())
    if station.as_json:
        say_json({"name": name, "role": arguments.role, "active": True})
    else:
        say(tr("The user {name} was added as {role}.", name=name, role=arguments.role))
    return DONE


def change_role(station: CommandStation) -> int:
    """Give a user another role."""
    arguments = station.arguments
    with station.desk() as desk:
        desk.people.change_role(arguments.name, arguments.role)
    return _say_either(
        station,
        {"name": arguments.name, "role": arguments.role},
        msg("{name} is {role} from the next sign-in on.", name=arguments.name, role=arguments.role),
    )


def set_password(station: CommandStation) -> int:
    """Give a user, or oneself, a new password."""
    arguments = station.arguments
    password = _new_password(arguments.name)
    with station.desk() as desk:
        desk.people.set_password(arguments.name, password)
    return _say_either(station, {"name": arguments.name}, NEW_PASSWORD.with_params(name=arguments.name))


def set_active(station: CommandStation) -> int:
    """Let a user sign in no longer, or again."""
    arguments = station.arguments
    with station.desk() as desk:
        desk.people.set_active(arguments.name, active=arguments.active)
    sentence = MAY_SIGN_IN if arguments.active else MAY_NOT_SIGN_IN
    return _say_either(
        station, {"name": arguments.name, "active": arguments.active}, sentence.with_params(name=arguments.name)
    )


def unlock(station: CommandStation) -> int:
    """Let a name, or an address, be tried again at once."""
    arguments = station.arguments
    if (arguments.name is None) == (arguments.address is None):
        raise WrongUsage(msg("Enter a name, or --address with the network address to unlock."))
    with station.desk() as desk:
        people = desk.people
        counted = (
            people.unlock(arguments.name) if arguments.name is not None else people.unlock_address(arguments.address)
        )
    name = arguments.name if arguments.name is not None else arguments.address
    return _say_either(station, {"name": name, "unlocked": counted}, UNLOCKED.with_params(name=name))


def list_roles(station: CommandStation) -> int:
    """List roles with how many abilities they have and how many users hold them."""
    with station.desk() as desk:
        found = desk.people.roles()
    if station.as_json:
        say_list([_role_body(role) for role in found])
        return DONE
    headers = [tr("Role"), tr("Rights"), tr("Users")]
    say_table(headers, [(role.name, len(role.abilities), role.users) for role in found], right=(1, 2))
    return DONE


def _role_body(role: RoleInfo) -> dict[str, Any]:
    return {"name": role.name, "users": role.users, "abilities": _in_order(role.abilities)}


def _in_order(abilities: frozenset[Ability]) -> list[str]:
    return [ability.value for _, group in ABILITY_GROUPS for ability in group if ability in abilities]


def show_role(station: CommandStation) -> int:
    """List every ability, in words, and whether a role has it."""
    with station.desk() as desk:
        role = desk.people.role(station.arguments.role)
    if station.as_json:
        say_json({"data": _role_body(role)})
        return DONE
    rows = [
        (ability.value, str(ability_name(ability)), ability in role.abilities)
        for _, group in ABILITY_GROUPS
        for ability in group
    ]
    say_table([tr("Right"), tr("Meaning"), role.name], rows)
    return DONE


def set_role(station: CommandStation) -> int:
    """Give a role exactly these abilities, or some more, or some less."""
    from warehouse_desk.services.people.roles import abilities_named

    arguments = station.arguments
    more, less = abilities_named(arguments.add), abilities_named(arguments.remove)
    if arguments.abilities and (more or less):
        raise WrongUsage(msg("List all rights of the role, or those to --add and --remove; not both."))
    wanted = abilities_named(arguments.abilities)
    with station.desk() as desk:
        if more or less:
            wanted = (desk.people.role(arguments.role).abilities | more) - less
        desk.people.set_role(arguments.role, wanted)
        role = desk.people.role(arguments.role)
    sentence = msg("{role} now has these rights: {count}.", role=role.name, count=len(role.abilities))
    return _say_either(station, {"data": _role_body(role)}, sentence)


def delete_role(station: CommandStation) -> int:
    """Delete a role that nobody holds."""
    name = station.arguments.role
    with station.desk() as desk:
        desk.people.delete_role(name)
    return _say_either(station, {"name": name}, msg("The role {role} was deleted.", role=name))


def list_badges(station: CommandStation) -> int:
    """List badges, newest first."""
    with station.desk() as desk:
        found = desk.people.badges()
    if station.as_json:
        say_list([_badge_body(badge) for badge in found])
        return DONE
    headers = [tr("Number"), tr("User"), tr("Issued"), tr("By"), tr("Revoked")]
    rows = [(b.id, b.user_name, _when(b.issued_at), b.issued_by, _when(b.revoked_at)) for b in found]
    say_table(headers, rows, right=(0,))
    return DONE


def _badge_body(badge: BadgeInfo) -> dict[str, Any]:
    return {
        "number": badge.id,
        "user": badge.user_name,
        "issued_at": iso_text(badge.issued_at),
        "issued_by": badge.issued_by,
        "revoked_at": iso_text(badge.revoked_at),
    }


def issue_badge(station: CommandStation) -> int:
    """Issue a badge and show its code, this once, or write its card."""
    arguments = station.arguments
    if arguments.output:
        check_output(arguments.output)
        with station.desk() as desk:
            write_output(arguments.output, desk.paper.cards.badges([arguments.name], replace=arguments.replace).pdf)
        sentence = msg("The badge of {name} was saved in {file}. Print it: its code is kept nowhere else.")
        return _say_either(
            station,
            {"user": arguments.name, "file": arguments.output},
            sentence.with_params(name=arguments.name, file=arguments.output),
        )
    with station.desk() as desk:
        code = desk.people.issue_badge(arguments.name, replace=arguments.replace)
    return _say_either(station, {"user": arguments.name, "code": code}, Message(code))


def revoke_badge(station: CommandStation) -> int:
    """Make a badge, or all of a user, worthless at once."""
    arguments = station.arguments
    if (arguments.number is None) == (arguments.of_user is None):
        raise WrongUsage(msg("Enter the number of a badge, or --of NAME for all badges of a user."))
    with station.desk() as desk:
        if arguments.number is None:
            count = desk.people.revoke_badges_of(arguments.of_user)
            return _say_either(
                station,
                {"user": arguments.of_user, "revoked": count},
                msg("Badges of {name} that no longer work: {count}.", count=count, name=arguments.of_user),
            )
        desk.people.revoke_badge(arguments.number)
    sentence = msg("Badge {number} no longer works.", number=arguments.number)
    return _say_either(station, {"number": arguments.number, "revoked": 1}, sentence)


def set_pin(station: CommandStation) -> int:
    """Give a user a PIN."""
    name = station.arguments.name
    pin = _new_secret(NEW_PIN_VARIABLE, msg("New PIN of {user}: ", user=name), _PIN_WANTED, _PINS_DIFFER)
    with station.desk() as desk:
        desk.people.set_pin(name, pin)
    return _say_either(station, {"name": name, "pin": True}, msg("{name} has a new PIN.", name=name))


def clear_pin(station: CommandStation) -> int:
    """Take a user's PIN away."""
    name = station.arguments.name
    with station.desk() as desk:
        desk.people.clear_pin(name)
    return _say_either(station, {"name": name, "pin": False}, msg("{name} no longer has a PIN.", name=name))


def _say_either(station: CommandStation, body: dict[str, Any], sentence: Message) -> int:
    if station.as_json:
        say_json(body)
    else:
        say(sentence)
    return DONE


_PASSWORD_WANTED = msg("Put the new password in {variable}.")
_PASSWORDS_DIFFER = msg("The two passwords differ. Try again.")
_PIN_WANTED = msg("Put the new PIN in {variable}.")
_PINS_DIFFER = msg("The two PINs differ. Try again.")


def _new_password(name: str) -> str:
    prompt = msg("New password of {user}: ", user=name)
    return _new_secret(NEW_PASSWORD_VARIABLE, prompt, _PASSWORD_WANTED, _PASSWORDS_DIFFER)


def _new_secret(variable: str, prompt: Message, needed: Message, differ: Message) -> str:
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise WrongUsage(needed.with_params(variable=variable))
    first = getpass.getpass(str(prompt))
    if getpass.getpass(str(msg("The same again: "))) != first:
        raise WrongUsage(differ)
    return first
