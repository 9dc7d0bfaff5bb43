"""The commands, what each takes, and where it is done."""

from argparse import SUPPRESS, ArgumentParser, BooleanOptionalAction
from collections.abc import Container

from warehouse_desk import __version__
from warehouse_desk.cli.access_commands import add_access
from warehouse_desk.cli.goods_commands import add_goods, add_stock_lists
from warehouse_desk.cli.paper_commands import add_paper
from warehouse_desk.cli.parser import (
    DRY_RUN,
    PROGRAM,
    Branch,
    Parser,
    add_allowances,
    add_common,
    add_references,
    add_request_id,
    day,
    whole,
)
from warehouse_desk.cli.people_commands import add_people
from warehouse_desk.cli.server_commands import add_server
from warehouse_desk.cli.settings_commands import add_settings
from warehouse_desk.common.messages import msg, tr
from warehouse_desk.domain.orders.finding import SortKey
from warehouse_desk.domain.orders.leaving import LEAVING
from warehouse_desk.domain.orders.transitions import STATUS_ACTIONS, Action, Need, rows_of
from warehouse_desk.domain.reports import RATE_SAMPLE
from warehouse_desk.domain.scanning.modes import LINE_MODES, SCAN_MODES
from warehouse_desk.domain.status import Status

DO_ACTIONS = (*(a for a in STATUS_ACTIONS if a not in {Action.DELETE, Action.LABELS}), Action.UNDO)
"""What ``do`` does; delete stands with the orders, and labels are a command of their own that makes the paper too."""

_DATED = frozenset({Action.PACK, Action.SHIP, Action.ASSIGN, Action.DELIVER, Action.RETURN, Action.CANCEL})
"""Actions that write the given day into the order."""

_VARIABLES = ("WAREHOUSE_DESK_DATABASE", "WAREHOUSE_DESK_DATA_DIR", "WAREHOUSE_DESK_PASSWORD")
_SEARCHED = ("reference", "phone", "full_name", "city")


_EXAMPLES = (
    "orders list --status NEW --per-page 50",
    "orders create orders.json",
    "do ship --warehouse MAIN ORD-00001 ORD-00002",
    "do pack - < references.txt",
    "labels --stock 100x150 --output labels.pdf ORD-00001 ORD-00002",
    "import orders.xlsx --valid-only --rejects rejected.xlsx",
    "--json scan --mode pack < references.txt",
    "report stuck --json",
    "db check --database postgresql://desk@server/warehouse",
)


_DEMO = msg("open the window on a throw-away profile")


def _help_end() -> str:
    return "\n".join(
        (
            tr("examples:"),
            f"  {PROGRAM:<50} {tr('open the window')}",
            f"  {PROGRAM + ' --demo':<50} {_DEMO}",
            *(f"  {PROGRAM} {example}" for example in _EXAMPLES),
            "",
            tr("exit status:"),
            f"  0 {tr('everything was done')}   1 {tr('something was refused or unknown')}",
            f"  2 {tr('wrong usage, or no screen for the window')}   3 {tr('the database cannot be reached')}",
            f"  70 {tr('something went wrong in the program (see the log)')}   130 {tr('interrupted')}",
            "",
            tr("environment: {names} (of --user).", names=_VARIABLES),
            tr("The command line comes first, then the environment, then the settings file, then the defaults."),
        )
    )


def build_parser() -> Parser:
    """Return the parser of the whole program."""
    parser = Parser(prog=PROGRAM, description=tr("Run a packing station of a warehouse."), epilog=_help_end())
    version = tr("show program's version number and exit")
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}", help=version)
    parser.add_argument("--demo", action="store_true", help=str(_DEMO))
    parser.add_argument(
        "--large",
        action="store_true",
        default=SUPPRESS,
        help=tr("open the window with large letters and buttons"),
    )
    add_common(parser, hidden=False)
    parser.set_defaults(run=None)
    _add_commands(Branch(parser))
    return parser


def _add_commands(top: Branch) -> None:
    _add_orders(top.add_branch("orders", tr("list, show, create, update and delete orders")))
    _add_steps(top.add_branch("do", tr("do a step with orders")))
    add_paper(top)
    _add_scan(top.add("scan", "scan.scan", tr("answer one reference a line, as the scanner does")))
    _add_stock(top.add_branch("stock", tr("list, receive, correct and restock goods")))
    _add_reports(top.add_branch("report", tr("show how work is going: today, late parcels, shortages, returns")))
    add_goods(top)
    _add_files(top)
    add_people(top)
    add_access(top)
    add_settings(top)
    add_server(top)
    _add_upkeep(top)


