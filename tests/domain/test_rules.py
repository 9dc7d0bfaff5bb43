"""What a screen offers and what the rules allow are the same thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TODAY, facts
from warehouse_desk.domain.errors import RuleViolation
from warehouse_desk.domain.goods.stock import WEIGHTS, Movement, ReturnPolicy, Weight, stock_shift
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.rules import Already, Step, allowed_actions, apply
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import STATUS_ACTIONS, TRANSITIONS, Action, ability_of, action_towards
from warehouse_desk.domain.people.abilities import ALL_ABILITIES
from warehouse_desk.domain.people.caller import Caller
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Holding, Status, holding

SOMEBODY_ELSE = 99
GIVEN = StepOptions(
    date=TODAY,
    warehouse_id=1,
    reason="Colis ouvert",
    person_id=SOMEBODY_ELSE,
    company_id=3,
    from_stock=False,
    short_skus=("ARGAN-50",),
)


def _sources(status: Status) -> list[Status | None]:
    """Return from where a step of the table can have brought an order to a status; None for a new one."""
    found = [s for row in TRANSITIONS if row.target is status for s in row.sources if s is not Status.ROLLBACK]
    return [*found, None] if status is Status.NEW else list(found)


PLACES = st.sampled_from([(status, before) for status in Status for before in _sources(status)])
ORDERS = st.builds(
    lambda place, **rest: facts(status=place[0], previous_status=place[1], **rest),
    place=PLACES,
    resume_status=st.none() | st.sampled_from([Status.NEW, Status.PACKED, Status.WAITING, Status.SHIPPED]),
    held=st.booleans(),
    hold_reason=st.just("Adresse à vérifier"),
    delivery_person_id=st.none() | st.integers(1, 5),
    tracking_number=st.none() | st.just("MA123"),
    attempt=st.integers(1, 3),
    warehouse_id=st.just(1),
    label_count=st.integers(0, 2),
)
SHARED = st.builds(SharedSettings, push_requires_packed=st.booleans(), return_stock=st.sampled_from(ReturnPolicy))


@given(ORDERS, SHARED)
def test_what_the_screen_offers_is_what_the_rules_allow(order: OrderFacts, shared: SharedSettings) -> None:
    offered = {action for action, why_not in allowed_actions(order, Caller(), shared).items() if why_not is None}
    possible = set()
    for action in STATUS_ACTIONS:
        try:
            if isinstance(apply(order, action, GIVEN, shared, TODAY), Step):
                possible.add(action)
        except RuleViolation:
            pass
    assert offered == possible


@given(ORDERS, SHARED)
def test_what_is_not_offered_is_explained(order: OrderFacts, shared: SharedSettings) -> None:
    for why_not in allowed_actions(order, Caller(), shared).values():
        assert why_not is None or "ORD-00001" in str(why_not)


@given(ORDERS, SHARED, st.sampled_from(STATUS_ACTIONS))
def test_a_step_is_not_offered_to_who_may_not_do_it(order: OrderFacts, shared: SharedSettings, action: Action) -> None:
    packer = Caller(user_name="Salma", abilities=ALL_ABILITIES - {ability_of(action)})
    why_not = allowed_actions(order, packer, shared)[action]
    assert ability_of(action).value in str(why_not)


def _weight(kinds: tuple[Movement, ...]) -> Weight:
    found = [WEIGHTS[kind] for kind in kinds]
    return Weight(sum(w.on_hand for w in found), sum(w.inspection for w in found), sum(w.committed for w in found))


HELD = {
    Holding.NOTHING: Weight(),
    Holding.COMMITTED: Weight(committed=1),
    Holding.PURGED: Weight(on_hand=-1),
    Holding.INSPECTION: Weight(on_hand=-1, inspection=1),
}


@given(ORDERS, SHARED, st.sampled_from(STATUS_ACTIONS))
def test_the_movements_of_a_step_lead_from_what_the_order_held_to_what_it_holds(
    order: OrderFacts, shared: SharedSettings, action: Action
) -> None:
    try:
        step = apply(order, action, GIVEN, shared, TODAY)
    except RuleViolation:
        return
    if not isinstance(step, Step):
        return
    resume = step.changes.get("resume_status", order.resume_status)
    after = Holding.NOTHING if step.deleted else holding(step.status_after, resume)
    if Holding.INSPECTION in {order.holds, after} and (order.holds, after) != (Holding.PURGED, Holding.INSPECTION):
        return  # what becomes of goods in inspection was or will be decided by a step of its own
    if after is Holding.INSPECTION and shared.return_stock is not ReturnPolicy.INSPECT:
        return
    before, moved, now = HELD[order.holds], _weight(step.shift.kinds), HELD[after]
    assert before.committed + moved.committed == now.committed
    assert before.on_hand + moved.on_hand == now.on_hand
    assert before.inspection + moved.inspection == now.inspection


@given(ORDERS, st.sampled_from([a for a in STATUS_ACTIONS if a not in {Action.CANCEL, Action.RELEASE, Action.HOLD}]))
def test_a_held_order_refuses_every_step_but_cancel_and_release(order: OrderFacts, action: Action) -> None:
    held = order._replace(held=True)
    try:
        answer: object = apply(held, action, GIVEN, SharedSettings(), TODAY)
    except RuleViolation as refusal:
        answer = str(refusal)
    assert isinstance(answer, Already) or "on hold: Adresse à vérifier" in str(answer)


def test_renewing_begins_the_next_attempt_with_a_clean_journey() -> None:
    order = facts(
        status=Status.RETURNED,
        attempt=2,
        label_count=3,
        shipping_company_id=3,
        from_stock=True,
        tracking_number="MA123",
        delivery_person_id=5,
        warehouse_id=1,
        packed_on=TODAY,
        shipped_on=TODAY,
        returned_on=TODAY,
    )
    step = apply(order, Action.RENEW, GIVEN, SharedSettings(), TODAY)
    assert isinstance(step, Step)
    after = {name: step.changes[name] for name in step.changes if name not in {"status", "previous_status"}}
    assert after.pop("attempt") == 3
    assert after.pop("label_count") == 0
    assert after.pop("stock_cycle") == 2
    assert set(after.values()) == {None}
    assert {"tracking_number", "delivery_person_id", "shipping_company_id", "packed_on", "shipped_on"} <= set(after)


def test_a_shipment_from_the_companys_stock_leaves_its_virtual_warehouse() -> None:
    order = facts(status=Status.WAITING, shipping_company_id=3, from_stock=True)
    step = apply(order, Action.SHIP, GIVEN, SharedSettings(virtual_warehouses={3: 77}), TODAY)
    assert isinstance(step, Step)
    assert step.changes["warehouse_id"] == 77


@pytest.mark.parametrize(
    ("before", "after"),
    [(a, b) for a in Holding for b in Holding if (a, b) in {
        (Holding.NOTHING, Holding.PURGED), (Holding.NOTHING, Holding.INSPECTION), (Holding.PURGED, Holding.NOTHING),
        (Holding.COMMITTED, Holding.INSPECTION), (Holding.INSPECTION, Holding.NOTHING),
    }],
)  # fmt: skip
def test_stock_never_jumps(before: Holding, after: Holding) -> None:
    with pytest.raises(ValueError, match="stock cannot go"):
        stock_shift(before, after)


@pytest.mark.parametrize(
    ("source", "target", "action"),
    [
        (Status.NEW, Status.PACKED, Action.PACK),
        (Status.PACKED, Status.SHIPPED, Action.SHIP),
        (Status.WAITING, Status.SHIPPED, Action.SHIP),
        (Status.SHIPPED, Status.RETURNED, Action.RETURN),
        (Status.ROLLBACK, Status.SHIPPED, Action.RESUME),
        (Status.ROLLBACK, Status.CANCELED, Action.CANCEL),
        (Status.RETURNED, Status.NEW, Action.RENEW),
        (Status.NEW, Status.SHIPPED, None),
        (Status.SHIPPED, Status.NEW, None),
        (Status.DELIVERED, Status.PACKED, None),
    ],
)
def test_the_step_between_two_statuses_is_found(source: Status, target: Status, action: Action | None) -> None:
    assert action_towards(source, target) is action
