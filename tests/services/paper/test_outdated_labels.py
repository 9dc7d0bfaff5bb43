"""Changed after its label was printed, a parcel stays until the label is made anew, or somebody lets it go."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import Shop, a_line, an_order_body, rows, run_sql
from tests.documents.paper import said
from tests.services.orders.test_races import race, race_in_threads, summed
from warehouse_desk.data.tables import label_print
from warehouse_desk.domain.errors import NotAllowed, RuleViolation
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, ROLES, Ability
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.modes import ModeName
from warehouse_desk.domain.status import Status
from warehouse_desk.services.paper.hand_over_sheets import Allow
from warehouse_desk.services.paper.labels import LabelSettings, LabelsMade
from warehouse_desk.services.scanning.request import ScanRequest


def labelled(shop: Shop) -> str:
    (reference,) = shop.create()
    assert made(shop, reference).labels == 1
    return reference


def made(shop: Shop, *references: str, reason: str = "") -> LabelsMade:
    return shop.desk.paper.labels.make(references, LabelSettings(reprint_reason=reason))


def city(shop: Shop, name: str) -> int:
    return next(each.id for each in shop.desk.directories.cities() if each.name == name)


def change(shop: Shop, reference: str, **fields: Any) -> ActionResult:
    """Save the editor's whole form with some fields changed."""
    now = shop.desk.orders.show(reference)
    lines = [{"id": line.product_id, "quantity": line.quantity, "total": line.total / 100} for line in now.lines]
    body = {
        "full_name": now.full_name,
        "phone": now.phone,
        "second_phone": now.second_phone,
        "city_to_id": now.city_id or city(shop, now.city),
        "area_text": now.area,
        "address": now.address,
        "notes": now.notes,
        "products": lines,
    }
    return shop.desk.orders.update(reference, {**body, **fields})


def is_outdated(shop: Shop, reference: str) -> bool:
    return shop.facts(reference).label_outdated


PRINTED: dict[str, Callable[[Shop], dict[str, Any]]] = {
    "name": lambda _shop: {"full_name": "Nadia Alaoui"},
    "phone": lambda _shop: {"phone": "0699999999"},
    "second phone": lambda _shop: {"second_phone": "0522334455"},
    "city": lambda shop: {"city_to_id": city(shop, "Rabat")},
    "area": lambda _shop: {"area_text": "Agdal"},
    "address": lambda _shop: {"address": "Rue 9"},
    "notes": lambda _shop: {"notes": "Appeler avant"},
    "quantity": lambda shop: {"products": [{"id": shop.products["ARGAN-50"], "quantity": 2, "total": 399}]},
    "product": lambda shop: {"products": [{"id": shop.products["SAVON-N"], "quantity": 1, "total": 399}]},
}


@pytest.mark.parametrize("what", PRINTED)
def test_a_change_that_the_label_would_say_makes_it_outdated(shop: Shop, what: str) -> None:
    reference = labelled(shop)
    answer = change(shop, reference, **PRINTED[what](shop))
    assert is_outdated(shop, reference)
    assert str(answer.message).endswith("Its label is outdated: print it again.")


def test_a_change_that_the_label_would_not_say_leaves_it(shop: Shop) -> None:
    reference = labelled(shop)
    for fields in ({}, {"phone": "06 00 00 00 01"}, {"address": " Rue 45,  Maarif "}, {"notes": ""}):
        change(shop, reference, **fields)
        assert not is_outdated(shop, reference), fields


def test_an_order_without_a_label_has_none_that_is_outdated(shop: Shop) -> None:
    (reference,) = shop.create()
    change(shop, reference, address="Rue 9")
    assert not is_outdated(shop, reference)


def test_what_is_changed_back_is_what_the_label_says(shop: Shop) -> None:
    reference = labelled(shop)
    change(shop, reference, address="Rue 9")
    change(shop, reference, address="Rue 45, Maarif")
    assert not is_outdated(shop, reference)
    assert shop.do(Action.SHIP, reference)[0].outcome is Outcome.DONE


