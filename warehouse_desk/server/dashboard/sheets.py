"""Spreadsheets that come in: orders to be made, and orders that came back or were delivered."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath

from warehouse_desk.common.messages import msg, nmsg
from warehouse_desk.domain.errors import InvalidInput
from warehouse_desk.domain.fields import FieldReader
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.server.bulk import UPDATED, answer_bulk
from warehouse_desk.server.exchange import Answer, Ask, Handler, UploadedFile
from warehouse_desk.server.reading import reading
from warehouse_desk.services.files.file_import import FileImport
from warehouse_desk.sheets.errors import WRONG_ENDING, SheetError, WrongFileKind
from warehouse_desk.sheets.questions import Answers

MAX_TEXT = 1_000
ENDINGS = frozenset({".xlsx", ".xlsm", ".csv", ".txt", ".tsv"})
_NAME_SHOWN = 100
_MOST_ROWS = 1_000
"""Rows with problems that a dry run names; of more it says how many there are."""


def import_orders(ask: Ask) -> Answer:
    """Make the orders of a file: all of them or none, or only the valid rows; or only say what is in it."""
    file, fields = _form(ask)
    with reading(fields) as read:
        dry_run, valid_only = _flag(read, "dry_run"), _flag(read, "valid_only")
        again, accept_repairs = _flag(read, "again"), _flag(read, "accept_repairs")
        accept_twins = _flag(read, "accept_twins")
        profile = read.text("profile", MAX_TEXT, required=False)
        answers = _answers(read)
    imports = ask.desk.files.imports
    with _at_file():
        found = imports.read(
            file.path, accept_repairs=accept_repairs, profile=profile, answers=answers, called=called(file)
        )
    if dry_run:
        return _preview(ask, found)
    done = imports.store(
        found, valid_only=valid_only, again=again, accept_twins=accept_twins, request_id=ask.request_id_of_key
    )
    said = nmsg("{n} order was imported.", "{n} orders were imported.", len(done.references))
    return Answer(
        {
            "message": ask.say(said),
            "imported": len(done.references),
            "rejected": done.rejected,
            "known": done.known,
            "references": list(done.references),
            "notices": [ask.say(notice) for notice in found.preview.source.notices],
        }
    )


def by_file(action: Action) -> Handler:
    """Return the handler that does a dated step with the orders that a file names."""

    def handler(ask: Ask) -> Answer:
        file, fields = _form(ask)
        with reading(fields) as read:
            day = read.day("date")
            dry_run = _flag(read, "dry_run")
            answers = _answers(read)
        with _at_file():
            done = ask.desk.files.by_file.mark(
                action,
                file.path,
                day,
                status_column=answers.status_column,
                only_status=answers.only_status,
                dry_run=dry_run,
                called=called(file),
                request_id=ask.request_id_of_key,
            )
        more = {"left_out": list(done.left_out)}
        return answer_bulk(ask, done.answer, UPDATED, "rows.{n}.reference", more=more, rows=done.rows)

    return handler


def called(file: UploadedFile) -> str:
    """Return what sentences call a file: the last part of its sender's name, without what no text holds."""
    last = PurePosixPath(file.name.replace("\\", "/")).name
    return "".join(filter(str.isprintable, last))[-_NAME_SHOWN:].strip() or "file"


def _form(ask: Ask) -> tuple[UploadedFile, Mapping[str, object]]:
    """Return the file of a form and its other fields.

    Raises:
        InvalidInput: there is no file.
        WrongFileKind: its name ends as no spreadsheet's does.
    """
    file = ask.files.get("file")
    if file is None:
        message = msg("file is missing: send an .xlsx or .csv file in the field “file”.")
        raise InvalidInput(message, {"file": message})
    name = called(file)
    if PurePosixPath(name).suffix.lower() not in ENDINGS:
        raise WrongFileKind(WRONG_ENDING.with_params(name=name), "file")
    return file, ask.form


def _answers(read: FieldReader) -> Answers:
    only = read.text("only_status", MAX_TEXT, required=False)
    return Answers(
        only_status=[each.strip() for each in only.split("|")] if only else None,
        status_column=read.text("status_column", MAX_TEXT, required=False),
        hidden_rows=read.optional_flag("hidden_rows"),
        sheet=read.text("sheet", MAX_TEXT, required=False),
    )


def _flag(read: FieldReader, name: str) -> bool:
    return bool(read.optional_flag(name))


@contextmanager
def _at_file() -> Iterator[None]:
    """Let what is wrong with the file as a whole stand under its field."""
    try:
        yield
    except SheetError as error:
        error.field = error.field or "file"
        raise


def _preview(ask: Ask, found: FileImport) -> Answer:
    """Answer what would become of a file; nothing is written."""
    preview, tally = found.preview, found.preview.tally()
    problems = [row for row in preview.rows if row.problems]
    return Answer(
        {
            "message": ask.say(found.outlook),
            "imported": 0,
            "rejected": tally.errors + tally.repairs,
            "known": len(found.known_rows),
            "references": [],
            "notices": [ask.say(notice) for notice in found.notices],
            "rows": [
                {
                    "row": row.number,
                    "valid": row.is_valid,
                    "problems": [
                        {
                            "column": problem.column,
                            "severity": problem.severity.value,
                            "message": ask.say(problem.message),
                            "proposed": problem.proposed,
                            "choices": list(problem.choices),
                        }
                        for problem in row.problems
                    ],
                }
                for row in problems[:_MOST_ROWS]
            ],
            "rows_with_problems": len(problems),
        }
    )
