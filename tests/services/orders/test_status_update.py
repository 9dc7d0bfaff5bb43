"""The REST bulk update: an order and the status it shall have."""

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.builders import Shop
from tests.support.log_guard import LogGuard
from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.errors import (
    DatabaseBusy,
    DatabaseUnavailable,
    InvalidInput,
    NotAllowed,
    NothingDone,
    RuleViolation,
)
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.orders.actions import Actions
from warehouse_desk.services.orders.status_requests import StatusRequest
from warehouse_desk.services.orders.status_run import StatusRun


def ask(shop: Shop, *wishes: tuple[str, str], **more: Any) -> BulkResult:
    desk = shop.desk_of("", source=Source.REST)
    entries = [{"reference": reference, "status": status, **more} for reference, status in wishes]
    return desk.orders.update_statuses({"orders": entries})


def test_a_step_is_told_with_the_order_that_changed_and_noted_as_the_api_s(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    answer = ask(shop, (reference, "packed"))
    assert [(r.outcome, r.status_after) for r in answer.results] == [(Outcome.DONE, Status.PACKED)]
    assert answer.changes.order_ids == {shop.facts(reference).id}
    assert shop.events(reference)[-1]["source"] == "rest"


def test_each_entry_is_judged_alone_and_answered_in_order(shop: Shop) -> None:
    new, packed, held = shop.order_in(Status.NEW), shop.order_in(Status.PACKED), shop.order_in(Status.NEW)
    shop.done(Action.HOLD, held)
    answer = ask(shop, (held, "packed"), ("ORD-9", "packed"), (packed, "PACKED"), (new, "Packed"), (new, "shipped"))
    assert [r.outcome for r in answer.results] == [
        Outcome.REFUSED,
        Outcome.UNKNOWN,
        Outcome.ALREADY,
        Outcome.DONE,
        Outcome.DONE,
    ]
    assert shop.status(new) is Status.SHIPPED


def test_a_status_that_an_order_has_is_told_with_who_made_it_so(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    (answer,) = ask(shop, (reference, "packed")).results
    assert re.fullmatch(
        rf"{reference} is already “Packed”: .+ by .+ \(station .+\)\. Nothing to do\.", str(answer.message)
    )


def test_the_day_of_the_action_is_taken_from_the_request(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    shop.clock.advance(days=3)
    ask(shop, (reference, "packed"), action_date="2026-03-03")
    assert str(shop.facts(reference).packed_on) == "2026-03-03"


def test_a_shipment_leaves_our_only_warehouse_and_is_refused_where_there_are_two(shop: Shop) -> None:
    first, second = shop.order_in(Status.PACKED), shop.order_in(Status.PACKED)
    assert ask(shop, (first, "shipped")).all_done
    shop.desk.directories.add(Listed.WAREHOUSE, code="RABAT", name="Rabat")
    (result,) = ask(shop, (second, "shipped")).results
    assert result.outcome is Outcome.REFUSED
    assert "rest_warehouse" in str(result.message)


def test_of_several_warehouses_the_entrys_own_comes_first_then_the_askers_then_the_settings(shop: Shop) -> None:
    rabat, fes, agadir = (
        shop.desk.directories.add(Listed.WAREHOUSE, code=code, name=code).id for code in ("RABAT", "FES", "AGADIR")
    )
    for place in (rabat, fes, agadir):
        shop.desk.goods.receive(place, "ARGAN-50", 10)
    shop.desk.settings.change({"rest_warehouse": "agadir"})
    first, second, third = shop.orders_in(Status.PACKED, 3)
    entries = [
        {"reference": first, "status": "SHIPPED", "warehouseId": rabat},
        {"reference": second, "status": "SHIPPED"},
    ]
    assert shop.desk.orders.update_statuses(entries, warehouse_id=fes).all_done
    assert ask(shop, (third, "SHIPPED")).all_done
    assert [shop.facts(each).warehouse_id for each in (first, second, third)] == [rabat, fes, agadir]


def test_a_setting_that_names_no_warehouse_of_ours_ships_nothing(shop: Shop) -> None:
    shop.desk.settings.change({"rest_warehouse": "TANGER"})
    (result,) = ask(shop, (shop.order_in(Status.PACKED), "shipped")).results
    assert result.outcome is Outcome.REFUSED
    assert "rest_warehouse" in str(result.message)


def test_all_or_nothing_does_nothing_where_one_order_is_refused_and_says_what_would_be(shop: Shop) -> None:
    good, bad = shop.order_in(Status.NEW), shop.order_in(Status.NEW)
    entries = [
        {"reference": good, "status": "PACKED"},
        {"reference": bad, "status": "DELIVERED"},
        {"reference": "ORD-99999", "status": "PACKED"},
    ]
    desk = shop.desk_of("", source=Source.REST)
    with pytest.raises(NothingDone, match="2 orders are refused") as refusal:
        desk.orders.update_statuses(entries, all_or_nothing=True)
    outcomes = [result.outcome for result in refusal.value.result.results]
    assert outcomes == [Outcome.DONE, Outcome.REFUSED, Outcome.UNKNOWN]
    assert (shop.status(good), len(shop.events(good))) == (Status.NEW, 1)
    assert desk.orders.update_statuses(entries[:1], all_or_nothing=True).all_done
    assert shop.status(good) is Status.PACKED


def test_the_same_update_sent_twice_is_done_once_and_answered_alike(shop: Shop) -> None:
    packed, back = shop.order_in(Status.NEW), shop.order_in(Status.PACKED)
    entries = [
        {"reference": packed, "status": "PACKED"},
        {"reference": back, "status": "ROLLBACK"},
        {"reference": back, "status": "NEW"},
        {"reference": "ORD-99999", "status": "PACKED"},
    ]
    desk = shop.desk_of("", source=Source.REST)
    first = desk.orders.update_statuses(entries, request_id="a")
    events = len(shop.events(packed)), len(shop.events(back))
    assert [result.outcome for result in first.results] == [*[Outcome.DONE] * 3, Outcome.UNKNOWN]
    assert desk.orders.update_statuses(entries, request_id="a") == first
    assert (len(shop.events(packed)), len(shop.events(back))) == events
    with pytest.raises(RuleViolation, match="was something else"):
        desk.orders.update_statuses(entries[:1], request_id="a")


def test_a_fault_within_an_update_that_is_one_transaction_leaves_nothing_of_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = shop.order_in(Status.NEW), shop.order_in(Status.PACKED)
    act = Actions.act_within

    def fail_late(self: Actions, uow: UnitOfWork, action: Action, *more: Any) -> BulkResult:
        if action is Action.ROLLBACK:
            raise ZeroDivisionError
        return act(self, uow, action, *more)

    monkeypatch.setattr(Actions, "act_within", fail_late)
    with pytest.raises(ZeroDivisionError):
        shop.desk_of("", source=Source.REST).orders.update_statuses(
            [{"reference": first, "status": "PACKED"}, {"reference": second, "status": "ROLLBACK"}], request_id="a"
        )
    assert (shop.status(first), shop.status(second)) == (Status.NEW, Status.PACKED)


def test_a_wrong_entry_refuses_the_request_with_its_path(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    entries = [
        {"reference": reference, "status": "packed"},
        {"reference": reference, "status": "lost"},
        {"status": "packed"},
        {"reference": reference, "status": "packed", "action_date": "hier"},
    ]
    with pytest.raises(InvalidInput) as refusal:
        shop.desk.orders.update_statuses({"orders": entries})
    assert set(refusal.value.fields) == {"orders.1.status", "orders.2.reference", "orders.3.action_date"}
    assert shop.status(reference) is Status.NEW


def test_a_request_names_at_most_1000_orders(shop: Shop) -> None:
    with pytest.raises(InvalidInput, match=r"is too long: 1001 entries instead of 1000 at most. Split it."):
        ask(shop, *[("ORD-1", "packed")] * 1_001)


def test_updating_wants_its_ability(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    desk = shop.desk_of(abilities=frozenset(Ability) - {Ability.REST_UPDATE}, source=Source.REST)
    with pytest.raises(NotAllowed, match="UPDATE ORDERS"):
        desk.orders.update_statuses([{"reference": reference, "status": "packed"}])
    assert shop.status(reference) is Status.NEW


LOWERING = [
    (Status.CANCELED, Status.NEW, Ability.RENEW),
    (Status.RETURNED, Status.NEW, Ability.RENEW),
    (Status.SHIPPED, Status.ROLLBACK, Ability.ROLLBACK),
    (Status.ROLLBACK, Status.PACKED, Ability.ROLLBACK),
]


@pytest.mark.parametrize(("source", "target", "ability"), LOWERING)
def test_a_token_that_may_only_update_lowers_no_status(
    shop: Shop, source: Status, target: Status, ability: Ability
) -> None:
    reference = shop.order_in(source)
    body = [{"reference": reference, "status": target.value}]
    token = shop.desk_of("", abilities=frozenset({Ability.REST_UPDATE}), source=Source.REST)
    (answer,) = token.orders.update_statuses(body).results
    assert answer.outcome is Outcome.REFUSED
    assert ability.value in str(answer.message)
    assert shop.status(reference) is source
    with_more = shop.desk_of("", abilities=frozenset({Ability.REST_UPDATE, ability}), source=Source.REST)
    assert with_more.orders.update_statuses(body).all_done
    assert shop.status(reference) is target


def test_a_token_that_may_only_update_lowers_no_status_by_a_step_either(shop: Shop) -> None:
    canceled = shop.order_in(Status.CANCELED)
    token = shop.desk_of("", abilities=frozenset({Ability.REST_UPDATE}), source=Source.REST)
    with pytest.raises(NotAllowed, match="ReNewOrder"):
        token.orders.act(Action.RENEW, [canceled])


def test_a_cancellation_takes_its_reason_from_the_request(shop: Shop) -> None:
    told, silent = shop.orders_in(Status.NEW, 2)
    ask(shop, (told, "canceled"), description="Numéro injoignable")
    ask(shop, (silent, "canceled"))
    assert [shop.facts(each).cancel_reason for each in (told, silent)] == ["Numéro injoignable", "Through the API"]
    with pytest.raises(InvalidInput, match="1001 characters"):
        ask(shop, (told, "canceled"), description="x" * 1_001)


def test_an_order_waits_for_the_company_that_the_request_names(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    ask(shop, (reference, "WAITING_FOR_SHIPPING_COMPANY"), shippent_company_id=shop.company, from_stock=False)
    found = shop.facts(reference)
    assert (found.status, found.shipping_company_id, found.from_stock) == (Status.WAITING, shop.company, False)


def test_a_shipment_leaves_the_warehouse_that_the_request_names(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.desk.directories.add(Listed.WAREHOUSE, code="RABAT", name="Rabat")
    assert ask(shop, (reference, "shipped"), warehouseId=shop.warehouse).all_done
    assert shop.facts(reference).warehouse_id == shop.warehouse


def test_a_shipment_goes_with_the_person_that_the_request_names_and_with_no_other(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    assert ask(shop, (reference, "shipped"), delivery_boy_id=shop.person).all_done
    assert shop.facts(reference).delivery_person_id == shop.person
    assert ask(shop, (reference, "shipped"), delivery_boy_id=shop.person).count(Outcome.ALREADY) == 1
    other = shop.desk.directories.add(Listed.PERSON, code="HICHAM", name="Hicham").id
    (answer,) = ask(shop, (reference, "shipped"), delivery_boy_id=other).results
    assert answer.outcome is Outcome.REFUSED
    assert shop.facts(reference).delivery_person_id == shop.person


def test_what_is_named_besides_a_status_that_the_order_has_must_be_so_too(shop: Shop) -> None:
    rabat = shop.desk.directories.add(Listed.WAREHOUSE, code="RABAT", name="Rabat").id
    waiting, shipped = shop.order_in(Status.WAITING), shop.order_in(Status.SHIPPED)
    cases: list[tuple[str, str, dict[str, Any], str]] = [
        (waiting, "WAITING_FOR_SHIPPING_COMPANY", {"from_stock": False}, ""),
        (waiting, "WAITING_FOR_SHIPPING_COMPANY", {"from_stock": True}, "which collects it from our warehouse"),
        (waiting, "WAITING_FOR_SHIPPING_COMPANY", {"shippent_company_id": shop.company}, ""),
        (shipped, "SHIPPED", {"warehouseId": shop.warehouse}, ""),
        (shipped, "SHIPPED", {"warehouseId": rabat}, "left Casablanca, not Rabat"),
    ]
    for reference, status, named, refusal in cases:
        (result,) = ask(shop, (reference, status), **named).results
        assert result.outcome is (Outcome.REFUSED if refusal else Outcome.ALREADY), (named, str(result.message))
        assert refusal in str(result.message)


def test_a_field_that_the_status_does_not_ask_for_refuses_the_request(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    with pytest.raises(InvalidInput) as refusal:
        ask(shop, (reference, "packed"), warehouseId=1, from_stock=True)
    assert set(refusal.value.fields) == {"orders.0.warehouseId", "orders.0.from_stock"}
    assert ask(shop, (reference, "packed"), warehouseId=None).all_done


def units_of(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Note every unit of work that is written from now on."""
    noted: list[object] = []
    transact = Database.transact

    def noting(database: Database, work: Any) -> Any:
        noted.append(work)
        return transact(database, work)

    monkeypatch.setattr(Database, "transact", noting)
    return noted


def test_orders_that_need_the_same_step_take_it_in_one_unit_of_work(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, packed = shop.orders_in(Status.NEW, 20), shop.orders_in(Status.PACKED, 20)
    noted = units_of(shop, monkeypatch)
    pairs = zip(new, packed, strict=True)
    answer = ask(shop, *(wish for a, b in pairs for wish in ((a, "packed"), (b, "shipped"), (b, "packed"))))
    # The station notes who came to it; then one unit of work for each step. "packed" is judged after "shipped".
    assert len(noted) == 3
    mixed = [Outcome.DONE, Outcome.DONE, Outcome.REFUSED]
    assert [result.outcome for result in answer.results] == mixed * 20
    assert [result.reference for result in answer.results[:4]] == [new[0], packed[0], packed[0], new[1]]


def test_the_orders_named_first_get_the_goods(shop: Shop) -> None:
    shop.a_product("RARE", on_shelf=2)
    lines = [{"sku": "RARE", "quantity": 1, "price": 10}]
    references = shop.orders_in(Status.PACKED, 3, products=lines)
    answer = ask(shop, *((each, "shipped") for each in reversed(references)))
    assert [result.outcome for result in answer.results] == [Outcome.DONE, Outcome.DONE, Outcome.REFUSED]


def failing(error: Exception, action: Action) -> Callable[..., BulkResult]:
    """Return an ``act`` that fails for one step."""
    act = Actions.act

    def attempt(self: Actions, asked: Action, *rest: Any) -> BulkResult:
        if asked is action:
            raise error
        return act(self, asked, *rest)

    return attempt


BUSY = DatabaseBusy(msg("Another station is using the database for longer than usual. Nothing was changed; try again."))


@pytest.mark.parametrize("error", [BUSY, KeyError("went wrong in the program")], ids=["busy", "fault"])
def test_a_step_that_fails_takes_no_answer_from_the_others(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, log_guard: LogGuard, error: Exception
) -> None:
    new, packed, shipped = (shop.order_in(each) for each in (Status.NEW, Status.PACKED, Status.SHIPPED))
    if error is not BUSY:
        log_guard.expect("the step ship failed for 1 orders", logging.ERROR)
    monkeypatch.setattr(Actions, "act", failing(error, Action.SHIP))
    answer = ask(shop, (new, "packed"), (packed, "shipped"), (shipped, "delivered"))
    assert [result.outcome for result in answer.results] == [Outcome.DONE, Outcome.FAILED, Outcome.DONE]
    assert answer.results[1].reference == packed
    assert not answer.all_done
    assert [shop.status(each) for each in (new, packed, shipped)] == [Status.PACKED, Status.PACKED, Status.DELIVERED]


def test_a_database_that_is_gone_is_told_of_the_rest_and_not_asked_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, packed, shipped = (shop.order_in(each) for each in (Status.NEW, Status.PACKED, Status.SHIPPED))
    monkeypatch.setattr(Actions, "act", failing(DatabaseUnavailable(msg("Gone.")), Action.SHIP))
    answer = ask(shop, (new, "packed"), (packed, "shipped"), (shipped, "delivered"), (new, "shipped"))
    assert [result.outcome for result in answer.results] == [Outcome.DONE] + [Outcome.FAILED] * 3
    assert shop.status(shipped) is Status.SHIPPED
    with pytest.raises(DatabaseUnavailable, match="Gone"):
        ask(shop, (packed, "shipped"), (shipped, "delivered"))


def test_a_file_gives_statuses_and_details_to_one_order_in_the_order_written(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    detail = shop.desk.orders.show(reference)
    change = {
        "reference": reference,
        "full_name": "Amina Berrada",
        "phone": detail.phone,
        "city_to_id": detail.city_id,
        "address": detail.address,
        "products": [{"id": line.product_id, "quantity": 1, "total": 399} for line in detail.lines],
    }
    statuses = [{"reference": reference.lower(), "status": status} for status in ("packed", "shipped")]
    answer = shop.desk.orders.update_entries({"orders": [statuses[0], change, statuses[1]]})
    assert [str(result.outcome) for result in answer.results] == ["done"] * 3, [str(r.message) for r in answer.results]
    assert [event["kind"] for event in shop.events(reference)] == ["create", "pack", "update", "ship"]


def test_an_order_named_again_and_again_is_judged_as_often_as_something_changes(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = shop.orders_in(Status.NEW, 2)
    rounds: list[int] = []
    fulfil = StatusRun.fulfil

    def counting(self: StatusRun, requests: Mapping[int, StatusRequest]) -> None:
        rounds.append(len(requests))
        fulfil(self, requests)

    monkeypatch.setattr(StatusRun, "fulfil", counting)
    again = 300
    wishes = [*[(first, "PACKED")] * again, (first, "CANCELED"), *[(first, "PACKED")] * 3, *[(second, "DELIVERED")] * 2]
    answer = ask(shop, *wishes)
    assert [each.outcome for each in answer.results] == [
        Outcome.DONE, *[Outcome.ALREADY] * (again - 1), Outcome.DONE, *[Outcome.REFUSED] * 3, *[Outcome.REFUSED] * 2,
    ]  # fmt: skip
    assert [each.reference for each in answer.results] == [reference for reference, _ in wishes]
    assert rounds == [2, 1, 1, 1]
    assert [event["kind"] for event in shop.events(first)] == ["create", "pack", "cancel"]
