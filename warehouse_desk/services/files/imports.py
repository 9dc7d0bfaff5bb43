"""Import orders from a file: read and judge, show, then write all of it in one transaction or nothing."""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from warehouse_desk.common.formats import moment_text
from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.common.text import fold
from warehouse_desk.data import bulk, counters, shared_settings
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.files import import_files
from warehouse_desk.data.goods import stock
from warehouse_desk.data.orders import new_orders
from warehouse_desk.data.orders.new_orders import NewOrder
from warehouse_desk.domain.directories.entries import City, Product
from warehouse_desk.domain.errors import InvalidInput, RuleViolation, StaleOrder
from warehouse_desk.domain.files import EarlierImport
from warehouse_desk.domain.orders.drafts import LineDraft, OrderDraft
from warehouse_desk.domain.orders.fingerprint import fingerprint
from warehouse_desk.domain.orders.wire import create_body
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.results import ChangeSet
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Status
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.create import columns_of
from warehouse_desk.services.subject import Subject
from warehouse_desk.sheets.drafts import OrderDraft as FileOrder
from warehouse_desk.sheets.drafts import Severity, order_hash
from warehouse_desk.sheets.errors import Stopped
from warehouse_desk.sheets.importing import read_orders
from warehouse_desk.sheets.limits import Cancelled, Progress
from warehouse_desk.sheets.preview import ImportPreview

TWIN_HOURS: Final = 48
"""How long an order of the same content counts as the same order given twice."""
_BATCH = 5_000
"""Orders written between two looks at progress and cancelling: about a third of a second."""
_MAX_FAULTS: Final = 1_000
"""Faults named in a refusal; the preview holds them all."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileImport:
    """A file that was read and judged; nothing of it is written yet."""

    preview: ImportPreview
    earlier: tuple[EarlierImport, ...]
    """Imports of the very same file, newest first."""
    keys: list[str] = field(repr=False)
    """The content hash of each row's order as it was read, "" where there was none."""

    @property
    def notices(self) -> tuple[Message, ...]:
        """What to know about the file as a whole."""
        again = (_imported_before(self.preview.source.name, self.earlier[0]),) if self.earlier else ()
        return (*again, *self.preview.source.notices)

    @property
    def known_rows(self) -> list[int]:
        """The positions of the rows whose order exists already."""
        return [index for index in range(len(self.preview.rows)) if self.preview.is_marked(index)]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file."""

    references: tuple[str, ...]
    """The orders created, in the order of the file's rows."""
    rejected: int
    """Rows left out because something in them is wrong."""
    known: int
    """Rows left out because the same order exists already."""
    changes: ChangeSet