def _add_orders(orders: Branch) -> None:
    listing = orders.add("list", "orders.show_list", tr("list orders, newest first"))
    _filters(listing)
    keys = ", ".join(SortKey)
    listing.add_argument(
        "--sort", default="newest", metavar="KEY", help=tr("{keys}; -KEY reverses the order", keys=keys)
    )
    listing.take_hyphened("--sort")
    listing.add_argument("--per-page", type=whole, default=25, metavar="N", help=tr("1 to 1000 (default: 25)"))
    listing.add_argument("--page", type=whole, default=1, metavar="N")
    listing.add_argument("--after", type=whole, metavar="CURSOR", help=tr("previous page's “next”"))
    add_references(orders.add("show", "orders.show", tr("show orders with their products and history")))
    create = orders.add("create", "orders.create", tr("create the orders of a JSON file, all or none"))
    add_request_id(create)
    update = orders.add("update", "orders.update", tr("set the status of orders, or change their details"))
    for parser in (create, update):
        parser.add_argument("file", metavar="FILE.json", help=tr("- reads standard input"))
    track = orders.add("track", "orders.track", tr("note the courier's number of a parcel, or remove it"))
    track.add_argument("reference", metavar="REF")
    track.add_argument("number", nargs="?", metavar="NUMBER")
    track.add_argument("--clear", action="store_true", help=tr("remove the number"))
    add_references(orders.add("delete", "orders.delete", tr("delete orders")))


def _filters(parser: Parser) -> None:
    parser.add_argument("--status", metavar="S", help=", ".join(status.value for status in Status))
    parser.add_argument("--search-by", metavar="FIELD", help=", ".join(_SEARCHED))
    parser.add_argument("--keyword", "--keyWord", default="", metavar="TEXT", help=tr("what to look for"))
    for name, about in (
        ("--city", tr("of this city, by id or name")),
        ("--company", tr("assigned to this shipping company, by id or code")),
        ("--person", tr("assigned to this delivery person, by id or code")),
        ("--warehouse", tr("sent from this warehouse, by id or code")),
    ):
        parser.add_argument(name, metavar="ID|CODE", help=about)
    parser.add_argument("--from", dest="created_from", type=day, metavar="DAY", help=tr("created on this day or later"))
    parser.add_argument("--to", dest="created_to", type=day, metavar="DAY", help=tr("created on this day or earlier"))
    for name, about in (
        ("--held", tr("on hold, or not")),
        ("--printed", tr("with a printed label, or without")),
        ("--outdated-label", tr("changed since the label was printed, or not")),
        ("--twins", tr("possible twins of another order, or not")),
        ("--unsynced", tr("with changes not yet sent to the server, or without")),
    ):
        parser.add_argument(name, action=BooleanOptionalAction, help=about)


def _add_steps(do: Branch) -> None:
    for action in DO_ACTIONS:
        parser = do.add(action.value, "steps.do", _about(action))
        parser.set_defaults(action=action)
        rows = () if action is Action.UNDO else rows_of(action)
        _add_needs(parser, action, frozenset(need for row in rows for need in row.needs))
        add_references(parser)


def _about(action: Action) -> str:
    from warehouse_desk.domain.orders.transitions import action_name

    return str(action_name(action)).lower()


def _add_needs(parser: Parser, action: Action, needs: frozenset[Need]) -> None:
    """Add the options that an action makes use of, and no others."""
    if action in _DATED:
        _add_day(parser)
    _add_options(parser, needs)
    if action in LEAVING:
        add_allowances(parser)
    if action is Action.RESUME:
        parser.add_argument("--to-new", action="store_true", help=tr("start again at NEW"))
    if action is not Action.UNDO:
        _add_reason(parser)
    add_request_id(parser)


def _add_day(parser: Parser) -> None:
    parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help=tr("the day it happened (default: today)"))


def _add_reason(parser: Parser) -> None:
    parser.add_argument("--reason", default="", metavar="TEXT", help=tr("why; kept in the history"))


def _add_options(parser: Parser, needs: Container[Need]) -> None:
    if Need.WAREHOUSE in needs:
        parser.add_argument("--warehouse", metavar="ID|CODE", help=tr("the warehouse that the goods leave"))
        parser.add_argument("--allow-negative", action="store_true", help=tr("even when the stock is too low"))
    if Need.PERSON in needs:
        parser.add_argument("--person", metavar="ID|CODE", help=tr("the delivery person"))
    if Need.COMPANY in needs:
        parser.add_argument("--company", metavar="ID|CODE", help=tr("the shipping company"))
        parser.add_argument("--from-stock", action="store_true", help=tr("the company ships from its own stock"))
    if Need.SHORT_SKUS in needs:
        parser.add_argument(
            "--sku", action="append", metavar="SKU", help=tr("what is short (default: worked out from the stock)")
        )


def _add_scan(scan: Parser) -> None:
    modes = [SCAN_MODES[name] for name in LINE_MODES]
    wants = {mode.name: [f"--{need}" for need in mode.needs if need is not Need.DATE] for mode in modes}
    about = "; ".join(f"{name}: {', '.join(options)}" for name, options in wants.items() if options)
    scan.add_argument("--mode", required=True, choices=[name.value for name in LINE_MODES], help=about)
    _add_day(scan)
    _add_options(scan, {need for mode in modes for need in mode.needs})
    add_allowances(scan)
    _add_reason(scan)


