"""What a check of the database finds in the ledger of stock that cannot be right."""

from tests.builders import Shop, run_sql
from warehouse_desk.domain.goods.returns import Decision
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status


def faults(shop: Shop, *statements: str) -> list[str]:
    run_sql(shop.database, *statements)
    return [str(fault) for fault in shop.desk.goods.ledger_faults()]


_ROW = "INSERT INTO stock_movement (product_id, warehouse_id, kind, quantity, order_id, line_id, attempt, cycle, at) "


def test_pieces_that_nothing_can_settle_are_told(shop: Shop) -> None:
    found = faults(
        shop,
        f"{_ROW} VALUES (1, 1, 'RETURN_IN', 2, NULL, NULL, NULL, NULL, '2026-03-02 08:00:00')",
        "UPDATE stock SET inspection = 2 WHERE product_id = 1 AND warehouse_id = 1",
    )
    assert found == ["ARGAN-50 in CASA: pieces in inspection: 2, but in returned orders: 0."]


def test_pieces_settled_twice_are_told(shop: Shop) -> None:
    reference = shop.order_in(Status.RETURNED)
    shop.desk.goods.settle_returns([reference], Decision(restock=True))
    found = faults(
        shop,
        f"{_ROW} SELECT product_id, warehouse_id, 'WRITE_OFF', 1, order_id, line_id, attempt, cycle, at "
        "FROM stock_movement WHERE kind = 'RETURN_IN'",
        "UPDATE stock SET inspection = -1 WHERE product_id = 1 AND warehouse_id = 1",
    )
    assert found == [
        "ARGAN-50 in CASA: pieces in inspection: -1, but in returned orders: 0.",
        f"{reference}: more pieces of ARGAN-50 were restocked or written off than came back.",
    ]


def test_goods_that_left_twice_and_promises_below_nothing_are_told(shop: Shop) -> None:
    reference = shop.order_in(Status.SHIPPED)
    found = faults(
        shop,
        f"{_ROW} SELECT product_id, warehouse_id, 'PURGE', 1, order_id, line_id, attempt, cycle + 1, at "
        "FROM stock_movement WHERE kind = 'PURGE'",
        "UPDATE stock SET on_hand = on_hand - 1 WHERE product_id = 1 AND warehouse_id = 1",
        "UPDATE product SET committed = -1 WHERE id = 1",
    )
    assert found == [
        "ARGAN-50: -1 pieces are reserved, fewer than none.",
        f"{reference}: its goods left the stock, or came back to it, twice on attempt 1.",
    ]


def test_a_journey_with_every_way_back_is_no_fault(shop: Shop) -> None:
    reference = shop.order_in(Status.RETURNED)
    for action in (Action.ROLLBACK, Action.RESUME, Action.ROLLBACK, Action.RESUME, Action.SHIP, Action.RETURN):
        shop.done(action, reference)
    shop.done(Action.RENEW, reference)
    for action in (Action.PACK, Action.SHIP, Action.ROLLBACK, Action.RESUME, Action.SHIP, Action.DELIVER):
        shop.done(action, reference)
    assert shop.desk.goods.ledger_faults() == []
