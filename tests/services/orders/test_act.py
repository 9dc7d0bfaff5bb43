"""Status steps on real databases: what is written together, answered one by one, and refused in words."""

import json

import pytest

from tests.builders import ROADS, TODAY, Shop, an_order_body, everything, refuse_inserts, run_sql
from warehouse_desk.data.orders.steps import write_steps
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.errors import NotAllowed, NotFound, NothingDone, StaleOrder, WrongUsage
from warehouse_desk.domain.orders.rules import Step, apply
from warehouse_desk.domain.orders.transitions import STATUS_ACTIONS, Action, ability_of
from warehouse_desk.domain.people.abilities import ALL_ABILITIES
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Status

SOURCE_OF = {
    Action.PACK: Status.NEW,
    Action.LABELS: Status.NEW,
    Action.PUSH: Status.PACKED,
    Action.ASSIGN: Status.PACKED,
    Action.SHIP: Status.PACKED,
    Action.DELIVER: Status.SHIPPED,
    Action.RETURN: Status.SHIPPED,
    Action.CANCEL: Status.NEW,
    Action.OUT_OF_STOCK: Status.NEW,
    Action.BACK_IN_STOCK: Status.OUT_OF_STOCK,
    Action.RENEW: Status.CANCELED,
    Action.ROLLBACK: Status.PACKED,
    Action.RESUME: Status.ROLLBACK,
    Action.DELETE: Status.NEW,
    Action.HOLD: Status.NEW,
    Action.RELEASE: Status.NEW,
    Action.STRIKE: Status.WAITING,
}


def ready_for(shop: Shop, action: Action) -> str:
    """Return an order on which the action can be done."""
    reference = shop.order_in(SOURCE_OF[action])
    if action is Action.RELEASE:
        shop.done(Action.HOLD, reference)
    if action is Action.STRIKE:
        hand_overs = shop.desk.paper.hand_overs
        hand_overs.close(hand_overs.collect(company_id=shop.company).sheet.summary.id)
    return reference


@pytest.mark.parametrize("action", STATUS_ACTIONS, ids=str)
def test_a_step_wants_its_ability_and_no_other(shop: Shop, action: Action) -> None:
    reference = ready_for(shop, action)
    before = everything(shop.database)
    stranger = shop.desk_of("Karim", abilities=ALL_ABILITIES - {ability_of(action)})
    with pytest.raises(NotAllowed, match=f"Karim may not do this: the right “{ability_of(action).value}”"):
        stranger.orders.act(action, [reference], shop.options())
    assert everything(shop.database) | {"station": []} == before | {"station": []}
    specialist = shop.desk_of("Karim", abilities=frozenset({ability_of(action)}))
    assert specialist.orders.act(action, [reference], shop.options()).all_done


@pytest.mark.parametrize("action", STATUS_ACTIONS, ids=str)
def test_a_done_step_is_told_to_audit_and_other_stations(shop: Shop, action: Action) -> None:
    reference = ready_for(shop, action)
    before, told = shop.facts(reference), len(shop.changes(reference))
    shop.clock.advance(minutes=7)
    shop.done(action, reference)
    after, event = shop.facts(reference), shop.events(reference)[-1]
    assert event["kind"] == action.value
    assert (event["status_before"], event["status_after"]) == (before.status, after.status)
    assert (event["version"], event["at"]) == (after.version, shop.clock.moment)
    assert (event["user_name"], event["source"]) == ("Salma", "desk")
    change = shop.changes(reference)[-1]
    assert (change["kind"], change["version"]) == (action.value, after.version)
    assert len(shop.changes(reference)) == told + 1


IN_PLACE = {Action.HOLD, Action.RELEASE, Action.STRIKE}
"""Steps that leave the status as it is."""


@pytest.mark.parametrize("action", [a for a in STATUS_ACTIONS if a not in IN_PLACE], ids=str)
def test_a_change_of_status_is_queued_for_the_server(shop: Shop, action: Action) -> None:
    reference = ready_for(shop, action)
    before = shop.facts(reference)
    shop.done(action, reference)
    after, operation = shop.facts(reference), shop.operations(reference)[-1]
    assert operation["seq_in_order"] == after.version
    assert operation["from_status"] == before.status
    if action is Action.DELETE:
        assert (operation["kind"], operation["to_status"]) == ("delete", None)
    else:
        assert (operation["kind"], operation["to_status"]) == ("status", after.status)
    days = [d for d in (after.packed_on, after.shipped_on, after.delivered_on) if d and action.value in SENT_DAY]
    assert json.loads(operation["payload_json"]).get("action_date") == (
        days[-1].isoformat() if days else _day_of(action)
    )


SENT_DAY = {"pack", "labels", "ship", "assign", "deliver"}


def _day_of(action: Action) -> str | None:
    return "2026-03-02" if action in {Action.RETURN, Action.CANCEL} else None


@pytest.mark.parametrize("action", [Action.HOLD, Action.RELEASE], ids=str)
def test_a_hold_is_not_told_to_the_server(shop: Shop, action: Action) -> None:
    reference = ready_for(shop, action)
    queued = shop.operations(reference)
    shop.done(action, reference)
    assert shop.operations(reference) == queued


