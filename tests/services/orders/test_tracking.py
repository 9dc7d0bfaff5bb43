"""Tracking numbers noted by hand: one company gives each once, the audit keeps them, and old parcels are found."""

import json

import pytest

from tests.builders import Shop, everything
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.errors import DeskError, NotAllowed, NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status


def pushed_to(shop: Shop, company: int) -> str:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.PUSH, reference, company_id=company)
    return reference


@pytest.fixture
def sah(shop: Shop) -> int:
    return shop.desk.directories.add(Listed.COMPANY, code="SAH", name="Sahara Express").id


@pytest.mark.parametrize(
    "status", [Status.PACKED, Status.WAITING, Status.SHIPPED, Status.DELIVERED, Status.RETURNED], ids=str
)
def test_a_parcel_takes_a_number_and_the_audit_keeps_it(shop: Shop, status: Status) -> None:
    reference = shop.order_in(status)
    version, sent = shop.facts(reference).version, len(shop.operations(reference))
    result = shop.desk.orders.track(reference, " MA-000123 ")
    assert (result.outcome, str(result.message)) == (Outcome.DONE, f"{reference} has the tracking number MA-000123.")
    assert (shop.facts(reference).tracking_number, shop.status(reference)) == ("MA-000123", status)
    event = shop.events(reference)[-1]
    assert (event["kind"], event["version"], event["user_name"]) == ("track", version + 1, "Salma")
    assert (json.loads(event["before"]), json.loads(event["after"])) == (
        {"tracking_number": None},
        {"tracking_number": "MA-000123"},
    )
    assert shop.changes(reference)[-1]["kind"] == "track"
    assert len(shop.operations(reference)) == sent
    assert shop.desk.orders.track(reference, "MA-000123").outcome is Outcome.ALREADY


@pytest.mark.parametrize("status", [Status.NEW, Status.CANCELED, Status.OUT_OF_STOCK, Status.ROLLBACK], ids=str)
def test_what_is_no_parcel_takes_none(shop: Shop, status: Status) -> None:
    reference = shop.order_in(status)
    with pytest.raises(RuleViolation, match=r"only a parcel has a tracking number. Status needed:"):
        shop.desk.orders.track(reference, "MA-1")


