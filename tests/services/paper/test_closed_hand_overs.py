"""A signed hand-over says for good what was signed, and what it says of an order is not undone behind its back."""

from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from tests.builders import TODAY, Shop, rows, run_sql
from tests.documents.paper import said
from warehouse_desk.data.tables import hand_over_row
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.errors import NotAllowed, RuleViolation, WrongUsage
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.paper.printing import HandOverSheet
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status


def signed_for_company(shop: Shop, how_many: int = 1, status: Status = Status.WAITING) -> tuple[str, ...]:
    """Hand orders over to the company on sheet 1, then bring them on to a status."""
    orders = shop.orders_in(Status.WAITING, how_many)
    number = shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet.summary.id
    shop.desk.paper.hand_overs.close(number)
    for action in {Status.DELIVERED: (Action.SHIP, Action.DELIVER), Status.SHIPPED: (Action.SHIP,)}.get(status, ()):
        shop.done(action, *orders)
    return orders


def signed_for_person(shop: Shop) -> str:
    order = shop.order_in(Status.PACKED)
    shop.done(Action.ASSIGN, order)
    shop.desk.paper.hand_overs.close(shop.desk.paper.hand_overs.collect(person_id=shop.person).sheet.summary.id)
    return order


def sheet(shop: Shop, number: int = 1) -> HandOverSheet:
    return shop.desk.paper.hand_overs.sheet(number)


def new_details(shop: Shop, **fields: Any) -> dict[str, Any]:
    line = {"id": shop.products["ARGAN-50"], "quantity": 1, "total": 399}
    body = {
        "full_name": "Youssef El Idrissi",
        "phone": "+212600000001",
        "address": "Rue 45, Maarif",
        "city_to_id": next(city.id for city in shop.desk.directories.cities() if city.name == "Casablanca"),
        "products": [line],
    }
    return {**body, **fields}


@pytest.mark.parametrize("action", [Action.CANCEL, Action.UNDO, Action.ROLLBACK, Action.DELETE])
def test_what_denies_that_the_carrier_took_it_is_refused_naming_the_sheet(shop: Shop, action: Action) -> None:
    (order,) = signed_for_company(shop)
    before = shop.facts(order)
    (answer,) = shop.do(action, order)
    assert answer.outcome is Outcome.REFUSED
    assert "pickup sheet 1, which is closed" in str(answer.message)
    assert "strike it off" in str(answer.message)
    assert shop.facts(order) == before


def test_a_push_to_another_company_names_the_sheet_first(shop: Shop) -> None:
    (order,) = signed_for_company(shop)
    other = shop.desk.directories.add(Listed.COMPANY, code="SAH", name="Sahara Express").id
    (answer,) = shop.do(Action.PUSH, order, company_id=other)
    assert answer.outcome is Outcome.REFUSED
    assert "pickup sheet 1, which is closed" in str(answer.message)


def test_it_is_refused_by_scanner_file_and_list_alike(shop: Shop) -> None:
    (order,) = signed_for_company(shop)
    scanned = shop.desk.scanning.scan("cancel", order, shop.options())
    asked = shop.desk.orders.update_entries({"reference": order, "status": "CANCELED"}).results[0]
    listed = shop.desk.orders.act_on_filter(Action.CANCEL, OrderFilter(status=Status.WAITING), shop.options())
    for answer in (scanned, asked, *listed.problems):
        assert answer.outcome is Outcome.REFUSED
        assert "pickup sheet 1" in str(answer.message)
    assert listed.counts == {Outcome.REFUSED: 1}
    assert shop.status(order) is Status.WAITING


def test_a_parcel_signed_for_by_a_person_is_neither_undone_nor_given_to_another(shop: Shop) -> None:
    order = signed_for_person(shop)
    other = shop.desk.directories.add(Listed.PERSON, code="OMAR", name="Omar", phone="0661000001").id
    for action in (Action.UNDO, Action.ASSIGN, Action.ROLLBACK):
        (answer,) = shop.do(action, order, person_id=other)
        assert answer.outcome is Outcome.REFUSED, action
        assert "pickup sheet 1" in str(answer.message)
    assert shop.on_hand() == 999
    assert shop.facts(order).delivery_person_id == shop.person


def test_the_parcel_goes_on_and_a_wrong_step_after_the_signature_is_taken_back(shop: Shop) -> None:
    (order,) = signed_for_company(shop)
    shop.done(Action.SHIP, order)
    shop.done(Action.UNDO, order)
    assert shop.status(order) is Status.WAITING
    for action in (Action.SHIP, Action.DELIVER, Action.ROLLBACK, Action.RESUME, Action.DELIVER):
        shop.done(action, order)
    assert shop.status(order) is Status.DELIVERED
    assert shop.facts(order).hand_over_id == 1


