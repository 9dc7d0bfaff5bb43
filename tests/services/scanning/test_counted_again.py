"""The products of a packed order are changed: what was counted is not what it holds, so it is counted once more."""

from typing import Any

import pytest

from tests.builders import Shop, a_line, an_order_body
from tests.services.scanning.scan_station import reading
from warehouse_desk.domain.errors import NotAllowed, RuleViolation
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.paper.hand_over_sheets import Allow

ARGAN, SOAP = "6111000000017", "SAVON-N"


@pytest.fixture
def counting(shop: Shop) -> Shop:
    """A warehouse in which every piece is scanned before an order is packed."""
    shop.desk.settings.change({"verify_before_pack": "on"})
    return shop


def scanned(shop: Shop, code: str, mode: str = "verify") -> ActionResult:
    return shop.desk.scanning.process(shop.desk.scanning.receive(reading(shop, mode, code))).result


def packed(shop: Shop) -> str:
    """Return an order of two oils whose pieces were scanned."""
    (reference,) = shop.create(an_order_body(products=[a_line(quantity=2)]))
    for code in (reference, ARGAN, ARGAN):
        scanned(shop, code)
    assert shop.status(reference) is Status.PACKED
    return reference


def give(shop: Shop, reference: str, *lines: tuple[str, int, float]) -> None:
    """Give an order other products: SKU, quantity, and the line's total."""
    now = shop.desk.orders.show(reference)
    body: dict[str, Any] = {
        "full_name": now.full_name,
        "phone": now.phone,
        "city_to_id": now.city_id or next(c.id for c in shop.desk.directories.cities() if c.name == now.city),
        "address": now.address,
        "products": [{"id": shop.products[sku], "quantity": n, "total": total} for sku, n, total in lines],
    }
    shop.desk.orders.update(reference, body)


@pytest.mark.parametrize("action", [Action.PUSH, Action.ASSIGN, Action.SHIP])
def test_a_parcel_with_changed_products_does_not_leave_uncounted(counting: Shop, action: Action) -> None:
    shop, reference = counting, packed(counting)
    give(shop, reference, ("ARGAN-50", 1, 399), ("SAVON-N", 1, 20))
    (refused,) = shop.do(action, reference)
    assert refused.outcome is Outcome.REFUSED
    assert f"The products of {reference} were changed after it was packed" in str(refused.message)
    assert "count it again" in str(shop.desk.scanning.scan("pack", reference, shop.options()).message)


def test_counted_once_more_it_leaves(counting: Shop) -> None:
    shop, reference = counting, packed(counting)
    give(shop, reference, ("ARGAN-50", 1, 399), ("SAVON-N", 1, 20))
    assert "Pieces: 0 of 2. Missing:" in str(scanned(shop, reference).message)
    scanned(shop, ARGAN)
    done = scanned(shop, SOAP)
    assert (done.outcome, done.status_after) == (Outcome.DONE, Status.PACKED)
    assert str(done.message) == f"{reference} is complete (pieces: 2): counted again."
    assert [event["kind"] for event in shop.events(reference)][-2:] == ["update", "count"]
    assert shop.desk.scanning.verification() is None
    shop.done(Action.SHIP, reference)


def test_a_wrong_piece_is_refused_as_in_the_first_count(counting: Shop) -> None:
    shop, reference = counting, packed(counting)
    give(shop, reference, ("SAVON-N", 2, 399))
    scanned(shop, reference)
    assert scanned(shop, ARGAN).outcome is Outcome.REFUSED


def test_a_count_taken_back_is_wanted_again(counting: Shop) -> None:
    shop, reference = counting, packed(counting)
    give(shop, reference, ("SAVON-N", 1, 399))
    scanned(shop, reference)
    number = shop.desk.scanning.receive(reading(shop, "verify", SOAP))
    shop.desk.scanning.process(number)
    assert shop.desk.scanning.undo(number).outcome is Outcome.DONE
    assert shop.do(Action.SHIP, reference)[0].outcome is Outcome.REFUSED
    scanned(shop, SOAP)
    shop.done(Action.SHIP, reference)


