"""Generate labels: judge every order, draw the PDF, then move the orders and store the file in one transaction.

Drawing takes seconds and holds no lock. What was judged is compared with what stands there when the orders are
locked: where another station was faster, the labels are judged and drawn anew. So nothing is ever half done: a
cancelled or crashed run leaves the orders as they were, and a packed order has its label stored.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial

from warehouse_desk.common.formats import moment_text
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data import shared_settings
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.paper import labels
from warehouse_desk.data.paper.labels import NewPrint, NewRun
from warehouse_desk.data.paper.parcels import parcels_of
from warehouse_desk.documents.label import LabelSpec
from warehouse_desk.documents.pdf import render_labels, why_no_start, why_not
from warehouse_desk.documents.stock import LabelStock, Nudge, shipped_stocks
from warehouse_desk.domain.errors import RuleViolation, StaleOrder, WrongUsage
from warehouse_desk.domain.orders.label_content import content_of_parcel
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.rules import apply
from warehouse_desk.domain.orders.step_options import StepOptions, check_options
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.paper.printing import LabelPrint
from warehouse_desk.domain.results import ActionResult, BulkResult, ChangeSet, Outcome, changed
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.absent import absent
from warehouse_desk.services.orders.steps import judge_and_write, require_ability, tell_bulk, twice
from warehouse_desk.services.paper.label_specs import check_size, paper_sender, spec_of, stock_named
from warehouse_desk.services.requests import Stored, answered, once, read_answer, request_of, stored_answer
from warehouse_desk.services.subject import Subject

_ROUNDS = 5
"""How often labels are drawn anew because another station changed an order meanwhile."""

_OUTDATED = msg("The label was outdated")
"""Why a label is printed again without a reason being asked for."""

PREVIEWED = 24
"""Labels that a preview draws."""

Progress = Callable[[int, int], None]
"""Hears how many labels of how many are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSettings:
    """How labels are wanted: ``start`` is the first free label of a sheet, from 1; lengths in millimetres."""

    stock: str = "100x150"
    dpi: int | None = None
    """The printer's resolution where it differs from the stock's."""
    start: int = 1
    nudge_x: float = 0.0
    nudge_y: float = 0.0
    reprint_reason: str = ""
    """Why labels that were made before are made again; without it they are left out."""

    @property
    def nudge(self) -> Nudge:
        """How far the printer must be corrected."""
        return Nudge(self.nudge_x, self.nudge_y)


@dataclass(frozen=True, slots=True)
class LabelsMade:
    """What came of a run; without ``run_id`` nothing was stored and no order moved."""

    answer: BulkResult
    run_id: int | None = None
    pdf: bytes = b""
    labels: int = 0
    cancelled: bool = False

    @property
    def changes(self) -> ChangeSet:
        """The orders that were touched."""
        return self.answer.changes


@dataclass(frozen=True, slots=True)
class _Good:
    """An order whose label can be made."""

    index: int
    facts: OrderFacts
    spec: LabelSpec
    content: str

    def reason(self, settings: LabelSettings) -> str:
        """Return why its label is printed again; empty for the first."""
        if not self.spec.reprint:
            return ""
        return settings.reprint_reason or str(_OUTDATED)


@dataclass(frozen=True, slots=True)
class _Plan:
    good: list[_Good]
    others: dict[int, ActionResult]


