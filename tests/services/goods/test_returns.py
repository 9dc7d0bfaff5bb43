"""Returned goods: found whatever became of their order, settled piece by piece, each once."""

from collections.abc import Callable

import pytest

from tests.builders import Shop, a_line, everything, refuse_inserts
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.errors import RuleViolation, WrongUsage
from warehouse_desk.domain.goods.returns import Decision
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.status import Status

RESTOCK, WRITE_OFF = Decision(restock=True), Decision(restock=False)
SHELF_AT_START = 1_000


def settle(shop: Shop, reference: str, decision: Decision = RESTOCK) -> ActionResult:
    return shop.desk.goods.settle_returns([reference], decision).results[0]


def waiting(shop: Shop) -> dict[str, dict[str, int]]:
    return {row.reference: row.goods for row in shop.desk.goods.waiting_returns()}


def renewed(shop: Shop, reference: str) -> None:
    shop.done(Action.RENEW, reference)


def renewed_and_canceled(shop: Shop, reference: str) -> None:
    renewed(shop, reference)
    shop.done(Action.CANCEL, reference)


def renewed_and_deleted(shop: Shop, reference: str) -> None:
    renewed_and_canceled(shop, reference)
    shop.done(Action.DELETE, reference)


def shipped_again(shop: Shop, reference: str) -> None:
    renewed(shop, reference)
    shop.done(Action.PACK, reference)
    shop.done(Action.SHIP, reference)


def renewed_with_other_products(shop: Shop, reference: str) -> None:
    renewed(shop, reference)
    body = {
        "full_name": "Amina Tazi",
        "phone": "0600000002",
        "city_to_id": 1,
        "address": "Avenue Hassan II",
        "products": [{"id": shop.products["SAVON-N"], "quantity": 2, "total": 200}],
    }
    shop.desk.orders.update(reference, body)


FATES: tuple[Callable[[Shop, str], None], ...] = (
    renewed,
    renewed_and_canceled,
    renewed_and_deleted,
    shipped_again,
    renewed_with_other_products,
)


@pytest.mark.parametrize("restock", [True, False])
@pytest.mark.parametrize("fate", FATES, ids=lambda fate: fate.__name__)
def test_goods_are_settled_whatever_became_of_their_order(
    shop: Shop, fate: Callable[[Shop, str], None], restock: bool
) -> None:
    reference = shop.order_in(Status.RETURNED, products=[a_line("ARGAN-50", 3)])
    fate(shop, reference)
    left_again = 3 if fate is shipped_again else 0
    assert waiting(shop) == {reference: {"ARGAN-50": 3}}
    answer = settle(shop, reference, Decision(restock=restock))
    assert answer.outcome is Outcome.DONE, str(answer.message)
    assert waiting(shop) == {}
    assert shop.on_hand() == SHELF_AT_START - (0 if restock else 3) - left_again
    again = settle(shop, reference)
    assert again.outcome is Outcome.REFUSED
    assert "none of its goods wait in inspection" in str(again.message)
    assert shop.desk.goods.ledger_faults() == []


def test_goods_that_came_back_twice_wait_twice(shop: Shop) -> None:
    reference = shop.order_in(Status.RETURNED)
    shipped_again(shop, reference)
    shop.done(Action.RETURN, reference)
    (row,) = shop.desk.goods.waiting_returns()
    assert (row.goods, [each.line.attempt for each in row.rows]) == ({"ARGAN-50": 2}, [1, 2])
    assert str(settle(shop, reference).message) == f"The goods of {reference} are restocked."
    assert (shop.on_hand(), shop.inspection()) == (SHELF_AT_START, 0)


def test_the_list_says_where_the_orders_stand_now(shop: Shop) -> None:
    new, gone = shop.orders_in(Status.RETURNED, 2)
    renewed(shop, new)
    renewed_and_deleted(shop, gone)
    rows = {row.reference: row for row in shop.desk.goods.waiting_returns()}
    assert [str(rows[each].standing) for each in (new, gone)] == ["New", "Deleted"]
    assert rows[new].returned_on == shop.context.today()


def test_renewing_says_what_still_waits(shop: Shop) -> None:
    waits, settled = shop.orders_in(Status.RETURNED, 2)
    settle(shop, settled)
    answers = [str(result.message) for result in shop.do(Action.RENEW, waits, settled)]
    assert answers == [
        f"{waits} is now “New”. Its returned goods still wait in inspection: 1 × ARGAN-50.",
        f"{settled} is now “New”.",
    ]


