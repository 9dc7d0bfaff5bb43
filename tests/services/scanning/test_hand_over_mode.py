"""Hand-over by scanner: parcels scanned for a carrier are its open sheet, counted against what it is to take."""

from datetime import timedelta
from typing import Any

from tests.builders import Shop
from tests.documents.paper import said
from tests.services.scanning.scan_station import reading
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.scanning.scans import ScanAnswer
from warehouse_desk.domain.status import Status


def scanned(shop: Shop, mode: str, code: str, **facts: object) -> ScanAnswer:
    return shop.desk.scanning.process(shop.desk.scanning.receive(reading(shop, mode, code, **facts)))


def test_parcels_handed_to_a_company_are_counted_against_what_waits_for_it(shop: Shop) -> None:
    first, second, third = shop.orders_in(Status.WAITING, 3)
    shop.order_in(Status.PACKED)
    assert scanned(shop, "hand-over", first).result.outcome is Outcome.DONE
    count = shop.desk.scanning.hand_over_count(shop.company, None)
    assert (count.handed, count.expected, count.left, count.missing) == (1, 3, 2, (second, third))
    assert shop.status(first) is Status.WAITING


def test_a_parcel_is_handed_over_once(shop: Shop) -> None:
    reference = shop.order_in(Status.WAITING)
    scanned(shop, "hand-over", reference)
    assert scanned(shop, "hand-over", reference).result.outcome is Outcome.ALREADY
    assert shop.desk.scanning.hand_over_count(shop.company, None).handed == 1


def test_a_parcel_for_somebody_else_stays_here(shop: Shop) -> None:
    waiting, packed = shop.order_in(Status.WAITING), shop.order_in(Status.PACKED)
    shop.done(Action.ASSIGN, packed)
    to_person: dict[str, Any] = {"company_id": None, "person_id": shop.person}
    refused = scanned(shop, "hand-over", waiting, **to_person).result
    assert (refused.outcome, "keep the parcel here. Status needed: Shipped." in str(refused.message)) == (
        Outcome.REFUSED,
        True,
    )
    assert scanned(shop, "hand-over", packed).result.outcome is Outcome.REFUSED
    assert scanned(shop, "hand-over", packed, **to_person).result.outcome is Outcome.DONE
    count = shop.desk.scanning.hand_over_count(None, shop.person)
    assert (count.handed, count.expected) == (1, 1)


def test_a_parcel_on_hold_is_not_given_away(shop: Shop) -> None:
    reference = shop.order_in(Status.WAITING)
    shop.done(Action.HOLD, reference)
    assert scanned(shop, "hand-over", reference).result.outcome is Outcome.REFUSED


def on_sheet(shop: Shop, number: int) -> list[str]:
    return [parcel.reference for parcel in shop.desk.paper.hand_overs.sheet(number).parcels]


def number_of(shop: Shop) -> int:
    number = shop.desk.scanning.hand_over_count(shop.company, None).number
    assert number is not None
    return number


def test_scanned_parcels_are_the_lines_of_the_open_sheet_and_of_its_paper(shop: Shop) -> None:
    first, second, third = shop.orders_in(Status.WAITING, 3)
    scanned(shop, "hand-over", second)
    scanned(shop, "hand-over", first)
    number = number_of(shop)
    sheet = shop.desk.paper.hand_overs.sheet(number)
    assert (on_sheet(shop, number), sheet.left, sheet.missing) == ([first, second], 1, (third,))
    shop.desk.paper.hand_overs.close(number)
    paper = said(shop.desk.paper.hand_overs.pdf(number))
    assert [reference in paper for reference in (first, second, third)] == [True, True, False]