class Labels(Subject):
    """Labels to be made."""

    @staticmethod
    def stocks() -> list[LabelStock]:
        """Return the label stocks, in the order of their names' keys."""
        return [shipped_stocks()[key] for key in sorted(shipped_stocks())]

    def make(
        self,
        keys: Sequence[int | str],
        settings: LabelSettings,
        *,
        request_id: str | None = None,
        progress: Progress = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> LabelsMade:
        """Make labels of orders named by id or code; NEW orders become PACKED, the others keep their status.

        An order that carries a label already is answered "already", with who, when and where, unless that label is
        outdated or a reason for the reprint is given. The same request id again is answered with the run that the
        first one made. ``cancelled`` is
        asked after each label; once it says yes nothing is stored and nothing moves.

        Raises:
            NotAllowed: the caller's role lacks ``generateLabels``.
            WrongUsage: no such stock, too many labels, or ``start`` is not on the sheet.
            StaleOrder: other stations kept changing these orders.
        """
        settings, stock = self.check(keys, settings)
        request = request_of(Action.LABELS.value, [list(keys), asdict(settings)], request_id)
        read = partial(_read, self.context)
        made = None if request_id is None else answered(self.context, request, read)
        if made is not None:
            return made
        refusals: dict[int, ActionResult] = {}
        for _ in range(_ROUNDS):
            plan = _judge(self.context, keys, settings, stock, refusals)
            if not plan.good:
                return LabelsMade(BulkResult(tuple(plan.others[index] for index in range(len(keys)))))
            pdf = _draw(plan, settings, stock, progress, cancelled)
            if pdf is None:
                return LabelsMade(_nothing_done(plan, len(keys)), cancelled=True)
            store = partial(_store, ctx=self.context, plan=plan, settings=settings, stock=stock, pdf=pdf)
            try:
                made = once(self.context, request, store, _stored, read)
            except _Refusals as late:
                refusals |= late.answers
            except _Changed:
                continue
            else:
                tell_bulk(Action.LABELS, made.answer)
                return made
        raise StaleOrder(msg("Other stations keep changing these orders. Nothing was printed; try again."))

    def check(self, keys: Sequence[int | str], settings: LabelSettings) -> tuple[LabelSettings, LabelStock]:
        """Return how labels are made and on what, before any order is looked at.

        Raises:
            NotAllowed, WrongUsage: as :meth:`make`.
        """
        require_ability(self.context, Action.LABELS)
        stock = stock_named(settings.stock)
        off_sheet = why_no_start(stock, settings.start)
        if off_sheet is not None:
            raise WrongUsage(off_sheet, "start")
        settings = replace(settings, reprint_reason=settings.reprint_reason.strip())
        today = self.context.today()
        check_options(Action.LABELS, StepOptions(date=today, reason=settings.reprint_reason), today)
        check_size(keys)
        return settings, stock

    def preview(self, keys: Sequence[int | str], settings: LabelSettings) -> bytes | None:
        """Return the first labels as they would be drawn, or None where none can be made; nothing is stored.

        Labels made before are shown as the reprints that they would be.

        Raises:
            NotAllowed: the caller's role lacks ``generateLabels``.
            WrongUsage: no such stock.
            NothingToPrint: ``start`` is not on the sheet.
        """
        require_ability(self.context, Action.LABELS)
        stock = stock_named(settings.stock)
        shown = replace(settings, reprint_reason=settings.reprint_reason.strip() or "-")
        plan = _judge(self.context, keys[:PREVIEWED], shown, stock, {})
        return _draw(plan, shown, stock, lambda _done, _total: None, lambda: False) if plan.good else None


def _stored(made: LabelsMade) -> Stored:
    """Return a run as JSON keeps it; its file is kept with the run."""
    return {**stored_answer(made.answer), "run": made.run_id, "labels": made.labels}


def _read(ctx: Context, stored: Stored) -> LabelsMade:
    with ctx.database.read() as uow:
        pdf = labels.file_of(uow, stored["run"])
    return LabelsMade(read_answer(stored), stored["run"], pdf or b"", stored["labels"])


class _Changed(Exception):
    """An order is no longer what was drawn; nothing of the unit of work is kept."""


class _Refusals(Exception):
    """Steps that were turned away when they were to be written; nothing of the unit of work is kept."""

    def __init__(self, answers: dict[int, ActionResult]) -> None:
        super().__init__()
        self.answers = answers


def _judge(
    ctx: Context,
    keys: Sequence[int | str],
    settings: LabelSettings,
    stock: LabelStock,
    refusals: Mapping[int, ActionResult],
) -> _Plan:
    today = ctx.today()
    with ctx.database.read() as uow:
        facts = order_facts.facts_of(uow, keys, lock=False)
        ids = list({each.id for each in facts.values()})
        parcels = parcels_of(uow, ids)
        printed = labels.prints_of(uow, [f.id for f in facts.values() if f.label_count])
        sender = paper_sender(shared_settings.read(uow).sender)
        gone = {key: absent(uow, key, facts.get(key), today) for key in keys if _is_gone(facts.get(key))}
    plan = _Plan([], {})
    seen: set[int] = set()
    for index, key in enumerate(keys):
        found = facts.get(key)
        if index in refusals:
            plan.others[index] = refusals[index]
        elif found is None or key in gone:
            plan.others[index] = gone[key]
        elif found.id in seen:
            plan.others[index] = twice(found)
        else:
            seen.add(found.id)
            spec = spec_of(parcels[found.id], sender, today, reprint=bool(found.label_count))
            answer = _refusal(found, spec, settings, stock, today) or _already(
                found, printed.get(found.id, []), settings
            )
            if answer is None:
                plan.good.append(_Good(index, found, spec, content_of_parcel(parcels[found.id])))
            else:
                plan.others[index] = answer
    return plan


def _is_gone(facts: OrderFacts | None) -> bool:
    return facts is None or facts.deleted


def _refusal(
    facts: OrderFacts, spec: LabelSpec, settings: LabelSettings, stock: LabelStock, day: date
) -> ActionResult | None:
    try:
        apply(facts, Action.LABELS, StepOptions(date=day, reason=settings.reprint_reason), SharedSettings(), day)
    except RuleViolation as violation:
        return facts.answer(Outcome.REFUSED, violation.message)
    reason = why_not(spec, stock, settings.dpi)
    return None if reason is None else facts.answer(Outcome.REFUSED, reason)


def _already(facts: OrderFacts, printed: Sequence[LabelPrint], settings: LabelSettings) -> ActionResult | None:
    if not facts.label_count or facts.label_outdated or settings.reprint_reason:
        return None
    # Its label was undone, and is on paper all the same: it is not packed, as who asks for labels wants it.
    outcome = Outcome.REFUSED if facts.status is Status.NEW else Outcome.ALREADY
    return facts.answer(outcome, _printed_message(facts, printed))


def _printed_message(facts: OrderFacts, printed: Sequence[LabelPrint]) -> Message:
    if not printed:
        return msg(
            "The label of {reference} was already made. Enter a reason to print it again.", reference=facts.reference
        )
    last = printed[-1]
    return msg(
        "{reference} was already printed: {when} by {who} (station {station}, print job "
        "{run}). Enter a reason to print it again.",
        reference=facts.reference,
        when=moment_text(last.at),
        station=last.station_name or "-",
        who=last.user_name or "-",
        run=last.run_id,
    )


def _draw(
    plan: _Plan, settings: LabelSettings, stock: LabelStock, progress: Progress, cancelled: Callable[[], bool]
) -> bytes | None:
    """Return the PDF, or None where it was cancelled."""
    to = io.BytesIO()
    total = len(plan.good)
    drawn = 0

    def heard(done: int) -> None:
        nonlocal drawn
        drawn = done
        progress(done, total)

    if cancelled():
        return None
    render_labels(
        (good.spec for good in plan.good),
        stock,
        to,
        start=settings.start,
        nudge=settings.nudge,
        dpi=settings.dpi,
        progress=heard,
        # ScanInMode before each label; never before the first, because a file without labels is refused.
        cancelled=lambda: drawn > 0 and cancelled(),
    )
    return None if drawn < total or cancelled() else to.getvalue()


def _nothing_done(plan: _Plan, count: int) -> BulkResult:
    cancelled = {
        good.index: good.facts.answer(
            Outcome.REFUSED, msg("{reference}: stopped before anything was printed.", reference=good.facts.reference)
        )
        for good in plan.good
    }
    return BulkResult(tuple((cancelled | plan.others)[index] for index in range(count)))


def _store(
    uow: UnitOfWork, *, ctx: Context, plan: _Plan, settings: LabelSettings, stock: LabelStock, pdf: bytes
) -> LabelsMade:
    """Move the orders and store the file.

    Raises:
        _Changed: an order is no longer what was drawn.
    """
    ids = [good.facts.id for good in plan.good]
    now = order_facts.facts_of(uow, ids, lock=True)
    if any(good.facts != now.get(good.facts.id) for good in plan.good):
        raise _Changed
    results = dict(plan.others)
    prints: dict[int, NewPrint] = {}
    for reason in dict.fromkeys(good.reason(settings) for good in plan.good):
        group = [good for good in plan.good if good.reason(settings) == reason]
        results |= _move(uow, ctx, group, reason)
        for good in group:
            prints[good.index] = NewPrint(good.facts.id, good.facts.attempt, reason or None, good.content)
    run = NewRun(
        stock=stock.key,
        dpi=settings.dpi or stock.dpi,
        start=settings.start,
        reason=next(filter(None, (good.reason(settings) for good in plan.good)), None),
        pdf=pdf,
    )
    in_order = [prints[good.index] for good in plan.good]
    number = labels.add_run(uow, ctx.signature(settings.reprint_reason), run, in_order)
    answers = tuple(results[index] for index in range(len(results)))
    return LabelsMade(BulkResult(answers, changed(answers)), number, pdf, len(plan.good))


def _move(uow: UnitOfWork, ctx: Context, group: Sequence[_Good], reason: str) -> dict[int, ActionResult]:
    """Write the step of some orders and return the answer for each."""
    options = StepOptions(date=ctx.today(), reason=reason)
    orders = [(good.facts.id, good.facts) for good in group]
    answers = judge_and_write(uow, ctx.signature(reason), Action.LABELS, orders, options)
    late = {
        good.index: answer for good, answer in zip(group, answers, strict=True) if answer.outcome is not Outcome.DONE
    }
    if late:
        raise _Refusals(late)
    return {good.index: _label_answer(answer) for good, answer in zip(group, answers, strict=True)}


def _label_answer(answer: ActionResult) -> ActionResult:
    if answer.status_after is None or answer.status_before is not answer.status_after:
        return answer
    message = msg(
        "The label of {reference} was made; the order stays “{status}”.",
        reference=answer.reference,
        status=status_name(answer.status_after),
    )
    return replace(answer, message=message)
