"""A shift of 2,000 scans, of every kind that a shift brings, with the exact outcome of each."""

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest

from tests.builders import Shop, rows
from tests.services.scanning.scan_station import Listener, reading, scanning_at
from warehouse_desk.data.tables import order_event, outbox, scan
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.scanning.request import ScanRequest

SCANS = 2_000
DOUBLE_READ_MS, LATER_MS = 700, 4_000

# Written down a second time on purpose: this test must not ask the table that it tests.
STEPS = {
    "pack": ({Status.NEW}, Status.PACKED),
    "ship": ({Status.PACKED, Status.WAITING}, Status.SHIPPED),
    "deliver": ({Status.SHIPPED}, Status.DELIVERED),
    "return": ({Status.SHIPPED, Status.DELIVERED}, Status.RETURNED),
    "cancel": ({Status.NEW, Status.PACKED, Status.WAITING, Status.OUT_OF_STOCK}, Status.CANCELED),
}
KINDS = {
    "valid": 45, "double read": 10, "again": 10, "unknown": 8, "wrong status": 12, "garbled": 5, "doubtful": 5,
    "hand-over": 12, "look-up": 5,
}  # fmt: skip


@dataclass
class Shift:
    """Makes scans and knows what must become of them."""

    shop: Shop
    statuses: dict[str, Status]
    chance: random.Random
    now_ms: int = 0
    asked: list[tuple[ScanRequest, int]] = field(default_factory=list)
    expected: list[tuple[str, Outcome]] = field(default_factory=list)
    doubles: list[str] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)
    last: tuple[str, str] | None = None
    pushed: set[str] = field(default_factory=set)
    handed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.pushed = {reference for reference, status in self.statuses.items() if status is Status.WAITING}

    def add(self, kind: str) -> None:
        self.made[kind] += 1
        {
            "valid": self._valid,
            "double read": self._double,
            "again": self._again,
            "unknown": lambda: self._not_there(f"ORD-9{self.chance.randrange(10**5):05d}"),
            "wrong status": self._wrong,
            "garbled": lambda: self._not_there(self.chance.choice(["ORD)ÀÀÀÀ&", "RD-0004", "ORD-", "ORD-00O1", "٠٠١"])),
            "doubtful": self._doubtful,
            "hand-over": self._hand_over,
            "look-up": self._look_up,
        }[kind]()

    def _ask(self, mode: str, code: str, after_ms: int = LATER_MS, candidates: tuple[str, ...] = ()) -> None:
        self.now_ms += after_ms
        self.asked.append((reading(self.shop, mode, code, candidates=candidates), self.now_ms))

    def _expect(self, mode: str, reference: str) -> None:
        sources, target = STEPS[mode]
        status = self.statuses[reference]
        if status is target:
            self.expected.append((reference, Outcome.ALREADY))
        elif status in sources:
            self.statuses[reference] = target
            self.expected.append((reference, Outcome.DONE))
        else:
            self.expected.append((reference, Outcome.REFUSED))

    def _order(self, mode: str, *, fits: bool) -> str:
        sources, target = STEPS[mode]
        found = [r for r, s in self.statuses.items() if (s in sources) == fits and s is not target]
        return self.chance.choice(found)

    def _mode(self, *, fits: bool) -> str:
        modes = [m for m, (sources, _) in STEPS.items() if not fits or sources & set(self.statuses.values())]
        return self.chance.choice(modes)

    def _valid(self) -> None:
        mode = self._mode(fits=True)
        reference = self._order(mode, fits=True)
        self._ask(mode, self.chance.choice([reference, reference.lower()]))
        self._expect(mode, reference)
        self.last = (mode, reference)

    def _wrong(self) -> None:
        mode = self._mode(fits=False)
        reference = self._order(mode, fits=False)
        self._ask(mode, reference)
        self._expect(mode, reference)
        self.last = (mode, reference)

    def _again(self) -> None:
        if self.last is None:
            return
        mode, reference = self.last
        self._ask(mode, reference)
        self._expect(mode, reference)

    def _double(self) -> None:
        mode, reference = self._mode(fits=True), ""
        reference = self._order(mode, fits=True)
        self._ask(mode, reference)
        self._expect(mode, reference)
        self._ask(mode, reference, after_ms=DOUBLE_READ_MS)
        self.doubles.append(reference)
        self.last = (mode, reference)

    def _not_there(self, code: str) -> None:
        self._ask(self._mode(fits=False), code)
        self.expected.append((code, Outcome.UNKNOWN))

    def _doubtful(self) -> None:
        mode = self._mode(fits=True)
        reference = self._order(mode, fits=True)
        other = reference.replace("ORD", "QRD")
        self._ask(mode, other, candidates=(other, reference))
        self._expect(mode, reference)

    def _hand_over(self) -> None:
        reference = self.chance.choice(list(self.pushed if self.chance.random() < 0.8 else self.statuses))
        self._ask("hand-over", reference)
        if reference in self.handed:
            outcome = Outcome.ALREADY
        elif reference in self.pushed and self.statuses[reference] in {Status.WAITING, Status.SHIPPED}:
            outcome = Outcome.DONE
            self.handed.add(reference)
        else:
            outcome = Outcome.REFUSED
        self.expected.append((reference, outcome))

    def _look_up(self) -> None:
        reference = self.chance.choice(list(self.statuses))
        self._ask("look-up", reference)
        self.expected.append((reference, Outcome.DONE))


