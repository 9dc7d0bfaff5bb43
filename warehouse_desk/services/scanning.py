"""One reading of the scanner, one transaction: judged, written and answered together, never applied twice."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from warehouse_desk.common.ids import new_id
from warehouse_desk.common.messages import msg
from warehouse_desk.data import order_facts, scans
from warehouse_desk.data.database import UnitOfWork
from warehouse_desk.data.order_steps import Writer
from warehouse_desk.data.scans import Reading
from warehouse_desk.domain.abilities import Ability
from warehouse_desk.domain.errors import NotAllowed
from warehouse_desk.domain.orders import OrderFacts
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.rules import Given, check_given
from warehouse_desk.domain.transitions import Action
from warehouse_desk.services.act import check_named, judge_and_write, require_ability, unknown
from warehouse_desk.services.context import Context

SCAN_MODES: Mapping[str, Action] = MappingProxyType(
    {
        "pack": Action.PACK,
        "ship": Action.SHIP,
        "deliver": Action.DELIVER,
        "return": Action.RETURN,
        "cancel": Action.CANCEL,
    }
)
"""The scanner's modes that change an order's status, by name."""

_CODE_LENGTH = 128

_log = logging.getLogger(__name__)


class _AnsweredElsewhere(Exception):
    """The same reading was answered while this one was being judged: nothing of this one may stay."""


def scan(ctx: Context, mode: str, code: str, given: Given | None = None, scan_id: str | None = None) -> ActionResult:
    """Apply one reading of an order's code in a mode; the answer is on disk when this returns.

    ``scan_id`` names the reading: the same one given again, after a crash or a lost answer, gets its first answer.

    Raises:
        WrongUsage: the mode lacks what it needs (warehouse, reason).
        NotFound: the warehouse given does not exist or is not in use.
    """
    action = SCAN_MODES[mode]
    asked = given or Given(date=ctx.today())
    check_given(action, asked)
    reading = Reading(scan_id or new_id(), mode, _clean(code), _noted(asked))
    try:
        answer = ctx.database.transact(lambda uow: _scan(uow, ctx, action, reading, asked))
    except _AnsweredElsewhere:
        with ctx.database.read() as uow:
            stored = scans.answer_of(uow, reading.scan_id)
        if stored is None:
            raise
        answer = stored
    _tell(mode, answer)
    return answer


def _tell(mode: str, answer: ActionResult) -> None:
    """Log a scan. A code that no order carries may be anything, a customer's name too: only its length is told."""
    if answer.outcome is Outcome.UNKNOWN:
        _log.info("scan %s: unknown, a code of %d characters", mode, len(answer.reference))
    else:
        _log.info("scan %s %s: %s", mode, answer.reference, answer.outcome.value)


def _clean(code: str) -> str:
    return "".join(c for c in code.strip() if c.isprintable())[:_CODE_LENGTH]


def _noted(given: Given) -> dict[str, object]:
    """Return what was given with a reading, for its row."""
    noted = {field: getattr(given, field) for field in _GIVEN_FIELDS}
    return {field: value for field, value in noted.items() if value}


_GIVEN_FIELDS = tuple(field.name for field in fields(Given))


def _scan(uow: UnitOfWork, ctx: Context, action: Action, reading: Reading, given: Given) -> ActionResult:
    facts = order_facts.facts_by_code(uow, reading.code, lock=True) if reading.code else None
    writer = ctx.writer(given.reason.strip())
    result = _answer(uow, ctx, _Asked(action, reading, given, writer), facts)
    if not scans.store_answer(uow, reading, result, writer):
        raise _AnsweredElsewhere
    return result


@dataclass(frozen=True, slots=True)
class _Asked:
    action: Action
    reading: Reading
    given: Given
    writer: Writer


def _answer(uow: UnitOfWork, ctx: Context, asked: _Asked, facts: OrderFacts | None) -> ActionResult:
    reading, given = asked.reading, asked.given
    if not reading.code:
        return ActionResult("", Outcome.UNKNOWN, None, None, msg("Nothing was read. Scan the label again."))
    if facts is None or facts.deleted:
        return unknown(reading.code)
    try:
        require_ability(ctx, asked.action)
        if given.allow_negative:
            ctx.caller.require(Ability.NEGATIVE_STOCK)
    except NotAllowed as refusal:
        return ActionResult(facts.reference, Outcome.REFUSED, facts.status, facts.status, refusal.message, facts.id)
    check_named(uow, given)
    return judge_and_write(uow, asked.writer, asked.action, [(facts.reference, facts)], given)[0]
