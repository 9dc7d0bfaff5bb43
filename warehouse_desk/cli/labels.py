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
    arguments = station.arguments
    _check_way_out(arguments)
    keys = references(arguments.references)
    if arguments.send or (arguments.output and _is_zpl(arguments.output)):
        from warehouse_desk.services.paper.label_specs import roll_named

        roll_named(arguments.stock)  # said before an order moves
    with station.desk() as desk:
        from warehouse_desk.services.paper.labels import LabelSettings

        _check_printers(desk, arguments)
        x, y = arguments.nudge
        settings = LabelSettings(
            stock=arguments.stock,
            dpi=arguments.dpi,
            start=arguments.start,
            nudge_x=x,
            nudge_y=y,
            reprint_reason=arguments.reprint,
        )
        made = desk.paper.labels.make(keys, settings, request_id=arguments.request_id)
        # Said before the file is written: should that fail, the run can be taken out again by its number.
        _say_made(station, made)
        brought = DONE if made.run_id is None else _bring_made(desk, arguments, made.run_id, made.pdf)
    return max(brought, DONE if made.answer.all_done else REFUSED)


def _is_zpl(file: str) -> bool:
    return file.lower().endswith(_ZPL)


def _check_way_out(arguments: Namespace) -> None:
    """Refuse a command that says nowhere to go, or a file that cannot be written.

    Raises:
        WrongUsage: the sentence says which.
    """
    if not (arguments.output or arguments.printer or arguments.send):
        raise WrongUsage(msg("Choose where the labels go: --output FILE, --printer QUEUE or --send HOST."))
    if arguments.output:
        check_output(arguments.output)


def _check_printers(desk: "Desk", arguments: Namespace) -> None:
    """Refuse a printer that takes nothing now, before an order moves for what it is to print.

    Raises:
        WrongUsage: the address is none.
        PrinterUnavailable: it is not there or takes nothing.
    """
    if arguments.printer:
        desk.paper.printers.check_queue(arguments.printer)
    if arguments.send:
        desk.paper.printers.check_zebra(arguments.send)


def _say_made(station: CommandStation, made: "LabelsMade") -> None:
    if station.as_json:
        results = [result_body(each) for each in made.answer.results]
        say_json({"run": made.run_id, "labels": made.labels, "results": results})
        return
    say_results(made.answer, as_json=False)
    if made.run_id is not None:
        say(nmsg("Print job {run}: {n} label.", "Print job {run}: {n} labels.", made.labels, run=made.run_id))


def _bring_made(desk: "Desk", arguments: Namespace, run: int, pdf: bytes) -> int:
    """Bring labels that were just made where they go; a failure says that they are made, and how to have them again."""
    try:
        _bring(desk, arguments, run, pdf)
    except DeskError as error:
        complain(error)
        complain(
            tr(
                "The labels are ready and saved as print job {run}. To get them again, without a reason: {command}",
                run=run,
                command=f"{PROGRAM} trackings get {run} --output FILE | --printer QUEUE | --send HOST",
            )
        )
        return status_of(error)
    return DONE


def _bring(desk: "Desk", arguments: Namespace, run: int, pdf: bytes) -> None:
    from warehouse_desk.documents.stock import Nudge

    shift = Nudge(*arguments.nudge)
    if arguments.output:
        as_zpl = _is_zpl(arguments.output)
        write_output(arguments.output, desk.paper.label_runs.zpl(run, nudge=shift) if as_zpl else pdf)
    if arguments.printer:
        desk.paper.printers.print_on_queue(arguments.printer, pdf, f"Labels {run}")
    if arguments.send:
        desk.paper.printers.send_to_zebra(run, arguments.send, nudge=shift)


def show_runs(station: CommandStation) -> int:
    """List the newest runs."""
    arguments = station.arguments
    with station.desk() as desk:
        found = desk.paper.label_runs.newest(limit=arguments.limit, key=arguments.order)
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
    headers = [tr("Print job"), tr("When"), tr("Who"), tr("Station"), tr("Format"), tr("Labels"), tr("Reason")]
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
    arguments = station.arguments
    _check_way_out(arguments)
    with station.desk() as desk:
        _check_printers(desk, arguments)
        pdf = desk.paper.label_runs.pdf(arguments.run_number)
        _bring(desk, arguments, arguments.run_number, pdf)
    if station.as_json:
        say_json({"run": arguments.run_number, "file": arguments.output})
    elif arguments.output:
        say(tr("Print job {run} was saved in {file}.", run=arguments.run_number, file=arguments.output))
    else:
        say(
            tr(
                "Print job {run} was sent to the printer {name}.",
                run=arguments.run_number,
                name=arguments.printer or arguments.send,
            )
        )
    return DONE
