"""The answer to a request about many orders: one result for each, in the order asked."""

from collections.abc import Callable, Mapping, Sequence

from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.domain.errors import NothingDone
from warehouse_desk.domain.results import ActionResult, BulkResult, Outcome
from warehouse_desk.server.errors import refused
from warehouse_desk.server.exchange import Answer, Ask

UPDATED = msg("Orders updated successfully.")
_GOOD = frozenset({Outcome.DONE, Outcome.ALREADY})
_LEFT = msg("{reference} was left as it is, because all or nothing was asked for and another order is refused.")


def bulk_answer(ask: Ask, work: Callable[[], BulkResult], done: Message, path: str) -> Answer:
    """Answer a bulk request: 200 where an order is as it shall be, 422 where none is, or not all where all are wanted.

    ``done`` is the sentence where nothing was refused; ``path`` is where a refused order stands in the body, such as
    ``orders.{n}.status``.
    """
    try:
        return answer_bulk(ask, work(), done, path)
    except NothingDone as nothing:
        return answer_bulk(ask, _left(nothing.result), done, path, nothing.message, nothing.result)


def answer_bulk(
    ask: Ask,
    result: BulkResult,
    done: Message,
    path: str,
    nothing: Message | None = None,
    judged: BulkResult | None = None,
    *,
    status: int = 200,
    more: Mapping[str, object] | None = None,
    rows: Sequence[int] | None = None,
) -> Answer:
    """Answer what became of many orders; ``nothing`` says why nothing did, ``judged`` which ones are to blame.

    ``status`` is that of good news, ``more`` stands beside the results. ``rows`` are the numbers in a file that named
    the orders: they stand with each result, and in ``path`` in place of its position.
    """
    places = range(len(result.results)) if rows is None else rows
    results = [result_body(ask, each) for each in result.results]
    body = {
        "counts": {outcome.value: result.count(outcome) for outcome in Outcome},
        "results": results if rows is None else [{"row": row, **each} for row, each in zip(rows, results, strict=True)],
        "notices": [ask.say(notice) for notice in result.notices],
        **(more or {}),
    }
    good = sum(result.count(outcome) for outcome in _GOOD)
    if good and nothing is None:
        bad = len(result.results) - good
        return Answer({"message": ask.say(_refused_orders(bad) if bad else done), **body}, status)
    errors = {
        path.format(n=place): each.message
        for place, each in zip(places, (judged or result).results, strict=True)
        if each.outcome not in _GOOD
    }
    refusal = refused(422, nothing or _refused_orders(len(errors)), ask.knock.language, errors=errors)
    return Answer({**refusal.known_body, **body}, 422)


def _left(result: BulkResult) -> BulkResult:
    """Return the answers of orders that stayed as they were because others were refused."""
    return BulkResult(
        tuple(
            ActionResult(
                each.reference,
                Outcome.REFUSED,
                each.status_before,
                each.status_before,
                _LEFT.with_params(reference=each.reference),
                each.order_id,
            )
            if each.outcome is Outcome.DONE
            else each
            for each in result.results
        ),
        notices=result.notices,
    )


def result_body(ask: Ask, result: ActionResult) -> dict[str, object]:
    """Return what became of one order."""
    return {
        "id": result.order_id,
        "reference": result.reference,
        "outcome": result.outcome.value,
        "status_before": result.status_before and result.status_before.value,
        "status": result.status_after and result.status_after.value,
        "message": ask.say(result.message),
    }


def _refused_orders(count: int) -> Message:
    return nmsg(
        "{n} order was not changed; its result says why.", "{n} orders were not changed; their results say why.", count
    )