def test_pieces_are_settled_one_by_one(shop: Shop) -> None:
    reference = shop.order_in(Status.RETURNED, products=[a_line("ARGAN-50", 5), a_line("SAVON-N", 2)])
    some = settle(shop, reference, Decision(restock=True, pieces={"ARGAN-50": 2}))
    assert str(some.message) == f"Restocked from {reference}: 2 × ARGAN-50. 5 pieces still wait."
    settle(shop, reference, Decision(restock=True, pieces={"ARGAN-50": 1}))
    settle(shop, reference, Decision(restock=False, pieces={"ARGAN-50": 1}))
    settle(shop, reference, Decision(restock=False, pieces={"SAVON-N": None}))
    assert waiting(shop) == {reference: {"ARGAN-50": 1}}
    assert settle(shop, reference).outcome is Outcome.DONE
    assert settle(shop, reference).outcome is Outcome.ALREADY
    assert (shop.on_hand(), shop.on_hand("SAVON-N")) == (SHELF_AT_START - 1, SHELF_AT_START - 2)
    assert shop.desk.goods.ledger_faults() == []


def test_no_more_is_settled_than_waits(shop: Shop) -> None:
    reference = shop.order_in(Status.RETURNED, products=[a_line("ARGAN-50", 2)])
    before = everything(shop.database)
    too_many = settle(shop, reference, Decision(restock=True, pieces={"ARGAN-50": 3}))
    other = settle(shop, reference, Decision(restock=True, pieces={"SAVON-N": None}))
    assert [too_many.outcome, other.outcome] == [Outcome.REFUSED] * 2
    assert str(too_many.message) == f"Only 2 pieces of ARGAN-50 wait for {reference}. Enter 2 or fewer."
    assert str(other.message) == f"No SAVON-N of {reference} waits in inspection. Waiting: 2 × ARGAN-50."
    with pytest.raises(WrongUsage, match="at least one"):
        settle(shop, reference, Decision(restock=True, pieces={"ARGAN-50": 0}))
    assert everything(shop.database) == before


def test_a_decision_stands_in_the_history(shop: Shop) -> None:
    reference = shop.order_in(Status.RETURNED)
    settle(shop, reference, Decision(restock=False, reason="Cassé"))
    event = shop.events(reference)[-1]
    assert (event["kind"], event["status_after"], event["reason"]) == ("write-off", "RETURNED", "Cassé")
    assert shop.changes(reference)[-1]["kind"] == "write-off"


def test_a_held_order_is_settled_and_stays_on_hold(shop: Shop) -> None:
    reference = shop.order_in(Status.RETURNED)
    shop.done(Action.HOLD, reference, reason="Litige")
    answer = settle(shop, reference)
    assert answer.outcome is Outcome.DONE
    assert str(answer.message).endswith("The order stays on hold: Litige.")
    assert shop.facts(reference).held


def test_a_settlement_whose_last_write_fails_leaves_nothing(shop: Shop) -> None:
    reference = shop.order_in(Status.RETURNED)
    before = everything(shop.database)
    refuse_inserts(shop.database, "change_log")
    with pytest.raises(Exception, match="broken"):
        settle(shop, reference)
    assert everything(shop.database) == before


# --- taking it back ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", [RESTOCK, WRITE_OFF], ids=["restock", "write-off"])
def test_a_decision_is_undone_and_made_again(shop: Shop, decision: Decision) -> None:
    reference = shop.order_in(Status.RETURNED)
    for _ in range(3):
        settle(shop, reference, decision)
        (undone,) = shop.do(Action.UNDO, reference)
        assert str(undone.message) == f"The goods of {reference} wait in inspection again."
        assert (shop.on_hand(), shop.inspection()) == (SHELF_AT_START - 1, 1)
    assert shop.do(Action.UNDO, reference)[0].outcome is Outcome.REFUSED
    assert settle(shop, reference).outcome is Outcome.DONE
    assert shop.desk.goods.ledger_faults() == []


def test_goods_that_left_the_shelf_again_are_not_brought_back(shop: Shop) -> None:
    reference = shop.order_in(Status.RETURNED)
    settle(shop, reference)
    shop.desk.goods.adjust(shop.warehouse, "ARGAN-50", -SHELF_AT_START, "Inventaire")
    (answer,) = shop.do(Action.UNDO, reference)
    assert answer.outcome is Outcome.REFUSED
    assert "no longer all in stock" in str(answer.message)


def test_a_scan_that_settled_is_taken_back(shop: Shop) -> None:
    reference = shop.order_in(Status.RETURNED)
    assert shop.desk.scanning.scan("restock", reference, shop.options()).outcome is Outcome.DONE
    (scan,) = shop.desk.scanning.history(1)
    assert shop.desk.scanning.undo(scan.scan_id).outcome is Outcome.DONE
    assert waiting(shop) == {reference: {"ARGAN-50": 1}}


