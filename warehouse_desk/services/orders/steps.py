"""Steps of any number of locked orders: each is judged alone, the good ones are written in a few statements."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from warehouse_desk.common.clock import local_day
from warehouse_desk.common.formats import said_moment
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data import shared_settings
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import stock
from warehouse_desk.data.orders import steps as order_steps
from warehouse_desk.data.orders.details import last_status_event
from warehouse_desk.domain.errors import NotFound, RuleViolation
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.rules import Already, Given, Step, already_message, apply, check_given
from warehouse_desk.domain.orders.transitions import Action, ability_of, action_name
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Caller, Source
from warehouse_desk.domain.results import ActionResult, BulkResult, Outcome
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.absent import absent
from warehouse_desk.services.orders.stock_effects import StockLedger

_WITH_SETTINGS = frozenset({Action.PACK, Action.LABELS, Action.PUSH, Action.SHIP, Action.ASSIGN, Action.RETURN})
"""Actions that a shared setting bends; the others need not read the settings."""

_USUAL = SharedSettings()

_LOWERING = frozenset({Action.RENEW, Action.ROLLBACK, Action.RESUME})
"""Steps that lead to a lower status: a program that may update orders wants the desk's own ability for them too."""

_DETAILED_ALREADY = 50
"""For how many orders an "already" says who, when and where: each costs a look into the history."""

_log = logging.getLogger(__name__)


def checked_given(ctx: Context, action: Action, given: Given | None) -> Given:
    """Return what a step may go by.

    Raises:
        NotAllowed: the caller's role lacks the ability.
        WrongUsage: a need of the action was not given.
    """
    asked = given or Given(date=ctx.today())
    require_ability(ctx, action)
    if action is Action.OUT_OF_STOCK and asked.short_skus is None:
        asked = replace(asked, short_skus=())
    check_given(action, asked)
    if asked.allow_negative:
        ctx.caller.require(Ability.NEGATIVE_STOCK)
    return asked


def tell_bulk(action: Action, answer: BulkResult) -> None:
    """Log a step: its order where it was one, else how many ended in each way; no names, no phones."""
    if len(answer.results) == 1 and answer.results[0].order_id is not None:
        only = answer.results[0]
        _log.info("%s %s: %s", action.value, only.reference, only.outcome.value)
        return
    counts = ", ".join(f"{outcome.value} {answer.count(outcome)}" for outcome in Outcome if answer.count(outcome))
    _log.info("%s %d orders: %s", action.value, len(answer.results), counts)


def require_ability(ctx: Context, action: Action) -> None:
    """Refuse unless the caller may do the action through this entrance.

    Raises:
        NotAllowed: the role lacks the ability.
    """
    if ctx.caller.source is Source.REST:
        ctx.caller.require(Ability.REST_DELETE if action is Action.DELETE else Ability.REST_UPDATE)
        if action in _LOWERING:
            ctx.caller.require(ability_of(action))
    else:
        ctx.caller.require(ability_of(action))


def judge_and_write(
    uow: UnitOfWork,
    signature: Signature,
    action: Action,
    orders: Sequence[tuple[int | str, OrderFacts | None]],
    given: Given,
    *,
    verified: bool = False,
    dry: bool = False,
) -> list[ActionResult]:
    """Judge locked orders one by one and write the steps that hold; return one result for each.

    ``verified``: every piece was scanned, so that packing needs no more than that. ``dry``: only judge.
    """
    shared = shared_settings.read(uow) if action in _WITH_SETTINGS else _USUAL
    results: dict[int, ActionResult] = {}
    steps: dict[int, Step] = {}
    seen: dict[int, int] = {}
    again: dict[int, int] = {}
    own = _own_given(uow, [facts for _, facts in orders if facts], given) if action is Action.OUT_OF_STOCK else {}
    for index, (key, facts) in enumerate(orders):
        if facts is None or facts.deleted:
            results[index] = absent(uow, key, facts, local_day(signature.moment.at))
        elif facts.id in seen:
            results[index] = twice(facts)
            again[index] = seen[facts.id]
        else:
            seen[facts.id] = index
            answer = _judge(facts, action, own.get(facts.id, given), shared)
            if not isinstance(answer, Step):
                results[index] = answer
            elif not verified and must_verify(answer, signature.caller, shared):
                results[index] = facts.answer(Outcome.REFUSED, _unverified(facts))
            else:
                steps[index] = answer
    ledger = StockLedger(uow, shared, allow_negative=given.allow_negative)
    for index, refusal in ledger.refusals(steps).items():
        results[index] = steps.pop(index).before.answer(Outcome.REFUSED, refusal)
    if not dry:
        _write(uow, signature, ledger, list(steps.values()))
    for index, step in steps.items():
        results[index] = _done(step, ledger)
    for index, first in again.items():
        results[index] = replace(results[index], status_after=results[first].status_after)
    answers = [results[index] for index in range(len(orders))]
    return answers if len(steps) == len(answers) else _with_details(uow, answers, local_day(signature.moment.at))


