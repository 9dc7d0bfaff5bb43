"""Every pair of status and action: in the table it is allowed as the table says, elsewhere refused in words."""

import dataclasses

import pytest

from tests.builders import TODAY, facts
from warehouse_desk.domain.errors import RuleViolation, WrongUsage
from warehouse_desk.domain.goods.stock import Movement
from warehouse_desk.domain.orders import transitions
from warehouse_desk.domain.orders.rules import Already, Step, apply
from warehouse_desk.domain.orders.step_options import StepOptions, check_options
from warehouse_desk.domain.orders.transitions import (
    STATUS_ACTIONS,
    TRANSITIONS,
    Action,
    Condition,
    Effect,
    Need,
    Target,
    Transition,
    main_target,
    transition_for,
)
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, ROLES, Ability
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Holding, Status, holding

EVERYTHING = StepOptions(
    date=TODAY,
    warehouse_id=1,
    reason="Colis ouvert",
    person_id=7,
    company_id=3,
    from_stock=False,
    short_skus=("ARGAN-50",),
)
LAX = SharedSettings(push_requires_packed=False)

PAIRS = [(row, source) for row in TRANSITIONS for source in row.sources]
OUTSIDE = [(a, s) for a in STATUS_ACTIONS for s in Status if transition_for(a, s) is None and main_target(a) is not s]

BY_RULES_PAGE = {
    (Action.PACK, Status.NEW): Status.PACKED,
    (Action.LABELS, Status.NEW): Status.PACKED,
    (Action.PUSH, Status.PACKED): Status.WAITING,
    (Action.PUSH, Status.NEW): Status.WAITING,
    (Action.ASSIGN, Status.PACKED): Status.SHIPPED,
    (Action.SHIP, Status.PACKED): Status.SHIPPED,
    (Action.SHIP, Status.WAITING): Status.SHIPPED,
    (Action.DELIVER, Status.SHIPPED): Status.DELIVERED,
    (Action.RETURN, Status.SHIPPED): Status.RETURNED,
    (Action.RETURN, Status.DELIVERED): Status.RETURNED,
    **{
        (Action.CANCEL, s): Status.CANCELED
        for s in (Status.NEW, Status.PACKED, Status.WAITING, Status.OUT_OF_STOCK, Status.ROLLBACK)
    },
    **{(Action.OUT_OF_STOCK, s): Status.OUT_OF_STOCK for s in (Status.NEW, Status.PACKED, Status.ROLLBACK)},
    (Action.BACK_IN_STOCK, Status.OUT_OF_STOCK): Status.NEW,
    (Action.RENEW, Status.CANCELED): Status.NEW,
    (Action.RENEW, Status.RETURNED): Status.NEW,
    **{
        (Action.ROLLBACK, s): Status.ROLLBACK
        for s in (Status.PACKED, Status.WAITING, Status.SHIPPED, Status.DELIVERED, Status.RETURNED)
    },
}


BEFORE = {
    Status.NEW: None,
    Status.PACKED: Status.NEW,
    Status.WAITING: Status.PACKED,
    Status.SHIPPED: Status.WAITING,
    Status.DELIVERED: Status.SHIPPED,
    Status.RETURNED: Status.SHIPPED,
    Status.CANCELED: Status.NEW,
    Status.OUT_OF_STOCK: Status.NEW,
    Status.ROLLBACK: Status.SHIPPED,
}


def _order(row: Transition, source: Status) -> dict[str, object]:
    """Return the facts under which a row's further condition is met."""
    met: dict[str, object] = {"status": source, "held": row.action is Action.RELEASE, "previous_status": BEFORE[source]}
    if row.condition is Condition.WITH_PERSON:
        met |= {"delivery_person_id": 5, "warehouse_id": 1}
    if row.condition is Condition.ON_SHEET:
        met["hand_over_id"] = 12
    if source is Status.ROLLBACK:
        met["resume_status"] = Status.PACKED
    return met


