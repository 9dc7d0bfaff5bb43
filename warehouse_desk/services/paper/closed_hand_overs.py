"""A closed hand-over binds its orders (docs/rules.md#hand-overs) until a supervisor strikes them off."""

from collections.abc import Mapping, Sequence

from warehouse_desk.common.formats import when_text
from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.orders.steps import write_steps
from warehouse_desk.data.paper import signed_sheets
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.rules import finish_step
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.paper.printing import Strike
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.signature import Signature
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.absent import absent
from warehouse_desk.services.orders.steps import judge_and_write


def bind(uow: UnitOfWork, orders: Sequence[OrderFacts], number: int, signature: Signature) -> None:
    """Have a hand-over bind its orders, and say in the history of each that it was handed over."""
    steps = [
        finish_step(Action.HAND_OVER, "", facts, facts.status, {"hand_over_id": number}, SharedSettings())
        for facts in orders
    ]
    write_steps(uow, steps, signature)


def strike_off(
    uow: UnitOfWork, ctx: Context, number: int, keys: Sequence[int | str], options: StepOptions
) -> tuple[ActionResult, ...]:
    """Strike orders off a closed hand-over and return the answer for each key."""
    facts = order_facts.facts_of(uow, keys, lock=True)
    rows = signed_sheets.strikes_of(uow, number, [each.id for each in facts.values()])
    bound = [(key, each) for key, each in facts.items() if each.hand_over_id == number]
    signature = ctx.signature(options.reason.strip())
    struck = dict(
        zip((key for key, _ in bound), judge_and_write(uow, signature, Action.STRIKE, bound, options), strict=True)
    )
    return tuple(
        struck[key] if key in struck else _not_struck(uow, ctx, number, key, facts.get(key), rows) for key in keys
    )


def _not_struck(
    uow: UnitOfWork,
    ctx: Context,
    number: int,
    key: int | str,
    facts: OrderFacts | None,
    rows: Mapping[int, Strike | None],
) -> ActionResult:
    """Answer for an order that the hand-over does not bind: struck off before, renewed since, or never on it."""
    if facts is None or (facts.deleted and facts.id not in rows):
        return absent(uow, key, facts, ctx.today())
    before = rows.get(facts.id)
    about = {"reference": facts.reference, "number": number}
    if before is not None:
        message = msg(
            "{reference} was struck off pickup sheet {number} {when} by {who}: {reason}. Nothing to do.",
            **about,
            when=when_text(before.at, ctx.today()),
            who=before.user_name or "-",
            reason=before.reason,
        )
        return facts.answer(Outcome.ALREADY, message)
    if facts.id in rows:
        message = msg(
            "Pickup sheet {number} is about an earlier journey of {reference}, which has ended: "
            "it stays as it was signed.",
            **about,
        )
    else:
        message = msg("{reference} is not on pickup sheet {number}.", **about)
    return facts.answer(Outcome.REFUSED, message)