@pytest.mark.parametrize("table", ["order_event", "outbox", "stock_movement", "change_log"])
@pytest.mark.parametrize("action", [Action.SHIP, Action.DELETE, Action.RENEW], ids=str)
def test_a_step_whose_last_write_fails_leaves_nothing(shop: Shop, action: Action, table: str) -> None:
    reference = ready_for(shop, action)
    before = everything(shop.database)
    refuse_inserts(shop.database, table)
    with pytest.raises(Exception, match="broken"):
        shop.do(action, reference)
    assert everything(shop.database) == before


def test_a_bulk_step_answers_one_by_one_in_order_and_keeps_the_good_ones(shop: Shop) -> None:
    new = shop.order_in(Status.NEW)
    packed = shop.order_in(Status.PACKED)
    held = shop.order_in(Status.NEW)
    shop.done(Action.HOLD, held)
    delivered = shop.order_in(Status.DELIVERED)
    number = shop.facts(shop.order_in(Status.NEW)).id
    keys: list[int | str] = [delivered, new, "ORD-99999", held, packed, number, new.lower()]
    answer = shop.desk.orders.act(Action.PACK, keys, shop.options())
    assert [result.outcome for result in answer.results] == [
        Outcome.REFUSED,
        Outcome.DONE,
        Outcome.UNKNOWN,
        Outcome.REFUSED,
        Outcome.ALREADY,
        Outcome.DONE,
        Outcome.ALREADY,
    ]
    assert answer.changes.order_ids == {shop.facts(new).id, number}
    assert shop.status(new) is Status.PACKED
    assert shop.status(held) is Status.NEW
    assert not answer.all_done


