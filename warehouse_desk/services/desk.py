"""The desk: every service of one worker at one station, as window, command line and HTTP call them.

The window holds a ``Desk`` without importing it: its workers connect and hand it over, so that starting the window
does not wait for the database library.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from warehouse_desk.domain.caller import Caller, Source
from warehouse_desk.domain.directory import City, Company, Person, Product, StockRow, Warehouse
from warehouse_desk.domain.finding import EVERY_ORDER, NEWEST_FIRST, Anchor, OrderFilter, Sort
from warehouse_desk.domain.orders import OrderDetail, OrderPage, OrderRow, OrderWindow
from warehouse_desk.domain.results import ActionResult, BulkResult, ChangeSet
from warehouse_desk.domain.rules import Given, Policy
from warehouse_desk.domain.scans import HandOverCount, PastScan, Resolved, Verification
from warehouse_desk.domain.status import Status
from warehouse_desk.domain.transitions import Action
from warehouse_desk.services import (
    badges,
    card_sheets,
    directories,
    edit,
    handing_over,
    listing,
    resolving,
    scan_history,
    scanning,
    status_update,
    stock_desk,
    undo,
    users,
    verification,
    views,
)
from warehouse_desk.services.act import act
from warehouse_desk.services.act_on_filter import FilterResult, FilterRun, act_on_filter, never, no_progress
from warehouse_desk.services.create import Created, create_orders
from warehouse_desk.services.file_desk import FileDesk
from warehouse_desk.services.live import LiveFeed, LiveState
from warehouse_desk.services.policy import policy, shared_values
from warehouse_desk.services.scan_queue import QueueEvents, ScanQueue
from warehouse_desk.services.scan_request import Approval
from warehouse_desk.services.views import SavedView

if TYPE_CHECKING:  # what draws paper or reads spreadsheets is loaded by whoever asks for it, not by every scan
    from warehouse_desk.services.print_desk import PrintDesk


class Desk(FileDesk):
    """One method for each thing that a worker can ask for; each is one unit of work, safe in any thread."""

    @property
    def caller(self) -> Caller:
        """Who works here."""
        return self.context.caller

    @property
    def place(self) -> str:
        """Which database this is, for people."""
        return self.context.database.place

    @property
    def printing(self) -> "PrintDesk":
        """Everything on paper; its libraries are loaded when it is first asked for."""
        from warehouse_desk.services.print_desk import PrintDesk

        return PrintDesk(self.context)

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

    def scan(self, mode: str, code: str, given: Given | None = None, scan_id: str | None = None) -> ActionResult:
        """See :func:`scanning.scan`."""
        return scanning.scan(self.context, mode, code, given, scan_id)

    def policy(self) -> Policy:
        """Return the shared settings that bend the rules."""
        return policy(self.context)

    def shared_settings(self) -> dict[str, str | int | bool]:
        """Return every setting that all stations share, by its name."""
        return shared_values(self.context)

    def warehouses(self) -> list[Warehouse]:
        """Return all warehouses."""
        return directories.warehouses(self.context)

    def companies(self) -> list[Company]:
        """Return all shipping companies."""
        return directories.companies(self.context)

    def persons(self) -> list[Person]:
        """Return all delivery persons."""
        return directories.persons(self.context)

    def cities(self) -> list[City]:
        """Return all cities."""
        return directories.cities(self.context)

    def products(self) -> list[Product]:
        """Return all products with their stock."""
        return directories.products(self.context)

    def stock(self) -> list[StockRow]:
        """See :func:`stock_desk.stock_list`."""
        return stock_desk.stock_list(self.context)

    def receive(self, warehouse_id: int, sku: str, quantity: int, reason: str = "") -> int:
        """See :func:`stock_desk.receive`."""
        return stock_desk.receive(self.context, warehouse_id, sku, quantity, reason)

    def adjust(self, warehouse_id: int, sku: str, difference: int, reason: str) -> int:
        """See :func:`stock_desk.adjust`."""
        return stock_desk.adjust(self.context, warehouse_id, sku, difference, reason)

    def settle_returns(self, keys: Sequence[int | str], *, restock: bool, reason: str = "") -> BulkResult:
        """See :func:`stock_desk.settle_returns`."""
        return stock_desk.settle_returns(self.context, keys, restock=restock, reason=reason)

    def add_user(self, name: str, password: str, role: str) -> None:
        """See :func:`users.add_user`."""
        users.add_user(self.context, name, password, role)

    def users(self) -> list[tuple[str, str, bool]]:
        """See :func:`users.user_list`."""
        return users.user_list(self.context)

    # What the scanner's screens ask for.

    def scan_queue(self, events: QueueEvents) -> ScanQueue:
        """Return a queue that answers this worker's readings; see :class:`scan_queue.ScanQueue`."""
        return ScanQueue(replace(self.context, caller=replace(self.caller, source=Source.SCANNER)), events)

    def resolve(self, code: str) -> Resolved:
        """See :func:`resolving.resolve`."""
        return resolving.resolve(self.context, code)

    def undo_scan(self, scan_id: str) -> ActionResult:
        """See :func:`scan_history.undo_scan`."""
        return scan_history.undo_scan(self.context, scan_id)

    def last_scans(self, limit: int = 50) -> list[PastScan]:
        """See :func:`scan_history.last_scans`."""
        return scan_history.last_scans(self.context, limit)

    def scan_exceptions(self) -> list[PastScan]:
        """See :func:`scan_history.exceptions_of_today`."""
        return scan_history.exceptions_of_today(self.context)

    def verification(self) -> Verification | None:
        """See :func:`verification.state_of`."""
        return verification.state_of(self.context)

    def set_aside(self) -> Verification | None:
        """See :func:`verification.set_aside`."""
        return verification.set_aside(self.context)

    def hand_over_count(self, company_id: int | None, person_id: int | None) -> HandOverCount:
        """See :func:`handing_over.count`."""
        return handing_over.count(self.context, company_id, person_id)

    def by_badge(self, code: str) -> "Desk":
        """Return the desk of the worker whose badge was scanned here; see :func:`badges.sign_in_by_badge`."""
        caller = badges.sign_in_by_badge(self.context.database, self.caller.station_name, code, self.caller.source)
        return Desk(replace(self.context, caller=caller))

    def at_station(self, word: str) -> "Desk":
        """Return this worker's desk at the station whose sign was scanned; see :func:`card_sheets.caller_at`."""
        return Desk(replace(self.context, caller=card_sheets.caller_at(self.context, word)))

    def approve(self, badge: str, pin: str) -> Approval:
        """See :func:`badges.approve`."""
        return badges.approve(self.context, badge, pin)

    def set_pin(self, user: str, pin: str) -> None:
        """See :func:`badges.set_pin`."""
        badges.set_pin(self.context, user, pin)

    def issue_badge(self, user: str) -> str:
        """See :func:`badges.issue_badge`."""
        return badges.issue_badge(self.context, user)

    def revoke_badge(self, badge_id: int) -> None:
        """See :func:`badges.revoke_badge`."""
        badges.revoke_badge(self.context, badge_id)

    def command_sheet(self, to: BinaryIO) -> int:
        """See :func:`card_sheets.command_sheet`."""
        return card_sheets.command_sheet(to)

    def badge_sheet(self, users_named: Sequence[str], to: BinaryIO) -> int:
        """See :func:`card_sheets.badge_sheet`."""
        return card_sheets.badge_sheet(self.context, users_named, to)

    def station_sheet(self, to: BinaryIO) -> int:
        """See :func:`card_sheets.station_sheet`."""
        return card_sheets.station_sheet(self.context, to)
