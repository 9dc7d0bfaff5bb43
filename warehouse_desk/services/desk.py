"""The desk: every service of one worker at one station, as window, command line and HTTP call them.

The window holds a ``Desk`` without importing it: its workers connect and hand it over, so that starting the window
does not wait for the database library.
"""

from collections.abc import Mapping, Sequence

from warehouse_desk.domain.caller import Caller
from warehouse_desk.domain.directory import City, Company, Person, Product, StockRow, Warehouse
from warehouse_desk.domain.orders import OrderDetail, OrderFacts, OrderPage, OrderRow, OrderWindow
from warehouse_desk.domain.reports import RATE_SAMPLE, ReturnsReport, ShortsReport, StuckReport, TodayReport
from warehouse_desk.domain.results import ActionResult, BulkResult
from warehouse_desk.domain.rules import Given, Policy
from warehouse_desk.domain.status import Status
from warehouse_desk.domain.transitions import Action
from warehouse_desk.services import (
    directories,
    edit,
    listing,
    reports,
    scanning,
    status_update,
    stock_desk,
    undo,
    users,
)
from warehouse_desk.services.act import act
from warehouse_desk.services.context import Context
from warehouse_desk.services.create import Created, create_orders
from warehouse_desk.services.policy import policy


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

    def close(self) -> None:
        """Give the database's connections back."""
        self.context.database.close()

    def orders(
        self,
        *,
        status: Status | None = None,
        search_by: str | None = None,
        keyword: str = "",
        per_page: int = listing.DEFAULT_PER_PAGE,
        page: int = 1,
        after: int | None = None,
    ) -> OrderPage:
        """See :func:`listing.list_orders`."""
        return listing.list_orders(
            self.context,
            status=status,
            search_by=search_by,
            keyword=keyword,
            per_page=per_page,
            page=page,
            after=after,
        )

    def open_window(
        self,
        *,
        status: Status | None = None,
        search_by: str | None = None,
        keyword: str = "",
        ids: Sequence[int] | None = None,
    ) -> OrderWindow:
        """See :func:`listing.open_window`."""
        return listing.open_window(self.context, status=status, search_by=search_by, keyword=keyword, ids=ids)

    def window_page(
        self,
        *,
        status: Status | None = None,
        search_by: str | None = None,
        keyword: str = "",
        ids: Sequence[int] | None = None,
        first: int | None = None,
    ) -> tuple[OrderRow, ...]:
        """See :func:`listing.window_page`."""
        return listing.window_page(
            self.context, status=status, search_by=search_by, keyword=keyword, ids=ids, first=first
        )

    def facts(self, ids: Sequence[int]) -> list[OrderFacts]:
        """See :func:`listing.facts_of`."""
        return listing.facts_of(self.context, ids)

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

    def today_report(self) -> TodayReport:
        """See :func:`reports.report_today`."""
        return reports.report_today(self.context)

    def stuck_report(self) -> StuckReport:
        """See :func:`reports.report_stuck`."""
        return reports.report_stuck(self.context)

    def shorts_report(self) -> ShortsReport:
        """See :func:`reports.report_shorts`."""
        return reports.report_shorts(self.context)

    def returns_report(self, *, least: int = RATE_SAMPLE) -> ReturnsReport:
        """See :func:`reports.report_returns`."""
        return reports.report_returns(self.context, least=least)

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