def test_an_order_named_twice_is_changed_once(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    first, second = shop.do(Action.SHIP, reference, f"  {reference.lower()} ")
    assert (first.outcome, second.outcome) == (Outcome.DONE, Outcome.ALREADY)
    assert "listed twice" in str(second.message)
    assert shop.on_hand() == 999


def test_already_says_when_who_and_where(shop: Shop) -> None:
    reference = shop.order_in(Status.SHIPPED)
    shop.clock.advance(hours=2)
    (result,) = shop.desk_of("Karim", "Poste 2").orders.act(Action.SHIP, [reference], shop.options()).results
    assert result.outcome is Outcome.ALREADY
    said = str(result.message)
    when = shop.events(reference)[-1]["at"].astimezone().strftime("today %H:%M")
    assert all(part in said for part in (reference, "already “Shipped”", when, "Salma", "Poste 1"))


def test_already_says_the_day_of_what_was_done_before_today(shop: Shop) -> None:
    reference = shop.order_in(Status.SHIPPED)
    said = []
    for _ in range(2):
        shop.clock.advance(days=1)
        (result,) = shop.desk.orders.act(Action.SHIP, [reference], shop.options()).results
        said.append(str(result.message))
    assert "“Shipped”: yesterday 08:00 by Salma (station Poste 1)" in said[0]
    assert "“Shipped”: 02/03/2026 08:00 by Salma (station Poste 1)" in said[1]


def test_holding_a_held_order_says_that_it_is_on_hold(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    (free,) = shop.do(Action.RELEASE, reference)
    shop.done(Action.HOLD, reference)
    (again,) = shop.do(Action.HOLD, reference)
    assert (free.outcome, again.outcome) == (Outcome.ALREADY, Outcome.ALREADY)
    assert "not on hold" in str(free.message)
    assert "already on hold" in str(again.message)


@pytest.mark.parametrize("what", ["warehouse", "company", "person"])
def test_a_place_or_person_that_does_not_exist_is_refused_before_anything_happens(shop: Shop, what: str) -> None:
    reference = shop.order_in(Status.PACKED)
    action = {"warehouse": Action.SHIP, "company": Action.PUSH, "person": Action.ASSIGN}[what]
    for number in (12_345, 2**70):
        with pytest.raises(NotFound, match=rf"There is no .*{number}\. Choose one"):
            shop.do(action, reference, **{f"{what}_id": number})
    assert shop.status(reference) is Status.PACKED


def test_an_order_number_beyond_any_database_is_unknown(shop: Shop) -> None:
    (result,) = shop.desk.orders.act(Action.PACK, [2**70], shop.options()).results
    assert result.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "code", ["", "   ", "\0", "ORD-\ud800", "x" * 10_000, "'; DROP TABLE orders; --", "%"], ids=range(7)
)
def test_a_strange_code_is_unknown(shop: Shop, code: str) -> None:
    shop.order_in(Status.NEW)
    (result,) = shop.desk.orders.act(Action.PACK, [code], shop.options()).results
    assert result.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("reason", ["a\0b", "a\ud800b"], ids=["NUL", "half a character"])
def test_a_reason_that_no_database_can_keep_is_refused_in_words(shop: Shop, reason: str) -> None:
    reference = shop.order_in(Status.NEW)
    with pytest.raises(WrongUsage, match="Retype"):
        shop.do(Action.CANCEL, reference, reason=reason)


def test_renewing_opens_the_next_attempt_and_commits_again(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.ASSIGN, reference)
    shop.done(Action.RETURN, reference)
    shop.done(Action.RENEW, reference)
    after = shop.facts(reference)
    assert (after.status, after.attempt) == (Status.NEW, 2)
    assert (after.delivery_person_id, after.warehouse_id, after.shipped_on, after.returned_on) == (None,) * 4
    assert (shop.committed(), shop.inspection()) == (1, 1)
    assert json.loads(shop.events(reference)[-1]["before"])["delivery_person_id"] == shop.person
    for action in ROADS[Status.DELIVERED]:
        shop.done(action, reference)
    assert shop.on_hand() == 998


def test_reassigning_changes_the_person_only(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.ASSIGN, reference)
    queued = len(shop.operations(reference))
    (same,) = shop.do(Action.ASSIGN, reference)
    assert same.outcome is Outcome.ALREADY
    other = shop.desk.directories.add(Listed.PERSON, code="NADIA", name="Nadia").id
    shop.done(Action.ASSIGN, reference, person_id=other)
    assert shop.facts(reference).delivery_person_id == other
    assert (shop.on_hand(), len(shop.operations(reference))) == (999, queued)


def test_a_held_order_goes_nowhere_until_a_supervisor_releases_it(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.HOLD, reference, reason="Adresse à vérifier")
    for action in (Action.SHIP, Action.PUSH, Action.ROLLBACK, Action.LABELS, Action.OUT_OF_STOCK):
        (result,) = shop.do(action, reference)
        assert result.outcome is Outcome.REFUSED
        assert "on hold: Adresse à vérifier. A supervisor must release it" in str(result.message)
    shop.done(Action.RELEASE, reference)
    shop.done(Action.SHIP, reference)


def test_a_held_order_may_be_canceled(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.HOLD, reference)
    shop.done(Action.CANCEL, reference)


def test_a_deleted_order_is_gone_and_its_creation_is_never_sent(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.CANCEL, reference)
    shop.done(Action.DELETE, reference)
    assert {op["state"] for op in shop.operations(reference)} == {"UNDONE"}
    assert shop.do(Action.RENEW, reference)[0].outcome is Outcome.UNKNOWN
    assert shop.desk.orders.find().total == 0
    assert shop.create() == ("ORD-00002",)
    assert len(shop.events(reference)) == 4


@pytest.mark.parametrize(("state", "attempt"), [("INFLIGHT", "NULL"), ("PENDING", "1")])
def test_deleting_an_order_whose_creation_may_have_reached_the_server_tells_it(
    shop: Shop, state: str, attempt: str
) -> None:
    """An operation that was tried waits again, and nobody knows what the server has made of it."""
    reference = shop.order_in(Status.NEW)
    run_sql(shop.database, f"UPDATE outbox SET state = '{state}', attempt_id = {attempt}")
    shop.done(Action.DELETE, reference)
    assert [(op["kind"], op["state"]) for op in shop.operations(reference)] == [
        ("create", state),
        ("delete", "PENDING"),
    ]


def sent(shop: Shop, reference: str, state: str) -> None:
    """Let the create operation of an order be on its way to the server."""
    number = shop.facts(reference).id
    run_sql(shop.database, f"UPDATE outbox SET state='{state}', attempt_id=1 WHERE order_id={number} AND kind='create'")


def test_a_step_is_not_written_on_an_order_that_stands_elsewhere_by_now(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    step = apply(shop.facts(reference), Action.SHIP, shop.options(), SharedSettings(), TODAY)
    assert isinstance(step, Step)
    shop.done(Action.CANCEL, reference)
    before = everything(shop.database)
    with pytest.raises(StaleOrder, match="at the same moment"):
        shop.database.transact(lambda uow: write_steps(uow, [step], shop.context.signature()))
    assert everything(shop.database) == before


def test_a_thousand_orders_are_packed_in_one_request(shop: Shop) -> None:
    references = shop.create(*[an_order_body()] * 1_000)
    answer = shop.desk.orders.act(Action.PACK, references, shop.options())
    assert answer.count(Outcome.DONE) == 1_000
    assert [result.reference for result in answer.results] == list(references)


def test_a_request_without_orders_answers_nothing(shop: Shop) -> None:
    assert shop.desk.orders.act(Action.PACK, [], shop.options()).results == ()


def test_all_or_nothing_takes_no_order_where_one_is_refused(shop: Shop) -> None:
    good, bad = shop.order_in(Status.NEW), shop.order_in(Status.SHIPPED)
    with pytest.raises(NothingDone, match="1 order is refused"):
        shop.desk.orders.act(Action.PACK, [good, bad], shop.options(), all_or_nothing=True)
    assert shop.status(good) is Status.NEW
    assert shop.desk.orders.act(Action.PACK, [good], shop.options(), all_or_nothing=True).all_done
