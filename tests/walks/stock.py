"""What must hold of the goods after every deed."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.builders import Row
from tests.walks.world import World
from warehouse_desk.data.tables import order_line, product, stock, stock_movement, warehouse
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.goods.returns import Decision
from warehouse_desk.domain.goods.stock import WEIGHTS, Movement
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Holding


def the_check_of_the_database_finds_nothing(world: World) -> Iterator[str]:
    """Totals and ledger agree, rows can be settled, nothing left twice: what ``db check`` looks at."""
    yield from map(str, world.desk.goods.ledger_faults())


def totals_are_the_ledgers_sums(world: World) -> Iterator[str]:
    """What is kept beside the ledger is its sum, product by product and place by place."""
    lies: Counter[tuple[str, int, int | None]] = Counter()
    for row in world.books[stock_movement]:
        weight, number = WEIGHTS[Movement(row["kind"])], row["product_id"]
        lies["on hand", number, row["warehouse_id"]] += weight.on_hand * row["quantity"]
        lies["in inspection", number, row["warehouse_id"]] += weight.inspection * row["quantity"]
        lies["promised", number, None] += weight.committed * row["quantity"]
    kept: Counter[tuple[str, int, int | None]] = Counter()
    for row in world.books[stock]:
        kept["on hand", row["product_id"], row["warehouse_id"]] = row["on_hand"]
        kept["in inspection", row["product_id"], row["warehouse_id"]] = row["inspection"]
    for row in world.books[product]:
        kept["promised", row["id"], None] = row["committed"]
        if row["committed"] < 0:
            yield f"product {row['id']}: {row['committed']} promised"
    for key in lies.keys() | kept.keys():
        if lies[key] != kept[key]:
            yield f"{key}: {kept[key]} is kept, the ledger says {lies[key]}"


def nothing_less_than_nothing_lies_there(world: World) -> Iterator[str]:
    """No shelf of ours holds less than nothing unless somebody was allowed to ship what lacked; inspection never."""
    closed = {row["id"] for row in world.books[warehouse] if not row["active"]}
    for row in world.books[stock]:
        place, named = row["warehouse_id"], f"product {row['product_id']} in warehouse {row['warehouse_id']}"
        if row["inspection"] < 0:
            yield f"{named}: {row['inspection']} in inspection"
        if row["on_hand"] < 0 and place in world.own and not world.may_lack:
            yield f"{named}: {row['on_hand']} on hand"
        if row["on_hand"] > 0 and place in closed:
            yield f"{named}, which is out of use: {row['on_hand']} on hand"


def what_is_promised_is_what_orders_hold(world: World) -> Iterator[str]:
    """Promised is the sum of the lines of those orders whose status promises goods."""
    held = {facts.id: facts.holds for facts in world.books.facts.values()}
    promised: Counter[int] = Counter()
    for line in world.books[order_line]:
        if held[line["order_id"]] is Holding.COMMITTED:
            promised[line["product_id"]] += line["quantity"]
    for row in world.books[product]:
        if row["committed"] != promised[row["id"]]:
            yield f"{row['sku']}: {row['committed']} promised, orders hold {promised[row['id']]}"


def what_left_is_what_orders_say(world: World) -> Iterator[str]:
    """The goods of an order are out once on its present attempt where its status says so, else not at all."""
    moved = _movements_by_order(world)
    for reference, facts in world.books.facts.items():
        is_out = facts.holds in {Holding.PURGED, Holding.INSPECTION}
        left: Counter[int] = Counter()
        for row in moved[facts.id]:
            if row["attempt"] == facts.attempt and row["kind"] in _OUT:
                left[row["line_id"]] += _OUT[row["kind"]]
        lines = {line["id"] for line in world.books[order_line] if line["order_id"] == facts.id}
        wanted = dict.fromkeys(lines, 1) if is_out else {}
        found = {line: times for line, times in left.items() if times}
        if found != wanted:
            yield f"{reference} is {facts.status}: of its lines {sorted(lines)} left {found}"


_OUT = {Movement.PURGE.value: 1, Movement.UNPURGE.value: -1}


def _movements_by_order(world: World) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in world.books[stock_movement]:
        if row["order_id"] is not None:
            found[row["order_id"]].append(row)
    return found


def every_piece_in_inspection_is_listed(world: World) -> Iterator[str]:
    """Each piece that came in and was not settled stands in the list of what waits, and none that was."""
    waiting: Counter[tuple[int, int]] = Counter()
    for row in world.books[stock_movement]:
        weight = WEIGHTS[Movement(row["kind"])].inspection
        if weight:
            waiting[row["product_id"], row["warehouse_id"]] += weight * row["quantity"]
    listed: Counter[tuple[int, int]] = Counter()
    for order in world.desk.goods.waiting_returns(limit=1_000):
        for open_row in order.rows:
            listed[open_row.line.product_id, open_row.line.warehouse_id] += open_row.pieces
    if +waiting != +listed or any(pieces < 0 for pieces in waiting.values()):
        yield f"in inspection: {dict(+waiting)}; listed: {dict(+listed)}"


def everything_that_waits_can_be_settled(world: World) -> Iterator[str]:
    """At the end of a history: what waits is put on the shelf or written off, and nothing is left in inspection."""
    desk = world.desk
    desk.directories.set_active(Listed.WAREHOUSE, world.own[0], active=True)
    for place, order in enumerate(desk.goods.waiting_returns(limit=1_000)):
        decision = Decision(restock=place % 2 == 0, spare_id=world.own[0])
        (result,) = desk.goods.settle_returns([order.reference], decision).results
        if result.outcome is not Outcome.DONE:
            yield f"{order.reference} cannot be settled: {result.message}"
    world.look()
    left = [row for row in world.books[stock] if row["inspection"]]
    if left:
        yield f"left in inspection: {left}"
    yield from the_check_of_the_database_finds_nothing(world)


AFTER_EACH = (
    totals_are_the_ledgers_sums,
    nothing_less_than_nothing_lies_there,
    what_is_promised_is_what_orders_hold,
    what_left_is_what_orders_say,
    every_piece_in_inspection_is_listed,
)
NOW_AND_THEN = (the_check_of_the_database_finds_nothing,)
AT_THE_END = (everything_that_waits_can_be_settled,)