def test_a_rolled_back_parcel_may_go_back_to_where_it_was_but_nowhere_else(shop: Shop) -> None:
    (order,) = signed_for_company(shop, status=Status.SHIPPED)
    shop.done(Action.ROLLBACK, order)
    for action, given in ((Action.CANCEL, {}), (Action.OUT_OF_STOCK, {}), (Action.RESUME, {"to_new": True})):
        (answer,) = shop.do(action, order, **given)
        assert answer.outcome is Outcome.REFUSED, action
    shop.done(Action.RESUME, order)
    assert shop.status(order) is Status.WAITING


def test_the_next_attempt_is_free_and_the_old_sheet_stays(shop: Shop) -> None:
    (order,) = signed_for_company(shop, status=Status.SHIPPED)
    run_sql(shop.database, "UPDATE orders SET tracking_number = 'AM1'")
    shop.done(Action.RETURN, order)
    before = sheet(shop)
    shop.done(Action.RENEW, order)
    assert shop.facts(order).hand_over_id is None
    shop.done(Action.CANCEL, order)
    assert sheet(shop) == before


def test_a_reprint_shows_what_was_signed(shop: Shop) -> None:
    shop.desk.settings.change({"sender_name": "Atlas Cosmétiques"})
    (order,) = signed_for_company(shop)
    before, paper = sheet(shop), said(shop.desk.paper.hand_overs.pdf(1))
    for part in ("Youssef El Idrissi", "06 00 00 00 01", "Rue 45, Maarif", "Casablanca", "399,00", "Amana", "Atlas"):
        assert part in paper
    rabat = next(city.id for city in shop.desk.directories.cities() if city.name == "Rabat")
    changed = new_details(shop, full_name="Nadia", phone="0699999999", address="Rue 9", city_to_id=rabat)
    answer = shop.desk.orders.update(order, changed)
    assert (
        answer.outcome,
        "Pickup sheet 1 is closed and stays as it was signed: tell the carrier." in str(answer.message),
    ) == (
        Outcome.DONE,
        True,
    )
    run_sql(shop.database, "UPDATE orders SET tracking_number = 'AM1'")
    shop.desk.directories.edit(Listed.COMPANY, shop.company, name="Amana Express")
    shop.desk.settings.change({"sender_name": "Une autre"})
    assert sheet(shop) == before
    assert said(shop.desk.paper.hand_overs.pdf(1)) == paper


def test_an_edit_that_the_sheet_does_not_speak_of_needs_no_word_of_it(shop: Shop) -> None:
    (order,) = signed_for_company(shop)
    answer = shop.desk.orders.update(order, new_details(shop, notes="Appeler avant"))
    assert str(answer.message) == f"{order} was changed."


def test_what_the_carrier_took_along_is_not_changed(shop: Shop) -> None:
    (order,) = signed_for_company(shop)
    line = {"id": shop.products["SAVON-N"], "quantity": 3, "total": 399}
    with pytest.raises(RuleViolation, match="pickup sheet 1, which is closed: the carrier took its products"):
        shop.desk.orders.update(order, new_details(shop, products=[line]))


def test_a_draft_shows_what_the_orders_say_now(shop: Shop) -> None:
    order = shop.order_in(Status.WAITING)
    number = shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet.summary.id
    run_sql(shop.database, "UPDATE orders SET total = 12300")
    shop.desk.orders.update(order, new_details(shop, full_name="Nadia"))
    (parcel,) = sheet(shop, number).parcels
    assert (parcel.full_name, parcel.cod, sheet(shop, number).summary.cod_total) == ("Nadia", 12_300, 12_300)


def test_a_struck_parcel_stays_on_the_sheet_counts_no_more_and_is_free(shop: Shop) -> None:
    struck, kept = signed_for_company(shop, 2)
    answer = shop.desk_of("Nadia").paper.hand_overs.strike(1, [struck], "Colis oublié au dépôt")
    assert [result.outcome for result in answer.answer.results] == [Outcome.DONE]
    summary = answer.sheet.summary
    assert (summary.parcels, summary.cod_total, summary.struck) == (1, 39_900, 1)
    line = answer.sheet.parcels[0]
    assert line.strike is not None
    assert (line.reference, line.strike.user_name, line.strike.reason) == (struck, "Nadia", "Colis oublié au dépôt")
    paper = said(shop.desk.paper.hand_overs.pdf(1))
    assert "Rayé" in paper
    assert "Colis oublié au dépôt · Nadia" in paper
    assert "1 colis" in paper
    assert [event["kind"] for event in shop.events(struck)][-2:] == ["hand-over", "strike"]
    shop.done(Action.CANCEL, struck)
    (refused,) = shop.do(Action.CANCEL, kept)
    assert refused.outcome is Outcome.REFUSED