def test_a_product_that_is_renamed_makes_no_label_outdated(shop: Shop) -> None:
    reference = labelled(shop)
    shop.desk.goods.edit_product("ARGAN-50", name="Huile d'argan")
    change(shop, reference, phone="06 00 00 00 01")
    assert not is_outdated(shop, reference)


@pytest.mark.parametrize("action", [Action.PUSH, Action.ASSIGN, Action.SHIP])
def test_the_parcel_does_not_leave_with_an_outdated_label(shop: Shop, action: Action) -> None:
    reference = labelled(shop)
    change(shop, reference, address="Rue 9")
    before = shop.facts(reference)
    (refused,) = shop.do(action, reference)
    assert refused.outcome is Outcome.REFUSED
    assert f"The label of {reference} is outdated" in str(refused.message)
    scanned = shop.desk.scanning.scan("ship", reference, shop.options())
    assert str(scanned.message).startswith(f"The label of {reference} is outdated")
    asked = shop.desk.orders.update_entries({"reference": reference, "status": "SHIPPED"}).results[0]
    assert asked.outcome is Outcome.REFUSED
    assert shop.facts(reference) == before


@pytest.mark.parametrize("action", [Action.PUSH, Action.ASSIGN, Action.SHIP])
def test_printed_again_without_a_reason_it_leaves(shop: Shop, action: Action) -> None:
    reference = labelled(shop)
    change(shop, reference, address="Rue 9, Agdal")
    again = made(shop, reference)
    assert [result.outcome for result in again.answer.results] == [Outcome.DONE]
    assert "Rue 9, Agdal" in said(again.pdf)
    assert "RÉIMPRESSION" in said(again.pdf)
    assert not is_outdated(shop, reference)
    assert [row["reason"] for row in rows(shop.database, label_print)] == [None, "The label was outdated"]
    assert [result.outcome for result in made(shop, reference).answer.results] == [Outcome.ALREADY]
    shop.done(action, reference)


def test_a_supervisor_lets_it_go_and_is_not_asked_again(shop: Shop) -> None:
    reference = labelled(shop)
    change(shop, reference, address="Rue 9")
    worker = shop.desk_of("Karim", abilities=ALL_ABILITIES - {Ability.OVERRIDE_VERIFICATION})
    with pytest.raises(NotAllowed, match="overrideVerification"):
        worker.orders.act(Action.ASSIGN, [reference], shop.options(outdated_label=True))
    shop.done(Action.ASSIGN, reference, outdated_label=True)
    assert shop.events(reference)[-1]["reason"] == "Le client a changé d'avis · With an outdated label"
    assert not is_outdated(shop, reference)
    number = shop.desk.paper.hand_overs.collect(person_id=shop.person).sheet.summary.id
    assert shop.desk.paper.hand_overs.close(number).summary.parcels == 1


def test_undone_the_step_that_was_let_go_is_judged_again(shop: Shop) -> None:
    reference = labelled(shop)
    change(shop, reference, address="Rue 9")
    shop.done(Action.SHIP, reference, outdated_label=True)
    shop.done(Action.UNDO, reference)
    assert shop.do(Action.SHIP, reference)[0].outcome is Outcome.REFUSED


def test_a_label_printed_anew_stays_good_when_its_step_is_undone(shop: Shop) -> None:
    reference = labelled(shop)
    shop.done(Action.UNDO, reference)
    change(shop, reference, address="Rue 9")
    assert (shop.status(reference), is_outdated(shop, reference)) == (Status.NEW, True)
    made(shop, reference)
    shop.done(Action.UNDO, reference)
    assert (shop.status(reference), is_outdated(shop, reference)) == (Status.NEW, False)


