"""Spreadsheets in and out: ``import``, ``import-returned``, ``import-delivered``, ``export``, ``template``."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE, REFUSED
from warehouse_desk.cli.orders import filter_of
from warehouse_desk.cli.reading import references
from warehouse_desk.cli.words import complain, result_body, say, say_json, tell_counts, tell_progress
from warehouse_desk.common.messages import msg, nmsg, tr
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import Outcome

if TYPE_CHECKING:
    from warehouse_desk.services.files.file_import import FileImport
    from warehouse_desk.services.files.imports import Imported


def import_orders(station: CommandStation) -> int:
    """Import the orders of a file: all of them or none, or only the valid rows."""
    from warehouse_desk.sheets.questions import Answers

    arguments = station.arguments
    path = Path(arguments.file)
    rejects = None if arguments.rejects is None else _rejects_file(path, Path(arguments.rejects))
    with station.desk() as desk:
        file = desk.files.imports.read(
            path,
            accept_repairs=arguments.accept_repairs,
            profile=arguments.profile,
            answers=Answers(arguments.only_status, arguments.status_column, arguments.hidden_rows, arguments.sheet),
            progress=_telling(station),
        )
        if not station.as_json:
            _say_problems(file, warnings=arguments.dry_run)
        if rejects is not None and file.preview.tally().valid < len(file.preview.rows):
            count = file.preview.write_rejects(rejects)
            complain(tr("Rows with errors, saved in {file}: {count}", count=count, file=str(rejects)))
        if arguments.dry_run:
            return _say_dry_run(station, file)
        done = desk.files.imports.store(
            file,
            valid_only=arguments.valid_only,
            again=arguments.again,
            accept_twins=arguments.accept_twins,
            request_id=arguments.request_id,
            progress=_telling(station),
        )
    return _say_imported(station, file, done)


def _rejects_file(path: Path, rejects: Path) -> Path:
    if rejects.resolve() == path.resolve():
        raise WrongUsage(msg("--rejects must not be the imported file. Choose another one."))
    return rejects


def _telling(station: CommandStation) -> Any:  # noqa: ANN401 - a function or none
    return None if station.as_json else lambda done, total: tell_progress(done, total, at_end=False)


def _say_problems(file: "FileImport", *, warnings: bool) -> None:
    for notice in file.notices:
        say(notice)
    for index, row in enumerate(file.preview.rows):
        for problem in row.problems:
            if not (warnings or problem.blocks or file.preview.is_held_back(index)):
                continue
            where = f"{problem.column}: " if problem.column else ""
            proposed = tr(" Proposed: {value}", value=problem.proposed) if problem.proposed else ""
            say(tr("row {row}: {problem}", row=row.number, problem=f"{where}{problem.message}{proposed}"))


def _say_dry_run(station: CommandStation, file: "FileImport") -> int:
    tally, known = file.preview.tally(), len(file.known_rows)
    is_good = tally.valid == len(file.preview.rows) and not (known or file.earlier or file.preview.source.questions)
    if station.as_json:
        say_json({**_body(file), "imported": 0, "references": []})
    else:
        say(file.outlook)
    return DONE if is_good else REFUSED


def _say_imported(station: CommandStation, file: "FileImport", imported: "Imported") -> int:
    if station.as_json:
        say_json({**_body(file), "imported": len(imported.references), "references": list(imported.references)})
    else:
        first, last = imported.references[0], imported.references[-1]
        count = len(imported.references)
        if count == 1:
            say(tr("1 order imported: {reference}.", reference=first))
        else:
            say(tr("Orders imported: {count} ({first} to {last}).", count=count, first=first, last=last))
        if imported.rejected:
            say(
                nmsg(
                    "{n} row was ignored: it has an error.",
                    "{n} rows were ignored: they have errors.",
                    imported.rejected,
                )
            )
        if imported.known:
            say(
                nmsg(
                    "{n} row was ignored: its order already exists.",
                    "{n} rows were ignored: their orders already exist.",
                    imported.known,
                )
            )
    return REFUSED if imported.rejected or imported.known else DONE


def _body(file: "FileImport") -> dict[str, Any]:
    tally = file.preview.tally()
    rows = [
        {
            "row": row.number,
            "valid": row.is_valid,
            "problems": [
                {
                    "column": problem.column,
                    "severity": problem.severity.value,
                    "message": str(problem.message),
                    "proposed": problem.proposed,
                    "choices": list(problem.choices),
                }
                for problem in row.problems
            ],
        }
        for row in file.preview.rows
        if row.problems
    ]
    meta = {
        "total": len(file.preview.rows),
        "valid": tally.valid,
        "rejected": tally.errors + tally.repairs,
        "known": len(file.known_rows),
    }
    questions = [
        {
            "field": question.subject,
            "message": str(question.message),
            "choices": dict(question.choices),
        }
        for question in file.preview.source.questions
    ]
    return {"notices": [str(notice) for notice in file.notices], "questions": questions, "rows": rows, "meta": meta}


def import_returned(station: CommandStation) -> int:
    """Mark the orders of a file returned."""
    return _mark(station, Action.RETURN)


def import_delivered(station: CommandStation) -> int:
    """Mark the orders of a file delivered."""
    return _mark(station, Action.DELIVER)


def _mark(station: CommandStation, action: Action) -> int:
    arguments = station.arguments
    with station.desk() as desk:
        done = desk.files.by_file.mark(
            action,
            Path(arguments.file),
            arguments.date,
            status_column=arguments.status_column,
            only_status=arguments.only_status,
            dry_run=arguments.dry_run,
        )
    pairs = list(zip(done.rows, done.answer.results, strict=True))
    if station.as_json:
        counts = {outcome.value: done.answer.count(outcome) for outcome in Outcome}
        results = [{"row": row, **result_body(result)} for row, result in pairs]
        meta = {"total": len(pairs), **counts, "left_out": len(done.left_out)}
        say_json({"results": results, "notices": [str(notice) for notice in done.answer.notices], "meta": meta})
    else:
        for row, result in pairs:
            say(tr("row {row}: {problem}", row=row, problem=f"{result.outcome.value:8} {result.message}"))
        for notice in done.answer.notices:
            say(notice)
        tell_counts(done.answer)
    return DONE if done.answer.all_done else REFUSED


def export(station: CommandStation) -> int:
    """Write the orders of a filter, or those named, to a file."""
    arguments = station.arguments
    named = references(arguments.references) if arguments.references else []
    with station.desk() as desk:
        from warehouse_desk.services.files.export_columns import DEFAULT_COLUMNS
        from warehouse_desk.services.files.exports import ExportRequest

        order_filter = filter_of(desk, arguments)
        columns = tuple(name.strip() for name in arguments.columns.split(",")) if arguments.columns else DEFAULT_COLUMNS
        request = ExportRequest(
            path=arguments.file,
            columns=columns,
            order_filter=order_filter,
            ids=desk.files.exports.ids_named(named) if named else None,
        )
        count = desk.files.exports.write(request, progress=_telling(station))
    if station.as_json:
        say_json({"file": str(Path(arguments.file).absolute()), "orders": count, "columns": list(columns)})
    else:
        say(tr("Orders in {file}: {count}.", file=arguments.file, count=count))
    return DONE


def template(station: CommandStation) -> int:
    """Write the sheet to fill in, with the database's cities to choose from."""
    path = Path(station.arguments.file)
    with station.desk() as desk:
        desk.files.imports.write_template(path)
    if station.as_json:
        say_json({"file": str(path.absolute())})
    else:
        say(tr("{file} is ready to be filled in.", file=str(path)))
    return DONE
