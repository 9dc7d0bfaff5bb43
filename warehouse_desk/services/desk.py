"""The desk: every service of one worker at one station, as window, command line and HTTP call them.

The window holds a ``Desk`` without importing it: its workers connect and hand it over, so that starting the window
does not wait for the database library.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from warehouse_desk.domain.orders.finding import EVERY_ORDER, NEWEST_FIRST, Anchor, OrderFilter, Sort
from warehouse_desk.domain.orders.order import OrderDetail, OrderPage, OrderRow, OrderWindow
from warehouse_desk.domain.orders.rules import Given
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.caller import Caller
from warehouse_desk.domain.results import ActionResult, BulkResult, ChangeSet
from warehouse_desk.domain.status import Status
from warehouse_desk.services.change_feed import LiveFeed, LiveState
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders import edit, listing, status_update, undo, views
from warehouse_desk.services.orders.create import Created, create_orders
from warehouse_desk.services.orders.list_steps import FilterResult, FilterRun, act_on_filter, never, no_progress
from warehouse_desk.services.orders.steps import act
from warehouse_desk.services.orders.views import SavedView
from warehouse_desk.services.scanning.scanning import Scanning
from warehouse_desk.services.shared_settings import Settings

if TYPE_CHECKING:  # what draws paper is loaded by whoever asks for it, not by every scan
    from warehouse_desk.services.directories.directories import Directories
    from warehouse_desk.services.files.files import Files
    from warehouse_desk.services.goods.goods import Goods
    from warehouse_desk.services.paper.paper import Paper
    from warehouse_desk.services.people.people import People
    from warehouse_desk.services.reports import Reports


class Desk:
    """One method for each thing that a worker can ask for; each is one unit of work, safe in any thread."""

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
    def goods(self) -> "Goods":
        """Products, what lies of them where, and goods that came back."""
        from warehouse_desk.services.goods.goods import Goods

        return Goods(self.context)

    @cached_property
    def directories(self) -> "Directories":
        """Warehouses, shipping companies, delivery persons and cities."""
        from warehouse_desk.services.directories.directories import Directories

        return Directories(self.context)

    @property
    def settings(self) -> Settings:
        """The settings that all stations share."""
        return Settings(self.context)

    @property
    def upgrade_copy(self) -> str:
        """Where the local database is kept as it was before this program upgraded it just now; mostly empty."""
        copy = self.context.database.upgrade_copy
        return "" if copy is None else str(copy)

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

    def orders(
        self,
        wanted: OrderFilter = EVERY_ORDER,
        *,
        sort: Sort = NEWEST_FIRST,
        per_page: int = listing.DEFAULT_PER_PAGE,
        page: int = 1,
        after: int | None = None,
        **fields: Any,  # noqa: ANN401 - of the filter, which checks them
    ) -> OrderPage:
        """See :func:`listing.list_orders`; fields of the filter may be given by their names."""
        wanted = replace(wanted, **fields)
        return listing.list_orders(self.context, wanted, sort=sort, per_page=per_page, page=page, after=after)

    def open_window(self, wanted: OrderFilter = EVERY_ORDER, sort: Sort = NEWEST_FIRST) -> OrderWindow:
        """See :func:`listing.open_window`."""
        return listing.open_window(self.context, wanted, sort)

    def window_page(
        self,
        wanted: OrderFilter = EVERY_ORDER,
        sort: Sort = NEWEST_FIRST,
        *,
        first: Anchor | None = None,
    ) -> tuple[OrderRow, ...]:
        """See :func:`listing.window_page`."""
        return listing.window_page(self.context, wanted, sort, first=first)

    def ids_in_list(self, wanted: OrderFilter, ids: Sequence[int]) -> frozenset[int]:
        """See :func:`listing.ids_in_list`."""
        return listing.ids_in_list(self.context, wanted, ids)

    def start_on_list(
        self, action: Action, wanted: OrderFilter, given: Given | None = None, *, excluded: Collection[int] = ()
    ) -> FilterRun:
        """See :class:`act_on_filter.FilterRun`: the caller takes chunk after chunk."""
        return FilterRun(self.context, action, wanted, given, excluded=excluded)

    def act_on_filter(
        self,
        action: Action,
        wanted: OrderFilter,
        given: Given | None = None,
        *,
        excluded: Collection[int] = (),
        progress: Callable[[int, int], None] = no_progress,
        cancelled: Callable[[], bool] = never,
    ) -> FilterResult:
        """See :func:`act_on_filter.act_on_filter`."""
        return act_on_filter(
            self.context, action, wanted, given, excluded=excluded, progress=progress, cancelled=cancelled
        )

    def views(self) -> tuple[SavedView, ...]:
        """See :func:`views.saved_views`."""
        return views.saved_views(self.context)

    def save_view(
        self, name: str, wanted: OrderFilter, sort: Sort = NEWEST_FIRST, *, overwrite: bool = False
    ) -> SavedView:
        """See :func:`views.save_view`."""
        return views.save_view(self.context, name, wanted, sort, overwrite=overwrite)

    def rename_view(self, name: str, new_name: str) -> None:
        """See :func:`views.rename_view`."""
        views.rename_view(self.context, name, new_name)

    def delete_view(self, name: str) -> None:
        """See :func:`views.delete_view`."""
        views.delete_view(self.context, name)

    def watch(self, on_changes: Callable[[ChangeSet], None], on_state: Callable[[LiveState], None]) -> LiveFeed:
        """Tell of every station's changes from now on; see :class:`live.LiveFeed`, which the caller stops."""
        feed = LiveFeed(self.context.database, on_changes, on_state)
        feed.start()
        return feed

    def counts(self) -> dict[Status, int]:
        """See :func:`listing.count_by_status`."""
        return listing.count_by_status(self.context)

    def rows(self, ids: Sequence[int]) -> list[OrderRow]:
        """See :func:`listing.rows_of`."""
        return listing.rows_of(self.context, ids)

    def show(self, key: int | str) -> OrderDetail:
        """See :func:`listing.show_order`."""
        return listing.show_order(self.context, key)

    def create(self, body: object) -> Created:
        """See :func:`create.create_orders`."""
        return create_orders(self.context, body)

    def update(self, key: int | str, body: Mapping[str, object], *, version: int | None = None) -> ActionResult:
        """See :func:`edit.update_order`."""
        return edit.update_order(self.context, key, body, version=version)

    def update_statuses(self, body: object) -> BulkResult:
        """See :func:`status_update.update_statuses`."""
        return status_update.update_statuses(self.context, body)

    def act(self, action: Action, keys: Sequence[int | str], given: Given | None = None) -> BulkResult:
        """Do a status action, delete or undo; see :func:`act.act` and :func:`undo.undo`."""
        if action is Action.UNDO:
            return undo.undo(self.context, keys)
        return act(self.context, action, keys, given)