def test_the_table_is_the_one_of_the_rules_page() -> None:
    fixed = {(row.action, s): row.target for row, s in PAIRS if isinstance(row.target, Status)}
    assert fixed == BY_RULES_PAGE


@pytest.mark.parametrize(("row", "source"), PAIRS, ids=lambda x: getattr(x, "action", x))
def test_a_step_in_the_table_leads_to_its_target(row: Transition, source: Status) -> None:
    order = facts(**_order(row, source))
    step = apply(order, row.action, EVERYTHING, LAX, TODAY)
    assert isinstance(step, Step)
    expected = {
        Target.UNCHANGED: source,
        Target.GONE: source,
        Target.RESUMED: Status.PACKED,
    }
    assert step.status_after is (row.target if isinstance(row.target, Status) else expected[row.target])
    assert step.deleted is (row.target is Target.GONE)


@pytest.mark.parametrize(("row", "source"), PAIRS, ids=lambda x: getattr(x, "action", x))
def test_a_step_moves_the_stock_that_the_table_states(row: Transition, source: Status) -> None:
    step = apply(facts(**_order(row, source)), row.action, EVERYTHING, LAX, TODAY)
    assert isinstance(step, Step)
    kinds = {
        Effect.NONE: (),
        Effect.COMMITS: (Movement.COMMIT,),
        Effect.RELEASES: () if holding(source) is Holding.NOTHING else (Movement.RELEASE,),
        Effect.PURGES: (Movement.PURGE,),
        Effect.INSPECTS: (Movement.RETURN_IN,),
        Effect.REVERSES: {Status.SHIPPED: (Movement.UNPURGE,), Status.RETURNED: (Movement.UNRETURN,)}.get(source, ()),
    }
    assert step.shift.kinds == kinds[row.effect]


@pytest.mark.parametrize(("action", "status"), OUTSIDE)
def test_a_step_outside_the_table_is_refused_naming_the_order_and_its_status(action: Action, status: Status) -> None:
    order = facts(reference="ORD-00042", status=status, held=action is Action.RELEASE)
    with pytest.raises(RuleViolation) as refusal:
        apply(order, action, EVERYTHING, LAX, TODAY)
    assert str(refusal.value).startswith("ORD-00042 is ")
    assert "First: “" in str(refusal.value) or "is only for orders with this status:" in str(refusal.value)


@pytest.mark.parametrize(
    "action", [a for a in STATUS_ACTIONS if main_target(a) is not None and a is not Action.LABELS], ids=str
)
def test_asking_for_the_status_that_the_order_has_is_calm(action: Action) -> None:
    status = main_target(action)
    assert status is not None
    order = facts(status=status, shipping_company_id=3, from_stock=False, short_skus='["ARGAN-50"]', warehouse_id=1)
    if transition_for(action, status) is None:
        assert apply(order, action, EVERYTHING, LAX, TODAY) == Already(order)


COMMON_NEEDS = [
    (action, need)
    for action in STATUS_ACTIONS
    for need in Need
    if need is not Need.DATE and all(need in row.needs for row in transitions.rows_of(action))
]
BLANK = {
    Need.WAREHOUSE: {"warehouse_id": None},
    Need.REASON: {"reason": "   "},
    Need.PERSON: {"person_id": None},
    Need.COMPANY: {"company_id": None},
    Need.FROM_STOCK: {"from_stock": None},
    Need.SHORT_SKUS: {"short_skus": None},
}


@pytest.mark.parametrize(("action", "need"), COMMON_NEEDS)
def test_a_request_without_a_need_is_refused_before_any_order_is_looked_at(action: Action, need: Need) -> None:
    given = dataclasses.replace(EVERYTHING, **BLANK[need])  # type: ignore[arg-type]
    with pytest.raises(WrongUsage, match=r"needs more: .*\. Add it and try again"):
        check_options(action, given, TODAY)
    check_options(action, EVERYTHING, TODAY)


