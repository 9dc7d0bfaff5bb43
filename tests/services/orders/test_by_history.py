"""Roll back and resume go by what happened to an order, not by the usual road."""

import pytest

from tests.builders import Shop, a_line, run_sql
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status

PUSHED_OUT = (Action.PACK, Action.PUSH, Action.SHIP, Action.DELIVER)


def back_and_forth(shop: Shop, reference: str) -> Status:
    shop.done(Action.ROLLBACK, reference)
    shop.done(Action.RESUME, reference)
    return shop.status(reference)


@pytest.mark.parametrize("from_stock", [True, False])
def test_rolled_back_again_and_again_an_order_goes_back_the_way_it_came(shop: Shop, from_stock: bool) -> None:
    (reference,) = shop.create()
    for action in PUSHED_OUT:
        shop.done(action, reference, from_stock=from_stock)
    assert back_and_forth(shop, reference) is Status.SHIPPED
    assert back_and_forth(shop, reference) is Status.WAITING
    waiting = shop.facts(reference)
    assert (waiting.shipping_company_id, waiting.from_stock) == (shop.company, from_stock)
    assert waiting.previous_status is Status.PACKED
    assert back_and_forth(shop, reference) is Status.PACKED
    packed = shop.facts(reference)
    assert (packed.shipping_company_id, packed.from_stock) == (None, None)
    assert back_and_forth(shop, reference) is Status.NEW
    assert (shop.on_hand(), shop.on_hand(warehouse="AMANA-STOCK"), shop.committed()) == (1_000, 0, 1)
    assert shop.desk.goods.ledger_faults() == []


def test_the_parcel_of_a_company_s_stock_leaves_that_stock_again(shop: Shop) -> None:
    (reference,) = shop.create()
    for action in PUSHED_OUT:
        shop.done(action, reference, from_stock=True)
    back_and_forth(shop, reference)
    back_and_forth(shop, reference)
    shop.done(Action.SHIP, reference)
    assert (shop.on_hand(), shop.on_hand(warehouse="AMANA-STOCK")) == (1_000, -1)


def test_an_order_that_was_pushed_unpacked_goes_back_to_new(shop: Shop) -> None:
    shop.desk.settings.change({"push_requires_packed": "off"})
    (reference,) = shop.create()
    shop.done(Action.PUSH, reference)
    shop.done(Action.SHIP, reference)
    assert back_and_forth(shop, reference) is Status.WAITING
    assert back_and_forth(shop, reference) is Status.NEW


def test_a_return_of_a_delivered_parcel_goes_back_to_delivered(shop: Shop) -> None:
    reference = shop.order_in(Status.DELIVERED)
    shop.done(Action.RETURN, reference)
    assert back_and_forth(shop, reference) is Status.DELIVERED
    assert back_and_forth(shop, reference) is Status.SHIPPED
    assert back_and_forth(shop, reference) is Status.PACKED


def test_what_an_older_program_wrote_down_wrongly_is_read_from_the_history(shop: Shop) -> None:
    (reference,) = shop.create()
    for action in PUSHED_OUT[:3]:
        shop.done(action, reference, from_stock=True)
    run_sql(shop.database, "UPDATE orders SET previous_status = 'PACKED'")
    assert back_and_forth(shop, reference) is Status.WAITING


def test_many_orders_are_rolled_back_each_by_its_own_history(shop: Shop) -> None:
    shipped, waiting, delivered = shop.order_in(Status.SHIPPED), shop.order_in(Status.WAITING), shop.create()[0]
    for action in PUSHED_OUT:
        shop.done(action, delivered)
    shop.done(Action.ROLLBACK, shipped, waiting, delivered)
    shop.done(Action.RESUME, shipped, waiting, delivered)
    assert [shop.status(each) for each in (shipped, waiting, delivered)] == [
        Status.PACKED,
        Status.PACKED,
        Status.SHIPPED,
    ]


