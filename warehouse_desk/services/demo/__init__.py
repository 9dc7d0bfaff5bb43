"""Fill a database with believable Moroccan demo data, from two thousand orders to a million in bounded memory."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from warehouse_desk.common.messages import msg
from warehouse_desk.data import bulk, counters, shared_settings
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import stock
from warehouse_desk.data.people import users
from warehouse_desk.data.tables import order_event, order_line
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.goods.stock import Movement
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.status import Holding, Status, holding
from warehouse_desk.services.context import Context
from warehouse_desk.services.demo import words
from warehouse_desk.services.demo.orders import OVER_SHARE, Invented, Inventor, Surroundings

_log = logging.getLogger(__name__)

MAX_ORDERS = 10_000_000
_CHUNK = 5_000
_DAYS = 60
"""The orders lie within this many days before now."""
_RECENT = timedelta(days=3)
"""The time within which the open orders were created."""

_ORDER_COLUMNS = (
    "reference", "status", "previous_status", "resume_status", "version", "full_name", "phone", "second_phone",
    "city", "city_id", "area", "address", "is_fees_paid_by_customer", "total", "notes", "name_folded", "city_folded",
    "phone_keys", "shipping_company_id", "from_stock", "delivery_person_id", "warehouse_id",
    "cancel_reason", "short_skus", "packed_on", "shipped_on", "delivered_on", "returned_on", "canceled_on",
    "content_hash", "origin", "created_at", "updated_at",
)  # fmt: skip
_LINE_COLUMNS = ("order_id", "position", "product_id", "quantity", "price", "total")
_EVENT_COLUMNS = (
    "order_id", "kind", "status_before", "status_after", "version", "at", "user_name", "station_id", "source",
    "reason", "before", "after",
)  # fmt: skip
_MOVEMENTS = (
    (Movement.COMMIT, ("create",)),
    (Movement.PURGE, ("ship", "assign")),
    (Movement.RETURN_IN, ("return",)),
    (Movement.RELEASE, ("cancel", "out-of-stock")),
)


def generate(ctx: Context, orders: int, seed: int, *, progress: Callable[[int], None] | None = None) -> None:
    """Add demo orders over all nine statuses, with warehouses, companies, persons, products, stock and history.

    The orders are not queued for a server: they must never reach a real one. ``progress`` is told the number of
    orders written so far.

    Raises:
        WrongUsage: not a number from 1 to 10,000,000.
        NotAllowed: the role may not manage settings.
    """
    ctx.caller.require(Ability.MANAGE_SETTINGS)
    if not 1 <= orders <= MAX_ORDERS:
        raise WrongUsage(
            msg("Demo orders: enter a number from 1 to {limit}, not {number}.", number=orders, limit=MAX_ORDERS)
        )
    random = Random(seed)  # noqa: S311 - a demo wants the same data again, not secrecy
    around = ctx.database.transact(lambda uow: _surroundings(uow, ctx, random))
    inventor = Inventor(random, around)
    now = ctx.now()
    chunk = max(1, min(_CHUNK, orders // _DAYS))
    for first in range(0, orders, chunk):
        numbers = range(first, min(first + chunk, orders))
        invented = [_invent(inventor, number, orders, now) for number in numbers]
        ctx.database.transact(partial(_write, ctx=ctx, invented=invented, random=random))
        if progress is not None:
            progress(numbers.stop)
    _log.info("demo of %d orders, seed %d", orders, seed)


def _invent(inventor: Inventor, number: int, orders: int, now: datetime) -> Invented:
    """Invent the order of a number: those whose journey is over fill the days evenly, the open ones the last days."""
    age = number / orders
    recent = now - _RECENT
    if age < OVER_SHARE:
        created = recent - (1 - age / OVER_SHARE) * (timedelta(days=_DAYS) - _RECENT)
    else:
        created = recent + (age - OVER_SHARE) / (1 - OVER_SHARE) * _RECENT
    return inventor.order(inventor.status(number, age), created, now)


def _surroundings(uow: UnitOfWork, ctx: Context, random: Random) -> Surroundings:
    """Make what the orders name, or find it where an earlier demo made it."""
    known = {each.code: each.id for each in lookup.warehouses(uow)}
    own = [known.get(code) or lookup.add_warehouse(uow, code, name) for code, name in words.WAREHOUSES]
    known = {each.code: each.id for each in lookup.companies(uow)}
    companies = [known.get(code) or lookup.add_company(uow, code, name) for code, name in words.COMPANIES]
    known = {each.code: each.id for each in lookup.persons(uow)}
    persons = [known.get(code) or lookup.add_person(uow, code, name, phone) for code, name, phone in words.PERSONS]
    shared_settings.write(uow, "demo", value=True)
    if not shared_settings.read(uow).sender_name:
        for part, text in words.SENDER.items():
            shared_settings.write(uow, f"sender_{part}", text)
    return Surroundings(
        cities=tuple(lookup.cities(uow)),
        products=tuple(_products(uow, ctx, own, random)),
        warehouse_ids=tuple(own),
        company_ids=tuple(companies),
        person_ids=tuple(persons),
        station_ids=tuple(users.station_id(uow, name, ctx.now()) for name in words.STATIONS),
    )


def _products(uow: UnitOfWork, ctx: Context, warehouse_ids: list[int], random: Random) -> list[Any]:
    skus = {f"PROD-{number:03d}": entry for number, entry in enumerate(words.PRODUCTS, start=1)}
    found = lookup.products_by_sku(uow, list(skus))
    new = [sku for sku in skus if sku not in found]
    for sku in new:
        lookup.add_product(uow, sku, skus[sku][0], [_ean13(f"611{int(sku[-3:]):09d}")])
    found = lookup.products_by_sku(uow, list(skus))
    for warehouse_id in warehouse_ids if new else []:
        goods = {found[sku].id: random.randint(20, 400) for sku in new}
        stock.move_goods(uow, Movement.RECEIVE, warehouse_id, goods, ctx.signature("Stock initial"))
    return [(found[sku], price * 100) for sku, (_, price) in skus.items()]


def _ean13(digits: str) -> str:
    """Return twelve digits with their EAN-13 check digit; 611 is Morocco's GS1 prefix."""
    odd, even = sum(map(int, digits[::2])), sum(map(int, digits[1::2]))
    return digits + str(-(odd + 3 * even) % 10)


