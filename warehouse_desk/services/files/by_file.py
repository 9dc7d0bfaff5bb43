"""Returned and delivered by file (docs/rules.md#files-of-references): one step and one answer for every row."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from warehouse_desk.common.messages import Message
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.results import ActionResult, BulkResult, ChangeSet, Outcome, changed
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.steps import judge_and_write, require_ability, tell_bulk
from warehouse_desk.services.subject import Subject
from warehouse_desk.sheets.limits import Cancelled, Progress
from warehouse_desk.sheets.references import ReferenceRow, read_references


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """What became of a file of references."""

    rows: tuple[int, ...]
    """The rows' numbers in Excel."""
    answer: BulkResult
    """One result for each row, in the same order."""

    @property
    def changes(self) -> ChangeSet:
        """The orders that were changed."""
        return self.answer.changes


class StepsByFile(Subject):
    """Dated steps of the orders that a sheet names."""

    def mark(
        self,
        action: Action,
        path: Path,
        day: date | None = None,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> FileAnswer:
        """Do a dated step with the orders that a file names, each on the day its row gives, else on ``day`` or today.

        All rows are judged each alone and written together in one transaction; a row that cannot be read, or repeats
        another, is answered as such and changes nothing.

        Raises:
            SheetError: the file as a whole cannot be read.
            NotAllowed: the role lacks the ability of the scanner's form of the step.
        """
        asked = replace(self.context, caller=replace(self.context.caller, source=Source.FILE))
        require_ability(asked, action)
        rows = read_references(path, progress=progress, cancelled=cancelled)
        fallback = day or self.context.today()
        named = {row.reference.upper() for row in rows if row.problem is None}
        results = {index: _unread(row, row.problem, named) for index, row in enumerate(rows) if row.problem is not None}
        by_day: dict[date, list[int]] = defaultdict(list)
        for index, row in enumerate(rows):
            if row.problem is None:
                by_day[row.day or fallback].append(index)
        if by_day:
            results |= self.context.database.transact(lambda uow: _step(uow, asked, action, rows, by_day))
        answers = [results[index] for index in range(len(rows))]
        answer = BulkResult(tuple(answers), changed(answers, products=action is not Action.DELIVER))
        tell_bulk(action, answer)
        return FileAnswer(tuple(row.number for row in rows), answer)


def _unread(row: ReferenceRow, problem: Message, references: set[str]) -> ActionResult:
    """Answer a row that is not carried out: calmly where another row names the same order."""
    outcome = Outcome.ALREADY if row.reference.upper() in references else Outcome.REFUSED
    return ActionResult(row.reference, outcome, None, None, problem)


def _step(
    uow: UnitOfWork, ctx: Context, action: Action, rows: Sequence[ReferenceRow], by_day: dict[date, list[int]]
) -> dict[int, ActionResult]:
    signature = ctx.signature()
    order_facts.facts_of(uow, [rows[index].reference for group in by_day.values() for index in group], lock=True)
    results: dict[int, ActionResult] = {}
    for day, group in by_day.items():
        keys = [rows[index].reference for index in group]
        # Read again: an earlier day's group may have held the same order under its tracking number.
        facts = order_facts.facts_of(uow, keys, lock=True)
        answers = judge_and_write(
            uow, signature, action, [(key, facts.get(key)) for key in keys], StepOptions(date=day)
        )
        results.update(zip(group, answers, strict=True))
    return results