def test_other_prices_are_no_other_pieces(counting: Shop) -> None:
    shop, reference = counting, packed(counting)
    give(shop, reference, ("ARGAN-50", 2, 450))
    assert not shop.facts(reference).recount
    shop.done(Action.SHIP, reference)


def test_what_waits_for_a_company_is_counted_before_it_is_handed_over(counting: Shop) -> None:
    shop, reference = counting, packed(counting)
    shop.done(Action.PUSH, reference)
    hand_overs = shop.desk.paper.hand_overs
    number = hand_overs.collect(company_id=shop.company).sheet.summary.id
    give(shop, reference, ("SAVON-N", 1, 399))
    with pytest.raises(RuleViolation, match="must stay here"):
        hand_overs.close(number)
    hand_overs.take_out(number, [reference])
    held = hand_overs.collect(company_id=shop.company)
    assert [each.outcome for each in held.answer.results] == [Outcome.REFUSED]
    assert list(held.sheet.held_back) == [reference]
    for code in (reference, SOAP):
        scanned(shop, code)
    hand_overs.collect(company_id=shop.company)
    assert hand_overs.close(number).summary.parcels == 1


def test_changed_while_it_was_rolled_back_it_is_counted_too(counting: Shop) -> None:
    shop, reference = counting, packed(counting)
    shop.done(Action.PUSH, reference)
    shop.done(Action.ROLLBACK, reference)
    give(shop, reference, ("SAVON-N", 1, 399))
    shop.done(Action.RESUME, reference)
    assert shop.do(Action.PUSH, reference)[0].outcome is Outcome.REFUSED


def test_packed_anew_it_needs_no_count_besides(counting: Shop) -> None:
    shop, reference = counting, packed(counting)
    give(shop, reference, ("SAVON-N", 1, 399))
    shop.done(Action.CANCEL, reference)
    shop.done(Action.RENEW, reference)
    assert not shop.facts(reference).recount
    for code in (reference, SOAP):
        scanned(shop, code)
    shop.done(Action.SHIP, reference)


def test_a_supervisor_lets_it_go_uncounted(counting: Shop) -> None:
    shop, reference = counting, packed(counting)
    give(shop, reference, ("SAVON-N", 1, 399))
    worker = shop.desk_of("Karim", abilities=ALL_ABILITIES - {Ability.OVERRIDE_VERIFICATION})
    with pytest.raises(NotAllowed, match="overrideVerification"):
        worker.orders.act(Action.PUSH, [reference], shop.options(uncounted=True))
    shop.done(Action.PUSH, reference, uncounted=True)
    assert shop.events(reference)[-1]["reason"] == "Le client a changé d'avis · Not counted again"
    hand_overs = shop.desk.paper.hand_overs
    hand_overs.close(hand_overs.collect(company_id=shop.company).sheet.summary.id)


def test_a_sheet_is_signed_with_a_supervisors_word(counting: Shop) -> None:
    shop, reference = counting, packed(counting)
    shop.done(Action.PUSH, reference)
    hand_overs = shop.desk.paper.hand_overs
    number = hand_overs.collect(company_id=shop.company).sheet.summary.id
    give(shop, reference, ("SAVON-N", 1, 399))
    assert hand_overs.close(number, allow=Allow(uncounted=True)).summary.parcels == 1


def test_a_warehouse_that_does_not_count_asks_for_no_count(shop: Shop) -> None:
    reference = packed(shop)
    give(shop, reference, ("SAVON-N", 1, 399))
    shop.done(Action.SHIP, reference)


def test_on_hold_it_is_not_counted(counting: Shop) -> None:
    shop, reference = counting, packed(counting)
    give(shop, reference, ("SAVON-N", 1, 399))
    shop.done(Action.HOLD, reference)
    assert "on hold" in str(scanned(shop, reference).message)
