"""``labels`` and ``trackings``: make labels, list what was made, take the files out again."""

from argparse import Namespace
from typing import TYPE_CHECKING

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE, REFUSED, status_of
from warehouse_desk.cli.output import check_output, write_output
from warehouse_desk.cli.parser import PROGRAM
from warehouse_desk.cli.reading import references
from warehouse_desk.cli.words import complain, result_body, say, say_json, say_list, say_results, say_table
from warehouse_desk.common.formats import moment_text
from warehouse_desk.common.messages import msg, nmsg, tr
from warehouse_desk.domain.errors import DeskError, WrongUsage

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.paper.labels import LabelsMade

_ZPL = ".zpl"


def make(station: CommandStation) -> int:
    """Make labels and write, print or send them; refused where nothing at all could be made."""
    given = station.arguments
    _check_way_out(given)
    keys = references(given.references)
    if given.send or (given.output and _is_zpl(given.output)):
        from warehouse_desk.services.paper.label_specs import roll_named

        roll_named(given.stock)  # said before an order moves
    with station.desk() as desk:
        from warehouse_desk.services.paper.labels import LabelWish

        _check_printers(desk, given)
        x, y = given.nudge
        wish = LabelWish(
            stock=given.stock,
            dpi=given.dpi,
            start=given.start,
            nudge_x=x,
            nudge_y=y,
            reprint_reason=given.reprint,
        )
        made = desk.paper.labels.make(keys, wish, request_id=given.request_id)
        # Said before the file is written: should that fail, the run can be taken out again by its number.
        _say_made(station, made)
        brought = DONE if made.run_id is None else _bring_made(desk, given, made.run_id, made.pdf)
    return max(brought, DONE if made.answer.all_done else REFUSED)


def _is_zpl(file: str) -> bool:
    return file.lower().endswith(_ZPL)


def _check_way_out(given: Namespace) -> None:
    """Refuse a command that says nowhere to go, or a file that cannot be written.

    Raises:
        WrongUsage: the sentence says which.
    """
    if not (given.output or given.printer or given.send):
        raise WrongUsage(msg("Say where the labels go: --output FILE, --printer QUEUE or --send HOST."))
    if given.output:
        check_output(given.output)


def _check_printers(desk: "Desk", given: Namespace) -> None:
    """Refuse a printer that takes nothing now, before an order moves for what it is to print.

    Raises:
        WrongUsage: the address is none.
        PrinterUnavailable: it is not there or takes nothing.
    """
    if given.printer:
        desk.paper.printers.check_queue(given.printer)
    if given.send:
        desk.paper.printers.check_zebra(given.send)


def _say_made(station: CommandStation, made: "LabelsMade") -> None:
    if station.as_json:
        results = [result_body(each) for each in made.answer.results]
        say_json({"run": made.run_id, "labels": made.labels, "results": results})
        return
    say_results(made.answer, as_json=False)
    if made.run_id is not None:
        say(nmsg("Run {run}: {n} label.", "Run {run}: {n} labels.", made.labels, run=made.run_id))


def _bring_made(desk: "Desk", given: Namespace, run: int, pdf: bytes) -> int:
    """Bring labels that were just made where they go; a failure says that they are made, and how to have them again."""
    try:
        _bring(desk, given, run, pdf)
    except DeskError as error:
        complain(error)
        complain(
            tr(
                "The labels are made and stored as run {run}. To have them again, without a reason: {command}",
                run=run,
                command=f"{PROGRAM} trackings get {run} --output FILE | --printer QUEUE | --send HOST",
            )
        )
        return status_of(error)
    return DONE


def _bring(desk: "Desk", given: Namespace, run: int, pdf: bytes) -> None:
    from warehouse_desk.documents.stock import Nudge

    shift = Nudge(*given.nudge)
    if given.output:
        as_zpl = _is_zpl(given.output)
        write_output(given.output, desk.paper.label_runs.zpl(run, nudge=shift) if as_zpl else pdf)
    if given.printer:
        desk.paper.printers.print_on_queue(given.printer, pdf, f"Labels {run}")
    if given.send:
        desk.paper.printers.send_to_zebra(run, given.send, nudge=shift)


def show_runs(station: CommandStation) -> int:
    """List the newest runs."""
    given = station.arguments
    with station.desk() as desk:
        found = desk.paper.label_runs.newest(limit=given.limit, key=given.order)
    if station.as_json:
        say_list(
            [
                {
                    "run": run.id,
                    "at": run.at.isoformat(),
                    "user": run.user_name,
                    "station": run.station_name,
                    "stock": run.stock,
                    "dpi": run.dpi,
                    "labels": run.labels,
                    "size": run.size,
                    "reason": run.reason,
                    "fetches": run.fetches,
                    "kept": run.kept,
                }
                for run in found
            ]
        )
        return DONE
    headers = [tr("Run"), tr("When"), tr("Who"), tr("Station"), tr("Stock"), tr("Labels"), tr("Reason")]
    rows = [
        (
            run.id,
            moment_text(run.at),
            run.user_name,
            run.station_name,
            run.stock,
            run.labels,
            run.reason,
        )
        for run in found
    ]
    say_table(headers, rows, right=(0, 5))
    return DONE


def get_run(station: CommandStation) -> int:
    """Take the labels of a run out again: into a file, by its name as PDF or ZPL, or to a printer."""
    given = station.arguments
    _check_way_out(given)
    with station.desk() as desk:
        _check_printers(desk, given)
        pdf = desk.paper.label_runs.pdf(given.run_number)
        _bring(desk, given, given.run_number, pdf)
    if station.as_json:
        say_json({"run": given.run_number, "file": given.output})
    elif given.output:
        say(tr("Run {run} was written to {file}.", run=given.run_number, file=given.output))
    else:
        say(tr("Run {run} is with the printer {name}.", run=given.run_number, name=given.printer or given.send))
    return DONE
