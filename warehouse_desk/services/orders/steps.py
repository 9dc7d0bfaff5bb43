"""Steps of any number of locked orders: each is judged alone, the good ones are written in a few statements."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from warehouse_desk.common.clock import local_day
from warehouse_desk.common.formats import day_text, when_text
from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.data import shared_settings
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import steps as order_steps
from warehouse_desk.data.orders.details import last_status_event
from warehouse_desk.data.paper import signed_sheets
from warehouse_desk.domain.directories.entries import Listed, no_such, not_in_use
from warehouse_desk.domain.errors import NotFound, NothingDone
from warehouse_desk.domain.orders.days import day_in
from warehouse_desk.domain.orders.leaving import LEAVING, allowed, settled, with_note
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.rules import Step, finish_step
from warehouse_desk.domain.orders.step_options import NEED_FIELDS, StepOptions, check_options
from warehouse_desk.domain.orders.transitions import Action, Need, ability_of, action_name
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Caller, Source
from warehouse_desk.domain.results import ActionResult, BulkResult, Outcome
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.absent import absent
from warehouse_desk.services.orders.judging import StepJudge
from warehouse_desk.services.orders.stock_effects import StockLedger

_WITH_SETTINGS = frozenset({Action.PACK, Action.LABELS, Action.PUSH, Action.SHIP, Action.ASSIGN, Action.RETURN})
"""Actions that a shared setting bends; the others need not read the settings."""

_USUAL = SharedSettings()

_LOWERING = frozenset({Action.RENEW, Action.ROLLBACK, Action.RESUME})
"""Steps that lead to a lower status: a program that may update orders wants the desk's own ability for them too."""

_DETAILED_ALREADY = 50
"""For how many orders an "already" says who, when and where: each costs a look into the history."""

_CALM = frozenset({Outcome.DONE, Outcome.ALREADY})
_LETTING_GO = LEAVING | {Action.LET_GO}
_MARKS = ("label_outdated", "recount", "hand_over_id")

_log = logging.getLogger(__name__)


def checked_options(ctx: Context, action: Action, options: StepOptions | None) -> StepOptions:
    """Return what a step may go by.

    Raises:
        NotAllowed: the caller's role lacks the ability.
        WrongUsage: a need of the action was not given.
    """
    options = options or StepOptions(date=ctx.today())
    require_ability(ctx, action)
    if action is Action.OUT_OF_STOCK and options.short_skus is None:
        options = replace(options, short_skus=())
    check_options(action, options, ctx.today())
    require_allowances(ctx.caller, options)
    return options


def require_allowances(caller: Caller, options: StepOptions) -> None:
    """Refuse what goes beyond the usual step to who may not allow it.

    Raises:
        NotAllowed: the role lacks the ability.
    """
    if options.allow_negative:
        caller.require(Ability.NEGATIVE_STOCK)
    if options.outdated_label or options.uncounted:
        caller.require(Ability.OVERRIDE_VERIFICATION)


def require_all_done(result: BulkResult) -> None:
    """Refuse unless every order is as it shall be.

    Raises:
        NothingDone: one is not; whatever was written must not stay.
    """
    if not result.all_done:
        count = sum(1 for each in result.results if each.outcome not in _CALM)
        raise NothingDone(
            nmsg(
                "Nothing was changed: {n} order is refused, and it was all or nothing.",
                "Nothing was changed: {n} orders are refused, and it was all or nothing.",
                count,
            ),
            result,
        )


