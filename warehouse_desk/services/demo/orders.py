"""Invent believable orders: who, where, what, and the road each has travelled."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from warehouse_desk.common.clock import local_day
from warehouse_desk.common.text import fold
from warehouse_desk.domain.directories.entries import City, Product
from warehouse_desk.domain.orders.fingerprint import content_hash
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.phone import phone_keys
from warehouse_desk.domain.status import Status
from warehouse_desk.services.demo import words

ROADS: dict[Status, tuple[tuple[Action, Status], ...]] = {
    Status.NEW: (),
    Status.PACKED: ((Action.PACK, Status.PACKED),),
    Status.WAITING: ((Action.PACK, Status.PACKED), (Action.PUSH, Status.WAITING)),
    Status.SHIPPED: ((Action.PACK, Status.PACKED), (Action.SHIP, Status.SHIPPED)),
    Status.DELIVERED: ((Action.PACK, Status.PACKED), (Action.SHIP, Status.SHIPPED), (Action.DELIVER, Status.DELIVERED)),
    Status.RETURNED: ((Action.PACK, Status.PACKED), (Action.SHIP, Status.SHIPPED), (Action.RETURN, Status.RETURNED)),
    Status.CANCELED: ((Action.CANCEL, Status.CANCELED),),
    Status.OUT_OF_STOCK: ((Action.OUT_OF_STOCK, Status.OUT_OF_STOCK),),
    Status.ROLLBACK: ((Action.PACK, Status.PACKED), (Action.PUSH, Status.WAITING), (Action.ROLLBACK, Status.ROLLBACK)),
}
"""The steps after creation that bring an order to each status."""

_OPEN = {
    Status.NEW: 35,
    Status.PACKED: 19,
    Status.WAITING: 13,
    Status.SHIPPED: 26,
    Status.OUT_OF_STOCK: 4,
    Status.ROLLBACK: 3,
}
_OVER = {Status.DELIVERED: 68, Status.RETURNED: 19, Status.CANCELED: 13}
"""How often an order of the last days stands in a status, and an older one: parcels do not lie for weeks."""

OVER_SHARE = 0.47
"""The share of all orders, the oldest, whose journey is over."""
_OTHERWISE = 0.06
"""How often an old order is still open, or a young one over."""

_OPENS_AT, _CLOSES_AT = timedelta(hours=8), timedelta(hours=20)

# How often a thing is so, as a warehouse would see it.
_ONE_PRODUCT = 0.72
_ONE_UNIT = 0.85
_ARABIC = 0.4
_SECOND_PHONE = 0.15
_AREA = 0.3
_NOTE = 0.12
_FEES_PAID = 0.3
_BY_PERSON = 0.35

_DAYS = {
    Action.PACK: "packed_on",
    Action.SHIP: "shipped_on",
    Action.ASSIGN: "shipped_on",
    Action.DELIVER: "delivered_on",
    Action.RETURN: "returned_on",
    Action.CANCEL: "canceled_on",
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the orders of one demo name."""

    cities: tuple[City, ...]
    products: tuple[tuple[Product, int], ...]
    """Products with their unit price in centimes."""
    warehouse_ids: tuple[int, ...]
    company_ids: tuple[int, ...]
    person_ids: tuple[int, ...]
    station_ids: tuple[int, ...]


@dataclass(slots=True)
class Event:
    """One step of an order's life line."""

    kind: Action
    before: Status | None
    after: Status
    at: datetime
    worker: str
    station_id: int
    reason: str | None = None
    changed: dict[str, Any] = field(default_factory=dict)

    @property
    def texts(self) -> tuple[str, str]:
        """The audit's JSON of what was and what is."""
        was: dict[str, Any] = dict.fromkeys(self.changed)
        if self.before is not None:
            was["status"] = self.before.value
        return _json(was), _json({"status": self.after.value, **self.changed})


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=str)


@dataclass(slots=True)
class Invented:
    """One order: its columns, its lines (product, quantity, unit price in centimes), its events."""

    columns: dict[str, Any]
    lines: list[tuple[Product, int, int]]
    events: list[Event]


