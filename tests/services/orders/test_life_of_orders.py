"""Random shifts: whatever is asked of a few orders, in whatever order, the books stay true."""

import contextlib
import json
import shutil
import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.builders import Shop, a_line, an_order_body, facts_in, open_shop, rows
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.tables import order_event, order_line, orders, outbox, stock
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.goods.returns import Decision
from warehouse_desk.domain.orders.transitions import STATUS_ACTIONS, Action, Target, transition_for
from warehouse_desk.domain.scanning.modes import STATUS_MODES
from warehouse_desk.domain.status import Holding, Status

WHICH = st.integers(0, 3)
SKUS = ("ARGAN-50", "SAVON-N")


class Shifts(RuleBasedStateMachine):
    """Workers of one warehouse with four orders and too little stock for all of them."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.template, self.folder / "desk.sqlite")
        self.database = Database(f"sqlite:///{(self.folder / 'desk.sqlite').as_posix()}")
        self.shop: Shop = open_shop(self.database, on_shelf=4)
        self.references: list[str] = []
        self.seen: dict[str, tuple[int, Status]] = {}

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder)

    @initialize(quantities=st.lists(st.integers(1, 3), min_size=4, max_size=4))
    def orders_arrive(self, quantities: list[int]) -> None:
        bodies = [an_order_body(products=[a_line("ARGAN-50", n), a_line("SAVON-N")]) for n in quantities]
        self.references = list(self.shop.create(*bodies))

    @rule(action=st.sampled_from(STATUS_ACTIONS), which=st.lists(WHICH, min_size=1, max_size=4), give=st.data())
    def a_step(self, action: Action, which: list[int], give: Any) -> None:
        given = self.shop.given(from_stock=give.draw(st.booleans()), to_new=give.draw(st.booleans()))
        self.shop.desk.orders.act(action, [self.references[i] for i in which], given)

    @rule(mode=st.sampled_from(sorted(STATUS_MODES)), which=WHICH)
    def a_reading(self, mode: str, which: int) -> None:
        self.shop.desk.scanning.scan(mode, self.references[which], self.shop.given())

    @rule(which=WHICH, minutes=st.sampled_from([0, 1, 6]))
    def an_undo(self, which: int, minutes: int) -> None:
        self.shop.clock.advance(minutes=minutes)
        self.shop.desk.orders.act(Action.UNDO, [self.references[which]])

    @rule(which=WHICH, restock=st.booleans())
    def returned_goods_are_decided_on(self, which: int, restock: bool) -> None:
        self.shop.desk.goods.settle_returns([self.references[which]], Decision(restock=restock))

    @rule(which=WHICH, sku=st.sampled_from(SKUS), quantity=st.integers(1, 3))
    def an_edit(self, which: int, sku: str, quantity: int) -> None:
        body = {
            "full_name": "Amina Tazi",
            "phone": "0600000002",
            "city_to_id": 1,
            "address": "Avenue Hassan II",
            "products": [{"id": self.shop.products[sku], "quantity": quantity, "total": 100 * quantity}],
        }
        with contextlib.suppress(DeskError):
            self.shop.desk.orders.update(self.references[which], body)

    @rule(returned=st.sampled_from(["inspect", "restock", "none"]), packed=st.sampled_from(["on", "off"]))
    def a_supervisor_changes_the_settings(self, returned: str, packed: str) -> None:
        self.shop.desk.settings.change({"return_stock": returned, "push_requires_packed": packed})

    @rule(sku=st.sampled_from(SKUS), quantity=st.integers(1, 2))
    def goods_arrive(self, sku: str, quantity: int) -> None:
        self.shop.desk.goods.receive(self.shop.warehouse, sku, quantity)

    @invariant()
    def the_totals_are_the_ledgers_sums(self) -> None:
        assert self.shop.desk.goods.ledger_faults() == []

    @invariant()
    def nothing_less_than_nothing_lies_on_our_shelf(self) -> None:
        for row in rows(self.database, stock):
            assert row["inspection"] >= 0
            assert row["on_hand"] >= 0 or row["warehouse_id"] != self.shop.warehouse

    @invariant()
    def what_is_promised_is_what_the_orders_hold(self) -> None:
        promised: Counter[int] = Counter()
        numbers = {facts_in(self.database, r).id: facts_in(self.database, r).holds for r in self.references}
        for line in rows(self.database, order_line):
            if numbers[line["order_id"]] is Holding.COMMITTED:
                promised[line["product_id"]] += line["quantity"]
        assert {p.id: p.committed for p in self.shop.desk.goods.products()} == {
            number: promised[number] for number in self.shop.products.values()
        }

    @invariant()
    def each_change_of_status_is_one_of_the_table(self) -> None:
        for event in rows(self.database, order_event):
            before, after = event["status_before"], event["status_after"]
            if event["kind"] in {"create", "update", "undo"}:
                continue
            row = transition_for(Action(event["kind"]), Status(before))
            assert row is not None
            if isinstance(row.target, Status):
                assert after == row.target
            elif row.target is not Target.RESUMED:
                assert after == before

    @invariant()
    def the_audit_is_a_chain_without_gaps(self) -> None:
        for order in rows(self.database, orders):
            events = rows(self.database, order_event, order_id=order["id"])
            assert [event["version"] for event in events] == list(range(1, order["version"] + 1))
            statuses = [None] + [event["status_after"] for event in events]
            assert [event["status_before"] for event in events] == statuses[:-1]
            assert statuses[-1] == order["status"]
            for event in events:
                for name, value in json.loads(event["after"]).items():
                    assert name != "status" or value == event["status_after"]

    @invariant()
    def what_the_server_will_be_told_is_a_chain(self) -> None:
        for order in rows(self.database, orders):
            told = [op for op in rows(self.database, outbox, order_id=order["id"]) if op["state"] == "PENDING"]
            assert [op["seq_in_order"] for op in told] == sorted({op["seq_in_order"] for op in told})
            steps = [op for op in told if op["kind"] != "delete"]
            for former, later in pairwise(steps):
                assert later["from_status"] == former["to_status"]
            if order["deleted_at"] is None:
                assert steps[0]["kind"] == "create"
                assert steps[-1]["to_status"] == order["status"]
            else:
                assert told == []


@pytest.mark.slow
def test_the_books_stay_true_in_random_shifts(sqlite_template: Path) -> None:
    machine = type("ShiftsOfThisRun", (Shifts,), {"template": sqlite_template})
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=40, stateful_step_count=20),
    )
