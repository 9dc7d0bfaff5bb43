"""What each refusal of the desk is over HTTP."""

from collections.abc import Iterator

import pytest

from warehouse_desk.common.messages import msg
from warehouse_desk.domain import errors as domain
from warehouse_desk.domain.errors import DeskError, InvalidInput
from warehouse_desk.server.errors import STATUS, answer_to, status_of
from warehouse_desk.sheets import errors as sheets

EXPECTED = {
    "RuleViolation": 422,
    "PossibleTwin": 422,
    "NotAllowed": 403,
    "NotFound": 404,
    "NoLongerKept": 410,
    "NotReady": 409,
    "StaleOrder": 409,
    "OtherVersion": 412,
    "FileTooBig": 413,
    "WrongFileKind": 415,
    "InvalidInput": 422,
    "WrongUsage": 422,
    "SignInRequired": 401,
    "TooManyTries": 429,
    "RequestReused": 422,
    "RequestRunning": 409,
    "DatabaseUnavailable": 503,
    "DatabaseBusy": 503,
    "AnswerLost": 503,
    "SchemaTooNew": 503,
}


def every_refusal(kind: type[DeskError] = DeskError) -> Iterator[type[DeskError]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("warehouse_desk."):
            yield each
        yield from every_refusal(each)


@pytest.mark.parametrize("kind", sorted(set(every_refusal()), key=str))
def test_every_kind_of_refusal_has_a_status(kind: type[DeskError]) -> None:
    assert {domain, sheets}  # imported, so that their kinds are known
    status = next(STATUS[each] for each in kind.__mro__ if each in STATUS)
    assert status == EXPECTED.get(kind.__name__, 422)


def test_the_body_counts_the_errors_that_its_message_leaves_out() -> None:
    fields = {f"orders.{n}.total": msg("Fault {n}.", n=n) for n in range(3)}
    one = answer_to(InvalidInput(msg("-"), dict(list(fields.items())[:1])), "en")
    two = answer_to(InvalidInput(msg("-"), dict(list(fields.items())[:2])), "en")
    three = answer_to(InvalidInput(msg("-"), fields), "en")
    assert [a.body["message"] for a in (one, two, three) if isinstance(a.body, dict)] == [
        "Fault 0.",
        "Fault 0. (and 1 more error)",
        "Fault 0. (and 2 more errors)",
    ]
    assert three.body == {
        "message": "Fault 0. (and 2 more errors)",
        "errors": {path: [str(said)] for path, said in fields.items()},
    }


def test_a_fault_of_one_field_stands_under_its_name() -> None:
    absent, wrong = domain.NotFound(msg("No warehouse 9."), "warehouseId"), domain.WrongUsage(msg("Late."), "date")
    assert (status_of(absent), answer_to(absent, "en").body) == (
        422,
        {"message": "No warehouse 9.", "errors": {"warehouseId": ["No warehouse 9."]}},
    )
    assert answer_to(wrong, "en").body == {"message": "Late.", "errors": {"date": ["Late."]}}
    assert status_of(domain.NotFound(msg("No order."))) == 404


def test_a_database_that_is_away_is_worth_asking_again() -> None:
    away = domain.DatabaseUnavailable(msg("Away."))
    too_new = domain.SchemaTooNew(msg("Too new."))
    assert (status_of(away), answer_to(away, "en").headers) == (503, (("Retry-After", "5"),))
    assert (status_of(too_new), answer_to(too_new, "en").headers) == (503, ())
