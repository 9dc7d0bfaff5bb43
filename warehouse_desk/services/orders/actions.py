"""Status actions on any number of orders, answered one by one."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import BulkResult, changed
from warehouse_desk.services.orders.steps import (
    check_named,
    checked_options,
    judge_and_write,
    require_all_done,
    tell_bulk,
)
from warehouse_desk.services.orders.sure_steps import StepMark, exactly_once, mark_of
from warehouse_desk.services.orders.undo import Undoing
from warehouse_desk.services.requests import once, read_answer, request_of, stored_answer


class Actions(Undoing):
    """Steps of the life cycle, one action for any number of orders."""

    def act(
        self,
        action: Action,
        keys: Sequence[int | str],
        options: StepOptions | None = None,
        *,
        request_id: str | None = None,
        all_or_nothing: bool = False,
    ) -> BulkResult:
        """Do a status action on orders named by id, reference or tracking number; one result for each, in that order.

        With a request id it is done once, and told again to whoever repeats it. Without one, and with the answer of the
        database lost, the orders themselves tell whether it was done.

        Raises:
            NotAllowed: the caller's role lacks the ability.
            WrongUsage: a need of the action was not given.
            NotFound: the warehouse, company or person given does not exist or is not in use.
            NothingDone: it is all or nothing, and an order was refused or is unknown.
            AnswerLost: it is perhaps done, and the database cannot be asked.
        """
        if action is Action.UNDO:
            return self.undo(keys, request_id=request_id)
        checked = checked_options(self.context, action, options)

        def work(uow: UnitOfWork) -> tuple[BulkResult, StepMark | None]:
            result, mark = self._act(uow, action, keys, checked)
            if all_or_nothing:
                require_all_done(result)
            return result, mark

        if request_id is None and action is not Action.PUSH:
            answer = exactly_once(self.context.database, work)
        else:
            request = request_of(action.value, _request_fields(action, keys, checked), request_id)
            answer = once(self.context, request, lambda uow: work(uow)[0], stored_answer, read_answer)
        tell_bulk(action, answer)
        return answer

    def act_and_note(
        self,
        action: Action,
        keys: Sequence[int | str],
        options: StepOptions,
        note: Callable[[UnitOfWork, BulkResult], int | None],
        *,
        request_id: str | None = None,
        all_or_nothing: bool = False,
    ) -> tuple[BulkResult, int | None]:
        """Do a status action and, in the same transaction, note what became of it; return both, at a repetition too.

        Raises:
            As :meth:`act`.
        """
        checked = checked_options(self.context, action, options)

        def work(uow: UnitOfWork) -> tuple[BulkResult, int | None]:
            answer = self._act(uow, action, keys, checked)[0]
            if all_or_nothing:
                require_all_done(answer)
            return answer, note(uow, answer)

        request = request_of(f"{action.value}-noted", _request_fields(action, keys, checked), request_id)
        answer, noted = once(
            self.context,
            request,
            work,
            lambda done: {**stored_answer(done[0]), "noted": done[1]},
            lambda kept: (read_answer(kept), kept["noted"]),
        )
        tell_bulk(action, answer)
        return answer, noted

    def act_within(
        self, uow: UnitOfWork, action: Action, keys: Sequence[int | str], options: StepOptions
    ) -> BulkResult:
        """Do a step as a part of a larger unit of work; what is given was checked."""
        return self._act(uow, action, keys, options)[0]

    def _act(
        self, uow: UnitOfWork, action: Action, keys: Sequence[int | str], options: StepOptions
    ) -> tuple[BulkResult, StepMark | None]:
        check_named(uow, options)
        facts = order_facts.facts_of(uow, keys, lock=True)
        signature = self.context.signature(options.reason.strip())
        results = judge_and_write(uow, signature, action, [(key, facts.get(key)) for key in keys], options)
        answer = BulkResult(tuple(results), changed(results, products=action not in {Action.PACK, Action.DELIVER}))
        return answer, mark_of(action, zip(map(facts.get, keys), results, strict=True), signature)


def _request_fields(action: Action, keys: Sequence[int | str], options: StepOptions) -> list[object]:
    """Return what makes two requests the same; a push keeps no day."""
    needs = asdict(options)
    if action is Action.PUSH:
        del needs["date"]
    return [list(keys), needs]
