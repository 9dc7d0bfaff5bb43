"""The desk: everything that one worker at one station can ask for, as window, command line and HTTP call it.

The window holds a ``Desk`` without importing it: its workers connect and hand it over, so that starting the window
does not wait for the database library.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from warehouse_desk.domain.people.caller import Caller
from warehouse_desk.domain.results import ChangeSet
from warehouse_desk.services.change_feed import LiveFeed, LiveState
from warehouse_desk.services.context import Context
from warehouse_desk.services.scanning.scanning import Scanning
from warehouse_desk.services.shared_settings import Settings

if TYPE_CHECKING:  # loaded by whoever asks for it, not by every scan
    from warehouse_desk.services.directories.directories import Directories
    from warehouse_desk.services.files.files import Files
    from warehouse_desk.services.goods.goods import Goods
    from warehouse_desk.services.jobs.jobs import Jobs
    from warehouse_desk.services.orders.orders import Orders
    from warehouse_desk.services.paper.paper import Paper
    from warehouse_desk.services.people.people import People
    from warehouse_desk.services.reports import Reports


class Desk:
    """Wires the subjects of one worker; each is made, and its code loaded, when it is first asked for.

    Their methods are the use cases, each one unit of work and safe in any thread.
    """

    def __init__(self, context: Context) -> None:
        self.context = context

    @property
    def caller(self) -> Caller:
        """Who works here."""
        return self.context.caller

    @property
    def place(self) -> str:
        """Which database this is, for people."""
        return self.context.database.place

    @property
    def upgrade_copy(self) -> str:
        """Where the local database is kept as it was before this program upgraded it just now; mostly empty."""
        copy = self.context.database.upgrade_copy
        return "" if copy is None else str(copy)

    @cached_property
    def orders(self) -> "Orders":
        """Orders: found, created, edited, and moved through their life cycle."""
        from warehouse_desk.services.orders.orders import Orders

        return Orders(self.context)

    @cached_property
    def goods(self) -> "Goods":
        """Products, what lies of them where, and goods that came back."""
        from warehouse_desk.services.goods.goods import Goods

        return Goods(self.context)

    @cached_property
    def directories(self) -> "Directories":
        """Warehouses, shipping companies, delivery persons and cities."""
        from warehouse_desk.services.directories.directories import Directories

        return Directories(self.context)

    @cached_property
    def scanning(self) -> Scanning:
        """Readings and their answers; loaded with the desk, because a first reading must not wait for it."""
        return Scanning(self.context)

    @cached_property
    def people(self) -> "People":
        """Users, roles, badges, PINs, and who sits at the station."""
        from warehouse_desk.services.people.people import People

        return People(self.context)

    @cached_property
    def files(self) -> "Files":
        """Spreadsheets in and out."""
        from warehouse_desk.services.files.files import Files

        return Files(self.context)

    @cached_property
    def jobs(self) -> "Jobs":
        """Work that a program asked for and asks about again."""
        from warehouse_desk.services.jobs.jobs import Jobs

        return Jobs(self.context)

    @cached_property
    def paper(self) -> "Paper":
        """Labels, slips, cards, hand-overs, and their printers."""
        from warehouse_desk.services.paper.paper import Paper

        return Paper(self.context)

    @cached_property
    def reports(self) -> "Reports":
        """What was done, what lies too long, what can be filled, what comes back."""
        from warehouse_desk.services.reports import Reports

        return Reports(self.context)

    @cached_property
    def settings(self) -> Settings:
        """The settings that all stations share."""
        return Settings(self.context)

    def renewed(self) -> "Desk":
        """Return the desk with what the worker may do by now; this one where nothing has changed.

        Raises:
            SignInRequired: the user was disabled, or nobody signed in and the database has users by now.
        """
        caller = self.people.renewed()
        return self if caller == self.caller else self._of(caller)

    def by_badge(self, code: str) -> "Desk":
        """Return the desk of the worker whose badge was scanned here.

        Raises:
            SignInRequired: the badge is unknown or revoked, or its user is no longer active.
        """
        return self._of(self.people.by_badge(code))

    def at_station(self, word: str) -> "Desk":
        """Return this worker's desk at the station whose sign was scanned.

        Raises:
            NotFound: no station has that sign.
        """
        return self._of(self.people.at_station(word))

    def _of(self, caller: Caller) -> "Desk":
        return Desk(replace(self.context, caller=caller))

    def close(self) -> None:
        """Give the database's connections back."""
        self.context.database.close()

    def watch(self, on_changes: Callable[[ChangeSet], None], on_state: Callable[[LiveState], None]) -> LiveFeed:
        """Tell of every station's changes from now on; see :class:`change_feed.LiveFeed`, which the caller stops."""
        feed = LiveFeed(self.context.database, on_changes, on_state)
        feed.start()
        return feed
