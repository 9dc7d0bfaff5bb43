"""``sheets``: packing slips, product labels, test pages; badges, commands and stations as barcodes."""

from typing import TYPE_CHECKING

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE, REFUSED
from warehouse_desk.cli.output import check_output, write_output
from warehouse_desk.cli.reading import references
from warehouse_desk.cli.words import complain, say, say_json
from warehouse_desk.common.messages import tr

if TYPE_CHECKING:
    from warehouse_desk.services.paper.paper_file import PaperFile


def slips(station: CommandStation) -> int:
    """Write a packing slip for each order."""
    arguments = station.arguments
    check_output(arguments.output)
    keys = references(arguments.references)
    with station.desk() as desk:
        return _written(station, desk.paper.slips.make(keys))


def products(station: CommandStation) -> int:
    """Write barcode labels of products."""
    arguments = station.arguments
    check_output(arguments.output)
    with station.desk() as desk:
        return _written(station, desk.paper.product_labels.make(arguments.skus, copies=arguments.copies))


def test_page(station: CommandStation) -> int:
    """Write a page of rulers and bars."""
    from warehouse_desk.documents.stock import Nudge
    from warehouse_desk.services.paper.paper_file import PaperFile

    arguments = station.arguments
    check_output(arguments.output)
    with station.desk() as desk:
        pdf = desk.paper.ruler_pages.pdf(arguments.stock, nudge=Nudge(*arguments.nudge), dpi=arguments.dpi)
    return _written(station, PaperFile(pdf, 1))


def badges(station: CommandStation) -> int:
    """Issue a new badge for each user and write their sheet, the only place where their codes exist."""
    arguments = station.arguments
    check_output(arguments.output)
    with station.desk() as desk:
        return _written(station, desk.paper.cards.badges(arguments.names, replace=arguments.replace))


def commands(station: CommandStation) -> int:
    """Write the sheet of command barcodes."""
    check_output(station.arguments.output)
    with station.desk() as desk:
        return _written(station, desk.paper.cards.commands())


def stations(station: CommandStation) -> int:
    """Write a barcode for each station that the database knows."""
    check_output(station.arguments.output)
    with station.desk() as desk:
        return _written(station, desk.paper.cards.stations())


def _written(station: CommandStation, paper: "PaperFile") -> int:
    file = station.arguments.output
    write_output(file, paper.pdf)
    for reason in paper.left_out:
        complain(reason)
    if station.as_json:
        say_json({"file": file, "count": paper.count, "left_out": [str(reason) for reason in paper.left_out]})
    else:
        say(tr("{file} was saved ({count}).", file=file, count=paper.count))
    return REFUSED if paper.left_out else DONE
