"""The REST bulk update: an order and the status it shall have, judged by the same table as every other entrance."""

from dataclasses import replace

from warehouse_desk.domain.fields import unread_fields
from warehouse_desk.domain.orders.drafts import orders_of
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.results import BulkResult
from warehouse_desk.services.orders.actions import Actions
from warehouse_desk.services.orders.status_requests import STATUS_FIELDS, read_status_requests
from warehouse_desk.services.orders.status_run import StatusRun


class StatusUpdates(Actions):
    """Statuses that orders shall have, each reached by the step that leads there."""

    def update_statuses(self, body: object) -> BulkResult:
        """Bring orders to the statuses named in ``{"orders": [{"reference", "status", "action_date", ...}]}``.

        Each order is judged alone. What else an entry may hold, and what is done without it, stands in
        docs/rules.md#asking-for-a-status.

        Raises:
            InvalidInput: an entry that names no reference or no known status.
            NotAllowed: the role lacks ``UPDATE ORDERS``. Through the other entrances each step has an ability of its
                own and is refused alone.
            DatabaseUnavailable: the database cannot be reached or written, and nothing was done.
        """
        if self.context.caller.source is Source.REST:
            self.context.caller.require(Ability.REST_UPDATE)
        requests = read_status_requests(body)
        run = StatusRun(self.context, self.act)
        for places in run.rounds([request.reference for request in requests]):
            run.fulfil({place: requests[place] for place in places})
        return replace(run.result(), notices=unread_fields(orders_of(body, {}), STATUS_FIELDS))
