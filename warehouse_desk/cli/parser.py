"""What the command line understands. Imports nothing heavy: ``--help`` answers at once."""

import argparse
import re
from collections.abc import Container, Sequence
from datetime import date
from typing import Any, NoReturn

from warehouse_desk.cli.exits import WRONG_USAGE
from warehouse_desk.cli.words import complain
from warehouse_desk.common.formats import read_day
from warehouse_desk.common.languages import LANGUAGES
from warehouse_desk.common.log import LOG_LEVELS
from warehouse_desk.common.messages import msg, nmsg, tr

PROGRAM = "warehouse-desk"

_OF_ARGPARSE = (
    msg("usage: "),
    msg("positional arguments"),
    msg("options"),
    msg("show this help message and exit"),
    msg("argument %(argument_name)s: %(message)s"),
    msg("unrecognized arguments: %s"),
    msg("the following arguments are required: %s"),
    msg("one of the arguments %s is required"),
    msg("not allowed with argument %s"),
    msg("ignored explicit argument %r"),
    msg("expected one argument"),
    msg("expected at most one argument"),
    msg("expected at least one argument"),
    nmsg("expected %s argument", "expected %s arguments", 1),
    msg("invalid choice: %(value)r (choose from %(choices)s)"),
)
"""The sentences of Python's argparse that a worker can meet. Named here to be extracted."""


def _counted(singular: str, plural: str, n: int) -> str:
    return str(nmsg(singular, plural, n))


# The names by which argparse looks its sentences up: gettext's, whose language only the environment could set.
argparse._ = tr  # type: ignore[attr-defined]
argparse.ngettext = _counted  # type: ignore[attr-defined]


class Parser(argparse.ArgumentParser):
    """A parser that answers a wrong command line with one sentence and exit status 2."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - argparse makes subparsers with arguments of its own
        super().__init__(allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs)
        self._hyphened: set[str] = set()

    def take_hyphened(self, option: str) -> None:
        """Let the value of an option begin with a hyphen, as in ``--sort -name``."""
        self._hyphened.add(option)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 - argparse's own
        """Read a value that begins with a hyphen as the value it is, where an option takes such ones."""
        return super().parse_known_args(args if args is None else _joined(args, self._hyphened), namespace)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to look."""
        complain(tr("{message}. See: {program} --help", message=message.rstrip("."), program=self.prog))
        raise SystemExit(WRONG_USAGE)


def _joined(words: Sequence[str], options: Container[str]) -> list[str]:
    """Return the words with the value of some options behind an equals sign, where argparse takes any value."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in options and re.match("-[a-z]", word):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


class Branch:
    """A command that has commands of its own."""

    def __init__(self, parser: Parser) -> None:
        self._choices = parser.add_subparsers(metavar="COMMAND", parser_class=Parser)
        self._parser = parser

    def need_one(self) -> None:
        """Refuse the command without one of its own."""
        self._choices.required = True

    def add_branch(self, name: str, about: str) -> "Branch":
        """Add a command that has commands of its own and does nothing alone."""
        branch = Branch(self._add(name, about))
        branch.need_one()
        return branch

    def add(self, name: str, run: str, about: str) -> Parser:
        """Add a command that ``run`` (``module.function`` of this package) does."""
        parser = self._add(name, about)
        parser.set_defaults(run=run)
        return parser

    def _add(self, name: str, about: str) -> Parser:
        parser: Parser = self._choices.add_parser(
            name,
            help=about,
            description=about[:1].upper() + about[1:] + ".",
            epilog=tr("Options for every command (database, user, JSON…): {program} --help", program=PROGRAM),
        )
        add_common(parser, hidden=True)
        return parser


def add_common(parser: argparse.ArgumentParser, *, hidden: bool) -> None:
    """Add the options that every command takes, before its name or after it."""

    def add(name: str, about: str, **kwargs: Any) -> None:  # noqa: ANN401 - handed on to argparse
        shown = argparse.SUPPRESS if hidden else about
        # SUPPRESS: a command's parser must not undo what was given before the command's name.
        parser.add_argument(name, default=argparse.SUPPRESS, help=shown, **kwargs)

    add("--database", tr("sqlite:///file.db or postgresql://user:password@host/name"), metavar="URL")
    add("--data-dir", tr("folder of the local database, the settings and the logs"), metavar="DIR")
    add("--user", tr("who works (default: the login name)"), metavar="NAME")
    add("--station", tr("where (default: the computer's name)"), metavar="NAME")
    add("--json", tr("answer in JSON"), action="store_true")
    add("--lang", tr("language of the answers"), choices=tuple(LANGUAGES))
    add("--log-level", tr("how much is logged; warnings are shown too"), choices=LOG_LEVELS)


def add_request_id(parser: argparse.ArgumentParser) -> None:
    """Add the id of a request to a command that must not be done twice."""
    about = tr("done only once, even if it is repeated with this id (default: a new id)")
    parser.add_argument("--request-id", metavar="ID", help=about)


def add_allowances(parser: Parser) -> None:
    """Let a supervisor say that parcels go as they are."""
    parser.add_argument("--outdated-label", action="store_true", help=tr("even with a label older than the order"))
    parser.add_argument("--uncounted", action="store_true", help=tr("even with products changed and not counted"))


def add_references(parser: Parser) -> None:
    """Add the orders that a command is about."""
    parser.add_argument("references", nargs="+", metavar="REF", help=tr("- reads one a line from standard input"))


DRY_RUN = msg("only show what is in the file and its errors")


def day(text: str) -> date:
    """Read a day given as an option.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    found = read_day(text)
    if found is None:
        raise argparse.ArgumentTypeError(tr("“{text}” is not a date. Use 2026-01-31 or 31/01/2026", text=text))
    return found


def whole(text: str) -> int:
    """Read a whole number given as an argument.

    Raises:
        argparse.ArgumentTypeError: it is none, or longer than any number that is meant.
    """
    try:
        if len(text) <= 18:  # noqa: PLR2004 - what a 64-bit column holds
            return int(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(tr("“{text}” is not a whole number", text=text[:40]))