def test_a_return_is_rolled_back_while_nobody_decided_on_its_goods(shop: Shop) -> None:
    untouched, taken_back, partly = shop.orders_in(Status.RETURNED, 3, products=[a_line("ARGAN-50", 2)])
    settle(shop, taken_back)
    shop.done(Action.UNDO, taken_back)
    settle(shop, partly, Decision(restock=True, pieces={"ARGAN-50": 1}))
    outcomes = [result.outcome for result in shop.do(Action.ROLLBACK, untouched, taken_back, partly)]
    assert outcomes == [Outcome.DONE, Outcome.DONE, Outcome.REFUSED]
    assert waiting(shop) == {partly: {"ARGAN-50": 1}}
    assert shop.desk.goods.ledger_faults() == []


# --- warehouses out of use --------------------------------------------------------------------------------------


def closed_with_a_return(shop: Shop, *, return_stock: str = "inspect") -> tuple[str, int]:
    """Return an order that comes back to a warehouse closed while it was under way, and that warehouse."""
    rabat = shop.desk.directories.add(Listed.WAREHOUSE, code="RAB", name="Rabat").id
    shop.desk.goods.receive(rabat, "ARGAN-50", 1)
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.SHIP, reference, warehouse_id=rabat)
    shop.desk.directories.set_active(Listed.WAREHOUSE, rabat, active=False)
    shop.desk.settings.change({"return_stock": return_stock})
    shop.done(Action.RETURN, reference)
    return reference, rabat


@pytest.mark.parametrize("return_stock", ["inspect", "restock"])
def test_goods_of_a_closed_warehouse_go_to_a_shelf_that_is_chosen(shop: Shop, return_stock: str) -> None:
    reference, rabat = closed_with_a_return(shop, return_stock=return_stock)
    asked = settle(shop, reference)
    assert asked.outcome is Outcome.REFUSED
    assert "wait in RAB, which is inactive. Choose another warehouse for them." in str(asked.message)
    closed = settle(shop, reference, Decision(restock=True, shelf_id=rabat))
    assert "RAB is no longer active" in str(closed.message)
    done = settle(shop, reference, Decision(restock=True, spare_id=shop.warehouse))
    assert str(done.message) == f"Restocked in CASA from {reference}: 1 × ARGAN-50."
    assert (shop.on_hand(), shop.on_hand(warehouse="RAB"), shop.inspection(warehouse="RAB")) == (1_001, 0, 0)
    assert shop.desk.goods.ledger_faults() == []
    shop.done(Action.UNDO, reference)
    assert (shop.on_hand(), shop.on_hand(warehouse="RAB"), shop.inspection(warehouse="RAB")) == (1_000, 0, 1)
    assert settle(shop, reference, WRITE_OFF).outcome is Outcome.DONE
    assert shop.desk.goods.ledger_faults() == []


def test_a_return_to_a_closed_warehouse_says_that_its_goods_wait(shop: Shop) -> None:
    rabat = shop.desk.directories.add(Listed.WAREHOUSE, code="RAB", name="Rabat").id
    shop.desk.goods.receive(rabat, "ARGAN-50", 1)
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.SHIP, reference, warehouse_id=rabat)
    shop.desk.directories.set_active(Listed.WAREHOUSE, rabat, active=False)
    shop.desk.settings.change({"return_stock": "restock"})
    (answer,) = shop.do(Action.RETURN, reference)
    assert str(answer.message) == f"{reference} is now “Returned”. Its goods wait in inspection: RAB is inactive."


def test_the_scanner_takes_the_warehouse_in_sight_and_says_so(shop: Shop) -> None:
    reference, _ = closed_with_a_return(shop)
    without = shop.desk.scanning.scan("restock", reference, shop.options(warehouse_id=None))
    assert "which is inactive. Choose another warehouse for them." in str(without.message)
    answer = shop.desk.scanning.scan("restock", reference, shop.options())
    assert str(answer.message) == f"Restocked in CASA from {reference}: 1 × ARGAN-50."


def test_the_warehouse_in_sight_is_not_taken_where_theirs_is_in_use(shop: Shop) -> None:
    fes = shop.desk.directories.add(Listed.WAREHOUSE, code="FES", name="Fès").id
    reference = shop.order_in(Status.RETURNED)
    shop.desk.scanning.scan("restock", reference, shop.options(warehouse_id=fes))
    assert (shop.on_hand(), shop.on_hand(warehouse="FES")) == (SHELF_AT_START, 0)


