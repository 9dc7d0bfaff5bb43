"""Each mode of the scanner in the window: what it asks, counts and says, and what it tells the rest of the window."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders
from tests.ui.test_scanning import scan
from warehouse_desk.app.window import WindowApp
from warehouse_desk.domain.orders.transitions import Action, Need
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import ChangeSet
from warehouse_desk.domain.scanning.modes import SCAN_MODES, Choice, ModeName
from warehouse_desk.services.desk import Desk
from warehouse_desk.ui.scanner.controls import ScanControls
from warehouse_desk.ui.scanner.wording import Verdict
from warehouse_desk.ui.station import read_station
from warehouse_desk.ui.workplace import Workplace

CUSTOMER = "Youssef Benali 1 · Casablanca · 258,00\u00a0DH. "
SHIPPED = (Action.PACK, Action.SHIP)


@dataclass(frozen=True)
class Expected:
    """What is seen of one reading. Written down a second time on purpose: the table of modes is what is tested."""

    steps: tuple[Action, ...]
    asks: set[str]
    word: str
    says: str
    changes: tuple[bool, ...]
    """For each change that the window is told, whether products changed too."""
    undoable: bool = True
    counts: str = ""


DATED = {"Date of the scans"}
MODES = {
    "pack": Expected((), DATED, "PACKED", f"{CUSTOMER}It was “New”. Next", (True,)),
    "verify": Expected(
        (), DATED | {"How pieces are scanned"}, "COUNTED", "ORD-00001 is open.", (True,), counts="ORD-00001: 0 of 2"
    ),
    "tracking": Expected(
        (Action.PACK,), set(), "NOW ITS LABEL", f"{CUSTOMER}ORD-00001: now scan the courier's label.", (False,)
    ),
    "ship": Expected(
        (Action.PACK,),
        DATED | {"Warehouse that the parcels leave"},
        "SHIPPED",
        f"{CUSTOMER}It was “Packed”. Next",
        (True,),
    ),
    "hand-over": Expected(
        (Action.PACK, Action.PUSH),
        {"Who takes the parcels"},
        "HANDED OVER",
        f"{CUSTOMER}ORD-00001 is handed over",
        (False,),
        counts="Parcels: 1 of 1",
    ),
    "deliver": Expected(SHIPPED, DATED, "DELIVERED", f"{CUSTOMER}It was “Shipped”. Next", (True,)),
    "return": Expected(SHIPPED, DATED, "RETURNED", f"{CUSTOMER}It was “Shipped”. Next", (True,)),
    "restock": Expected(
        (*SHIPPED, Action.RETURN),
        {"What to do with the goods", "Warehouse for returned goods whose own warehouse is inactive"},
        "RETURN DONE",
        "The goods of ORD-00001 are restocked",
        (True,),
    ),
    "cancel": Expected((), DATED | {"Reason"}, "CANCELED", f"{CUSTOMER}It was “New”. Next", (True,)),
    "look-up": Expected((), set(), "FOUND", f"{CUSTOMER}ORD-00001 is “New” since", (), undoable=False),
}


def test_every_mode_is_described_here() -> None:
    assert list(MODES) == [mode.name.value for mode in SCAN_MODES.values()]


@pytest.mark.parametrize("name", MODES)
def test_a_reading_asks_counts_and_says_what_its_mode_does(
    started: Callable[[], WindowApp], orders: Orders, qtbot: QtBot, name: str
) -> None:
    expected = MODES[name]
    (order_id,) = orders.create()
    given = {
        "warehouse_id": orders.desk.directories.warehouses()[0].id,
        "company_id": orders.desk.directories.companies()[0].id,
    }
    for step in expected.steps:
        orders.act(step, [order_id], **given, from_stock=False)
    app = started()
    app.live.stop()  # what other stations did, it would tell at any moment
    pane = app.window.scanner
    pane.controls.set_mode(name)
    sticky = pane.controls.sticky
    assert {part.accessibleName() for part in sticky.parts() if not part.isHidden()} == expected.asks
    sticky.reason.setCurrentText("Ordered twice")
    sticky.receiver.setCurrentIndex(0)
    seen: list[Verdict] = []
    told: list[ChangeSet] = []
    pane.answered.connect(seen.append)
    app.window.workplace.changes.orders_changed.connect(told.append)
    scan(app.window, orders.reference(order_id))
    qtbot.waitUntil(lambda: bool(seen))
    (verdict,) = seen
    assert (verdict.level, verdict.word, verdict.undoable) == ("done", expected.word, expected.undoable)
    assert verdict.sentence.startswith(expected.says), verdict.sentence
    assert [(each.order_ids, each.products) for each in told] == [
        (frozenset({order_id}), products) for products in expected.changes
    ]
    qtbot.waitUntil(lambda: pane.tally.isHidden() is not bool(expected.counts))
    qtbot.waitUntil(lambda: not expected.counts or pane.tally.headline.text() == expected.counts)


def test_goods_are_written_off_and_lines_checked_by_one_piece_where_the_worker_chose_so(
    started: Callable[[], WindowApp], orders: Orders, qtbot: QtBot
) -> None:
    returned, whole = orders.create(2)
    for step in (*SHIPPED, Action.RETURN):
        orders.act(step, [returned], warehouse_id=orders.desk.directories.warehouses()[0].id)
    app = started()
    pane = app.window.scanner
    seen: list[str] = []
    pane.answered.connect(lambda verdict: seen.append(verdict.sentence))
    pane.controls.set_mode("restock")
    pane.controls.sticky.decision.setCurrentIndex(1)
    scan(app.window, orders.reference(returned))
    qtbot.waitUntil(lambda: seen == [f"The goods of {orders.reference(returned)} are written off."])
    pane.controls.set_mode("verify")
    pane.controls.sticky.counting.setCurrentIndex(1)
    scan(app.window, orders.reference(whole))
    scan(app.window, "TSHIRT-M")
    qtbot.waitUntil(lambda: seen[-1].endswith("is complete (pieces: 2) and packed."))


def test_the_next_worker_begins_in_a_mode_that_the_role_allows(workplace: Workplace, desk: Desk, qtbot: QtBot) -> None:
    controls = ScanControls(workplace)
    qtbot.addWidget(controls)
    station = read_station(desk)
    for ability, mode in ((Ability.PACK, "pack"), (Ability.RETURN, "return"), (Ability.DELIVER, "deliver")):
        caller = replace(station.caller, abilities=frozenset({ability}))
        workplace.station.open(replace(station, caller=caller))
        assert controls.mode.name == mode
        assert not controls.set_mode("cancel")
        assert controls.mode.name == mode


def test_what_was_set_for_one_mode_does_not_count_in_another(started: Callable[[], WindowApp]) -> None:
    """Only what is in sight may count: a day or a warehouse that nobody sees would go into the books."""
    controls = started().window.scanner.controls
    sticky = controls.sticky
    today = controls.facts().options.date
    earlier = today - timedelta(days=3)
    sticky.date.setDate(QDate(earlier.year, earlier.month, earlier.day))
    sticky.warehouse.setCurrentIndex(0)
    sticky.receiver.setCurrentIndex(0)
    sticky.reason.setCurrentText("Ordered twice")
    sticky.counting.setCurrentIndex(1)
    sticky.decision.setCurrentIndex(1)
    for mode in SCAN_MODES.values():
        controls.set_mode(mode.name)
        facts = controls.facts()
        given = facts.options
        assert given.date == (earlier if Need.DATE in mode.needs else today), mode.name
        takes_warehouse = Need.WAREHOUSE in mode.needs or Choice.SPARE_WAREHOUSE in mode.choices
        assert (given.warehouse_id is not None) is takes_warehouse, mode.name
        assert (given.company_id is not None) is (Need.COMPANY in mode.needs), mode.name
        assert bool(given.reason) is (Need.REASON in mode.needs), mode.name
        assert facts.whole_lines is (mode.name is ModeName.VERIFY)
        assert facts.write_off is (mode.name is ModeName.RESTOCK)