def must_verify(step: Step, caller: Caller, shared: SharedSettings) -> bool:
    """Tell whether a step packs an order whose pieces its worker has to scan first."""
    if not shared.verify_before_pack or caller.may(Ability.OVERRIDE_VERIFICATION):
        return False
    return step.status_after is Status.PACKED and step.action in {Action.PACK, Action.LABELS}


def _unverified(facts: OrderFacts) -> Message:
    return msg(
        "{reference}: its pieces must be scanned before it is packed. Choose “Verify and pack” and scan them, "
        "or ask a supervisor.",
        reference=facts.reference,
    )


def _judge(facts: OrderFacts, action: Action, given: Given, shared: SharedSettings) -> Step | ActionResult:
    try:
        answer = apply(facts, action, given, shared)
    except RuleViolation as refusal:
        return facts.answer(Outcome.REFUSED, refusal.message)
    if isinstance(answer, Already):
        return facts.answer(Outcome.ALREADY, already_message(facts, action))
    return answer


def _write(uow: UnitOfWork, signature: Signature, ledger: StockLedger, steps: list[Step]) -> None:
    if not steps:
        return
    order_steps.write_steps(uow, steps, signature)
    ledger.move(steps, signature)
    for step in steps:
        if step.deleted:
            order_steps.annihilate_unsent(uow, step.before.id)


def _own_given(uow: UnitOfWork, facts: Iterable[OrderFacts], given: Given) -> dict[int, Given]:
    """Return what is given for each order by itself: the SKUs that are short."""
    lines = stock.lines_of(uow, [each.id for each in facts])
    if not given.short_skus:
        have = stock.on_hand_everywhere(uow, (line.product_id for line in lines))
        short = {line.line_id for line in lines if have.get(line.product_id, 0) < line.quantity}
    else:
        short = {line.line_id for line in lines if line.sku in given.short_skus}
    own: dict[int, Given] = {}
    for order_id in {line.order_id for line in lines}:
        skus = [line.sku for line in lines if line.order_id == order_id and line.line_id in short]
        everything = [line.sku for line in lines if line.order_id == order_id]
        own[order_id] = replace(given, short_skus=tuple(skus or everything))
    return own


def check_named(uow: UnitOfWork, given: Given) -> None:
    """Refuse a warehouse, company or person that does not exist or is not in use.

    Raises:
        NotFound: one of them.
    """
    for what, no_such in _NO_SUCH.items():
        number = getattr(given, what)
        if number is None:
            continue
        active = lookup.is_active(uow, what, number)
        if active is None:
            raise NotFound(no_such.with_params(number=number))
        if not active:
            raise NotFound(_NOT_IN_USE[what].with_params(number=number))


_NO_SUCH = {
    "warehouse_id": msg("There is no warehouse {number}. Choose one from the list of warehouses."),
    "company_id": msg("There is no shipping company {number}. Choose one from the list of companies."),
    "person_id": msg("There is no delivery person {number}. Choose one from the list of persons."),
}
_NOT_IN_USE = {
    "warehouse_id": msg("Warehouse {number} is no longer in use. Choose another one."),
    "company_id": msg("Shipping company {number} is no longer in use. Choose another one."),
    "person_id": msg("Delivery person {number} is no longer in use. Choose another one."),
}


def twice(facts: OrderFacts) -> ActionResult:
    """Return the answer for an order that one request names again."""
    message = msg("{reference} was named twice in this request; see its first answer.", reference=facts.reference)
    return facts.answer(Outcome.ALREADY, message)


def _done(step: Step, ledger: StockLedger) -> ActionResult:
    facts = step.before
    if step.status_after is facts.status:
        message = msg("{reference}: {action} done.", reference=facts.reference, action=action_name(step.action))
    else:
        message = msg("{reference} is now {status}.", reference=facts.reference, status=status_name(step.status_after))
    return facts.answer(Outcome.DONE, ledger.told(step, message), step.status_after)


def _with_details(uow: UnitOfWork, results: list[ActionResult], today: date) -> list[ActionResult]:
    """Say who did it, when and where, for orders that already were what was asked for."""
    plain = [i for i, r in enumerate(results) if r.outcome is Outcome.ALREADY and r.order_id is not None]
    for index in plain[:_DETAILED_ALREADY]:
        results[index] = told_already(uow, results[index], today)
    return results


def told_already(uow: UnitOfWork, result: ActionResult, today: date) -> ActionResult:
    """Return the answer for an order that already was what was asked for, with who did it, when and where."""
    if result.order_id is None or result.status_after is None or "status" not in result.message.params:
        return result
    event = last_status_event(uow, result.order_id, result.status_after)
    if event is None:
        return result
    message = msg(
        "{reference} is already {status}: {when} by {station}, {who}. Nothing to do.",
        reference=result.reference,
        status=status_name(result.status_after),
        when=said_moment(event.at, today),
        who=event.user_name or "-",
        station=event.station_name or "-",
    )
    return replace(result, message=message)
