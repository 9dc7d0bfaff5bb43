"""Sheets of barcodes as PDF: commands, stations, badges."""

from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from warehouse_desk.common.messages import msg
from warehouse_desk.data.people import users
from warehouse_desk.documents.codes import BADGES, COMMANDS, STATIONS, Card, render_cards
from warehouse_desk.domain.errors import NotFound
from warehouse_desk.domain.people.caller import Caller
from warehouse_desk.domain.scanning.commands import command_cards
from warehouse_desk.services.context import Context
from warehouse_desk.services.people.badges import issue_badges
from warehouse_desk.wedge.grammar import SAFE_LETTERS, command_code, station_code
from warehouse_desk.wedge.learning import KNOWN_TEXTS


def command_sheet(to: BinaryIO) -> int:
    """Write the sheet of command barcodes, the set-up assistant's three last; return how many pages it has."""
    cards = [Card(str(c.title), str(c.subtitle), command_code(c.word)) for c in command_cards()]
    about = str(msg("For the set-up assistant only"))
    cards += [Card(str(msg("SET-UP {n}", n=n)), about, text) for n, text in enumerate(KNOWN_TEXTS, 1)]
    return render_cards(cards, COMMANDS, to)


def badge_sheet(ctx: Context, user_names: Sequence[str], to: BinaryIO, *, replace: bool = False) -> int:
    """Issue a new badge for each user and write them; their tokens exist on this paper only.

    Raises:
        NotAllowed: the role lacks ``manageUsers``.
        NotFound: no such user.
        RuleViolation: one of them is disabled.
    """
    codes = issue_badges(ctx, user_names, replace=replace)
    cards = [Card(name, str(msg("Scan to sign in")), code) for name, code in zip(user_names, codes, strict=True)]
    return render_cards(cards, BADGES, to)


def station_sheet(ctx: Context, to: BinaryIO) -> int:
    """Write a card for each station that the database knows and return how many pages there are."""
    with ctx.database.read() as uow:
        stations = users.stations(uow)
    cards = [Card(name, str(msg("Station")), station_code(station_word(number))) for number, name in stations]
    return render_cards(cards, STATIONS, to)


_DIGITS = 6


def station_word(number: int) -> str:
    """Return the letters that stand for a station's number on its sign: base 19 in letters that no layout moves."""
    letters = ""
    while number or len(letters) < _DIGITS:
        number, rest = divmod(number, len(SAFE_LETTERS))
        letters = SAFE_LETTERS[rest] + letters
    return letters


def station_number(word: str) -> int:
    """Return the station's number that letters stand for."""
    number = 0
    for letter in word:
        number = number * len(SAFE_LETTERS) + SAFE_LETTERS.index(letter)
    return number


def caller_at(ctx: Context, word: str) -> Caller:
    """Return the worker at the station whose sign was scanned.

    Raises:
        NotFound: no station has that sign.
    """
    number = station_number(word)
    with ctx.database.read() as uow:
        names = dict(users.stations(uow))
    if number not in names:
        raise NotFound(msg("This is the sign of no station of this database. Print the signs anew."))
    return replace(ctx.caller, station_id=number, station_name=names[number])
