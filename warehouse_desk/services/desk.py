"""The desk: every service of one worker at one station, as window, command line and HTTP call them.

The window holds a ``Desk`` without importing it: its workers connect and hand it over, so that starting the window
does not wait for the database library.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse_desk.common.messages import Message
from warehouse_desk.domain.caller import Caller
from warehouse_desk.domain.directory import City, Company, Person, Product, StockRow, Warehouse
from warehouse_desk.domain.jobs import Job
from warehouse_desk.domain.orders import OrderDetail, OrderPage, OrderRow, OrderWindow
from warehouse_desk.domain.results import ActionResult, BulkResult
from warehouse_desk.domain.rules import Given, Policy
from warehouse_desk.domain.status import Status
from warehouse_desk.domain.transitions import Action
from warehouse_desk.services import (
    directories,
    edit,
    listing,
    scanning,
    status_update,
    stock_desk,
    undo,
    users,
)
from warehouse_desk.services.act import act
from warehouse_desk.services.context import Context
from warehouse_desk.services.create import Created, create_orders
from warehouse_desk.services.policy import policy, shared_values
from warehouse_desk.services.scan_desk import ScanDesk

if TYPE_CHECKING:
    from warehouse_desk.services.print_desk import PrintDesk

if TYPE_CHECKING:  # spreadsheets are loaded by whoever asks for one, not by every scan
    from warehouse_desk.services.by_file import FileAnswer
    from warehouse_desk.services.export_runner import ExportRunner
    from warehouse_desk.services.exports import ExportRequest
    from warehouse_desk.services.imports import FileImport, Imported
    from warehouse_desk.sheets.limits import Cancelled, Progress


class Desk(ScanDesk):
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
        self, *, status: Status | None = None, search_by: str | None = None, keyword: str = ""
    ) -> OrderWindow:
        """See :func:`listing.open_window`."""
        return listing.open_window(self.context, status=status, search_by=search_by, keyword=keyword)

    def window_page(
        self,
        *,
        status: Status | None = None,
        search_by: str | None = None,
        keyword: str = "",
        first: int | None = None,
        limit: int = listing.WINDOW_STEP,
    ) -> tuple[OrderRow, ...]:
        """See :func:`listing.window_page`."""
        return listing.window_page(
            self.context, status=status, search_by=search_by, keyword=keyword, first=first, limit=limit
        )

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

    def read_import(
        self, path: Path, *, progress: "Progress | None" = None, cancelled: "Cancelled | None" = None
    ) -> "FileImport":
        """See :func:`imports.read_file`."""
        from warehouse_desk.services import imports

        return imports.read_file(self.context, path, progress=progress, cancelled=cancelled)

    def store_import(
        self,
        file: "FileImport",
        *,
        valid_only: bool = False,
        again: bool = False,
        progress: "Progress | None" = None,
        cancelled: "Cancelled | None" = None,
    ) -> "Imported":
        """See :func:`imports.store`."""
        from warehouse_desk.services import imports

        return imports.store(
            self.context, file, valid_only=valid_only, again=again, progress=progress, cancelled=cancelled
        )

    def mark_by_file(
        self,
        action: Action,
        path: Path,
        day: date | None = None,
        *,
        progress: "Progress | None" = None,
        cancelled: "Cancelled | None" = None,
    ) -> "FileAnswer":
        """See :func:`by_file.mark_by_file`."""
        from warehouse_desk.services import by_file

        return by_file.mark_by_file(self.context, action, path, day, progress=progress, cancelled=cancelled)

    def export(
        self, request: "ExportRequest", *, progress: "Progress | None" = None, cancelled: "Cancelled | None" = None
    ) -> int:
        """See :func:`exports.export_now`."""
        from warehouse_desk.services import exports

        return exports.export_now(self.context, request, progress=progress, cancelled=cancelled)

    def start_export(self, request: "ExportRequest") -> Job:
        """See :func:`exports.start_export`."""
        from warehouse_desk.services import exports

        return exports.start_export(self.context, request)

    def export_jobs(self) -> Sequence[Job]:
        """See :func:`exports.export_jobs`."""
        from warehouse_desk.services import exports

        return exports.export_jobs(self.context)

    def cancel_export(self, number: int) -> bool:
        """See :func:`exports.cancel_export`."""
        from warehouse_desk.services import exports

        return exports.cancel_export(self.context, number)

    def export_columns(self) -> dict[str, tuple[Message, bool]]:
        """Return the headings that an export may have, each with what it holds and whether it is usual."""
        from warehouse_desk.services.export_columns import COLUMNS, DEFAULT_COLUMNS

        rest = [name for name in COLUMNS if name not in DEFAULT_COLUMNS]
        return {name: (COLUMNS[name].about, name in DEFAULT_COLUMNS) for name in (*DEFAULT_COLUMNS, *rest)}

    def export_runner(self, on_change: Callable[[], None]) -> "ExportRunner":
        """Start doing this station's exports; see :class:`export_runner.ExportRunner`."""
        from warehouse_desk.services.export_runner import ExportRunner

        runner = ExportRunner(self.context, on_change=on_change)
        runner.start()
        return runner

    def write_template(self, path: Path) -> None:
        """Write the sheet to fill in, with the cities to choose from."""
        from warehouse_desk.sheets.template import write_template

        write_template(path, [city.name for city in self.cities()])
