"""The stock ledger: movements, and the totals that are kept beside it and checked against it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Integer, bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.engine.types import Among
from warehouse_desk.data.tables import order_line, orders, product, stock, stock_movement, warehouse
from warehouse_desk.domain.goods.stock import WEIGHTS, Movement
from warehouse_desk.domain.signature import Signature


@dataclass(frozen=True, slots=True)
class LineQuantity:
    """What one line of an order wants."""

    order_id: int
    line_id: int
    product_id: int
    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class MovementOf:
    """One kind of movement for every line of some orders."""

    kind: Movement
    order_ids: Sequence[int]
    warehouse_id: int | None = None
    previous_cycle: bool = False
    """Whether the orders have just opened a new cycle and the movement closes the one before."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One movement of its own: not of every line of an order."""

    kind: Movement
    product_id: int
    warehouse_id: int
    quantity: int
    order_id: int | None = None
    line_id: int | None = None
    attempt: int | None = None
    cycle: int | None = None
    part: int = 0
    """Counts the decisions on one returned line."""


_LINES = Prepared(
    select(order_line.c.order_id, order_line.c.id, order_line.c.product_id, product.c.sku, order_line.c.quantity)
    .join(product, product.c.id == order_line.c.product_id)
    .where(Among(order_line.c.order_id, "ids"))
    .order_by(order_line.c.order_id, order_line.c.position)
)

_ON_HAND = select(stock.c.product_id, stock.c.on_hand).where(
    stock.c.warehouse_id == bindparam("warehouse_id"), Among(stock.c.product_id, "products")
)
_LOCK_ON_HAND = Prepared(_ON_HAND.order_by(stock.c.product_id).with_for_update())

_MOVE = Prepared(
    insert(stock_movement).from_select(
        [
            "product_id", "quantity", "order_id", "line_id", "attempt", "cycle",
            "warehouse_id", "kind", "at", "user_name", "station_id", "reason",
        ],
        select(
            order_line.c.product_id,
            order_line.c.quantity,
            orders.c.id,
            order_line.c.id,
            orders.c.attempt,
            orders.c.stock_cycle - bindparam("cycles_back", type_=Integer),
            *(
                bindparam(name, type_=stock_movement.c[name].type)
                for name in ("warehouse_id", "kind", "at", "user_name", "station_id", "reason")
            ),
        )
        .join(orders, orders.c.id == order_line.c.order_id)
        .where(Among(order_line.c.order_id, "ids")),
    )
)  # fmt: skip

_COMMIT_MORE = Prepared(
    update(product)
    .where(product.c.id == bindparam("of_product"))
    .values(committed=product.c.committed + bindparam("more", type_=product.c.committed.type))
)


def _upsert() -> dict[str, Prepared]:
    found = {}
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql)):
        statement = dialect.insert(stock).values(
            product_id=bindparam("product_id"),
            warehouse_id=bindparam("warehouse_id"),
            on_hand=bindparam("on_hand"),
            inspection=bindparam("inspection"),
        )
        found[name] = Prepared(
            statement.on_conflict_do_update(
                index_elements=["product_id", "warehouse_id"],
                set_={
                    "on_hand": stock.c.on_hand + statement.excluded.on_hand,
                    "inspection": stock.c.inspection + statement.excluded.inspection,
                },
            )
        )
    return found


_ADD_TO_STOCK = _upsert()


def lines_of(uow: UnitOfWork, order_ids: Sequence[int]) -> list[LineQuantity]:
    """Return the lines of some orders, order by order."""
    return [LineQuantity(*row) for row in uow.rows(_LINES, {"ids": order_ids})]


_OUT_OF_USE = Prepared(
    select(order_line.c.order_id, product.c.sku)
    .join(product, product.c.id == order_line.c.product_id)
    .where(Among(order_line.c.order_id, "ids"), product.c.active.is_(False))
    .order_by(order_line.c.order_id, order_line.c.position)
)


