"""Steps whose answer was lost: whether they were done is looked up where they would stand.

Every step leaves a row in the history of its order, numbered by the order's version. A unit of work is kept whole or
not at all, so one order that it changed speaks for all of them.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.orders.details import maker_of
from warehouse_desk.domain.errors import AnswerLost, DatabaseUnavailable
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.signature import Signature

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StepMark:
    """Where a step stands if it was done: the version that it gave an order, and who made it when."""

    order_id: int
    version: int
    action: Action
    at: datetime
    station_id: int | None

    def stands(self, uow: UnitOfWork) -> bool:
        """Tell whether it was done; a unit of work of which the server has not let go yet is waited for."""
        order_facts.facts_by_id(uow, self.order_id, lock=True)
        return maker_of(uow, self.order_id, self.version) == (self.action.value, self.at, self.station_id)


def mark_of(
    action: Action, answered: Iterable[tuple[OrderFacts | None, ActionResult]], signature: Signature
) -> StepMark | None:
    """Return where the first step that was done stands, None where none was; facts are those from before it."""
    for before, result in answered:
        if before is not None and result.outcome is Outcome.DONE:
            station = signature.caller.station_id
            return StepMark(before.id, before.version + 1, action, signature.moment.at, station)
    return None


def exactly_once(database: Database, work: Callable[[UnitOfWork], tuple[T, StepMark | None]]) -> T:
    """Do a unit of work that answers with where its first step stands; once, even if the answer to it is lost.

    Raises:
        AnswerLost: the database cannot be asked either.
        DatabaseUnavailable: nothing was changed.
    """
    done: list[tuple[T, StepMark | None]] = []

    def noting(uow: UnitOfWork) -> T:
        done[:] = [work(uow)]
        return done[0][0]

    try:
        return database.transact(noting)
    except AnswerLost as lost:
        answer, mark = done[0]
        _log.warning("the answer to a step was lost: looking whether it was done")
        if mark is None or _stands(database, mark, lost):
            return answer
    return database.transact(noting)


def _stands(database: Database, mark: StepMark, lost: AnswerLost) -> bool:
    try:
        return database.transact(mark.stands)
    except DatabaseUnavailable:
        raise lost from None
