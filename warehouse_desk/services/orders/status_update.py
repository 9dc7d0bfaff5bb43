"""The REST bulk update: an order and the status it shall have, judged by the same table as every other entrance."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.domain.fields import unread_fields
from warehouse_desk.domain.orders.drafts import orders_of
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.results import BulkResult
from warehouse_desk.services.orders.actions import Actions
from warehouse_desk.services.orders.status_requests import STATUS_FIELDS, StatusRequest, read_status_requests
from warehouse_desk.services.orders.status_run import StatusRun
from warehouse_desk.services.orders.steps import checked_options, require_all_done, tell_bulk
from warehouse_desk.services.requests import once, read_answer, request_of, stored_answer

_KIND = "update"


class StatusUpdates(Actions):
    """Statuses that orders shall have, each reached by the step that leads there."""

    def update_statuses(
        self,
        body: object,
        *,
        warehouse_id: int | None = None,
        all_or_nothing: bool = False,
        request_id: str | None = None,
    ) -> BulkResult:
        """Bring orders to the statuses named in ``{"orders": [{"reference", "status", "action_date", ...}]}``.

        Each order is judged alone. What else an entry may hold, and what is done without it, stands in
        docs/rules.md#asking-for-a-status; ``warehouse_id`` is the asker's usual warehouse. With a request id, or where
        it is all or nothing, the whole is one transaction.

        Raises:
            InvalidInput: an entry that names no reference or no known status.
            NotAllowed: the role lacks ``UPDATE ORDERS``. Through the other entrances each step has an ability of its
                own and is refused alone.
            NothingDone: it is all or nothing, and an order was refused or is unknown.
            RuleViolation: the request id belongs to another request.
            DatabaseUnavailable: the database cannot be reached or written, and nothing was done.
        """
        if self.context.caller.source is Source.REST:
            self.context.caller.require(Ability.REST_UPDATE)
        requests = read_status_requests(body)
        if all_or_nothing or request_id is not None:
            kept = request_of(_KIND, [asdict(request) for request in requests], request_id)
            result = once(
                self.context,
                kept,
                lambda uow: self._together(uow, requests, warehouse_id, all_or_nothing=all_or_nothing),
                stored_answer,
                read_answer,
            )
            tell_bulk(_KIND, result)
        else:
            result = _fulfilled(StatusRun(self.context, self.act, warehouse_id=warehouse_id), requests)
        return replace(result, notices=unread_fields(orders_of(body, {}), STATUS_FIELDS))

    def _together(
        self, uow: UnitOfWork, requests: Sequence[StatusRequest], warehouse_id: int | None, *, all_or_nothing: bool
    ) -> BulkResult:
        """Fulfil requests within one unit of work."""

        def act(action: Action, keys: Sequence[int | str], options: StepOptions) -> BulkResult:
            return self.act_within(uow, action, keys, checked_options(self.context, action, options))

        result = _fulfilled(StatusRun(self.context, act, within=uow, warehouse_id=warehouse_id), requests)
        if all_or_nothing:
            require_all_done(result)
        return result


def _fulfilled(run: StatusRun, requests: Sequence[StatusRequest]) -> BulkResult:
    for places in run.rounds(requests):
        run.fulfil({place: requests[place] for place in places})
    return run.result()
