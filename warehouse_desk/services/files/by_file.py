"""Returned and delivered by file (docs/rules.md#files-of-references): one step and one answer for every row."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.files import SeveralStatuses
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.results import ActionResult, BulkResult, ChangeSet, Outcome, changed
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.steps import judge_and_write, require_ability, tell_bulk
from warehouse_desk.services.requests import Stored, once, read_answer, request_of, stored_answer
from warehouse_desk.services.subject import Subject
from warehouse_desk.sheets.left_out import left_out_by_status
from warehouse_desk.sheets.limits import Cancelled, Progress
from warehouse_desk.sheets.references import ReferenceRow, read_references, status_key

_NAMED_STATUSES: Final = 20
"""Statuses of a file that a refusal names."""


_MEANS: Final = {
    Action.DELIVER: frozenset(map(status_key, ("livré", "livrée", "delivered", "تم التوصيل", "تم التسليم", "مسلم"))),
    Action.RETURN: frozenset(
        map(status_key, ("retourné", "retournée", "retour", "returned", "retourné à l'expéditeur", "مرتجع", "راجع"))
    ),
}
"""Statuses that say by themselves that the step happened; a file of any other asks first."""


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """What became of a file of references."""

    rows: tuple[int, ...]
    """The rows' numbers in Excel."""
    answer: BulkResult
    """One result for each row, in the same order."""
    left_out: tuple[int, ...] = ()
    """The numbers of the rows whose status is none of those that count."""

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
        status_column: str = "",
        only_status: Collection[str] | None = None,
        dry_run: bool = False,
        called: str = "",
        request_id: str | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> FileAnswer:
        """Do a dated step with the orders that a file names, each on the day its row gives, else on ``day`` or today.

        All rows are judged each alone and written together in one transaction; a row that cannot be read, or repeats
        another, is answered as such and changes nothing. Rows whose status is none of ``only_status`` are left out.
        ``dry_run`` only says what would become of each. ``called`` is what people call the file. The same request id
        again is answered with what the first did.

        Raises:
            SheetError: the file as a whole cannot be read.
            SeveralStatuses: its orders ended in several ways, and ``only_status`` does not say which count.
            WrongUsage: no row has one of ``only_status``.
            NotAllowed: the role lacks the ability of the scanner's form of the step.
        """
        asked = replace(self.context, caller=replace(self.context.caller, source=Source.FILE))
        require_ability(asked, action)
        file = read_references(
            path,
            status_column=status_column,
            only_status=only_status,
            count_known=self._known,
            called=called,
            progress=progress,
            cancelled=cancelled,
        )
        rows = file.rows
        _check_statuses(called or path.name, rows, only_status, action)
        work = partial(_answer, ctx=asked, action=action, rows=rows, fallback=day or self.context.today(), dry=dry_run)
        if dry_run or request_id is None:
            done = self.context.database.transact(work)
        else:
            body = [_hash(path), day, status_column, None if only_status is None else sorted(only_status)]
            done = once(self.context, request_of(f"{action.value}-by-file", body, request_id), work, _stored, _read)
        if not dry_run:
            tell_bulk(action, done.answer)
        return replace(done, answer=replace(done.answer, notices=(*file.notices, *done.answer.notices)))

    def _known(self, texts: Sequence[str]) -> int:
        """Count the texts that name an order."""
        with self.context.database.read() as uow:
            return len(order_facts.facts_of(uow, texts, lock=False))


def _check_statuses(
    name: str, rows: Sequence[ReferenceRow], only_status: Collection[str] | None, action: Action
) -> None:
    spelling: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for row in rows:
        if row.status is not None:
            key = status_key(row.status)
            spelling.setdefault(key, row.status)
            counts[key] += 1
    found = tuple((spelling[key], count) for key, count in counts.most_common())
    said = [f"{status or '-'} ({count})" for status, count in found[:_NAMED_STATUSES]]
    if only_status is None:
        if len(found) > 1 or any(key not in _MEANS.get(action, ()) for key in counts):
            if len(found) == 1:
                raise SeveralStatuses(
                    msg(
                        "Nothing was changed: {name} has this status: {found}. Confirm that it counts.",
                        name=name,
                        found=said,
                    ),
                    found,
                )
            raise SeveralStatuses(
                msg(
                    "Nothing was changed: {name} has several statuses ({found}). Choose those that count.",
                    name=name,
                    found=said,
                ),
                found,
            )
        return
    if not found:
        raise WrongUsage(msg("{name} has no column of statuses. Enter its heading.", name=name), "status_column")
    missing = [each for each in only_status if status_key(each) not in counts]
    if missing:
        raise WrongUsage(
            msg(
                "No row of {name} has the status {missing}. Statuses found: {found}.",
                name=name,
                missing=missing,
                found=said,
            ),
            "only_status",
        )


def _answer(
    uow: UnitOfWork, *, ctx: Context, action: Action, rows: Sequence[ReferenceRow], fallback: date, dry: bool
) -> FileAnswer:
    counted = [row for row in rows if row.counts]
    named = {row.reference.upper() for row in counted if row.problem is None}
    results = {index: _unread(row, row.problem, named) for index, row in enumerate(counted) if row.problem is not None}
    by_day: dict[date, list[int]] = defaultdict(list)
    for index, row in enumerate(counted):
        if row.problem is None:
            by_day[row.day or fallback].append(index)
    if by_day:
        results |= _step(uow, ctx, action, counted, by_day, dry=dry)
    answers = [results[index] for index in range(len(counted))]
    changes = ChangeSet() if dry else changed(answers, products=action is not Action.DELIVER)
    left_out = tuple(row.number for row in rows if not row.counts)
    answer = BulkResult(tuple(answers), changes, notices=_notices(len(left_out), dry=dry))
    return FileAnswer(tuple(row.number for row in counted), answer, left_out)


def _notices(left_out: int, *, dry: bool) -> tuple[Message, ...]:
    said = []
    if left_out:
        said.append(left_out_by_status(left_out))
    if dry:
        said.append(msg("Nothing was changed: this is what would happen to each row."))
    return tuple(said)


def _unread(row: ReferenceRow, problem: Message, references: set[str]) -> ActionResult:
    """Answer a row that is not carried out: calmly where another row names the same order."""
    outcome = Outcome.ALREADY if row.reference.upper() in references else Outcome.REFUSED
    return ActionResult(row.reference, outcome, None, None, problem)


def _step(
    uow: UnitOfWork,
    ctx: Context,
    action: Action,
    rows: Sequence[ReferenceRow],
    by_day: dict[date, list[int]],
    *,
    dry: bool,
) -> dict[int, ActionResult]:
    signature = ctx.signature()
    lock = not dry
    order_facts.facts_of(uow, [rows[index].reference for group in by_day.values() for index in group], lock=lock)
    results: dict[int, ActionResult] = {}
    for day, group in by_day.items():
        keys = [rows[index].reference for index in group]
        # Read again: an earlier day's group may have held the same order under its tracking number.
        facts = order_facts.facts_of(uow, keys, lock=lock)
        answers = judge_and_write(
            uow, signature, action, [(key, facts.get(key)) for key in keys], StepOptions(date=day), dry=dry
        )
        results.update(zip(group, answers, strict=True))
    return results


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _stored(done: FileAnswer) -> Stored:
    return {**stored_answer(done.answer), "rows": done.rows, "left_out": done.left_out}


def _read(kept: Stored) -> FileAnswer:
    answer = replace(read_answer(kept), notices=_notices(len(kept["left_out"]), dry=False))
    return FileAnswer(tuple(kept["rows"]), answer, tuple(kept["left_out"]))