def test_returned_goods_may_go_to_another_shelf_but_to_no_companys(shop: Shop) -> None:
    fes = shop.desk.directories.add(Listed.WAREHOUSE, code="FES", name="Fès").id
    company = next(w.id for w in shop.desk.directories.warehouses() if w.shipping_company_id is not None)
    reference = shop.order_in(Status.RETURNED)
    refused = settle(shop, reference, Decision(restock=True, shelf_id=company))
    assert "AMANA-STOCK is the stock that a shipping company keeps for us" in str(refused.message)
    assert settle(shop, reference, Decision(restock=True, shelf_id=fes)).outcome is Outcome.DONE
    assert (shop.on_hand(), shop.on_hand(warehouse="FES")) == (SHELF_AT_START - 1, 1)
    assert [kind for kind, _ in shop.movements(reference)][-3:] == ["RESTOCK", "MOVE", "MOVE"]


@pytest.mark.parametrize("action", [Action.UNDO, Action.ROLLBACK], ids=str)
def test_a_shipment_is_not_taken_back_into_a_closed_warehouse(shop: Shop, action: Action) -> None:
    rabat = shop.desk.directories.add(Listed.WAREHOUSE, code="RAB", name="Rabat").id
    shop.desk.goods.receive(rabat, "ARGAN-50", 1)
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.SHIP, reference, warehouse_id=rabat)
    shop.desk.directories.set_active(Listed.WAREHOUSE, rabat, active=False)
    (answer,) = shop.do(action, reference)
    assert answer.outcome is Outcome.REFUSED
    assert "would go back to RAB, which is inactive" in str(answer.message)
    shop.desk.directories.set_active(Listed.WAREHOUSE, rabat, active=True)
    shop.done(action, reference)
    assert shop.on_hand(warehouse="RAB") == 1


def test_a_warehouse_is_closed_once_its_returns_are_settled(shop: Shop) -> None:
    reference = shop.order_in(Status.RETURNED)
    renewed_and_deleted(shop, reference)
    for sku in ("ARGAN-50", "SAVON-N"):
        shop.desk.goods.adjust(shop.warehouse, sku, -shop.on_hand(sku), "Déménagement")
    with pytest.raises(RuleViolation, match="in inspection: 1"):
        shop.desk.directories.set_active(Listed.WAREHOUSE, shop.warehouse, active=False)
    assert waiting(shop) == {reference: {"ARGAN-50": 1}}
    settle(shop, reference, WRITE_OFF)
    shop.desk.directories.set_active(Listed.WAREHOUSE, shop.warehouse, active=False)


# --- the setting ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["inspect", "restock", "none"])
@pytest.mark.parametrize("after", ["inspect", "restock", "none"])
def test_a_setting_changed_meanwhile_changes_nothing_of_an_earlier_return(shop: Shop, before: str, after: str) -> None:
    shop.desk.settings.change({"return_stock": before})
    reference = shop.order_in(Status.RETURNED)
    shelf = (shop.on_hand(), shop.inspection())
    shop.desk.settings.change({"return_stock": after})
    assert (shop.on_hand(), shop.inspection()) == shelf
    assert waiting(shop) == ({reference: {"ARGAN-50": 1}} if before == "inspect" else {})
    outcome = {"inspect": Outcome.DONE, "restock": Outcome.ALREADY, "none": Outcome.REFUSED}[before]
    assert settle(shop, reference).outcome is outcome
    if before == "inspect":
        shop.done(Action.UNDO, reference)
    shop.done(Action.ROLLBACK, reference)
    assert (shop.on_hand(), shop.inspection()) == (SHELF_AT_START - 1, 0)
    shop.done(Action.RESUME, reference)
    shop.done(Action.RETURN, reference)
    on_shelf, waits = {"inspect": (0, 1), "restock": (1, 0), "none": (0, 0)}[after]
    assert (shop.on_hand(), shop.inspection()) == (SHELF_AT_START - 1 + on_shelf, waits)
    assert shop.desk.goods.ledger_faults() == []


def test_a_return_restocked_at_once_is_undone_unless_its_goods_have_gone_on(shop: Shop) -> None:
    shop.desk.settings.change({"return_stock": "restock"})
    undone, gone = shop.orders_in(Status.RETURNED, 2)
    shop.done(Action.UNDO, undone)
    assert (shop.status(undone), shop.on_hand(), shop.inspection()) == (Status.SHIPPED, SHELF_AT_START - 1, 0)
    shop.desk.goods.adjust(shop.warehouse, "ARGAN-50", 1 - SHELF_AT_START, "Inventaire")
    (answer,) = shop.do(Action.ROLLBACK, gone)
    assert answer.outcome is Outcome.REFUSED
    assert "have left again: ARGAN-50 (wanted 1, available 0). Its return cannot be undone." in str(answer.message)
    assert shop.desk.goods.ledger_faults() == []
