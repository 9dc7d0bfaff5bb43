"""Undo: the worker takes the own last step back, at once, with its stock and its place in the outbox."""

import pytest

from tests.builders import Shop, everything, refuse_inserts, run_sql
from tests.services.orders.test_act import SOURCE_OF, sent
from tests.services.orders.test_edit import details
from warehouse_desk.domain.goods.returns import Decision
from warehouse_desk.domain.orders.transitions import UNDOABLE, Action, ability_of
from warehouse_desk.domain.people.abilities import ALL_ABILITIES
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk

JOURNAL = {"version", "stock_cycle"}


def undo(shop: Shop, reference: str, desk: Desk | None = None) -> ActionResult:
    return (desk or shop.desk).orders.act(Action.UNDO, [reference]).results[0]


@pytest.mark.parametrize("action", sorted(UNDOABLE), ids=str)
def test_an_undone_step_leaves_the_order_and_the_shelf_as_they_were(shop: Shop, action: Action) -> None:
    reference = shop.order_in(SOURCE_OF[action])
    before = shop.facts(reference)._asdict()
    shelf = (shop.on_hand(), shop.committed(), shop.inspection())
    shop.done(action, reference)
    shop.clock.advance(minutes=4, seconds=59)
    result = undo(shop, reference)
    assert (result.outcome, result.status_after) == (Outcome.DONE, before["status"])
    after = shop.facts(reference)._asdict()
    # A label that was made is on paper: undoing its step does not count it back.
    kept = JOURNAL | ({"label_count"} if action is Action.LABELS else set())
    assert {k: v for k, v in after.items() if k not in kept} == {k: v for k, v in before.items() if k not in kept}
    assert after["version"] == before["version"] + 2
    assert (shop.on_hand(), shop.committed(), shop.inspection()) == shelf
    assert shop.desk.goods.ledger_faults() == []


@pytest.mark.parametrize("action", sorted(UNDOABLE), ids=str)
def test_an_undone_step_can_be_done_again(shop: Shop, action: Action) -> None:
    reference = shop.order_in(SOURCE_OF[action])
    for _ in range(2):
        shop.done(action, reference)
        assert undo(shop, reference).outcome is Outcome.DONE
    shop.done(action, reference)
    assert shop.desk.goods.ledger_faults() == []


def test_an_undo_has_an_audit_row_of_its_own(shop: Shop) -> None:
    reference = shop.order_in(Status.SHIPPED)
    undo(shop, reference)
    event = shop.events(reference)[-1]
    assert (event["kind"], event["status_before"], event["status_after"]) == ("undo", "SHIPPED", "PACKED")
    assert shop.changes(reference)[-1]["kind"] == "undo"


def test_an_unsent_step_and_its_undo_leave_the_outbox_together(shop: Shop) -> None:
    reference = shop.order_in(Status.SHIPPED)
    undo(shop, reference)
    assert [(op["to_status"], op["state"]) for op in shop.operations(reference)] == [
        ("NEW", "PENDING"),
        ("PACKED", "PENDING"),
        ("SHIPPED", "UNDONE"),
        ("PACKED", "UNDONE"),
    ]


def test_a_step_already_sent_is_taken_back_at_the_server_too(shop: Shop) -> None:
    reference = shop.order_in(Status.SHIPPED)
    number = shop.facts(reference).id
    run_sql(shop.database, f"UPDATE outbox SET attempt_id = 1 WHERE order_id = {number} AND to_status = 'SHIPPED'")
    undo(shop, reference)
    assert [(op["to_status"], op["state"]) for op in shop.operations(reference)][2:] == [
        ("SHIPPED", "PENDING"),
        ("PACKED", "PENDING"),
    ]


def test_only_the_last_step_can_be_undone_and_only_once(shop: Shop) -> None:
    reference = shop.order_in(Status.SHIPPED)
    assert undo(shop, reference).outcome is Outcome.DONE
    second = undo(shop, reference)
    assert second.outcome is Outcome.REFUSED
    assert "A supervisor can roll it back" in str(second.message)
    assert shop.status(reference) is Status.PACKED


def test_after_five_minutes_it_is_too_late(shop: Shop) -> None:
    in_time, late = shop.orders_in(Status.PACKED, 2)
    shop.clock.advance(minutes=5)
    assert undo(shop, in_time).outcome is Outcome.DONE
    shop.clock.advance(seconds=1)
    result = undo(shop, late)
    assert result.outcome is Outcome.REFUSED
    assert "more than 5 minutes old" in str(result.message)


def test_the_minutes_are_a_setting(shop: Shop) -> None:
    shop.desk.settings.change({"undo_minutes": "60"})
    reference = shop.order_in(Status.PACKED)
    shop.clock.advance(minutes=59)
    assert undo(shop, reference).outcome is Outcome.DONE


@pytest.mark.parametrize(("user", "station"), [("Karim", "Poste 1"), ("Salma", "Poste 2"), ("Karim", "Poste 2")])
def test_another_worker_or_another_station_cannot_undo(shop: Shop, user: str, station: str) -> None:
    reference = shop.order_in(Status.PACKED)
    before = everything(shop.database)["orders"]
    result = undo(shop, reference, shop.desk_of(user, station))
    assert result.outcome is Outcome.REFUSED
    assert "made by Salma" in str(result.message)
    assert everything(shop.database)["orders"] == before