@pytest.mark.slow
def test_each_of_two_thousand_mixed_scans_ends_as_it_must(shop: Shop) -> None:
    chance = random.Random(20260302)  # noqa: S311 - a repeatable shift, no secret
    statuses = {
        reference: status
        for status, how_many in (
            (Status.NEW, 250), (Status.PACKED, 150), (Status.WAITING, 100), (Status.SHIPPED, 100),
            (Status.DELIVERED, 40), (Status.CANCELED, 20), (Status.OUT_OF_STOCK, 20),
        )
        for reference in shop.orders_in(status, how_many)
    }  # fmt: skip
    events = len(rows(shop.database, order_event))
    shift = Shift(shop, statuses, chance)
    while len(shift.asked) < SCANS:
        (kind,) = chance.choices(list(KINDS), list(KINDS.values()))
        shift.add(kind)

    listener = Listener()
    with scanning_at(shop.desk, listener) as queue:
        for request, now_ms in shift.asked:
            queue.submit(request, now_ms)
        answers = listener.wait_for(len(shift.expected))

    assert set(shift.made) == set(KINDS)
    assert listener.repeats == shift.doubles
    assert listener.lost == []
    found = [(answer.result.reference, answer.result.outcome) for answer in answers]
    assert [pair for pair in zip(found, shift.expected, strict=True) if pair[0] != pair[1]] == []
    assert {reference: shop.status(reference) for reference in statuses} == statuses
    steps = [outcome for (_, outcome), answer in zip(shift.expected, answers, strict=True) if answer.mode in STEPS]
    done = steps.count(Outcome.DONE)
    assert len(rows(shop.database, order_event)) - events == done
    assert len(rows(shop.database, scan)) == len(shift.expected)
    assert len({row["op_uuid"] for row in rows(shop.database, outbox)}) == len(rows(shop.database, outbox))
    assert shop.desk.goods.ledger_faults() == []
    count = shop.desk.scanning.hand_over_count(shop.company, None)
    assert count.number is not None
    sheet = shop.desk.paper.hand_overs.sheet(count.number)
    assert {parcel.reference for parcel in sheet.parcels} == shift.handed
    waiting = {reference for reference, status in statuses.items() if status is Status.WAITING}
    assert (count.handed, count.left) == (len(shift.handed), len(waiting - shift.handed))
