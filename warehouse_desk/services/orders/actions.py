"""Status actions on any number of orders, answered one by one."""

from collections.abc import Sequence

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.domain.orders.given import Given
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import BulkResult, changed
from warehouse_desk.services.orders.steps import check_named, checked_given, judge_and_write, tell_bulk
from warehouse_desk.services.orders.undo import Undoing


class Actions(Undoing):
    """Steps of the life cycle, one action for any number of orders."""

    def act(self, action: Action, keys: Sequence[int | str], given: Given | None = None) -> BulkResult:
        """Do a status action on orders named by id, reference or tracking number; one result for each, in that order.

        Raises:
            NotAllowed: the caller's role lacks the ability.
            WrongUsage: a need of the action was not given.
            NotFound: the warehouse, company or person given does not exist or is not in use.
        """
        if action is Action.UNDO:
            return self.undo(keys)
        asked = checked_given(self.context, action, given)
        answer = self.context.database.transact(lambda uow: self._act(uow, action, keys, asked))
        tell_bulk(action, answer)
        return answer

    def _act(self, uow: UnitOfWork, action: Action, keys: Sequence[int | str], given: Given) -> BulkResult:
        check_named(uow, given)
        facts = order_facts.facts_of(uow, keys, lock=True)
        signature = self.context.signature(given.reason.strip())
        results = judge_and_write(uow, signature, action, [(key, facts.get(key)) for key in keys], given)
        return BulkResult(tuple(results), changed(results, products=action not in {Action.PACK, Action.DELIVER}))
