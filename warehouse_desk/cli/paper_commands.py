"""The commands that print: labels, stored runs, hand-overs, sheets."""

import argparse

from warehouse_desk.cli.parser import Branch, Parser, add_allowances, add_references, add_request_id, day, whole
from warehouse_desk.common.messages import tr

_MAX_NUDGE_MM = 50.0


def add_paper(top: Branch) -> None:
    """Add everything on paper to the program's commands."""
    _add_labels(top.add("labels", "labels.make", tr("make labels; new orders become packed")))
    _add_trackings(top.add_branch("trackings", tr("list earlier print jobs and get their files again")))
    _add_hand_over(top.add_branch("handover", tr("fill, print and close pickup sheets")))
    _add_sheets(top.add_branch("sheets", tr("packing slips, product labels, test pages, sheets of barcodes")))


def _add_labels(labels: Parser) -> None:
    _stock(labels)
    labels.add_argument("--reprint", default="", metavar="REASON", help=tr("why labels are made again"))
    labels.add_argument("--start", type=whole, default=1, metavar="N", help=tr("first free label of a sheet"))
    _way_out(labels)
    add_request_id(labels)
    add_references(labels)


def _way_out(labels: Parser) -> None:
    labels.add_argument("--output", metavar="FILE", help=tr("the PDF file, or with .zpl the file for a Zebra"))
    labels.add_argument("--printer", metavar="QUEUE", help=tr("print on a printer of this computer (CUPS)"))
    labels.add_argument("--send", metavar="HOST[:PORT]", help=tr("send them to a Zebra printer as ZPL"))


def _add_trackings(trackings: Branch) -> None:
    listing = trackings.add("list", "labels.show_runs", tr("list the newest print jobs"))
    listing.add_argument("--order", metavar="REF", help=tr("only those with this order"))
    listing.add_argument("--limit", type=whole, default=50, metavar="N", help=tr("1 to 1000 (default: 50)"))
    get = trackings.add("get", "labels.get_run", tr("get the labels of a print job again; this is noted"))
    get.add_argument("run_number", type=whole, metavar="RUN")
    _nudge(get)
    _way_out(get)


def _add_hand_over(handover: Branch) -> None:
    collect = handover.add("collect", "handover.collect", tr("put parcels on the draft of a carrier, as scanning does"))
    carrier = collect.add_mutually_exclusive_group(required=True)
    carrier.add_argument("--company", metavar="ID|CODE", help=tr("the shipping company"))
    carrier.add_argument("--person", metavar="ID|CODE", help=tr("the delivery person"))
    collect.add_argument("--date", type=day, metavar="YYYY-MM-DD", help=tr("the day of the sheet (default: today)"))
    collect.add_argument("--output", metavar="FILE", help=tr("also save the sheet"))
    add_allowances(collect)
    collect.add_argument("references", nargs="*", metavar="REF", help=tr("default: all that are still expected"))
    take_out = handover.add("remove", "handover.remove", tr("remove orders from a draft"))
    take_out.add_argument("number", type=whole, metavar="NUMBER")
    add_references(take_out)
    shut = handover.add("close", "handover.shut", tr("close a signed draft"))
    shut.add_argument("number", type=whole, metavar="NUMBER")
    shut.add_argument("--output", metavar="FILE", help=tr("also save the sheet"))
    add_allowances(shut)
    strike = handover.add(
        "strike", "handover.strike", tr("strike orders off a closed pickup sheet; their lines stay on it")
    )
    strike.add_argument("number", type=whole, metavar="NUMBER")
    strike.add_argument("--reason", required=True, metavar="TEXT", help=tr("why; kept in the history"))
    add_references(strike)
    listing = handover.add("list", "handover.show_list", tr("list the newest pickup sheets"))
    listing.add_argument("--limit", type=whole, default=50, metavar="N", help=tr("1 to 1000 (default: 50)"))
    sheet = handover.add("print", "handover.write_sheet", tr("save a pickup sheet as PDF"))
    sheet.add_argument("number", type=whole, metavar="NUMBER")
    _output(sheet)


def _add_sheets(sheets: Branch) -> None:
    slips = sheets.add("slips", "sheets.slips", tr("make a packing slip for each order"))
    _output(slips)
    add_references(slips)
    products = sheets.add("products", "sheets.products", tr("make barcode labels of products"))
    products.add_argument("--copies", type=whole, default=1, metavar="N", help=tr("of each (default: 1)"))
    products.add_argument("skus", nargs="+", metavar="SKU")
    _output(products)
    ruler = sheets.add("test-page", "sheets.test_page", tr("make a page of rulers and bars to test a printer"))
    _stock(ruler)
    _output(ruler)
    badges = sheets.add("badges", "sheets.badges", tr("issue a new badge for each user and make their cards"))
    badges.add_argument("--replace", action="store_true", help=tr("revoke the badges that they have"))
    badges.add_argument("names", nargs="+", metavar="NAME")
    _output(badges)
    _output(sheets.add("commands", "sheets.commands", tr("make the sheet of action codes")))
    _output(sheets.add("stations", "sheets.stations", tr("make the sheet of station barcodes")))


def _stock(parser: Parser) -> None:
    parser.add_argument("--stock", default="100x150", metavar="NAME", help=tr("the label format (default: 100x150)"))
    parser.add_argument("--dpi", type=int, choices=(203, 300, 600), help=tr("the printer's resolution"))
    _nudge(parser)


def _nudge(parser: Parser) -> None:
    parser.add_argument("--nudge", type=nudge, default=(0.0, 0.0), metavar="X,Y", help=tr("shift in millimetres"))


def _output(parser: Parser) -> None:
    parser.add_argument("--output", required=True, metavar="FILE", help=tr("the PDF file"))


def nudge(text: str) -> tuple[float, float]:
    """Read a shift to the right and downwards in millimetres, such as ``0.5,-1``.

    Raises:
        argparse.ArgumentTypeError: it is none, or more than 50 mm.
    """
    try:
        x, y = (float(part) for part in text.split(","))
    except ValueError:
        x = y = float("nan")
    if not (abs(x) <= _MAX_NUDGE_MM and abs(y) <= _MAX_NUDGE_MM):
        raise argparse.ArgumentTypeError(tr("“{text}” is not a shift in millimetres. Use 0.5,-1", text=text[:40]))
    return x, y