class Inventor:
    """Makes orders from a seed: the same seed gives the same orders."""

    def __init__(self, random: Random, around: Surroundings) -> None:
        self._random = random
        self._around = around
        by_name = {city.name: city for city in around.cities}
        self._cities = [by_name[name] for name in words.BIG_CITIES if name in by_name] * 6 + list(around.cities)
        self._of_age = {over: (list(found), list(found.values())) for over, found in ((True, _OVER), (False, _OPEN))}

    def status(self, number: int, age: float) -> Status:
        """Return the status of an order at a place from 0, the oldest, to 1; the first nine show all nine."""
        if number < len(Status):
            return list(Status)[number]
        over = (age < OVER_SHARE) is not self._happens(_OTHERWISE)
        statuses, weights = self._of_age[over]
        return self._random.choices(statuses, weights)[0]

    def order(self, status: Status, created: datetime, now: datetime) -> Invented:
        """Invent an order that was created at a moment and stands in a status now."""
        lines = self._lines()
        columns = {**self._customer(), **self._amounts(lines), "status": status.value, "created_at": created}
        lines_key = [(product.sku, quantity, price) for product, quantity, price in lines]
        columns["content_hash"] = content_hash(
            columns["phone"], columns["full_name"], columns["total"], columns["address"], lines_key
        )
        events = self._life(status, self._moments(status, created, now), columns, lines)
        columns["updated_at"] = events[-1].at
        columns["version"] = len(events)
        return Invented(columns, lines, events)

    def _happens(self, how_often: float) -> bool:
        return self._random.random() < how_often

    def _lines(self) -> list[tuple[Product, int, int]]:
        random = self._random
        how_many = 1 if self._happens(_ONE_PRODUCT) else random.randint(2, 4)
        chosen = random.sample(self._around.products, how_many)
        return [(product, 1 if self._happens(_ONE_UNIT) else random.randint(2, 3), price) for product, price in chosen]

    def _customer(self) -> dict[str, Any]:
        random = self._random
        arabic = self._happens(_ARABIC)
        city = random.choice(self._cities)
        if arabic:
            name = f"{random.choice(words.ARABIC_FIRST)} {random.choice(words.ARABIC_LAST)}"
            address = f"{random.choice(words.ARABIC_STREETS)}، رقم {random.randint(1, 240)}، {city.name_ar}"
        else:
            name = f"{random.choice(words.FRENCH_FIRST)} {random.choice(words.FRENCH_LAST)}"
            address = f"{random.randint(1, 240)}, {random.choice(words.STREETS)}, {city.name}"
        phone = f"+212{random.choice(words.MOBILES)}{random.randint(0, 9_999_999):07d}"
        second = (
            f"0{random.choice(words.PHONES)}{random.randint(0, 9_999):04d}" if self._happens(_SECOND_PHONE) else None
        )
        return {
            "full_name": name,
            "name_folded": fold(name),
            "phone": phone,
            "phone_keys": phone_keys(phone, second),
            "second_phone": second,
            "city": city.name,
            "city_folded": fold(city.name),
            "city_id": city.id,
            "area": random.choice(words.AREAS) if self._happens(_AREA) else None,
            "address": address,
            "notes": random.choice(words.NOTES) if self._happens(_NOTE) else None,
        }

    def _amounts(self, lines: list[tuple[Product, int, int]]) -> dict[str, Any]:
        total = sum(quantity * price for _, quantity, price in lines)
        paid = self._happens(_FEES_PAID)
        return {"total": total + (3_000 if paid else 0), "is_fees_paid_by_customer": paid}

    def _moments(self, status: Status, created: datetime, now: datetime) -> list[datetime]:
        """Return when an order was created and when each step of its road was made: by day, and before now."""
        random, steps = self._random, len(ROADS[status])
        time = min(now - created, steps * timedelta(hours=random.randint(6, 36)))
        moments = [created]
        for share in sorted(random.random() for _ in range(steps)):
            at = _by_day(created + share * time, now)
            moments.append(min(now, max(at, moments[-1] + timedelta(minutes=1))))
        return moments

    def _life(
        self, status: Status, moments: list[datetime], columns: dict[str, Any], lines: list[tuple[Product, int, int]]
    ) -> list[Event]:
        random = self._random
        events = [Event(Action.CREATE, None, Status.NEW, moments[0], "API", random.choice(self._around.station_ids))]
        before = Status.NEW
        for (action, after), at in zip(ROADS[status], moments[1:], strict=True):
            step = self._person_ships(action)
            worker, station = random.choice(words.WORKERS), random.choice(self._around.station_ids)
            event = Event(step, before, after, at, worker, station)
            self._facts(event, lines, local_day(at))
            columns["previous_status"] = before.value
            columns.update(event.changed)
            events.append(event)
            before = after
        return events

    def _person_ships(self, action: Action) -> Action:
        return Action.ASSIGN if action is Action.SHIP and self._happens(_BY_PERSON) else action

    def _facts(self, event: Event, lines: list[tuple[Product, int, int]], day: date) -> None:
        """Add what a step sets, as the rules of the desk would."""
        random, around, changed = self._random, self._around, event.changed
        if event.kind in _DAYS:
            changed[_DAYS[event.kind]] = day
        match event.kind:
            case Action.SHIP | Action.ASSIGN:
                changed["warehouse_id"] = random.choice(around.warehouse_ids)
                if event.kind is Action.ASSIGN:
                    changed["delivery_person_id"] = random.choice(around.person_ids)
            case Action.PUSH:
                changed |= {"shipping_company_id": random.choice(around.company_ids), "from_stock": False}
            case Action.CANCEL:
                event.reason = changed["cancel_reason"] = random.choice(words.REASONS)
            case Action.OUT_OF_STOCK:
                changed["short_skus"] = json.dumps([lines[0][0].sku])
            case Action.ROLLBACK:
                event.reason = random.choice(words.REASONS)
                changed |= {"resume_status": Status.PACKED.value, "shipping_company_id": None, "from_stock": None}


def _by_day(at: datetime, now: datetime) -> datetime:
    """Move a moment into the working hours of its day, those of today being over by now."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    ends = min(_CLOSES_AT, now - midnight)
    if ends <= _OPENS_AT:
        return at
    share = (at - midnight) / min(timedelta(days=1), now - midnight)
    return midnight + _OPENS_AT + share * (ends - _OPENS_AT)
