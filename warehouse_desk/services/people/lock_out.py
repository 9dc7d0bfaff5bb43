"""The lock after too many wrong passwords or PINs, one for all entrances: window, command line, HTTP."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from math import ceil

from warehouse_desk.common.messages import Message, nmsg
from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.people import login_attempts as data
from warehouse_desk.data.people.login_attempts import Subject
from warehouse_desk.domain.errors import TooManyTries
from warehouse_desk.domain.people.access import neighbourhood
from warehouse_desk.domain.people.lock_out import Tried

Clock = Callable[[], datetime]


def subjects_of(name: str, address: str) -> tuple[Subject, ...]:
    """Return what a try to sign in counts for: the name, and the address where it came through the network."""
    return (data.name_subject(name), *((address_subject(address),) if address else ()))


def address_subject(address: str) -> Subject:
    """Return how the tries from a network address are counted."""
    return Tried.ADDRESS, neighbourhood(address)


def check(database: Database, subjects: Sequence[Subject], clock: Clock) -> None:
    """Refuse before a password is looked at, which costs time.

    Raises:
        TooManyTries: something is locked.
    """
    with database.read() as uow:
        now = data.database_time(uow, clock)
        for subject in subjects:
            _refuse_while_locked(subject, data.failures(uow, subject).wait(now))


def right(uow: UnitOfWork, subjects: Sequence[Subject], clock: Clock) -> None:
    """Forget the wrong tries of whoever gave the right secret; an address keeps its own.

    Raises:
        TooManyTries: others tried in vain meanwhile, so that this is none of the tries that are allowed.
    """
    known = [(subject, data.failures(uow, subject, lock=True)) for subject in subjects]
    now = data.database_time(uow, clock)
    for subject, failures in known:
        _refuse_while_locked(subject, failures.wait(now))
    for subject in subjects:
        if subject[0] is not Tried.ADDRESS:
            data.forget(uow, subject)


def wrong(uow: UnitOfWork, subjects: Sequence[Subject], clock: Clock) -> TooManyTries | None:
    """Count a wrong try.

    Returns the refusal, to be raised after this unit of work, where others locked it meanwhile: such a try counts for
    nothing and tells nothing, so however many are made at once, no more are answered than are allowed.
    """
    began = data.database_time(uow, clock)
    known = [(subject, data.begin(uow, subject, began)) for subject in subjects]
    now = data.database_time(uow, clock)  # others may have been waited for
    for subject, failures in known:
        wait = failures.wait(now)
        if wait is not None:
            return TooManyTries(_sentence(subject, wait), ceil(wait.total_seconds()))
    for subject, failures in known:
        data.keep(uow, subject, failures.with_another(subject[0], now), now)
    return None


def locked_names(uow: UnitOfWork, clock: Clock) -> Callable[[str], datetime | None]:
    """Return what tells until when a name is locked, None where it is not."""
    locked = data.locked_names(uow, data.database_time(uow, clock))
    return lambda name: locked.get(data.name_subject(name)[1])


def _refuse_while_locked(subject: Subject, wait: timedelta | None) -> None:
    if wait is not None:
        raise TooManyTries(_sentence(subject, wait), ceil(wait.total_seconds()))


def _sentence(subject: Subject, wait: timedelta) -> Message:
    minutes = ceil(wait.total_seconds() / 60)
    match subject[0]:
        case Tried.PIN:
            return nmsg(
                "Too many wrong PINs. Try again in {n} minute.",
                "Too many wrong PINs. Try again in {n} minutes.",
                minutes,
            )
        case Tried.ADDRESS:
            return nmsg(
                "Too many wrong passwords came from this address. Try again in {n} minute, or ask a supervisor.",
                "Too many wrong passwords came from this address. Try again in {n} minutes, or ask a supervisor.",
                minutes,
            )
        case _:
            return nmsg(
                "Too many wrong passwords for this name. Try again in {n} minute, or ask a supervisor.",
                "Too many wrong passwords for this name. Try again in {n} minutes, or ask a supervisor.",
                minutes,
            )