def test_a_parcel_that_waits_for_its_company_stays_off_the_sheet(shop: Shop) -> None:
    good, stale = labelled(shop), labelled(shop)
    shop.done(Action.PUSH, good, stale, company_id=shop.company)
    change(shop, stale, address="Rue 9")
    hand_overs = shop.desk.paper.hand_overs
    collected = hand_overs.collect(company_id=shop.company)
    assert [parcel.reference for parcel in collected.sheet.parcels] == [good]
    assert [(each.reference, each.outcome) for each in collected.answer.results] == [(stale, Outcome.REFUSED)]
    assert (collected.sheet.left, list(collected.sheet.held_back)) == (1, [stale])
    named = hand_overs.collect(company_id=shop.company, keys=[stale]).answer.results[0]
    scanned = shop.desk.scanning.scan("hand-over", stale, shop.options(person_id=None))
    for answer in (named, scanned):
        assert (answer.outcome, "is outdated" in str(answer.message)) == (Outcome.REFUSED, True)


def test_a_sheet_is_not_signed_with_an_outdated_label_on_it(shop: Shop) -> None:
    reference = labelled(shop)
    shop.done(Action.PUSH, reference)
    hand_overs = shop.desk.paper.hand_overs
    number = hand_overs.collect(company_id=shop.company).sheet.summary.id
    change(shop, reference, address="Rue 9")
    with pytest.raises(RuleViolation, match=rf"Parcels that must stay here: 1 \({reference}\)"):
        hand_overs.close(number)
    worker = shop.desk_of("Karim", abilities=ALL_ABILITIES - {Ability.OVERRIDE_VERIFICATION})
    with pytest.raises(NotAllowed):
        worker.paper.hand_overs.close(number, allow=Allow(outdated_label=True))
    assert hand_overs.close(number, allow=Allow(outdated_label=True)).summary.is_closed
    events = [(event["kind"], event["reason"]) for event in shop.events(reference)][-2:]
    assert events == [("let-go", "With an outdated label"), ("hand-over", None)]


def test_what_the_carrier_has_is_marked_but_holds_nothing_up(shop: Shop) -> None:
    reference = labelled(shop)
    shop.done(Action.PUSH, reference)
    hand_overs = shop.desk.paper.hand_overs
    hand_overs.close(hand_overs.collect(company_id=shop.company).sheet.summary.id)
    change(shop, reference, address="Rue 9")
    assert is_outdated(shop, reference)
    shop.done(Action.SHIP, reference)


def test_answers_and_lists_tell_of_it(shop: Shop) -> None:
    good, stale = labelled(shop), labelled(shop)
    change(shop, stale, address="Rue 9")
    for mode in ("pack", "look-up"):
        answer = shop.desk.scanning.scan(mode, stale, shop.options())
        assert "Its label is outdated: print it again." in str(answer.message)
    for wanted, expected in ((True, [stale]), (False, [good])):
        page = shop.desk.orders.find(OrderFilter(label_outdated=wanted))
        assert [(row.reference, row.label_outdated) for row in page.rows] == [(name, wanted) for name in expected]
    assert "outdated" not in str(shop.desk.scanning.scan("pack", good, shop.options()).message)


def test_the_next_attempt_and_a_new_beginning_know_no_outdated_label(shop: Shop) -> None:
    renewed, back = labelled(shop), labelled(shop)
    for reference in (renewed, back):
        change(shop, reference, address="Rue 9")
    for action, reference in (
        (Action.CANCEL, renewed),
        (Action.RENEW, renewed),
        (Action.OUT_OF_STOCK, back),
        (Action.BACK_IN_STOCK, back),
    ):
        shop.done(action, reference, short_skus=("ARGAN-50",))
    assert not is_outdated(shop, renewed)
    assert not is_outdated(shop, back)
    shop.done(Action.PACK, renewed, back)
    shop.done(Action.SHIP, renewed, back)


def test_a_label_of_an_older_program_says_what_the_order_said_until_it_was_changed(shop: Shop) -> None:
    reference = labelled(shop)
    run_sql(shop.database, *FORGET[shop.database.is_postgresql])
    change(shop, reference, phone="06 00 00 00 01")
    assert not is_outdated(shop, reference)
    change(shop, reference, address="Rue 9")
    assert is_outdated(shop, reference)