def test_a_struck_parcel_that_still_waits_goes_on_the_next_sheet(shop: Shop) -> None:
    (order,) = signed_for_company(shop)
    shop.done(Action.STRIKE, order)
    collected = shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet
    assert [parcel.reference for parcel in collected.parcels] == [order]
    assert shop.desk.paper.hand_overs.close(2).summary.parcels == 1
    assert shop.facts(order).hand_over_id == 2


def test_a_parcel_of_one_company_reaches_another_only_over_a_strike(shop: Shop) -> None:
    (order,) = signed_for_company(shop)
    other = shop.desk.directories.add(Listed.COMPANY, code="CTM", name="CTM").id
    assert shop.do(Action.ROLLBACK, order)[0].outcome is Outcome.REFUSED
    shop.done(Action.STRIKE, order)
    for action in (Action.ROLLBACK, Action.RESUME, Action.PUSH):
        shop.done(action, order, company_id=other)
    number = shop.desk.paper.hand_overs.collect(company_id=other).sheet.summary.id
    shop.desk.paper.hand_overs.close(number)
    signed = [row for row in rows(shop.database, hand_over_row) if row["struck_at"] is None]
    assert [row["hand_over_id"] for row in signed] == [number]


def test_a_strike_wants_a_supervisor_and_a_reason(shop: Shop) -> None:
    (order,) = signed_for_company(shop)
    with pytest.raises(WrongUsage, match="Reason"):
        shop.desk.paper.hand_overs.strike(1, [order], "  ")
    packer = shop.desk_of("Karim", abilities=ALL_ABILITIES - {Ability.ROLLBACK})
    with pytest.raises(NotAllowed):
        packer.paper.hand_overs.strike(1, [order], "Oublié")
    with pytest.raises(NotAllowed):
        packer.orders.act(Action.STRIKE, [order], shop.options())


def test_a_strike_answers_for_each_order_by_itself(shop: Shop) -> None:
    struck, twice = signed_for_company(shop, 2)
    never = shop.order_in(Status.WAITING)
    shop.desk.paper.hand_overs.strike(1, [twice], "Oublié")
    answers = shop.desk.paper.hand_overs.strike(1, [struck, twice, never, "ORD-99999"], "Oublié").answer.results
    assert [each.outcome for each in answers] == [Outcome.DONE, Outcome.ALREADY, Outcome.REFUSED, Outcome.UNKNOWN]
    assert "was struck off pickup sheet 1" in str(answers[1].message)
    (answer,) = shop.do(Action.STRIKE, never)
    assert "is not on a closed pickup sheet" in str(answer.message)


def test_a_strike_is_not_for_drafts_nor_for_an_attempt_that_ended(shop: Shop) -> None:
    (order,) = signed_for_company(shop, status=Status.SHIPPED)
    shop.done(Action.RETURN, order)
    shop.done(Action.RENEW, order)
    (answer,) = shop.desk.paper.hand_overs.strike(1, [order], "Oublié").answer.results
    assert (answer.outcome, "an earlier journey" in str(answer.message)) == (Outcome.REFUSED, True)
    shop.order_in(Status.WAITING)
    draft = shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet.summary.id
    with pytest.raises(RuleViolation, match=f"{draft} is a draft"):
        shop.desk.paper.hand_overs.strike(draft, [order], "Oublié")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE hand_over_row SET full_name = 'X'",
        "UPDATE hand_over_row SET cod = 1",
        "DELETE FROM hand_over_row",
        "UPDATE hand_over SET carrier_name = 'X'",
        "UPDATE hand_over SET closed_at = NULL",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_signed(shop: Shop, change: str) -> None:
    signed_for_company(shop)
    with pytest.raises(DBAPIError, match="append-only"):
        run_sql(shop.database, change)


def test_an_order_that_another_closed_sheet_binds_is_not_closed_again(shop: Shop) -> None:
    order = signed_for_person(shop)
    shop.order_in(Status.WAITING)
    number = shop.desk.paper.hand_overs.collect(company_id=shop.company).sheet.summary.id
    place_on_both(shop, order, number)
    with pytest.raises(RuleViolation, match=order):
        shop.desk.paper.hand_overs.close(number)
    assert shop.facts(order).hand_over_id == 1


def place_on_both(shop: Shop, order: str, number: int) -> None:
    """Put an order on another carrier's draft as well, which no step of the program does."""
    number_of_order = shop.facts(order).id
    run_sql(
        shop.database,
        f"UPDATE orders SET shipping_company_id = {shop.company} WHERE id = {number_of_order}",
        "INSERT INTO hand_over_row (hand_over_id, order_id, attempt, cod, user_name) "
        f"VALUES ({number}, {number_of_order}, 1, 39900, '')",
    )


def test_the_day_of_the_sheet_stays_when_a_parcel_is_struck_off_later(shop: Shop) -> None:
    (order,) = signed_for_company(shop)
    shop.clock.advance(days=3)
    shop.done(Action.STRIKE, order)
    assert sheet(shop).summary.day == TODAY
