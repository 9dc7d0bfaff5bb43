"""The catalogue of actions: complete, drawn, reachable, without two actions on one key."""

from collections import Counter
from collections.abc import Callable

import pytest

from warehouse_desk.common.resources import resource_file
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.transitions import STATUS_ACTIONS, Action, Need
from warehouse_desk.domain.people.abilities import ROLES
from warehouse_desk.domain.people.caller import Caller
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.actions.catalogue import BY_ID, CATALOGUE, CONTEXT, MORE, TOOLBAR, ActionSpec, Wants
from warehouse_desk.ui.actions.enabling import ActionContext, Group, judge, needs_of, with_exact_facts
from warehouse_desk.ui.scanner.wording import MODES, shortcut_of
from warehouse_desk.ui.shell.window import MainWindow


def group(status: Status, count: int = 1, **facts: object) -> Group:
    return Group(OrderFacts(id=1, reference="ORD-00001", status=status, version=1, **facts), count)  # type: ignore[arg-type]


def context(*groups: Group, caller: Caller | None = None) -> ActionContext:
    return ActionContext(caller=caller or Caller(), shared=SharedSettings(), groups=groups)


def test_no_key_means_two_things() -> None:
    keys = Counter([spec.shortcut for spec in CATALOGUE if spec.shortcut] + [shortcut_of(mode) for mode in MODES])
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("spec", CATALOGUE, ids=lambda spec: spec.id)
def test_every_action_has_an_icon_that_is_shipped(spec: ActionSpec) -> None:
    assert resource_file("icons", f"{spec.icon}.svg").read_text().startswith("<svg")


@pytest.mark.parametrize("status", Status)
def test_every_status_has_an_icon_of_its_own(status: Status) -> None:
    from warehouse_desk.ui.icons import status_icon_name

    assert resource_file("icons", f"{status_icon_name(status)}.svg").is_file()


@pytest.mark.parametrize("spec", [s for s in CATALOGUE if s.action], ids=lambda spec: spec.id)
def test_every_step_wants_an_ability_that_some_role_holds(spec: ActionSpec) -> None:
    assert spec.ability is not None
    assert any(spec.ability in held for held in ROLES.values())


def test_every_step_of_the_table_is_in_the_catalogue_and_reachable() -> None:
    shown = {*TOOLBAR, *MORE}
    for action in STATUS_ACTIONS:
        assert f"order.{action.value}" in BY_ID
        assert f"order.{action.value}" in shown


def test_menus_name_only_actions_that_exist() -> None:
    assert {name for name in (*TOOLBAR, *MORE, *CONTEXT) if name} <= set(BY_ID)


def test_plain_letters_never_trigger_anything() -> None:
    """A scanner types letters and digits: none of them may be a shortcut."""
    for spec in CATALOGUE:
        assert len(spec.shortcut) != 1


def test_a_step_says_what_must_come_first() -> None:
    verdict = judge(BY_ID["order.deliver"], context(group(Status.PACKED)))
    assert not verdict.enabled
    assert "First: “" in str(verdict.note)


def test_a_held_order_can_only_be_canceled_or_released() -> None:
    held = context(group(Status.NEW, held=True))
    allowed = {spec.action for spec in CATALOGUE if spec.action and judge(spec, held).enabled}
    assert allowed == {Action.CANCEL, Action.RELEASE}


def test_editing_wants_exactly_one_order() -> None:
    assert not judge(BY_ID["order.update"], context(group(Status.NEW, 2))).enabled
    assert judge(BY_ID["order.update"], context(group(Status.NEW))).enabled
    assert BY_ID["order.update"].wants is Wants.ONE


def test_a_tracked_order_says_why_it_cannot_be_deleted() -> None:
    tracked = group(Status.NEW, tracking_number="AM123")
    exact = with_exact_facts(context(group(Status.NEW)), tracked.facts)
    verdict = judge(BY_ID["order.delete"], exact)
    assert not verdict.enabled
    assert "AM123" in str(verdict.note)


def test_reassigning_asks_only_the_person() -> None:
    assert needs_of(Action.ASSIGN, [group(Status.SHIPPED)]) == (Need.PERSON,)
    assert needs_of(Action.ASSIGN, [group(Status.PACKED), group(Status.SHIPPED)]) == (Need.PERSON, Need.WAREHOUSE)


def test_nothing_is_offered_before_the_station_is_connected() -> None:
    assert not any(judge(spec, ActionContext()).enabled for spec in CATALOGUE)


def test_somebody_does_every_action(window: Callable[[], MainWindow]) -> None:
    assert window().dispatch.missing() == []
