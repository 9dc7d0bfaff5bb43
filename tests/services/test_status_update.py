"""The REST bulk update: an order and the status it shall have."""

import re
from typing import Any

import pytest

from tests.builders import Shop
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.errors import InvalidInput, NotAllowed
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.domain.status import Status


def ask(shop: Shop, *wishes: tuple[str, str], **more: Any) -> BulkResult:
    desk = shop.desk_of("", source=Source.REST)
    entries = [{"reference": reference, "status": status, **more} for reference, status in wishes]
    return desk.orders.update_statuses({"orders": entries})


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (Status.NEW, Status.PACKED),
        (Status.PACKED, Status.SHIPPED),
        (Status.WAITING, Status.SHIPPED),
        (Status.SHIPPED, Status.DELIVERED),
        (Status.SHIPPED, Status.RETURNED),
        (Status.DELIVERED, Status.RETURNED),
        (Status.NEW, Status.CANCELED),
        (Status.NEW, Status.OUT_OF_STOCK),
        (Status.OUT_OF_STOCK, Status.NEW),
        (Status.PACKED, Status.ROLLBACK),
        (Status.ROLLBACK, Status.PACKED),
        (Status.ROLLBACK, Status.NEW),
    ],
)
def test_an_order_is_brought_to_the_wanted_status(shop: Shop, source: Status, target: Status) -> None:
    reference = shop.order_in(source)
    answer = ask(shop, (reference, target.value.lower()))
    assert [(r.outcome, r.status_after) for r in answer.results] == [(Outcome.DONE, target)]
    assert shop.status(reference) is target
    assert answer.changes.order_ids == {shop.facts(reference).id}
    assert shop.events(reference)[-1]["source"] == "rest"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (Status.NEW, Status.SHIPPED),
        (Status.SHIPPED, Status.NEW),
        (Status.DELIVERED, Status.PACKED),
        (Status.ROLLBACK, Status.DELIVERED),
        (Status.PACKED, Status.WAITING),
    ],
)
def test_a_status_that_no_step_leads_to_is_refused(shop: Shop, source: Status, target: Status) -> None:
    reference = shop.order_in(source)
    (result,) = ask(shop, (reference, target.value)).results
    assert result.outcome is Outcome.REFUSED
    assert shop.status(reference) is source


def test_each_entry_is_judged_alone_and_answered_in_order(shop: Shop) -> None:
    new, packed, held = shop.order_in(Status.NEW), shop.order_in(Status.PACKED), shop.order_in(Status.NEW)
    from warehouse_desk.domain.orders.transitions import Action

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
    assert re.fullmatch(rf"{reference} is already Packed: .+ by .+, .+\. Nothing to do\.", str(answer.message))


def test_the_day_of_the_action_is_taken_from_the_request(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    ask(shop, (reference, "packed"), action_date="2026-02-27")
    assert str(shop.facts(reference).packed_on) == "2026-02-27"


def test_a_shipment_leaves_our_only_warehouse_and_is_refused_where_there_are_two(shop: Shop) -> None:
    first, second = shop.order_in(Status.PACKED), shop.order_in(Status.PACKED)
    assert ask(shop, (first, "shipped")).all_done
    shop.desk.directories.add(Listed.WAREHOUSE, code="RABAT", name="Rabat")
    (result,) = ask(shop, (second, "shipped")).results
    assert result.outcome is Outcome.REFUSED
    assert "a warehouse" in str(result.message)


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
    with pytest.raises(InvalidInput, match="1001 entries; at most 1000"):
        ask(shop, *[("ORD-1", "packed")] * 1_001)


def test_updating_wants_its_ability(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    desk = shop.desk_of(abilities=frozenset(Ability) - {Ability.REST_UPDATE}, source=Source.REST)
    with pytest.raises(NotAllowed, match="UPDATE ORDERS"):
        desk.orders.update_statuses([{"reference": reference, "status": "packed"}])
    assert shop.status(reference) is Status.NEW