def _add_reports(report: Branch) -> None:
    report.add("today", "reports.today", tr("orders that reached each status today, steps by worker and by hour"))
    report.add("stuck", "reports.stuck", tr("parcels packed for more than 24 hours, or waiting for more than 48"))
    report.add("shorts", "reports.shorts", tr("orders out of stock that can be filled now"))
    returns = report.add("returns", "reports.returns", tr("return rates of the last 30 days by city and company"))
    about = tr("parcels below which a city or company is not shown (default: {number})", number=RATE_SAMPLE)
    returns.add_argument("--least", type=whole, default=RATE_SAMPLE, metavar="N", help=about)


def _add_stock(stock: Branch) -> None:
    stock.add("list", "stock.show_list", tr("list what is in stock where"))
    receive = stock.add("receive", "stock.receive", tr("add goods that have arrived"))
    adjust = stock.add("adjust", "stock.adjust", tr("correct the stock by a difference, up or down"))
    for parser, number in ((receive, "quantity"), (adjust, "difference")):
        parser.add_argument("--warehouse", required=True, metavar="ID|CODE")
        parser.add_argument("--reason", default="", metavar="TEXT")
        parser.add_argument("sku", metavar="SKU")
        parser.add_argument(number, type=whole, metavar="QTY" if parser is receive else "DIFF")
        add_request_id(parser)
    add_stock_lists(stock)


def _add_statuses(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--only-status", action="append", metavar="TEXT", help=tr("only rows with this status; may be repeated")
    )
    parser.add_argument("--status-column", default="", metavar="HEADING", help=tr("heading of the column of statuses"))


def _add_files(top: Branch) -> None:
    orders = top.add("import", "files.import_orders", tr("import orders from .xlsx or .csv, all or none"))
    orders.add_argument("file", metavar="FILE")
    orders.add_argument("--dry-run", action="store_true", help=str(DRY_RUN))
    orders.add_argument("--valid-only", action="store_true", help=tr("import the valid rows only"))
    orders.add_argument("--rejects", metavar="FILE", help=tr("write the other rows there, each with its reason"))
    orders.add_argument("--again", action="store_true", help=tr("import again what was already imported"))
    orders.add_argument("--accept-twins", action="store_true", help=tr("import possible twins too"))
    orders.add_argument("--accept-repairs", action="store_true", help=tr("accept every proposed repair"))
    orders.add_argument("--profile", default="", metavar="NAME", help=tr("layout of the file"))
    _add_statuses(orders)
    orders.add_argument(
        "--hidden-rows",
        action=BooleanOptionalAction,
        default=None,
        help=tr("import the rows that are hidden or filtered out"),
    )
    orders.add_argument("--sheet", default="", metavar="NAME", help=tr("the sheet of the workbook to read"))
    add_request_id(orders)
    for name, run, about in (
        ("import-returned", "files.import_returned", tr("mark the orders of a file returned")),
        ("import-delivered", "files.import_delivered", tr("mark the orders of a file delivered")),
    ):
        marked = top.add(name, run, about)
        marked.add_argument("file", metavar="FILE", help=tr("with a column reference, and date where it differs"))
        marked.add_argument("--date", type=day, metavar="YYYY-MM-DD", help=tr("where a row has none (default: today)"))
        marked.add_argument("--dry-run", action="store_true", help=tr("only show what would happen to each row"))
        _add_statuses(marked)
    export = top.add("export", "files.export", tr("export orders to .xlsx or .csv"))
    export.add_argument("file", metavar="FILE")
    export.add_argument("references", nargs="*", metavar="REF", help=tr("only these; - reads standard input"))
    _filters(export)
    export.add_argument("--columns", default="", metavar="A,B,C", help=tr("headings, in their order"))
    template = top.add("template", "files.template", tr("write the sheet to fill in and import"))
    template.add_argument("file", metavar="FILE.xlsx")


def _add_upkeep(top: Branch) -> None:
    db = top.add_branch("db", tr("look after the database"))
    db.add("upgrade", "upkeep.upgrade", tr("bring the database to this program's schema"))
    db.add("check", "upkeep.check", tr("check schema, file and stock history"))
    backup = db.add("backup", "upkeep.backup", tr("copy the database to a file while stations work on"))
    backup.add_argument("file", metavar="FILE")
    restore = db.add("restore", "upkeep.restore", tr("put a copy in place of the database, which is kept beside it"))
    restore.add_argument("file", metavar="FILE")
    counters = db.add("counters", "upkeep.counters", tr("show the newest reference, or continue after a printed one"))
    counters.add_argument("--reference", metavar="REF", default="", help=tr("the newest one on a printed label"))
    demo = top.add("demo", "upkeep.demo", tr("fill the database with made-up orders"))
    demo.add_argument("--orders", type=whole, default=1_000, metavar="N", help=tr("how many (default: 1000)"))
    demo.add_argument("--seed", type=whole, default=1, metavar="S", help=tr("the same seed makes the same orders"))