FORGET = {
    True: (
        "ALTER TABLE label_print DISABLE TRIGGER label_print_append_only",
        "UPDATE label_print SET content = NULL",
    ),
    False: ("DROP TRIGGER label_print_no_update", "UPDATE label_print SET content = NULL"),
}
"""How a label that was printed before its content was kept looks in each database."""


def test_a_supervisor_lets_it_go_at_the_scanner(shop: Shop) -> None:
    reference = labelled(shop)
    change(shop, reference, address="Rue 9")
    shop.desk.people.add("Chef", "motdepasse", "Admin")
    shop.desk.people.add("Nadia", "motdepasse", "Supervisor")
    packer = shop.desk_of_user("Karim", "Dispatcher")
    request = ScanRequest(
        mode=ModeName.SHIP, code=reference, options=StepOptions(date=shop.context.today(), warehouse_id=shop.warehouse)
    )
    number = packer.scanning.receive(request)
    assert packer.scanning.process(number).result.outcome is Outcome.REFUSED
    shop.desk.people.set_pin("Nadia", "482915")
    approval = shop.desk.people.approve(shop.desk.people.issue_badge("Nadia"), "482915")
    again = packer.scanning.receive(replace(request, approval=replace(approval, scan_id=number)))
    done = packer.scanning.process(again).result
    assert done.outcome is Outcome.DONE, str(done.message)
    assert shop.events(reference)[-1]["reason"] == "Allowed by Nadia · With an outdated label"


def test_two_objections_are_allowed_one_after_the_other(shop: Shop) -> None:
    shop.a_product("HENNE", on_shelf=1)
    (reference,) = shop.create(an_order_body(products=[a_line("HENNE", 3)]))
    made(shop, reference)
    change(shop, reference, address="Rue 9")
    shop.desk.people.add("Chef", "motdepasse", "Admin")
    shop.desk.people.add("Nadia", "motdepasse", "Supervisor")
    shop.desk.people.set_role("Supervisor", ROLES["Supervisor"] | {Ability.NEGATIVE_STOCK})
    packer = shop.desk_of_user("Karim", "Dispatcher")
    shop.desk.people.set_pin("Nadia", "482915")
    approval = shop.desk.people.approve(shop.desk.people.issue_badge("Nadia"), "482915")
    request = ScanRequest(
        mode=ModeName.SHIP, code=reference, options=StepOptions(date=shop.context.today(), warehouse_id=shop.warehouse)
    )
    told = []
    for _ in range(3):
        number = packer.scanning.receive(request)
        told.append(packer.scanning.process(number).result)
        request = replace(request, approval=replace(approval, scan_id=number))
    assert [
        "outdated" in str(told[0].message),
        "Receive the goods, choose another warehouse, or mark it out of stock." in str(told[1].message),
    ] == [True, True]
    assert told[2].outcome is Outcome.DONE, str(told[2].message)


def test_the_status_stays_while_a_label_is_printed_again(shop: Shop) -> None:
    reference = labelled(shop)
    shop.done(Action.PUSH, reference)
    change(shop, reference, address="Rue 9")
    made(shop, reference)
    assert shop.status(reference) is Status.WAITING


@pytest.mark.parametrize("racing", [race, race_in_threads])
def test_of_an_edit_and_a_shipment_at_once_the_later_sees_the_other(
    shop: Shop, database_url: str, racing: Callable[..., list[Any]]
) -> None:
    references = shop.create(*[an_order_body()] * 20)
    made(shop, *references)
    answers = summed(racing(database_url, "edit or ship", 20))
    assert answers["edited"] == 20
    for reference in references:
        kinds = [event["kind"] for event in shop.events(reference)]
        was_shipped = shop.status(reference) is Status.SHIPPED
        assert was_shipped is ("ship" in kinds)
        assert not was_shipped or kinds.index("ship") < kinds.index("update"), reference
        assert is_outdated(shop, reference)
    assert answers.get("done", 0) + answers.get("refused", 0) == 20
