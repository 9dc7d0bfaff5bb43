"""The desk: every service of one worker at one station, as window, command line and HTTP call them.

The window holds a ``Desk`` without importing it: its workers connect and hand it over, so that starting the window
does not wait for the database library.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from warehouse_desk.common.messages import Message
from warehouse_desk.domain.caller import Caller, Source
from warehouse_desk.domain.directory import City, Company, Person, Product, StockRow, Warehouse
from warehouse_desk.domain.jobs import Job
from warehouse_desk.domain.orders import OrderDetail, OrderPage, OrderRow, OrderWindow
from warehouse_desk.domain.results import ActionResult, BulkResult
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
)
from warehouse_desk.services.act import act
from warehouse_desk.services.context import Context
from warehouse_desk.services.create import Created, create_orders
from warehouse_desk.services.policy import policy, shared_values
from warehouse_desk.services.scan_queue import QueueEvents, ScanQueue
from warehouse_desk.services.scan_request import Approval

if TYPE_CHECKING:  # what draws paper or reads spreadsheets is loaded by whoever asks for it, not by every scan
    from warehouse_desk.services.by_file import FileAnswer
    from warehouse_desk.services.export_runner import ExportRunner
    from warehouse_desk.services.exports import ExportRequest
    from warehouse_desk.services.imports import FileImport, Imported
    from warehouse_desk.services.print_desk import PrintDesk
    from warehouse_desk.sheets.limits import Cancelled, Progress


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