def test_closing_the_sheet_ends_it_and_the_next_parcel_begins_another(shop: Shop) -> None:
    first, second = shop.orders_in(Status.WAITING, 2)
    scanned(shop, "hand-over", first)
    number = number_of(shop)
    shop.desk.paper.hand_overs.close(number)
    count = shop.desk.scanning.hand_over_count(shop.company, None)
    assert (count.handed, count.expected, count.number) == (0, 1, None)
    answer = scanned(shop, "hand-over", first).result
    assert answer.outcome is Outcome.ALREADY
    assert str(answer.message) == (
        f"{first} was handed over today 08:00 by Salma (station Poste 1): sheet {number}. Nothing to do."
    )
    scanned(shop, "hand-over", second)
    assert (on_sheet(shop, number), on_sheet(shop, number_of(shop))) == ([first], [second])


def test_parcels_put_on_the_sheet_by_list_and_by_scanner_are_the_same(shop: Shop) -> None:
    first, second = shop.orders_in(Status.WAITING, 2)
    shop.desk.paper.hand_overs.collect(company_id=shop.company, keys=[first])
    assert scanned(shop, "hand-over", first).result.outcome is Outcome.ALREADY
    scanned(shop, "hand-over", second)
    (listed,) = shop.desk.paper.hand_overs.collect(company_id=shop.company, keys=[second]).answer.results
    assert listed.outcome is Outcome.ALREADY
    assert shop.desk.scanning.hand_over_count(shop.company, None).handed == 2


def test_what_the_courier_delivered_before_the_sheet_was_signed_stays_on_it(shop: Shop) -> None:
    reference = shop.order_in(Status.WAITING)
    scanned(shop, "hand-over", reference)
    shop.done(Action.SHIP, reference)
    shop.done(Action.DELIVER, reference)
    number = number_of(shop)
    assert [parcel.reference for parcel in shop.desk.paper.hand_overs.close(number).parcels] == [reference]


def test_a_parcel_given_to_another_person_leaves_the_first_ones_sheet(shop: Shop) -> None:
    other = shop.desk.directories.add(Listed.PERSON, code="RACHID", name="Rachid").id
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.ASSIGN, reference)
    scanned(shop, "hand-over", reference, company_id=None, person_id=shop.person)
    shop.done(Action.ASSIGN, reference, person_id=other)
    answer = scanned(shop, "hand-over", reference, company_id=None, person_id=other).result
    assert answer.outcome is Outcome.DONE
    counts = [shop.desk.scanning.hand_over_count(None, person).handed for person in (shop.person, other)]
    assert counts == [0, 1]


def test_the_sheet_bears_the_day_that_was_set_last(shop: Shop) -> None:
    first, second = shop.orders_in(Status.WAITING, 2)
    yesterday = shop.context.today() - timedelta(days=1)
    to_company = {"company_id": shop.company, "person_id": None}
    scanned(shop, "hand-over", first, **to_company, date=yesterday)
    assert shop.desk.paper.hand_overs.sheet(number_of(shop)).summary.day == yesterday
    scanned(shop, "hand-over", second)
    assert shop.desk.paper.hand_overs.sheet(number_of(shop)).summary.day == shop.context.today()


def test_two_stations_fill_one_sheet(shop: Shop) -> None:
    first, second = shop.orders_in(Status.WAITING, 2)
    scanned(shop, "hand-over", first)
    there = shop.desk_of("Karim", "Poste 2").scanning
    there.process(there.receive(reading(shop, "hand-over", second)))
    assert on_sheet(shop, number_of(shop)) == [first, second]


def test_a_closed_sheet_keeps_the_parcel_that_somebody_wants_back(shop: Shop) -> None:
    reference = shop.order_in(Status.WAITING)
    scan_id = scanned(shop, "hand-over", reference).scan_id
    number = number_of(shop)
    shop.desk.paper.hand_overs.close(number)
    answer = shop.desk.scanning.undo(scan_id)
    assert (answer.outcome, on_sheet(shop, number)) == (Outcome.REFUSED, [reference])
    assert "which is closed" in str(answer.message)


def test_undo_takes_a_parcel_back(shop: Shop) -> None:
    reference = shop.order_in(Status.WAITING)
    scan_id = scanned(shop, "hand-over", reference).scan_id
    assert shop.desk.scanning.undo(scan_id).outcome is Outcome.DONE
    assert shop.desk.scanning.hand_over_count(shop.company, None).handed == 0
