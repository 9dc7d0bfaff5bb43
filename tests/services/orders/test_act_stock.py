"""What status steps do to the shelf, and how they refuse what does not lie there."""

import pytest

from tests.builders import Shop, a_line
from warehouse_desk.domain.errors import NotAllowed
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action, ability_of
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status


def test_too_little_stock_names_each_sku_with_wanted_and_available(shop: Shop) -> None:
    shop.a_product("HENNE", on_shelf=3)
    lines = [a_line("HENNE", 2), a_line("ARGAN-50"), a_line("HENNE", 2), a_line("SAVON-N", 2_000)]
    reference = shop.order_in(Status.PACKED, products=lines)
    (result,) = shop.do(Action.SHIP, reference)
    assert result.outcome is Outcome.REFUSED
    assert "HENNE (wanted 4, available 3)" in str(result.message)
    assert "SAVON-N (wanted 2000, available 1000)" in str(result.message)
    assert "ARGAN-50" not in str(result.message)
    assert "out of stock" in str(result.message)
    assert shop.on_hand("HENNE") == 3


def test_the_last_pieces_go_to_the_orders_named_first(shop: Shop) -> None:
    shop.a_product("HENNE", on_shelf=3)
    first, second, third = shop.orders_in(Status.PACKED, 3, products=[a_line("HENNE", 2)])
    small = shop.order_in(Status.PACKED, products=[a_line("HENNE", 1)])
    outcomes = [result.outcome for result in shop.do(Action.SHIP, third, first, small, second)]
    assert outcomes == [Outcome.DONE, Outcome.REFUSED, Outcome.DONE, Outcome.REFUSED]
    assert shop.on_hand("HENNE") == 0


def test_who_may_ship_what_does_not_lie_there_must_hold_the_ability(shop: Shop) -> None:
    shop.a_product("HENNE", on_shelf=1)
    reference = shop.order_in(Status.PACKED, products=[a_line("HENNE", 3)])
    packer = shop.desk_of("Karim", abilities=frozenset({ability_of(Action.SHIP)}))
    with pytest.raises(NotAllowed, match="allowNegativeStock"):
        packer.orders.act(Action.SHIP, [reference], shop.options(allow_negative=True))
    shop.done(Action.SHIP, reference, allow_negative=True)
    assert shop.on_hand("HENNE") == -2
    assert shop.desk.goods.ledger_faults() == []


def test_ship_rolled_back_resumed_and_shipped_again_moves_the_goods_three_times(shop: Shop) -> None:
    reference = shop.order_in(Status.SHIPPED)
    assert (shop.on_hand(), shop.committed()) == (999, 0)
    shop.done(Action.ROLLBACK, reference)
    assert (shop.on_hand(), shop.committed()) == (1_000, 1)
    shop.done(Action.RESUME, reference)
    assert shop.status(reference) is Status.PACKED
    shop.done(Action.SHIP, reference)
    assert (shop.on_hand(), shop.committed()) == (999, 0)
    assert [kind for kind, _ in shop.movements(reference)] == ["COMMIT", "PURGE", "UNPURGE", "PURGE"]


def test_a_rolled_back_order_can_be_resumed_to_new(shop: Shop) -> None:
    reference = shop.order_in(Status.ROLLBACK)
    shop.done(Action.RESUME, reference, to_new=True)
    after = shop.facts(reference)
    assert (after.status, after.resume_status, after.packed_on) == (Status.NEW, None, None)
    assert shop.committed() == 1


def test_goods_that_are_out_cannot_be_resumed_to_new(shop: Shop) -> None:
    reference = shop.order_in(Status.DELIVERED)
    shop.done(Action.ROLLBACK, reference)
    (result,) = shop.do(Action.RESUME, reference, to_new=True)
    assert result.outcome is Outcome.REFUSED
    assert "Resume it, then mark it returned" in str(result.message)


def test_out_of_stock_and_back_in_stock_may_alternate(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    for _ in range(3):
        shop.done(Action.OUT_OF_STOCK, reference)
        assert shop.committed() == 0
        shop.done(Action.BACK_IN_STOCK, reference)
        assert shop.committed() == 1
    assert shop.facts(reference).short_skus is None


def test_an_order_out_of_stock_remembers_what_was_short(shop: Shop) -> None:
    shop.a_product("HENNE", on_shelf=1)
    lines = [a_line("HENNE", 3), a_line("ARGAN-50")]
    found, named = shop.orders_in(Status.NEW, 2, products=lines)
    shop.desk.orders.act(Action.OUT_OF_STOCK, [found], StepOptions(date=shop.context.today()))
    shop.done(Action.OUT_OF_STOCK, named, short_skus=("ARGAN-50",))
    assert shop.facts(found).short_skus == '["HENNE"]'
    assert shop.facts(named).short_skus == '["ARGAN-50"]'


@pytest.mark.parametrize(
    ("returned", "on_hand", "waiting"), [("inspect", 999, 1), ("restock", 1_000, 0), ("none", 999, 0)]
)
def test_the_setting_decides_where_returned_goods_go(shop: Shop, returned: str, on_hand: int, waiting: int) -> None:
    shop.desk.settings.change({"return_stock": returned})
    shop.order_in(Status.RETURNED)
    assert (shop.on_hand(), shop.inspection()) == (on_hand, waiting)
    assert shop.desk.goods.ledger_faults() == []


@pytest.mark.parametrize("returned", ["inspect", "none"])
def test_a_return_may_be_rolled_back_and_made_again(shop: Shop, returned: str) -> None:
    shop.desk.settings.change({"return_stock": returned})
    reference = shop.order_in(Status.RETURNED)
    shop.done(Action.ROLLBACK, reference)
    assert shop.inspection() == 0
    shop.done(Action.RESUME, reference)
    assert shop.status(reference) is Status.SHIPPED
    shop.done(Action.RETURN, reference)
    assert shop.inspection() == (1 if returned == "inspect" else 0)


def test_a_return_restocked_at_once_is_rolled_back_with_its_goods(shop: Shop) -> None:
    shop.desk.settings.change({"return_stock": "restock"})
    reference = shop.order_in(Status.RETURNED)
    shop.done(Action.ROLLBACK, reference)
    assert (shop.on_hand(), shop.inspection()) == (999, 0)


def test_a_company_that_ships_from_its_own_stock_takes_nothing_of_ours(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.PUSH, reference, from_stock=True)
    shop.done(Action.SHIP, reference)
    assert (shop.on_hand(), shop.on_hand(warehouse="AMANA-STOCK")) == (1_000, -1)
    shop.done(Action.RETURN, reference)
    assert (shop.inspection(), shop.inspection(warehouse="AMANA-STOCK")) == (0, 1)
