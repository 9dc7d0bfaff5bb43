"""The REST bulk update: an order and the status it shall have, judged by the same table as every other entrance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.domain.errors import DatabaseUnavailable, DeskError
from warehouse_desk.domain.orders.drafts import FieldReader, orders_of, raise_faults
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.rules import Given, already_message
from warehouse_desk.domain.orders.transitions import Action, action_towards
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.results import ActionResult, BulkResult, ChangeSet, Outcome, unknown
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.services.directories.directories import Directories
from warehouse_desk.services.orders.actions import Actions
from warehouse_desk.services.orders.steps import told_already

_MAX_REFERENCE = 64


@dataclass(frozen=True, slots=True)
class StatusWish:
    """One entry of the bulk update."""

    reference: str
    status: Status
    day: date | None


class StatusUpdates(Actions):
    """Statuses that orders shall have, each reached by the step that leads there."""

    def update_statuses(self, body: object) -> BulkResult:
        """Bring orders to the statuses named in ``{"orders": [{"reference", "status", "action_date"}]}``.

        Each order is judged alone. The API's body names no warehouse, company, person or reason; what is done without
        them stands in docs/rules.md#asking-for-a-status.

        Raises:
            InvalidInput: an entry that names no reference or no known status.
            NotAllowed: the role lacks ``UPDATE ORDERS``. Through the other entrances each step has an ability of its
                own and is refused alone.
        """
        if self.context.caller.source is Source.REST:
            self.context.caller.require(Ability.REST_UPDATE)
        wishes = read_wishes(body)
        results: list[ActionResult] = []
        changes: set[int] = set()
        for wish in wishes:
            result, touched = self._fulfil(wish)
            results.append(result)
            changes |= touched.order_ids
        return BulkResult(tuple(results), ChangeSet(frozenset(changes), products=bool(changes)))

    def _fulfil(self, wish: StatusWish) -> tuple[ActionResult, ChangeSet]:
        """Bring one order to the status wished for; a refusal is an answer, not an error.

        Raises:
            DatabaseUnavailable: the database cannot be reached or written.
        """
        with self.context.database.read() as uow:
            facts = order_facts.facts_by_code(uow, wish.reference, lock=False)
            if facts is None or facts.deleted:
                return unknown(wish.reference), ChangeSet()
            if facts.status is wish.status:
                message = already_message(facts)
                is_so = facts.answer(Outcome.ALREADY, message)
                return told_already(uow, is_so, self.context.today()), ChangeSet()
        action = action_towards(facts.status, wish.status)
        if action is None or not _resumes_there(facts, wish.status):
            return _refused(facts, wish), ChangeSet()
        try:
            answer = self.act(action, [facts.id], self._given(action, wish))
        except DatabaseUnavailable:
            raise
        except DeskError as refusal:
            return facts.answer(Outcome.REFUSED, refusal.message), ChangeSet()
        return answer.results[0], answer.changes

    def _given(self, action: Action, wish: StatusWish) -> Given:
        given = Given(date=wish.day or self.context.today(), reason=str(msg("Through the API")))
        if action is Action.SHIP:
            own = [w for w in Directories(self.context).warehouses() if w.active and w.shipping_company_id is None]
            return Given(date=given.date, warehouse_id=own[0].id if len(own) == 1 else None)
        if action is Action.RESUME:
            return Given(date=given.date, to_new=wish.status is Status.NEW)
        return given


def read_wishes(body: object) -> list[StatusWish]:
    """Read the body of a bulk update.

    Raises:
        InvalidInput: any fault in any entry.
    """
    faults: dict[str, Message] = {}
    wishes = [read_wish(item, path, faults) for path, item in orders_of(body, faults)]
    raise_faults(faults)
    return [wish for wish in wishes if wish is not None]


def read_wish(item: Mapping[str, object], path: str, faults: dict[str, Message]) -> StatusWish | None:
    """Read one entry of a bulk update; None where its status is none, which is then among the faults."""
    read = FieldReader(item, path, faults)
    reference = read.text("reference", _MAX_REFERENCE)
    status = _status(read)
    day = _day(read)
    return None if status is None else StatusWish(reference, status, day)


def _status(read: FieldReader) -> Status | None:
    text = read.text("status", _MAX_REFERENCE)
    try:
        return Status.read(text)
    except ValueError:
        known = [status.value for status in Status]
        read.fault(
            "status",
            msg("{path} is “{text}”. It is one of: {known}.", path=read.at("status"), text=text, known=known),
        )
        return None


def _day(read: FieldReader) -> date | None:
    text = read.optional_text("action_date", _MAX_REFERENCE)
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        read.fault("action_date", msg("{path} is not a date such as 2026-01-31.", path=read.at("action_date")))
        return None


def _resumes_there(facts: OrderFacts, wanted: Status) -> bool:
    if facts.status is not Status.ROLLBACK or wanted in {Status.ROLLBACK, Status.CANCELED, Status.OUT_OF_STOCK}:
        return True
    return wanted in {Status.NEW, facts.resume_status}


def _refused(facts: OrderFacts, wish: StatusWish) -> ActionResult:
    message = msg(
        "{reference} is {status}: no step leads from there to {wanted}.",
        reference=facts.reference,
        status=status_name(facts.status),
        wanted=status_name(wish.status),
    )
    return facts.answer(Outcome.REFUSED, message)
