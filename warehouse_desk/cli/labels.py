"""``labels`` and ``trackings``: make labels, list what was made, take the files out again."""

from typing import TYPE_CHECKING

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE, REFUSED
from warehouse_desk.cli.output import check_output, write_output
from warehouse_desk.cli.reading import references
from warehouse_desk.cli.words import result_body, say, say_json, say_list, say_results, say_table
from warehouse_desk.common.formats import moment_text
from warehouse_desk.common.messages import msg, nmsg, tr
from warehouse_desk.domain.errors import WrongUsage

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.paper.labels import LabelsMade

_ZPL = ".zpl"


def make(station: CommandStation) -> int:
    """Make labels and write, print or send them; refused where nothing at all could be made."""
    given = station.arguments
    if not (given.output or given.printer or given.send):
        raise WrongUsage(msg("Say where the labels go: --output FILE, --printer QUEUE or --send HOST."))
    if given.output:
        check_output(given.output)
    keys = references(given.references)
    if given.send or (given.output and _is_zpl(given.output)):
        from warehouse_desk.services.paper.label_specs import roll_named

        roll_named(given.stock)  # said before an order moves
    with station.desk() as desk:
        from warehouse_desk.services.paper.labels import LabelWish

        x, y = given.nudge
        wish = LabelWish(
            stock=given.stock,
            dpi=given.dpi,
            start=given.start,
            nudge_x=x,
            nudge_y=y,
            reprint_reason=given.reprint,
        )
        made = desk.paper.labels.make(keys, wish)
        # Said before the file is written: should that fail, the run can be taken out again by its number.
        _say_made(station, made)
        if made.run_id is not None:
            _bring(station, desk, made)
    return DONE if made.answer.all_done and made.run_id is not None else REFUSED


def _is_zpl(file: str) -> bool:
    return file.lower().endswith(_ZPL)


def _say_made(station: CommandStation, made: "LabelsMade") -> None:
    if station.as_json:
        results = [result_body(each) for each in made.answer.results]
        say_json({"run": made.run_id, "labels": made.labels, "results": results})
        return
    say_results(made.answer, as_json=False)
    if made.run_id is not None:
        say(nmsg("Run {run}: {n} label.", "Run {run}: {n} labels.", made.labels, run=made.run_id))


def _bring(station: CommandStation, desk: "Desk", made: "LabelsMade") -> None:
    from warehouse_desk.documents.stock import Nudge

    given = station.arguments
    run = made.run_id or 0
    shift = Nudge(*given.nudge)
    if given.output:
        as_zpl = _is_zpl(given.output)
        write_output(given.output, desk.paper.label_runs.zpl(run, nudge=shift) if as_zpl else made.pdf)
    if given.printer:
        desk.paper.printers.print_on_queue(given.printer, made.pdf, f"Labels {run}")
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
    """Write the file of a run again, as PDF or by its name as ZPL."""
    given = station.arguments
    check_output(given.output)
    with station.desk() as desk:
        pdf = desk.paper.label_runs.pdf(given.run_number)
        as_zpl = _is_zpl(given.output)
        write_output(given.output, desk.paper.label_runs.zpl(given.run_number) if as_zpl else pdf)
    if station.as_json:
        say_json({"run": given.run_number, "file": given.output})
    else:
        say(tr("Run {run} was written to {file}.", run=given.run_number, file=given.output))
    return DONE
