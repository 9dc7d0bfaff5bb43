"""Import orders from a file: read and judge, show, then write all of it in one transaction or nothing."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.common.text import fold
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.files import import_files
from warehouse_desk.data.goods import products
from warehouse_desk.data.orders import twins
from warehouse_desk.domain.directories.entries import City
from warehouse_desk.domain.errors import InvalidInput, RuleViolation, WrongUsage
from warehouse_desk.domain.files import OpenQuestion
from warehouse_desk.domain.orders.fingerprint import TWIN_HOURS, twin_key
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import ChangeSet
from warehouse_desk.services.context import Context
from warehouse_desk.services.files.file_import import FileImport, imported_before, keys_of
from warehouse_desk.services.files.import_writing import Storing
from warehouse_desk.services.requests import Request, Stored, answered, once, request_of
from warehouse_desk.services.subject import Subject
from warehouse_desk.sheets.cities import shipped_cities
from warehouse_desk.sheets.drafts import Severity
from warehouse_desk.sheets.importing import read_orders
from warehouse_desk.sheets.limits import Cancelled, Progress
from warehouse_desk.sheets.preview import ImportPreview
from warehouse_desk.sheets.questions import Answers

_BATCH = 5_000
"""Orders written between two looks at progress and cancelling: about a third of a second."""
_MAX_FAULTS: Final = 1_000
"""Faults named in a refusal; the preview holds them all."""

_MOST_NAMED: Final = 1_000
"""Orders of an import whose rows are kept with its request; of a larger one everything is read again."""

_log = logging.getLogger(__name__)


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

    def read(
        self,
        path: Path,
        *,
        accept_repairs: bool = False,
        profile: str = "",
        answers: Answers = Answers(),  # noqa: B008 - frozen
        called: str = "",
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> FileImport:
        """Read a sheet of orders against the database's products and cities; writes nothing.

        ``accept_repairs`` takes every repair that is proposed, for callers who show none of them to a person.
        ``profile`` names how the file is built, where it is not as the template is. ``answers`` says what a person must
        say of some files: which statuses to take, whether the hidden rows, which sheet. ``called`` is what people call
        the file.

        Raises:
            WrongUsage: there is no profile of that name.
            SheetError: the file as a whole cannot be read; wrong rows are in the preview.
            NotAllowed: the role lacks ``import``.
        """
        self.context.caller.require(Ability.IMPORT)
        if profile:
            raise WrongUsage(
                msg(
                    "There is no import profile “{name}”: only files like the template are read. Remove it.",
                    name=profile[:40],
                ),
                "profile",
            )
        with self.context.database.read() as uow:
            skus = lookup.active_by_sku(uow)
            cities = _city_names(lookup.cities(uow))
            barcodes = products.barcode_owners(uow)
        preview = read_orders(
            path,
            known_skus=skus,
            cities=cities,
            barcodes=barcodes,
            spellings=shipped_cities(),
            answers=answers,
            called=called,
            progress=progress,
            cancelled=cancelled,
        )
        if accept_repairs:
            preview.accept_all()
        with self.context.database.read() as uow:
            earlier = tuple(import_files.imports_of(uow, preview.source.sha256))
            file = FileImport(preview, earlier, keys_of(preview), answers)
            _mark_twins(uow, self.context, file)
        return file

    def store(
        self,
        file: FileImport,
        *,
        valid_only: bool = False,
        again: bool = False,
        accept_twins: bool = False,
        request_id: str | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Imported:
        """Create the orders of a file in one transaction: all its rows, or with ``valid_only`` those that are in order.

        Possible twins, of another row or of an order that exists, need a word: with ``accept_twins`` they are created,
        else ``valid_only`` leaves them out and the import of all rows is refused. ``again`` accepts them and a file
        that was imported before. The same request id again is answered with what the first did.

        Raises:
            InvalidInput: a row is not in order, or a product is no longer sold; nothing is created.
            OpenQuestion: somebody must say first which rows of the file are meant.
            RuleViolation: the file, or an order in it, was imported before.
            Stopped: ``cancelled`` said so; nothing is created.
            NotAllowed: the role lacks ``import``.
        """
        self.context.caller.require(Ability.IMPORT)
        request = _request_of(file, request_id, valid_only=valid_only, again=again, accepted=accept_twins)
        done = answered(self.context, request, _read)
        if done is not None:
            return done
        _refuse_questions(file.preview)
        if not valid_only:
            _refuse_faults(file.preview)
        accepted = again or accept_twins
        if not accepted:
            with self.context.database.read() as uow:
                _mark_twins(uow, self.context, file, fixed_only=True)
        if not again:
            _refuse_repetition(file, known_too=not (valid_only or accepted))
        known = 0 if accepted else len(file.known_rows)
        total = file.preview.tally().valid - known
        if not total:
            raise RuleViolation(msg("{name} has no row that can be imported.", name=file.preview.source.name))
        job = Storing(self.context, file, total, accepted, progress, cancelled)
        rejected = len(file.preview.rows) - total - known

        def work(uow: UnitOfWork) -> Imported:
            references, ids = job.write(uow)
            return Imported(tuple(references), rejected, known, ChangeSet(frozenset(ids), products=True))

        done = once(self.context, request, work, _stored, _read)
        _log.info("imported %d orders from a file, left out %d", total, rejected + known)
        return done

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


def _mark_twins(uow: UnitOfWork, ctx: Context, file: FileImport, *, fixed_only: bool = False) -> None:
    """Warn of the rows whose order was created within the last two days."""
    since = ctx.now() - timedelta(hours=TWIN_HOURS)
    preview = file.preview
    valid = (
        (index, twin_key(row.draft.phone, [line[:2] for line in row.draft.lines]))
        for index, row in enumerate(preview.rows)
        if row.draft is not None and not (fixed_only and (not row.fixes or preview.is_marked(index)))
    )
    while batch := list(islice(valid, _BATCH)):
        found = twins.twins(uow, [key for _, key in batch], since)
        for index, key in batch if found else ():
            if key in found:
                preview.mark(index, msg("The same order already exists: {reference}.", reference=found[key]))


def _request_of(file: FileImport, request_id: str | None, *, valid_only: bool, again: bool, accepted: bool) -> Request:
    repairs = [[row.number, sorted(row.fixes.items())] for row in file.preview.rows if row.fixes]
    meant = [file.preview.rows[index].number for index in file.preview.meant_rows]
    rows = [row.number for row in file.preview.rows] if file.preview.source.left_out else []
    body = [file.preview.source.sha256, repairs, valid_only, again, accepted, meant, file.preview.source.sheet, rows]
    return request_of("import", body, request_id or file.request_id)


def _stored(imported: Imported) -> Stored:
    ids = imported.changes.order_ids
    return {
        "references": imported.references,
        "rejected": imported.rejected,
        "known": imported.known,
        "orders": [] if len(ids) > _MOST_NAMED else sorted(ids),
    }


def _read(stored: Stored) -> Imported:
    changes = ChangeSet(frozenset(stored["orders"]), products=True, everything=not stored["orders"])
    return Imported(tuple(stored["references"]), stored["rejected"], stored["known"], changes)


def _refuse_questions(preview: ImportPreview) -> None:
    for question in preview.source.questions:
        message = msg("Nothing was imported. {question}", question=question.message)
        raise OpenQuestion(message, question.subject, question.choices)


def _refuse_faults(preview: ImportPreview) -> None:
    rejected = sum(1 for row in preview.rows if row.draft is None)
    if not rejected:
        return
    faults: dict[str, Message] = {}
    for row in preview.rows:
        if row.draft is None and len(faults) < _MAX_FAULTS:
            for problem in row.problems:
                if problem.blocks:
                    faults.setdefault(f"rows.{row.number}.{problem.column}".rstrip("."), problem.message)
    first = next(row for row in preview.rows if row.draft is None)
    message = nmsg(
        "Nothing was imported: {n} row of {total} has an error. Row {row}: {reason} Correct "
        "it, or import only the valid rows.",
        "Nothing was imported: {n} rows of {total} have errors. Row {row}: {reason} Correct "
        "them, or import only the valid rows.",
        rejected,
        total=len(preview.rows),
        row=first.number,
        reason=next(problem.message for problem in first.problems if problem.blocks),
    )
    raise InvalidInput(message, faults)


def _refuse_repetition(file: FileImport, *, known_too: bool) -> None:
    if file.earlier:
        said = imported_before(file.preview.source.name, file.earlier[0])
        raise RuleViolation(
            msg("Nothing was imported. {said} Import it again only if that is what you want.", said=said)
        )
    known = file.known_rows if known_too else []
    if known:
        row = file.preview.rows[known[0]]
        said = next(p.message for p in reversed(row.problems) if p.severity is Severity.WARNING and not p.column)
        raise RuleViolation(
            nmsg(
                "Nothing was imported: {n} row is an order that exists already. Row {row}: {said} "
                "Import it again only if that is what you want.",
                "Nothing was imported: {n} rows are orders that exist already. Row {row}: {said} "
                "Import them again only if that is what you want.",
                len(known),
                row=row.number,
                said=said,
            )
        )
