"""The commands about who may ask over HTTP: tokens and sessions."""

from warehouse_desk.cli.parser import Branch, Parser, whole
from warehouse_desk.common.messages import tr
from warehouse_desk.domain.people.access import MOST_TOKEN_DAYS, REST_ABILITIES, TOKEN_DAYS


def add_access(top: Branch) -> None:
    """Add them to the program's commands."""
    _add_tokens(top.add_branch("tokens", tr("list, make and revoke the tokens with which programs use the REST API")))
    _add_sessions(top.add_branch("sessions", tr("list and end the sessions of who signed in through the web")))


def _add_tokens(tokens: Branch) -> None:
    tokens.add("list", "access.list_tokens", tr("list tokens, newest first, without their texts"))
    token = tokens.add("add", "access.add_token", tr("make a token; its text is shown only once"))
    token.add_argument("name", metavar="NAME")
    token.add_argument(
        "--may",
        nargs="+",
        action="extend",
        required=True,
        metavar="ABILITY",
        help=", ".join(f"“{each.value}”" for each in REST_ABILITIES),
    )
    token.add_argument(
        "--also",
        nargs="+",
        action="extend",
        default=[],
        metavar="ABILITY",
        help=tr("further rights, such as ReNewOrder"),
    )
    token.add_argument("--warehouse", metavar="W", help=tr("the warehouse for requests without one"))
    token.add_argument("--for-user", metavar="NAME", help=tr("the token may do no more than this user's role"))
    token.add_argument(
        "--network",
        action="append",
        default=[],
        metavar="N",
        help=tr("valid only from this network or address; may be repeated"),
    )
    token.add_argument(
        "--expires",
        type=whole,
        default=TOKEN_DAYS,
        metavar="DAYS",
        help=tr("days until it expires (default: {days}, at most {limit})", days=TOKEN_DAYS, limit=MOST_TOKEN_DAYS),
    )
    _name(tokens.add("revoke", "access.revoke_token", tr("revoke the tokens of a name, or one by its id")))
    about = tr("replace a token by a new one; the old one works for 24 more hours")
    _name(tokens.add("rotate", "access.rotate_token", about))


def _add_sessions(sessions: Branch) -> None:
    sessions.add("list", "access.list_sessions", tr("list sessions, the last used first"))
    end = sessions.add("revoke", "access.revoke_session", tr("end a session at once"))
    end.add_argument("number", nargs="?", type=whole, metavar="NUMBER", help=tr("as “sessions list” shows it"))
    end.add_argument("--of", dest="of_user", metavar="NAME", help=tr("all sessions of this user"))


def _name(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME", help=tr("a name, or an id as “tokens list” shows it"))