@pytest.mark.parametrize("action", [Action.RENEW, Action.ROLLBACK, Action.RESUME, Action.HOLD, Action.RELEASE], ids=str)
def test_steps_with_a_way_back_of_their_own_cannot_be_undone(shop: Shop, action: Action) -> None:
    reference = shop.order_in(SOURCE_OF[action])
    if action is Action.RELEASE:
        shop.done(Action.HOLD, reference)
    shop.done(action, reference)
    assert undo(shop, reference).outcome is Outcome.REFUSED


def test_a_creation_and_a_reprint_cannot_be_undone(shop: Shop) -> None:
    new, packed = shop.order_in(Status.NEW), shop.order_in(Status.PACKED)
    shop.done(Action.LABELS, packed)
    assert undo(shop, new).outcome is Outcome.REFUSED
    assert undo(shop, packed).outcome is Outcome.REFUSED


def test_a_return_restocked_meanwhile_cannot_be_undone(shop: Shop) -> None:
    reference = shop.order_in(Status.RETURNED)
    colleague = shop.desk_of("Karim")
    colleague.goods.settle_returns([reference], Decision(restock=True))
    result = undo(shop, reference)
    assert result.outcome is Outcome.REFUSED
    assert (shop.on_hand(), shop.inspection()) == (1_000, 0)


def test_an_unknown_or_deleted_order_cannot_be_undone(shop: Shop) -> None:
    gone = shop.order_in(Status.NEW)
    shop.done(Action.DELETE, gone)
    assert undo(shop, gone).outcome is Outcome.UNKNOWN
    assert undo(shop, "ORD-99999").outcome is Outcome.UNKNOWN


def test_an_order_named_twice_is_undone_once(shop: Shop) -> None:
    reference = shop.order_in(Status.SHIPPED)
    outcomes = [r.outcome for r in shop.desk.orders.act(Action.UNDO, [reference, reference]).results]
    assert outcomes == [Outcome.DONE, Outcome.REFUSED]


def test_undoing_a_cancellation_of_a_rolled_back_order_brings_the_rollback_back(shop: Shop) -> None:
    reference = shop.order_in(Status.ROLLBACK)
    resume = shop.facts(reference).resume_status
    shop.done(Action.CANCEL, reference)
    undo(shop, reference)
    after = shop.facts(reference)
    assert (after.status, after.resume_status, shop.committed()) == (Status.ROLLBACK, resume, 1)
    shop.done(Action.RESUME, reference)
    assert shop.desk.goods.ledger_faults() == []


@pytest.mark.parametrize("action", sorted(UNDOABLE), ids=str)
def test_undoing_wants_the_ability_of_the_step(shop: Shop, action: Action) -> None:
    reference = shop.order_in(SOURCE_OF[action])
    shop.done(action, reference)
    demoted = shop.desk_of(abilities=ALL_ABILITIES - {ability_of(action)})
    answer = undo(shop, reference, demoted)
    assert answer.outcome is Outcome.REFUSED
    assert ability_of(action).value in str(answer.message)


def test_an_undo_whose_last_write_fails_leaves_nothing(shop: Shop) -> None:
    reference = shop.order_in(Status.SHIPPED)
    before = everything(shop.database)
    refuse_inserts(shop.database, "change_log")
    with pytest.raises(Exception, match="broken"):
        undo(shop, reference)
    assert everything(shop.database) == before


def test_a_step_of_an_order_whose_creation_is_on_its_way_may_be_undone(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    sent(shop, reference, "INFLIGHT")
    assert undo(shop, reference).outcome is Outcome.DONE
    assert [op["state"] for op in shop.operations(reference)] == ["INFLIGHT", "UNDONE", "UNDONE"]


def test_the_last_thing_done_is_taken_back_or_nothing(shop: Shop) -> None:
    packed, edited = shop.orders_in(Status.NEW, 2)
    shop.done(Action.PACK, packed)
    shop.clock.advance(seconds=5)
    shop.desk.orders.update(edited, details(shop, address="Rue 9, Maarif"))
    (answer,) = shop.desk.orders.undo([packed], last_ids=[shop.facts(packed).id]).results
    assert answer.outcome is Outcome.REFUSED
    assert f"“Edit” on {edited}" in str(answer.message)
    assert shop.status(packed) is Status.PACKED
    assert undo(shop, packed).outcome is Outcome.DONE  # who names the order means it


def test_every_order_of_the_last_step_is_taken_back_with_it(shop: Shop) -> None:
    earlier, *together = shop.orders_in(Status.NEW, 4)
    shop.done(Action.PACK, earlier)
    shop.clock.advance(seconds=1)
    for part in (together[:2], together[2:]):  # a long list is done in pieces, each at a moment of its own
        shop.desk.orders.act(Action.PACK, part, shop.options())
        shop.clock.advance(seconds=1)
    (kept,) = shop.desk.orders.undo([earlier], last_ids=[shop.facts(earlier).id]).results
    assert kept.outcome is Outcome.REFUSED
    deed = [shop.facts(reference).id for reference in together]
    for part in (together[:2], together[2:]):
        answer = shop.desk.orders.undo(part, last_ids=deed)
        assert {result.outcome for result in answer.results} == {Outcome.DONE}
        shop.clock.advance(seconds=1)


@pytest.mark.parametrize(("back", "outcome"), [(1, Outcome.DONE), (90, Outcome.REFUSED)])
def test_nothing_is_undone_across_a_clock_that_was_set_back(shop: Shop, back: int, outcome: Outcome) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.clock.advance(seconds=-back)
    answer = undo(shop, reference)
    assert answer.outcome is outcome
    if outcome is Outcome.REFUSED:
        assert "was set back" in str(answer.message)