def test_a_number_is_exchanged_and_taken_away_in_any_status(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.desk.orders.track(reference, "MA-1")
    assert (
        str(shop.desk.orders.track(reference, "MA-2").message)
        == f"{reference} has the tracking number MA-2 instead of MA-1."
    )
    shop.done(Action.CANCEL, reference)
    (kept,) = shop.do(Action.DELETE, reference)
    assert (
        "has the tracking number MA-2: the courier knows it, so it cannot be deleted. Cancel it with the courier first."
        in str(kept.message)
    )
    assert str(shop.desk.orders.track(reference, "").message) == f"{reference} no longer has the tracking number MA-2."
    assert shop.desk.orders.track(reference, " ").outcome is Outcome.ALREADY
    shop.done(Action.DELETE, reference)


@pytest.mark.parametrize("text", ["x" * 65, "MA\0", "\u200b!\u0007"])
def test_what_no_label_holds_is_no_number(shop: Shop, text: str) -> None:
    reference = shop.order_in(Status.PACKED)
    with pytest.raises(WrongUsage, match=r"is not a tracking number. Characters: 1 to 64."):
        shop.desk.orders.track(reference, text)


def test_a_company_gives_a_number_once_and_another_may_give_it_too(shop: Shop, sah: int) -> None:
    first, second, third = pushed_to(shop, shop.company), pushed_to(shop, shop.company), pushed_to(shop, sah)
    shop.desk.orders.track(first, "777")
    before = everything(shop.database)
    with pytest.raises(RuleViolation, match=f"777 is the tracking number of {first}"):
        shop.desk.orders.track(second, "777")
    assert everything(shop.database) == before
    assert shop.desk.orders.track(third, "777").outcome is Outcome.DONE


def test_before_the_push_nobody_knows_whose_number_it_is(shop: Shop) -> None:
    unpushed, pushed = shop.order_in(Status.PACKED), pushed_to(shop, shop.company)
    shop.desk.orders.track(pushed, "777")
    with pytest.raises(RuleViolation, match=pushed):
        shop.desk.orders.track(unpushed, "777")


def test_a_push_to_a_company_that_gave_the_number_to_another_is_refused(shop: Shop, sah: int) -> None:
    theirs = pushed_to(shop, sah)
    shop.desk.orders.track(theirs, "777")
    mine = pushed_to(shop, shop.company)
    shop.desk.orders.track(mine, "777")
    shop.done(Action.SHIP, mine, theirs)
    assert shop.desk.orders.undo([mine]).all_done
    assert shop.desk.orders.track(mine, "778").outcome is Outcome.DONE
    fresh = shop.order_in(Status.PACKED)
    shop.desk.orders.track(fresh, "779")
    shop.desk.orders.track(theirs, "779x")
    (done,) = shop.do(Action.PUSH, fresh, company_id=sah)
    assert done.outcome is Outcome.DONE


def test_a_code_that_two_orders_carry_is_never_resolved_silently(shop: Shop, sah: int) -> None:
    mine, theirs = pushed_to(shop, shop.company), pushed_to(shop, sah)
    for each in (mine, theirs):
        shop.desk.orders.track(each, "777")
    (bulk,) = shop.do(Action.SHIP, "777")
    scanned = shop.desk.scanning.scan(
        "ship", "777", StepOptions(date=shop.context.today(), warehouse_id=shop.warehouse)
    )
    looked = shop.desk.scanning.scan("look-up", "777")
    for answer in (bulk, scanned, looked):
        assert answer.outcome is Outcome.REFUSED
        assert str(answer.message).startswith(f"777 can be one of these: {mine}, {theirs}.")
    with pytest.raises(
        NotFound,
        match=f"777 can be one of these: {mine}, {theirs}. Scan our own label, or enter the reference of the order.",
    ):
        shop.desk.orders.show("777")
    assert (shop.status(mine), shop.status(theirs)) == (Status.WAITING, Status.WAITING)


def test_a_parcel_of_a_journey_that_is_over_is_still_found_by_its_number(shop: Shop) -> None:
    reference = pushed_to(shop, shop.company)
    shop.desk.orders.track(reference, "777")
    shop.done(Action.SHIP, reference)
    shop.done(Action.RETURN, reference)
    shop.done(Action.RENEW, reference)
    assert shop.facts(reference).tracking_number is None
    assert shop.desk.orders.show("777").facts.reference == reference
    other = pushed_to(shop, shop.company)
    with pytest.raises(RuleViolation, match=f"777 is the tracking number of {reference}"):
        shop.desk.orders.track(other, "777")
    shop.done(Action.PACK, reference)
    shop.desk.orders.track(reference, "888")
    assert shop.desk.orders.show("888").facts.reference == shop.desk.orders.show("777").facts.reference == reference


def test_the_last_number_is_taken_back_by_its_worker(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.desk.orders.track(reference, "MA-1")
    shop.desk.orders.track(reference, "MA-2")
    told = [str(shop.desk.orders.undo([reference]).results[0].message) for _ in range(1)]
    assert told == [f"{reference} has the tracking number MA-1 again."]
    assert shop.facts(reference).tracking_number == "MA-1"
    shop.done(Action.ROLLBACK, reference)
    shop.done(Action.RESUME, reference)
    assert shop.status(reference) is Status.NEW


def test_a_number_that_another_parcel_carries_by_now_is_not_taken_back_to(shop: Shop) -> None:
    mine, other = shop.orders_in(Status.PACKED, 2)
    for number in ("777", ""):
        shop.desk.orders.track(mine, number)
    shop.desk_of("Karim").orders.track(other, "777")
    (refused,) = shop.desk.orders.undo([mine]).results
    assert (refused.outcome, f"777 is the tracking number of {other}" in str(refused.message)) == (
        Outcome.REFUSED,
        True,
    )
    assert (shop.facts(mine).tracking_number, shop.facts(other).tracking_number) == (None, "777")


def test_a_push_is_not_taken_back_where_nobody_would_know_whose_number_it_is(shop: Shop, sah: int) -> None:
    mine, theirs = shop.order_in(Status.PACKED), pushed_to(shop, sah)
    shop.desk.orders.track(mine, "777")
    shop.done(Action.PUSH, mine)
    shop.desk.orders.track(theirs, "777")
    (refused,) = shop.desk.orders.undo([mine]).results
    assert (refused.outcome, f"777 is the tracking number of {theirs}" in str(refused.message)) == (
        Outcome.REFUSED,
        True,
    )
    assert (shop.status(mine), shop.facts(mine).shipping_company_id) == (Status.WAITING, shop.company)


def test_who_may_not_stick_labels_notes_no_numbers(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    stranger = shop.desk_of("Karim", abilities=ALL_ABILITIES - {Ability.LABELS})
    with pytest.raises(NotAllowed, match="generateLabels"):
        stranger.orders.track(reference, "MA-1")


def test_an_order_on_hold_takes_none_and_an_unknown_one_is_told(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.HOLD, reference)
    for key, said in ((reference, "is on hold"), ("ORD-99999", "No order has the code")):
        with pytest.raises(DeskError, match=said):
            shop.desk.orders.track(key, "MA-1")
