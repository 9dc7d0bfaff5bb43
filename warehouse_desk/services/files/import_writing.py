"""Write the orders of a file: columns, references, stock and audit of all of them in one transaction."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from warehouse_desk.common.messages import msg
from warehouse_desk.data import bulk, counters, shared_settings
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.files import import_files
from warehouse_desk.data.goods import stock
from warehouse_desk.data.orders import new_orders
from warehouse_desk.data.orders.new_orders import NewOrder
from warehouse_desk.domain.directories.entries import City, Product
from warehouse_desk.domain.errors import InvalidInput, StaleOrder
from warehouse_desk.domain.orders.drafts import LineDraft, OrderDraft
from warehouse_desk.domain.orders.fingerprint import fingerprint
from warehouse_desk.domain.orders.wire import create_body
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Status
from warehouse_desk.services.context import Context
from warehouse_desk.services.files.file_import import FileImport, key_of
from warehouse_desk.services.orders.create import columns_of, mark_twins
from warehouse_desk.sheets.drafts import FileOrder
from warehouse_desk.sheets.errors import Stopped
from warehouse_desk.sheets.limits import Cancelled, Progress

_BATCH = 5_000
"""Orders written between two looks at progress and cancelling: about a third of a second."""


class Storing:
    """One import on its way into the database; its transaction may be begun again."""

    def __init__(
        self,
        ctx: Context,
        file: FileImport,
        total: int,
        again: bool,
        progress: Progress | None,
        cancelled: Cancelled | None,
    ) -> None:
        caller = replace(ctx.caller, source=Source.FILE)
        self._writer = replace(ctx, caller=caller).signature()
        self._database = ctx.database
        self._file = file
        self._total = total
        self._again = again
        self._progress = progress
        self._cancelled = cancelled

    def write(self, uow: UnitOfWork) -> tuple[list[str], list[int]]:
        """Create the orders; return their references, in the order of the rows, and their ids.

        Raises:
            StaleOrder: another station imported the file.
            InvalidInput: a product is no longer sold.
            Stopped: it was cancelled.
        """
        source = self._file.preview.source
        bulk.allow_long_statements(uow)
        products = self._products(uow)
        paid = shared_settings.read(uow).import_fees_paid_by_customer
        city_ids = _city_ids(lookup.cities(uow))
        # Two stations that import the same file at once are told apart here.
        if not import_files.claim_file(uow, source.sha256):
            raise StaleOrder(
                msg("{name} is being imported by another station. Nothing was imported here.", name=source.name)
            )
        if len(import_files.imports_of(uow, source.sha256)) != len(self._file.earlier):
            raise StaleOrder(
                msg("{name} was imported by another station meanwhile. Nothing was imported.", name=source.name)
            )
        references = counters.set_aside(self._database, uow, self._total)
        maker = _OrderMaker(products, city_ids, self._writer, paid=paid)
        rest, ids = iter(references), list[int]()
        drafts = self._drafts()
        while batch := [maker.make(draft, key, next(rest)) for draft, key in islice(drafts, _BATCH)]:
            if self._cancelled is not None and self._cancelled():
                raise Stopped
            mark_twins(uow, [order.columns for order in batch], self._writer)
            ids += new_orders.load_new_orders(uow, batch, self._writer)
            if self._progress is not None:
                self._progress(len(ids), self._total)
        stock.add_totals(uow, {}, {}, maker.committed)
        left_out = len(self._file.preview.rows) - self._total
        import_files.note_import(uow, source.sha256, source.name, self._total, left_out, self._writer)
        return references, ids

    def _drafts(self) -> Iterator[tuple[FileOrder, str]]:
        """Yield the orders to create, each with its content hash."""
        known = set() if self._again else set(self._file.known_rows)
        for index, row in enumerate(self._file.preview.rows):
            if row.draft is not None and index not in known:
                yield row.draft, key_of(self._file, index, row.draft)

    def _products(self, uow: UnitOfWork) -> dict[str, Product]:
        wanted = {line.sku for draft, _ in self._drafts() for line in draft.lines}
        found = lookup.products_by_sku(uow, sorted(wanted))
        gone = sorted(sku for sku in wanted if sku not in found or not found[sku].active)
        if gone:
            message = msg(
                "Nothing was imported: since the file was read, {sku} is no longer an active product. "
                "Read the file again.",
                sku=gone[0],
            )
            raise InvalidInput(message, dict.fromkeys(gone, message))
        return found


def _city_ids(cities: Sequence[City]) -> dict[str, int]:
    return {city.name: city.id for city in cities}


class _OrderMaker:
    """Makes rows of the database out of drafts, and counts what they commit."""

    def __init__(
        self, products: Mapping[str, Product], city_ids: Mapping[str, int], signature: Signature, *, paid: bool
    ) -> None:
        self._products = products
        self._city_ids = city_ids
        self._paid = paid
        at = signature.moment.at
        self._common = {
            "status": Status.NEW.value,
            "created_at": at,
            "updated_at": at,
            "origin": signature.caller.source.value,
        }
        self.committed: Counter[int] = Counter()

    def make(self, order: FileOrder, key: str, reference: str) -> NewOrder:
        draft = _desk_draft(order, paid=self._paid)
        columns = columns_of(draft, key)
        columns["reference"] = reference
        columns["city_id"] = self._city_ids.get(draft.city)
        columns.update(self._common)
        lines = []
        for line in draft.lines:
            number = self._products[line.sku].id
            self.committed[number] += line.quantity
            lines.append((number, line.quantity, line.price, line.total))
        return NewOrder(columns, lines, create_body(draft), fingerprint(draft.phone, draft.full_name, draft.total))


def _desk_draft(order: FileOrder, *, paid: bool) -> OrderDraft:
    """Return a row's order as every entrance gives it."""
    return OrderDraft(
        path="",
        full_name=order.full_name,
        phone=order.phone,
        second_phone=order.second_phone or None,
        city=order.city,
        area=order.area or None,
        address=order.address,
        is_fees_paid_by_customer=paid,
        total=order.total,
        notes=order.notes or None,
        lines=tuple([LineDraft("", quantity, price, quantity * price, sku) for sku, quantity, price in order.lines]),
    )