def skus_out_of_use(uow: UnitOfWork, order_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the SKUs of some orders that are no longer in use; orders without any are missing."""
    found: dict[int, list[str]] = {}
    for order_id, sku in uow.rows(_OUT_OF_USE, {"ids": order_ids}):
        found.setdefault(order_id, []).append(sku)
    return found


def lock_on_hand(uow: UnitOfWork, warehouse_id: int, products: Iterable[int]) -> dict[int, int]:
    """Return what lies in a warehouse of some products and keep it from changing until the unit of work ends."""
    values = {"warehouse_id": warehouse_id, "products": sorted(set(products))}
    return dict(uow.rows(_LOCK_ON_HAND, values))


def move_lines(
    uow: UnitOfWork, moves: Sequence[MovementOf], lines: Sequence[LineQuantity], signature: Signature
) -> None:
    """Write movements for every line of some orders and keep the totals true.

    A movement that the ledger already holds violates its unique key: the whole unit of work fails.
    """
    if not moves:
        return
    by_order = defaultdict(list)
    for line in lines:
        by_order[line.order_id].append(line)
    totals = _Totals()
    for move in moves:
        uow.later(
            _MOVE,
            {
                "ids": move.order_ids,
                "cycles_back": 1 if move.previous_cycle else 0,
                "warehouse_id": move.warehouse_id,
                "kind": str(move.kind),
                **_who(signature),
            },
        )
        for order_id in move.order_ids:
            for line in by_order[order_id]:
                totals.add(line.product_id, move.warehouse_id, move.kind, line.quantity)
    totals.write(uow)


def write_rows(uow: UnitOfWork, rows: Iterable[LedgerRow], signature: Signature) -> None:
    """Write movements one by one and keep the totals true."""
    totals = _Totals()
    for row in rows:
        uow.execute(insert(stock_movement), {**asdict(row), "kind": row.kind.value, **_who(signature)})
        totals.add(row.product_id, row.warehouse_id, row.kind, row.quantity)
    totals.write(uow)


def move_goods(
    uow: UnitOfWork, kind: Movement, warehouse_id: int, quantities: Mapping[int, int], signature: Signature
) -> None:
    """Write movements that belong to no order: goods received, corrections."""
    rows = (LedgerRow(kind, product_id, warehouse_id, quantity) for product_id, quantity in quantities.items())
    write_rows(uow, rows, signature)


def add_totals(
    uow: UnitOfWork,
    on_hand: Mapping[tuple[int, int], int],
    inspection: Mapping[tuple[int, int], int],
    committed: Mapping[int, int],
) -> None:
    """Add to the totals what loaded movements mean; the first two are keyed by (warehouse, product)."""
    totals = _Totals()
    totals.add_loaded(on_hand, inspection, committed)
    totals.write(uow)


def _who(signature: Signature) -> dict[str, Any]:
    return {
        "at": signature.moment.at,
        "user_name": signature.caller.user_name,
        "station_id": signature.caller.station_id,
        "reason": signature.reason,
    }


class _Totals:
    """Changes of the totals, written relatively and in one order everywhere, so that stations cannot deadlock."""

    def __init__(self) -> None:
        self._stock: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
        self._committed: defaultdict[int, int] = defaultdict(int)

    def add(self, product_id: int, warehouse_id: int | None, kind: Movement, quantity: int) -> None:
        weight = WEIGHTS[kind]
        self._committed[product_id] += weight.committed * quantity
        if weight.on_hand or weight.inspection:
            if warehouse_id is None:
                raise ValueError(f"{kind} needs a warehouse")
            totals = self._stock[warehouse_id, product_id]
            totals[0] += weight.on_hand * quantity
            totals[1] += weight.inspection * quantity

    def add_loaded(
        self,
        on_hand: Mapping[tuple[int, int], int],
        inspection: Mapping[tuple[int, int], int],
        committed: Mapping[int, int],
    ) -> None:
        for place in on_hand.keys() | inspection.keys():
            self._stock[place][0] += on_hand.get(place, 0)
            self._stock[place][1] += inspection.get(place, 0)
        for product_id, more in committed.items():
            self._committed[product_id] += more

    def write(self, uow: UnitOfWork) -> None:
        upsert = _ADD_TO_STOCK[uow.dialect.name]
        for (warehouse_id, product_id), (on_hand, inspection) in sorted(self._stock.items()):
            place = {"product_id": product_id, "warehouse_id": warehouse_id}
            uow.later(upsert, {**place, "on_hand": on_hand, "inspection": inspection})
        for product_id, more in sorted(self._committed.items()):
            if more:
                uow.later(_COMMIT_MORE, {"of_product": product_id, "more": more})


def on_hand_everywhere(uow: UnitOfWork, products: Iterable[int]) -> dict[int, int]:
    """Return what lies of some products in all our own warehouses together."""
    query = (
        select(stock.c.product_id, func.sum(stock.c.on_hand))
        .join(warehouse, warehouse.c.id == stock.c.warehouse_id)
        .where(stock.c.product_id.in_(sorted(set(products))), warehouse.c.shipping_company_id.is_(None))
        .group_by(stock.c.product_id)
    )
    return {product_id: int(total) for product_id, total in uow.table(query)}


_CYCLE_KINDS = Prepared(
    select(stock_movement.c.order_id, stock_movement.c.kind)
    .join(orders, (orders.c.id == stock_movement.c.order_id) & (orders.c.stock_cycle == stock_movement.c.cycle))
    .where(Among(stock_movement.c.order_id, "ids"))
    .distinct()
)


def kinds_in_cycle(uow: UnitOfWork, order_ids: Sequence[int]) -> dict[int, set[Movement]]:
    """Return which movements each order's present cycle holds."""
    found: defaultdict[int, set[Movement]] = defaultdict(set)
    for order_id, kind in uow.rows(_CYCLE_KINDS, {"ids": order_ids}):
        found[order_id].add(Movement(kind))
    return found