def tell_bulk(action: str, answer: BulkResult) -> None:
    """Log a step: its order where it was one, else how many ended in each way; no names, no phones."""
    if len(answer.results) == 1 and answer.results[0].order_id is not None:
        only = answer.results[0]
        _log.info("%s %s: %s", str(action), only.reference, only.outcome.value)
        return
    counts = ", ".join(f"{outcome.value} {answer.count(outcome)}" for outcome in Outcome if answer.count(outcome))
    _log.info("%s %d orders: %s", str(action), len(answer.results), counts)


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
    options: StepOptions,
    *,
    verified: bool = False,
    dry: bool = False,
) -> list[ActionResult]:
    """Judge locked orders one by one and write the steps that hold; return one result for each.

    ``verified``: every piece was scanned, so that packing needs no more than that. ``dry``: only judge.
    """
    shared = shared_settings.read(uow) if action in _WITH_SETTINGS else _USUAL
    today = local_day(signature.moment.at)
    judge = StepJudge(uow, action, options, shared, None if signature.caller.source is Source.SYNC else today)
    judge.prepare(facts for _, facts in orders if facts is not None)
    results, steps, again = _judged(judge, orders, None if verified else signature.caller, today)
    ledger = StockLedger(uow, shared, allow_negative=options.allow_negative)
    for index, refusal in ledger.refusals(steps).items():
        results[index] = steps.pop(index).before.answer(Outcome.REFUSED, refusal)
    if not dry:
        _write(uow, signature, ledger, list(steps.values()))
    for index, step in steps.items():
        results[index] = _done(step, ledger)
    for index, first in again.items():
        results[index] = replace(results[index], status_after=results[first].status_after)
    if len(steps) < len(orders):
        _add_details(uow, results, [facts for _, facts in orders], today)
    return [_noted(results[i], facts, steps.get(i), shared) for i, (_, facts) in enumerate(orders)]


def _noted(result: ActionResult, facts: OrderFacts | None, step: Step | None, shared: SharedSettings) -> ActionResult:
    """Return an answer that also says what has to be done before the parcel leaves."""
    if facts is None or result.status_after is None or result.outcome not in _CALM:
        return result
    marks = {} if step is None else {name: step.changes[name] for name in _MARKS if name in step.changes}
    now = facts._replace(status=result.status_after, **marks)
    return replace(result, message=with_note(result.message, now, shared))


def _judged(
    judge: StepJudge, orders: Sequence[tuple[int | str, OrderFacts | None]], unverified: Caller | None, today: date
) -> tuple[dict[int, ActionResult], dict[int, Step], dict[int, int]]:
    """Return by place the answers, the steps, and where an order named again was named first."""
    results: dict[int, ActionResult] = {}
    steps: dict[int, Step] = {}
    seen: dict[int, int] = {}
    again: dict[int, int] = {}
    for index, (key, facts) in enumerate(orders):
        if facts is None or facts.deleted:
            results[index] = absent(judge.uow, key, facts, today)
        elif facts.id in seen:
            results[index] = twice(facts)
            again[index] = seen[facts.id]
        else:
            seen[facts.id] = index
            answer = judge.judge(facts)
            if not isinstance(answer, Step):
                results[index] = answer
            elif unverified is not None and must_verify(answer, unverified, judge.shared):
                results[index] = facts.answer(Outcome.REFUSED, _unverified(facts))
            else:
                steps[index] = answer
    return results, steps, again


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


def _write(uow: UnitOfWork, signature: Signature, ledger: StockLedger, steps: list[Step]) -> None:
    if not steps:
        return
    for said, alike in _by_allowance(steps):
        order_steps.write_steps(uow, alike, _signed(signature, said))
    ledger.move(steps, signature)
    struck = {s.before.id: s.before.hand_over_id for s in steps if s.action is Action.STRIKE and s.before.hand_over_id}
    if struck:
        signed_sheets.strike(uow, struck, signature)
    for step in steps:
        if step.deleted:
            order_steps.annihilate_unsent(uow, step.before.id)


def let_go(
    uow: UnitOfWork, orders: Sequence[OrderFacts], options: StepOptions, shared: SharedSettings, signature: Signature
) -> None:
    """Note of parcels that are handed over what a supervisor allowed: their outdated label, their changed products."""
    steps = [
        finish_step(Action.LET_GO, "", facts, facts.status, changes, shared)
        for facts in orders
        if (changes := settled(facts, options, shared))
    ]
    for allowances, alike in _by_allowance(steps):
        order_steps.write_steps(uow, alike, _signed(signature, allowances))