def test_assigning_a_packed_order_needs_its_warehouse_though_reassigning_does_not() -> None:
    without = dataclasses.replace(EVERYTHING, warehouse_id=None)
    check_options(Action.ASSIGN, without, TODAY)
    with pytest.raises(RuleViolation, match="Warehouse"):
        apply(facts(status=Status.PACKED), Action.ASSIGN, without, LAX, TODAY)
    shipped = facts(status=Status.SHIPPED, delivery_person_id=5)
    assert isinstance(apply(shipped, Action.ASSIGN, without, LAX, TODAY), Step)


@pytest.mark.parametrize(("length", "kept"), [(999, True), (1_000, True), (1_001, False)])
def test_a_reason_has_at_most_1000_characters(length: int, kept: bool) -> None:
    given = dataclasses.replace(EVERYTHING, reason="x" * length)
    if kept:
        check_options(Action.CANCEL, given, TODAY)
    else:
        with pytest.raises(WrongUsage, match="1001 characters instead of 1000 at most"):
            check_options(Action.CANCEL, given, TODAY)


def test_pushing_an_unpacked_order_is_a_matter_of_the_setting() -> None:
    with pytest.raises(RuleViolation, match="not packed yet"):
        apply(facts(), Action.PUSH, EVERYTHING, SharedSettings(push_requires_packed=True), TODAY)
    assert isinstance(apply(facts(), Action.PUSH, EVERYTHING, LAX, TODAY), Step)


def test_a_parcel_that_a_courier_knows_cannot_be_deleted() -> None:
    with pytest.raises(RuleViolation, match="MA123"):
        apply(facts(status=Status.CANCELED, tracking_number="MA123"), Action.DELETE, EVERYTHING, LAX, TODAY)


@pytest.mark.parametrize("action", [Action.CANCEL, Action.OUT_OF_STOCK], ids=str)
def test_goods_that_left_the_shelf_cannot_be_released_from_a_rollback(action: Action) -> None:
    order = facts(status=Status.ROLLBACK, resume_status=Status.SHIPPED)
    with pytest.raises(RuleViolation, match="left the warehouse"):
        apply(order, action, EVERYTHING, LAX, TODAY)


@pytest.mark.parametrize("ability", list(Ability), ids=str)
def test_each_ability_is_held_by_a_role(ability: Ability) -> None:
    assert ability in ROLES["Admin"]
    assert ability in ALL_ABILITIES


@pytest.mark.parametrize("action", STATUS_ACTIONS, ids=str)
def test_each_step_can_be_done_by_somebody_below_the_owner(action: Action) -> None:
    holders = {name for name, held in ROLES.items() if transitions.ability_of(action) in held}
    assert holders - {"Admin"}


def _broken(monkeypatch: pytest.MonkeyPatch, *rows: Transition) -> str:
    monkeypatch.setattr(transitions, "TRANSITIONS", rows)
    return "; ".join(transitions._faults())


def test_the_table_in_use_has_no_faults() -> None:
    assert transitions._faults() == []


def test_a_table_with_two_rows_for_one_pair_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "two rows for" in _broken(monkeypatch, *TRANSITIONS, TRANSITIONS[1])


def test_a_table_with_a_wrong_stock_effect_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = [dataclasses.replace(r, effect=Effect.NONE) if r.action is Action.SHIP else r for r in TRANSITIONS]
    assert "ship: states -, the statuses imply" in _broken(monkeypatch, *wrong)


def test_a_table_with_a_status_that_nothing_leads_to_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [r for r in TRANSITIONS if r.target is not Status.WAITING]
    assert "no step leads to WAITING_FOR_SHIPPING_COMPANY" in _broken(monkeypatch, *rows)


def test_a_table_with_a_dead_end_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [r for r in TRANSITIONS if Status.RETURNED not in r.sources]
    assert "no step leads out of RETURNED" in _broken(monkeypatch, *rows)