def _write(uow: UnitOfWork, ctx: Context, invented: list[Invented], random: Random) -> None:
    references = counters.next_references(uow, len(invented))
    rows = []
    for reference, each in zip(references, invented, strict=True):
        values = {"reference": reference, "origin": "demo", **each.columns}
        rows.append(tuple([values.get(name) for name in _ORDER_COLUMNS]))
    ids = bulk.load_orders(uow, _ORDER_COLUMNS, rows, references)
    numbered = list(zip(ids, invented, strict=True))
    bulk.load_rows(uow, order_line, _LINE_COLUMNS, (row for pair in numbered for row in _line_rows(*pair)))
    bulk.load_rows(uow, order_event, _EVENT_COLUMNS, (row for pair in numbered for row in _event_rows(*pair)))
    for kind, events in _MOVEMENTS:
        bulk.load_movements(uow, kind, events, ids)
    _keep_totals(uow, ctx, invented, random)


def _line_rows(order_id: int, order: Invented) -> list[tuple[Any, ...]]:
    return [
        (order_id, position, product.id, quantity, price, quantity * price)
        for position, (product, quantity, price) in enumerate(order.lines, start=1)
    ]


def _event_rows(order_id: int, order: Invented) -> list[tuple[Any, ...]]:
    rows = []
    for version, event in enumerate(order.events, start=1):
        source = "rest" if event.before is None else "scanner"
        before = None if event.before is None else event.before.value
        rows.append(
            (
                order_id, event.kind.value, before, event.after.value, version, event.at, event.worker,
                event.station_id, source, event.reason, *event.texts,
            )
        )  # fmt: skip
    return rows


def _keep_totals(uow: UnitOfWork, ctx: Context, invented: list[Invented], random: Random) -> None:
    """Add what the orders took to the totals, and receive as much again so that the shelves stay filled."""
    on_hand: Counter[tuple[int, int]] = Counter()
    inspection: Counter[tuple[int, int]] = Counter()
    committed: Counter[int] = Counter()
    for order in invented:
        resume = order.columns.get("resume_status")
        holds = holding(Status(order.columns["status"]), Status(resume) if resume else None)
        for product, quantity, _ in order.lines:
            if holds is Holding.COMMITTED:
                committed[product.id] += quantity
            place = (order.columns.get("warehouse_id") or 0, product.id)
            if holds in {Holding.PURGED, Holding.INSPECTION}:
                on_hand[place] -= quantity
            if holds is Holding.INSPECTION:
                inspection[place] += quantity
    stock.add_totals(uow, on_hand, inspection, committed)
    received: dict[int, dict[int, int]] = {}
    for (warehouse_id, product_id), taken in sorted(on_hand.items()):
        received.setdefault(warehouse_id, {})[product_id] = -taken + random.randint(1, 3)
    for warehouse_id, goods in received.items():
        stock.move_goods(uow, Movement.RECEIVE, warehouse_id, goods, ctx.signature("Réassort"))
