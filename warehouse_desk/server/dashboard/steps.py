"""Steps of the life cycle for many orders at once, each order judged alone."""

from dataclasses import replace
from datetime import date

from warehouse_desk.domain.fields import MAX_ID, FieldReader
from warehouse_desk.domain.jobs import Job
from warehouse_desk.domain.orders.drafts import MAX_ORDERS
from warehouse_desk.domain.orders.step_options import MAX_REASON, NEED_FIELDS, StepOptions
from warehouse_desk.domain.orders.transitions import Action, Need
from warehouse_desk.domain.results import BulkResult
from warehouse_desk.server.bulk import UPDATED, bulk_answer
from warehouse_desk.server.dashboard.jobs import job_body
from warehouse_desk.server.exchange import Answer, Ask, Handler
from warehouse_desk.server.reading import body_of, reading

PATH = "ids.{n}"


def read_options(read: FieldReader, needs: frozenset[Need], today: date) -> StepOptions:
    """Read what a step goes by: the needs are required, the day is today's where it is none of them."""
    return StepOptions(
        date=read.day(NEED_FIELDS[Need.DATE], required=Need.DATE in needs) or today,
        warehouse_id=_id(read, Need.WAREHOUSE, needs),
        person_id=_id(read, Need.PERSON, needs),
        company_id=_id(read, Need.COMPANY, needs),
        from_stock=read.flag(NEED_FIELDS[Need.FROM_STOCK]) if Need.FROM_STOCK in needs else None,
        reason=read.text(NEED_FIELDS[Need.REASON], MAX_REASON) if Need.REASON in needs else "",
    )


def _id(read: FieldReader, need: Need, needs: frozenset[Need]) -> int | None:
    return read.whole(NEED_FIELDS[need], MAX_ID) if need in needs else None


def step(action: Action, *needs: Need) -> Handler:
    """Return the handler of a step that is given what it needs."""

    def handler(ask: Ask) -> Answer:
        ids, options = _asked(ask, frozenset(needs))
        return bulk_answer(
            ask,
            lambda: ask.desk.orders.act(
                action, ids, options, request_id=ask.request_id_of_key, all_or_nothing=ask.is_strict
            ),
            UPDATED,
            PATH,
        )

    return handler


def push(ask: Ask) -> Answer:
    """Push orders to a shipping company; the job tells again what became of it."""
    ids, options = _asked(ask, frozenset({Need.COMPANY, Need.FROM_STOCK}))
    jobs: list[Job] = []

    def work() -> BulkResult:
        result, job = ask.desk.jobs.push(ids, options, request_id=ask.request_id_of_key, all_or_nothing=ask.is_strict)
        jobs.extend(() if job is None else (job,))
        return result

    answer = bulk_answer(ask, work, UPDATED, PATH)
    if answer.status != 200:  # noqa: PLR2004 - nothing was pushed
        return answer
    return replace(answer, body={**answer.known_body, "job": job_body(ask, jobs[0]) if jobs else None}, status=202)


def _asked(ask: Ask, needs: frozenset[Need]) -> tuple[list[int], StepOptions]:
    with reading(body_of(ask)) as read:
        ids = read.ids("ids", MAX_ORDERS)
        options = read_options(read, needs, ask.desk.context.today())
    return ids, options