def test_of_an_order_without_history_nobody_guesses_where_it_goes_back_to(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    run_sql(shop.database, "UPDATE orders SET status = 'DELIVERED', previous_status = NULL")
    (result,) = shop.do(Action.ROLLBACK, reference)
    assert result.outcome is Outcome.REFUSED
    assert "and no earlier status is known: it cannot be rolled back." in str(result.message)


@pytest.mark.parametrize("action", [Action.SHIP, Action.ASSIGN], ids=str)
@pytest.mark.parametrize("pushed", ["not", "to another company", "from our stock"])
def test_what_a_company_keeps_serves_no_parcel_but_its_own(shop: Shop, action: Action, pushed: str) -> None:
    virtual = next(w.id for w in shop.desk.directories.warehouses() if w.code == "AMANA-STOCK")
    reference = shop.order_in(Status.PACKED)
    if pushed == "to another company":
        sah = shop.desk.directories.add(Listed.COMPANY, code="SAH", name="Sahara Express").id
        shop.done(Action.PUSH, reference, company_id=sah, from_stock=True)
    elif pushed == "from our stock":
        shop.done(Action.PUSH, reference)
    (result,) = shop.do(action, reference, warehouse_id=virtual)
    assert result.outcome is Outcome.REFUSED
    if pushed == "not" or action is Action.SHIP:
        assert f"Stock Amana holds what Amana keeps for us, but {reference} was not pushed" in str(result.message)
    assert shop.on_hand(warehouse="AMANA-STOCK") == 0


def test_the_company_s_own_parcel_may_name_the_company_s_stock(shop: Shop) -> None:
    virtual = next(w.id for w in shop.desk.directories.warehouses() if w.code == "AMANA-STOCK")
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.PUSH, reference, from_stock=True)
    (told,) = shop.do(Action.SHIP, reference, warehouse_id=virtual)
    assert str(told.message) == f"{reference} is now “Shipped”. Its goods leave Stock Amana."
    assert (shop.on_hand(), shop.on_hand(warehouse="AMANA-STOCK")) == (1_000, -1)


@pytest.mark.parametrize("action", [Action.RENEW, Action.BACK_IN_STOCK], ids=str)
def test_a_product_out_of_use_is_promised_to_no_order_again(shop: Shop, action: Action) -> None:
    shop.a_product("HENNE", on_shelf=3)
    status = Status.CANCELED if action is Action.RENEW else Status.OUT_OF_STOCK
    gone = shop.order_in(status, products=[a_line("HENNE"), a_line("ARGAN-50")])
    other = shop.order_in(status)
    shop.desk.goods.set_product_active("HENNE", active=False)
    refused, done = shop.do(action, gone, other)
    assert [refused.outcome, done.outcome] == [Outcome.REFUSED, Outcome.DONE]
    assert "would reserve inactive products: HENNE. Reactivate them, or create a new order." in str(refused.message)
    assert shop.committed("HENNE") == 0
    shop.desk.goods.set_product_active("HENNE", active=True)
    shop.done(action, gone)


def test_a_cancellation_may_be_undone_whatever_became_of_the_product(shop: Shop) -> None:
    reference = shop.order_in(Status.CANCELED)
    shop.desk.goods.set_product_active("ARGAN-50", active=False)
    assert shop.desk.orders.undo([reference]).all_done


def test_the_undo_of_back_in_stock_sends_no_old_day(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.clock.advance(days=2)
    shop.done(Action.OUT_OF_STOCK, reference)
    shop.done(Action.BACK_IN_STOCK, reference)
    run_sql(shop.database, "UPDATE outbox SET state = 'ACKED'")
    assert shop.desk.orders.undo([reference]).all_done
    told = shop.operations(reference)[-1]
    assert (told["to_status"], told["payload_json"]) == ("OUT_OF_STOCK", "{}")


@pytest.mark.parametrize(
    ("asked", "foreign"), [(("NOPE",), "NOPE"), (("ARGAN-50", "SAVON-N"), "SAVON-N"), (("argan-50",), "argan-50")]
)
def test_a_sku_that_the_order_does_not_have_is_named(shop: Shop, asked: tuple[str, ...], foreign: str) -> None:
    reference = shop.order_in(Status.NEW)
    (result,) = shop.do(Action.OUT_OF_STOCK, reference, short_skus=asked)
    assert (result.outcome, str(result.message)) == (
        Outcome.REFUSED,
        f"{reference} does not contain {foreign}. Its products: ARGAN-50.",
    )
    assert shop.status(reference) is Status.NEW


def test_an_order_back_in_stock_has_nothing_left_of_the_push_before(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.PUSH, reference, from_stock=True)
    shop.done(Action.SHIP, reference)
    shop.done(Action.ROLLBACK, reference)
    shop.done(Action.OUT_OF_STOCK, reference)
    shop.done(Action.BACK_IN_STOCK, reference)
    facts = shop.facts(reference)
    assert (facts.status, facts.shipping_company_id, facts.from_stock) == (Status.NEW, None, None)
