"""Goods received, corrected, and what becomes of returned ones."""

import pytest

from tests.builders import Shop, everything, refuse_inserts, run_sql
from warehouse_desk.domain.errors import NotAllowed, NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.goods.returns import Decision
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status


def test_received_goods_lie_on_the_shelf(shop: Shop) -> None:
    assert shop.desk.goods.receive(shop.warehouse, "ARGAN-50", 20).on_hand == 1_020
    assert shop.desk.goods.adjust(shop.warehouse, "ARGAN-50", -15, "Casse").on_hand == 1_005
    assert shop.on_hand() == 1_005
    assert shop.desk.goods.ledger_faults() == []


@pytest.mark.parametrize("quantity", [0, -1, 1_000_000])
def test_a_quantity_received_is_1_to_999999(shop: Shop, quantity: int) -> None:
    with pytest.raises(WrongUsage, match=f"The quantity {quantity} is not"):
        shop.desk.goods.receive(shop.warehouse, "ARGAN-50", quantity)


def test_a_correction_needs_a_reason_and_a_difference(shop: Shop) -> None:
    with pytest.raises(WrongUsage, match="needs a reason"):
        shop.desk.goods.adjust(shop.warehouse, "ARGAN-50", -1, "  ")
    with pytest.raises(WrongUsage, match="quantity 0"):
        shop.desk.goods.adjust(shop.warehouse, "ARGAN-50", 0, "Inventaire")


def test_a_correction_leaves_nothing_less_than_nothing(shop: Shop) -> None:
    before = everything(shop.database)
    with pytest.raises(RuleViolation, match=r"In stock of ARGAN-50: only 1000. Remove 1000 or fewer."):
        shop.desk.goods.adjust(shop.warehouse, "ARGAN-50", -1_001, "Inventaire")
    assert everything(shop.database) == before
    assert shop.desk.goods.adjust(shop.warehouse, "ARGAN-50", -1_000, "Inventaire").on_hand == 0


def test_an_unknown_product_or_warehouse_is_named(shop: Shop) -> None:
    with pytest.raises(NotFound, match="SKU INCONNU"):
        shop.desk.goods.receive(shop.warehouse, "INCONNU", 1)
    with pytest.raises(NotFound, match="no warehouse 99"):
        shop.desk.goods.receive(99, "ARGAN-50", 1)


@pytest.mark.parametrize("restock", [True, False])
def test_returned_goods_go_back_to_the_shelf_or_are_written_off(shop: Shop, restock: bool) -> None:
    reference = shop.order_in(Status.RETURNED)
    (result,) = shop.desk.goods.settle_returns([reference], Decision(restock=restock, reason="Intact")).results
    assert result.outcome is Outcome.DONE
    assert (shop.on_hand(), shop.inspection()) == (1_000 if restock else 999, 0)
    (again,) = shop.desk.goods.settle_returns([reference], Decision(restock=restock)).results
    assert again.outcome is Outcome.ALREADY
    assert shop.desk.goods.ledger_faults() == []


def test_goods_that_do_not_wait_are_not_decided_on(shop: Shop) -> None:
    shipped = shop.order_in(Status.SHIPPED)
    answers = shop.desk.goods.settle_returns([shipped, "ORD-99999"], Decision(restock=True)).results
    assert [answer.outcome for answer in answers] == [Outcome.REFUSED, Outcome.UNKNOWN]
    assert "is “Shipped”: none of its goods wait in inspection" in str(answers[0].message)


def test_stock_work_wants_its_ability(shop: Shop) -> None:
    desk = shop.desk_of(abilities=frozenset(Ability) - {Ability.MANAGE_STOCK})
    for work in (
        lambda: desk.goods.receive(shop.warehouse, "ARGAN-50", 1),
        lambda: desk.goods.adjust(shop.warehouse, "ARGAN-50", 1, "Inventaire"),
        lambda: desk.goods.settle_returns(["ORD-00001"], Decision(restock=True)),
    ):
        with pytest.raises(NotAllowed, match="manageStock"):
            work()
    with pytest.raises(NotAllowed, match="view"):
        shop.desk_of(abilities=frozenset({Ability.MANAGE_STOCK})).goods.stock()


def test_a_receipt_whose_write_fails_leaves_nothing(shop: Shop) -> None:
    before = everything(shop.database)
    refuse_inserts(shop.database, "stock_movement")
    with pytest.raises(Exception, match="broken"):
        shop.desk.goods.receive(shop.warehouse, "ARGAN-50", 1)
    assert everything(shop.database) == before


def test_a_total_changed_behind_the_ledgers_back_is_noticed(shop: Shop) -> None:
    run_sql(shop.database, "UPDATE stock SET on_hand = on_hand + 1", "UPDATE product SET committed = 3 WHERE id = 1")
    told = [str(fault) for fault in shop.desk.goods.ledger_faults()]
    assert len(told) == 3
    assert "on_hand is 1001, the stock history says 1000." in told[0]
    assert "committed is 3, the stock history says 0." in told[2]