class Imports(Subject):
    """Sheets of orders that come in."""

    def read(self, path: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> FileImport:
        """Read a sheet of orders against the database's products and cities; writes nothing.

        Raises:
            SheetError: the file as a whole cannot be read; wrong rows are in the preview.
            NotAllowed: the role lacks ``import``.
        """
        self.context.caller.require(Ability.IMPORT)
        with self.context.database.read() as uow:
            skus = lookup.active_by_sku(uow)
            cities = _city_names(lookup.cities(uow))
        preview = read_orders(path, known_skus=skus, cities=cities, progress=progress, cancelled=cancelled)
        with self.context.database.read() as uow:
            file = FileImport(preview, tuple(import_files.imports_of(uow, preview.source.sha256)), _keys_of(preview))
            _mark_twins(uow, self.context, file)
        return file

    def store(
        self,
        file: FileImport,
        *,
        valid_only: bool = False,
        again: bool = False,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Imported:
        """Create the orders of a file in one transaction: all its rows, or with ``valid_only`` those that are in order.

        Orders that exist already need a word: with ``again`` they are created once more, else ``valid_only`` leaves
        them out and the import of all rows is refused.

        Raises:
            InvalidInput: a row is not in order, or a product is no longer sold; nothing is created.
            RuleViolation: the file, or an order in it, was imported before.
            Stopped: ``cancelled`` said so; nothing is created.
            NotAllowed: the role lacks ``import``.
        """
        self.context.caller.require(Ability.IMPORT)
        if not valid_only:
            _refuse_faults(file.preview)
        if not again:
            with self.context.database.read() as uow:
                _mark_twins(uow, self.context, file, fixed_only=True)
            _refuse_repetition(file, valid_only=valid_only)
        known = 0 if again else len(file.known_rows)
        total = file.preview.tally().valid - known
        if not total:
            raise RuleViolation(msg("{name} holds no row that can be imported.", name=file.preview.source.name))
        job = _Storing(self.context, file, total, again, progress, cancelled)
        references, ids = self.context.database.transact(job.write)
        rejected = len(file.preview.rows) - total - known
        _log.info("imported %d orders from a file, left out %d", total, rejected + known)
        return Imported(tuple(references), rejected, known, ChangeSet(frozenset(ids), products=True))

    def write_template(self, path: Path) -> None:
        """Write the sheet to fill in: as .xlsx with the cities to choose from, or as .csv.

        Raises:
            WrongFileKind: another ending.
            CannotWrite: the folder or the disk refuses.
        """
        from warehouse_desk.sheets.template import write_template  # late: its library is not the reader's

        with self.context.database.read() as uow:
            cities = lookup.cities(uow)
        write_template(path, [city.name for city in cities if city.active])


def _city_names(cities: Sequence[City]) -> dict[str, str]:
    names = {fold(city.name_ar): city.name for city in cities if city.name_ar}
    return names | {fold(city.name): city.name for city in cities}


def _imported_before(name: str, earlier: EarlierImport) -> Message:
    return msg(
        "{name} was imported on {when} by {who} at {station}: {n} orders.",
        name=name,
        when=moment_text(earlier.at),
        who=earlier.user_name or "-",
        station=earlier.station_name or "-",
        n=earlier.rows_stored,
    )


def _keys_of(preview: ImportPreview) -> list[str]:
    return ["" if row.draft is None else order_hash(row.draft) for row in preview.rows]


def _key_of(file: FileImport, index: int, draft: FileOrder) -> str:
    """Return the content hash of a row's order; a row with fixes is another order than the one that was read."""
    known = file.keys[index]
    return known if known and not file.preview.rows[index].fixes else order_hash(draft)


def _mark_twins(uow: UnitOfWork, ctx: Context, file: FileImport, *, fixed_only: bool = False) -> None:
    """Warn of the rows whose order was created within the last two days."""
    since = ctx.now() - timedelta(hours=TWIN_HOURS)
    preview = file.preview
    valid = (
        (index, _key_of(file, index, row.draft))
        for index, row in enumerate(preview.rows)
        if row.draft is not None and not (fixed_only and (not row.fixes or preview.is_marked(index)))
    )
    while batch := list(islice(valid, _BATCH)):
        found = import_files.twins(uow, [key for _, key in batch], since)
        for index, key in batch if found else ():
            if key in found:
                preview.mark(index, msg("The same order exists: {reference}.", reference=found[key]))


def _refuse_faults(preview: ImportPreview) -> None:
    rejected = sum(1 for row in preview.rows if row.draft is None)
    if not rejected:
        return
    faults: dict[str, Message] = {}
    for row in preview.rows:
        if row.draft is None and len(faults) < _MAX_FAULTS:
            for problem in row.problems:
                if problem.blocks:
                    faults.setdefault(f"row {row.number}.{problem.column}".rstrip("."), problem.message)
    first = next(row for row in preview.rows if row.draft is None)
    message = nmsg(
        "Nothing was imported: {n} row of {total} is not in order. Row {row}: {reason} "
        "Correct it, or import only the valid rows.",
        "Nothing was imported: {n} rows of {total} are not in order. Row {row}: {reason} "
        "Correct them, or import only the valid rows.",
        rejected,
        total=len(preview.rows),
        row=first.number,
        reason=next(problem.message for problem in first.problems if problem.blocks),
    )
    raise InvalidInput(message, faults)


def _refuse_repetition(file: FileImport, *, valid_only: bool) -> None:
    if file.earlier:
        said = _imported_before(file.preview.source.name, file.earlier[0])
        raise RuleViolation(msg("Nothing was imported. {said} Import it again only if you mean it.", said=said))
    known = [] if valid_only else file.known_rows
    if known:
        row = file.preview.rows[known[0]]
        said = next(p.message for p in reversed(row.problems) if p.severity is Severity.WARNING and not p.column)
        raise RuleViolation(
            nmsg(
                "Nothing was imported: {n} row is an order that exists already. Row {row}: {said} "
                "Import it again only if you mean it.",
                "Nothing was imported: {n} rows are orders that exist already. Row {row}: {said} "
                "Import them again only if you mean it.",
                len(known),
                row=row.number,
                said=said,
            )
        )


class _Storing:
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
                yield row.draft, _key_of(self._file, index, row.draft)

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

    def make(self, found: FileOrder, key: str, reference: str) -> NewOrder:
        draft = _desk_draft(found, paid=self._paid)
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


def _desk_draft(found: FileOrder, *, paid: bool) -> OrderDraft:
    """Return a row's order as every entrance gives it."""
    return OrderDraft(
        path="",
        full_name=found.full_name,
        phone=found.phone,
        second_phone=found.second_phone or None,
        city=found.city,
        address=found.address,
        is_fees_paid_by_customer=paid,
        total=found.total,
        notes=found.notes or None,
        lines=tuple([LineDraft("", quantity, price, quantity * price, sku) for sku, quantity, price in found.lines]),
    )
