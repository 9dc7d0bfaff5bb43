"""Sheets of barcodes as PDF: badges, commands, stations."""

import io
from collections.abc import Sequence

from warehouse_desk.common.messages import msg
from warehouse_desk.data.people import users
from warehouse_desk.documents.codes import BADGES, COMMANDS, STATIONS, Card, CardKind, render_cards
from warehouse_desk.domain.scanning.commands import command_cards
from warehouse_desk.services.paper.paper_file import PaperFile
from warehouse_desk.services.people.badges import Badges
from warehouse_desk.services.subject import Subject
from warehouse_desk.wedge.grammar import command_code, station_code, station_word
from warehouse_desk.wedge.learning import KNOWN_TEXTS


class CardSheets(Subject):
    """Barcodes that work the program, to be cut out."""

    def badges(self, user_names: Sequence[str], *, replace: bool = False) -> PaperFile:
        """Issue a new badge for each user; their codes exist on this paper only.

        With ``replace`` the badges that the users had are revoked.

        Raises:
            NotAllowed: the role lacks ``manageUsers``.
            NotFound: no such user.
            RuleViolation: one of them is disabled.
        """
        codes = Badges(self.context).issue_badges(user_names, replace=replace)
        about = str(msg("Scan to sign in"))
        return _drawn([Card(name, about, code) for name, code in zip(user_names, codes, strict=True)], BADGES)

    def commands(self) -> PaperFile:
        """Return the command barcodes, the set-up assistant's three last."""
        cards = [Card(str(c.title), str(c.subtitle), command_code(c.word)) for c in command_cards()]
        about = str(msg("For the set-up assistant only"))
        cards += [Card(str(msg("SET-UP {n}", n=n)), about, text) for n, text in enumerate(KNOWN_TEXTS, 1)]
        return _drawn(cards, COMMANDS)

    def stations(self) -> PaperFile:
        """Return a card for each station that the database knows."""
        with self.context.database.read() as uow:
            stations = users.stations(uow)
        about = str(msg("Station"))
        return _drawn([Card(name, about, station_code(station_word(number))) for number, name in stations], STATIONS)


def _drawn(cards: Sequence[Card], kind: CardKind) -> PaperFile:
    to = io.BytesIO()
    render_cards(cards, kind, to)
    return PaperFile(to.getvalue(), len(cards))