def _signed(signature: Signature, allowances: Sequence[Message]) -> Signature:
    reason = " · ".join(filter(None, (signature.reason, *map(str, allowances))))
    return replace(signature, reason=reason or None)


def _by_allowance(steps: Sequence[Step]) -> list[tuple[tuple[Message, ...], list[Step]]]:
    """Return steps with what the history says of them besides the reason: that a supervisor let a parcel go so."""
    found: dict[tuple[str, ...], tuple[tuple[Message, ...], list[Step]]] = {}
    for step in steps:
        allowances = allowed(step.changes) if step.action in _LETTING_GO else ()
        found.setdefault(tuple(each.text for each in allowances), (allowances, []))[1].append(step)
    return list(found.values())


def check_named(uow: UnitOfWork, options: StepOptions) -> None:
    """Refuse a warehouse, company or person that does not exist or is not in use.

    Raises:
        NotFound: one of them.
    """
    for what, (listed, need) in _NAMED.items():
        number = getattr(options, what)
        if number is None:
            continue
        active = lookup.is_active(uow, what, number)
        if active is None:
            raise NotFound(no_such(listed, number), NEED_FIELDS[need])
        if not active:
            raise NotFound(not_in_use(listed, number), NEED_FIELDS[need])


_NAMED: Mapping[str, tuple[Listed, Need]] = {
    "warehouse_id": (Listed.WAREHOUSE, Need.WAREHOUSE),
    "company_id": (Listed.COMPANY, Need.COMPANY),
    "person_id": (Listed.PERSON, Need.PERSON),
}


def twice(facts: OrderFacts) -> ActionResult:
    """Return the answer for an order that one request names again."""
    message = msg("{reference} was listed twice; see its first answer.", reference=facts.reference)
    return facts.answer(Outcome.ALREADY, message)


def _done(step: Step, ledger: StockLedger) -> ActionResult:
    facts = step.before
    if step.status_after is facts.status:
        message = msg("{reference}: “{action}” is done.", reference=facts.reference, action=action_name(step.action))
    else:
        message = msg(
            "{reference} is now “{status}”.", reference=facts.reference, status=status_name(step.status_after)
        )
    return facts.answer(Outcome.DONE, ledger.with_stock_notes(step, message), step.status_after)


def _add_details(
    uow: UnitOfWork, results: dict[int, ActionResult], orders: Sequence[OrderFacts | None], today: date
) -> None:
    """Say who did it, when and where, for orders that already were what was asked for."""
    plain = [i for i, r in results.items() if r.outcome is Outcome.ALREADY and r.order_id is not None]
    for index in sorted(plain)[:_DETAILED_ALREADY]:
        facts = orders[index]
        if facts is not None:
            results[index] = already_answer(uow, facts, results[index], today)


def already_answer(uow: UnitOfWork, facts: OrderFacts, result: ActionResult, today: date) -> ActionResult:
    """Return the answer for an order that already was what was asked for, with who did it, when and where."""
    if result.status_after is None or "status" not in result.message.params:
        return result
    event = last_status_event(uow, facts.id, result.status_after)
    if event is None:
        return result
    message = msg(
        "{reference} is already “{status}”: {when} by {who} (station {station}). Nothing to do.",
        reference=result.reference,
        status=status_name(result.status_after),
        when=when_text(event.at, today),
        who=event.user_name or "-",
        station=event.station_name or "-",
    )
    day = day_in(facts, result.status_after)
    if day is not None and day != local_day(event.at):
        message = msg(
            "{reference} is already “{status}” since {day}: entered {when} by {who} (station {station}). Nothing to do."
        ).with_params(**message.params, day=day_text(day))
    return replace(result, message=message)
