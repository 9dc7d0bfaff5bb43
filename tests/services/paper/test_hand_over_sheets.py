"""Hand-overs: who takes which parcels, the cash that is to come back, and what a signature fixes."""

import pytest

from tests.builders import Shop
from tests.documents.paper import said
from warehouse_desk.domain.errors import NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status


def references(shop: Shop, number: int) -> list[str]:
    return [parcel.reference for parcel in shop.desk.paper.hand_overs.sheet(number).parcels]


def test_the_sheet_of_a_company_holds_what_waits_for_it(shop: Shop) -> None:
    waiting = shop.orders_in(Status.WAITING, 3)
    shop.orders_in(Status.PACKED, 2)
    sheet = shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet
    assert [parcel.reference for parcel in sheet.parcels] == list(waiting)
    assert (sheet.summary.carrier, sheet.summary.parcels, sheet.summary.cod_total) == ("Amana", 3, 3 * 39_900)


def test_the_sheet_of_a_person_holds_what_was_shipped_with_them_that_day(shop: Shop) -> None:
    packed = shop.orders_in(Status.PACKED, 3)
    shop.done(Action.ASSIGN, *packed[:2])
    shop.clock.advance(days=1)
    shop.done(Action.ASSIGN, packed[2], date=shop.context.today())
    today = shop.desk.paper.hand_overs.collect(person_id=shop.person).sheet
    assert [parcel.reference for parcel in today.parcels] == [packed[2]]


def test_collecting_again_adds_to_the_same_draft(shop: Shop) -> None:
    first = shop.order_in(Status.WAITING)
    number = shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet.summary.id
    second = shop.order_in(Status.WAITING)
    assert shop.desk_of("Karim", "Poste 2").paper.hand_overs.collect(company_id=shop.company).sheet.summary.id == number
    assert references(shop, number) == [first, second]


def test_a_draft_says_so_until_it_is_closed(shop: Shop) -> None:
    shop.order_in(Status.WAITING)
    number = shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet.summary.id
    assert "BROUILLON" in said(shop.desk.paper.hand_overs.pdf(number))
    shop.desk.paper.hand_overs.close(number)
    final = said(shop.desk.paper.hand_overs.pdf(number))
    assert "BROUILLON" not in final
    assert "399,00 DH" in final


def test_a_parcel_is_handed_over_once(shop: Shop) -> None:
    handed = shop.order_in(Status.WAITING)
    shop.desk.paper.hand_overs.close(shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet.summary.id)
    fresh = shop.order_in(Status.WAITING)
    again = shop.desk.paper.hand_overs.collect(company_id=shop.company)
    assert [parcel.reference for parcel in again.sheet.parcels] == [fresh]
    named = shop.desk.paper.hand_overs.collect(company_id=shop.company, keys=[handed])
    assert [result.outcome for result in named.answer.results] == [Outcome.ALREADY]
    assert [parcel.reference for parcel in named.sheet.parcels] == [fresh]


def test_named_orders_are_judged_alone(shop: Shop) -> None:
    waiting, packed = shop.order_in(Status.WAITING), shop.order_in(Status.PACKED)
    keys = [waiting, packed, "ORD-99999", waiting]
    collected = shop.desk.paper.hand_overs.collect(company_id=shop.company, keys=keys)
    outcomes = [result.outcome for result in collected.answer.results]
    assert outcomes == [Outcome.DONE, Outcome.REFUSED, Outcome.UNKNOWN, Outcome.ALREADY]
    assert [parcel.reference for parcel in collected.sheet.parcels] == [waiting]


def test_a_draft_with_a_cancelled_order_is_not_signed_but_collected_again(shop: Shop) -> None:
    kept, canceled = shop.orders_in(Status.WAITING, 2)
    number = shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet.summary.id
    shop.done(Action.CANCEL, canceled)
    with pytest.raises(RuleViolation, match=canceled):
        shop.desk.paper.hand_overs.close(number)
    shop.desk.paper.hand_overs.collect(company_id=shop.company)
    assert [parcel.reference for parcel in shop.desk.paper.hand_overs.close(number).parcels] == [kept]


def test_a_parcel_is_taken_off_a_draft_but_not_off_a_closed_sheet(shop: Shop) -> None:
    one, other = shop.orders_in(Status.WAITING, 2)
    number = shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet.summary.id
    assert [parcel.reference for parcel in shop.desk.paper.hand_overs.take_out(number, [one]).parcels] == [other]
    shop.desk.paper.hand_overs.close(number)
    with pytest.raises(RuleViolation, match="closed"):
        shop.desk.paper.hand_overs.take_out(number, [other])
    with pytest.raises(RuleViolation, match="closed"):
        shop.desk.paper.hand_overs.close(number)


def test_the_list_has_the_newest_first_with_who_closed_it(shop: Shop) -> None:
    shop.order_in(Status.WAITING)
    first = shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet.summary.id
    shop.desk_of("Karim").paper.hand_overs.close(first)
    shop.order_in(Status.WAITING)
    second = shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet.summary.id
    found = shop.desk.paper.hand_overs.newest()
    assert [(each.id, each.closed_by) for each in found] == [(second, None), (first, "Karim")]


def test_an_empty_hand_over_is_not_closed(shop: Shop) -> None:
    number = shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet.summary.id
    with pytest.raises(RuleViolation, match="no parcel"):
        shop.desk.paper.hand_overs.close(number)


def test_nobody_and_somebody_unknown_are_told_plainly(shop: Shop) -> None:
    with pytest.raises(
        WrongUsage, match=r"A pickup sheet is for a company or for a delivery person: choose one of them."
    ):
        shop.desk.paper.hand_overs.collect()
    with pytest.raises(NotFound, match="no shipping company 99"):
        shop.desk.paper.hand_overs.collect(company_id=99)
    with pytest.raises(NotFound, match="no pickup sheet 99"):
        shop.desk.paper.hand_overs.pdf(99)
