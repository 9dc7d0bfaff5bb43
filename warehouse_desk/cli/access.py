"""``tokens`` and ``sessions``: the programs and browsers that may ask over HTTP."""

from typing import TYPE_CHECKING, Any

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE
from warehouse_desk.cli.named import warehouse_id
from warehouse_desk.cli.words import complain, iso_text, say, say_json, say_list, say_table
from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.formats import day_text, moment_text
from warehouse_desk.common.messages import Message, listed, msg, nmsg, tr
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.people.access import KEEP_IT_NOW, TokenInfo, abilities_in_order, revoked, token_state

if TYPE_CHECKING:
    from warehouse_desk.domain.people.access import NewToken


def list_tokens(station: CommandStation) -> int:
    """List tokens, newest first, without their texts."""
    with station.desk() as desk:
        found = desk.people.tokens()
    if station.as_json:
        say_list([_token_body(each) for each in found])
        return DONE
    headers = [tr("Token"), tr("Name"), tr("State"), tr("May"), tr("User"), tr("Warehouse"), tr("Networks")]
    now = now_utc()
    rows = [
        (
            each.public_id,
            each.name,
            token_state(each, now),
            listed(abilities_in_order(each.abilities)),
            each.user_name,
            each.warehouse,
            listed(each.networks),
            moment_text(each.last_used_at) if each.last_used_at else None,
            day_text(each.expires_at.astimezone()),
        )
        for each in found
    ]
    say_table([*headers, tr("Last used"), tr("Valid until")], rows)
    return DONE


def _token_body(info: TokenInfo) -> dict[str, Any]:
    return {
        "token": info.public_id,
        "name": info.name,
        "valid": info.is_valid(now_utc()),
        "abilities": abilities_in_order(info.abilities),
        "user": info.user_name,
        "warehouse": info.warehouse,
        "networks": list(info.networks),
        "created_at": info.created_at.isoformat(),
        "created_by": info.created_by,
        "expires_at": info.expires_at.isoformat(),
        "last_used_at": iso_text(info.last_used_at),
        "revoked_at": iso_text(info.revoked_at),
    }


def add_token(station: CommandStation) -> int:
    """Make a token and show its text, this once."""
    from warehouse_desk.services.people.api_tokens import TokenWish, rest_abilities_named
    from warehouse_desk.services.people.roles import abilities_named

    arguments = station.arguments
    abilities = rest_abilities_named(arguments.may) | abilities_named(arguments.also)
    with station.desk() as desk:
        wish = TokenWish(
            name=arguments.name,
            abilities=abilities,
            user=arguments.for_user,
            warehouse_id=None if arguments.warehouse is None else warehouse_id(desk, arguments.warehouse),
            networks=tuple(arguments.network),
            days=arguments.expires,
        )
        made = desk.people.add_token(wish)
    return _shown_once(station, made)


def rotate_token(station: CommandStation) -> int:
    """Make another token in a token's place and show its text, this once."""
    with station.desk() as desk:
        made = desk.people.rotate_token(station.arguments.name)
    return _shown_once(station, made)


def _shown_once(station: CommandStation, made: "NewToken") -> int:
    if station.as_json:
        say_json({"text": made.text, **_token_body(made.info)})
    else:
        say(made.text)
        # On standard error, so that TOKEN=$(warehouse-desk tokens add ...) holds the token alone.
        complain(KEEP_IT_NOW)
    return DONE


def revoke_token(station: CommandStation) -> int:
    """Make the tokens of a name worthless at once."""
    name = station.arguments.name
    with station.desk() as desk:
        count = desk.people.revoke_token(name)
    return _say_either(station, {"name": name, "revoked": count}, revoked(count))


def list_sessions(station: CommandStation) -> int:
    """List who is signed in through the web, the last seen first."""
    with station.desk() as desk:
        found = desk.people.web_sessions()
    if station.as_json:
        say_list(
            [
                {
                    "number": each.id,
                    "user": each.user_name,
                    "address": each.address,
                    "browser": each.agent,
                    "signed_in_at": each.created_at.isoformat(),
                    "seen_at": each.seen_at.isoformat(),
                }
                for each in found
            ]
        )
        return DONE
    headers = [tr("Number"), tr("User"), tr("Address"), tr("Signed in"), tr("Last seen"), tr("Browser")]
    rows = [
        (each.id, each.user_name, each.address, moment_text(each.created_at), moment_text(each.seen_at), each.agent)
        for each in found
    ]
    say_table(headers, rows, right=(0,))
    return DONE


def revoke_session(station: CommandStation) -> int:
    """End a session, or all of a user, at once."""
    arguments = station.arguments
    if (arguments.number is None) == (arguments.of_user is None):
        raise WrongUsage(msg("Enter the number of a session, or --of NAME for all sessions of a user."))
    with station.desk() as desk:
        if arguments.number is None:
            count = desk.people.end_web_sessions_of(arguments.of_user)
            said = nmsg(
                "{n} session of {name} has ended.", "{n} sessions of {name} have ended.", count, name=arguments.of_user
            )
            return _say_either(station, {"user": arguments.of_user, "ended": count}, said)
        desk.people.end_web_session(arguments.number)
    said = msg("Session {number} has ended.", number=arguments.number)
    return _say_either(station, {"number": arguments.number, "ended": 1}, said)


def _say_either(station: CommandStation, body: dict[str, Any], sentence: Message) -> int:
    if station.as_json:
        say_json(body)
    else:
        say(sentence)
    return DONE
