"""How much waits in a database: for whoever watches a server from outside."""

import json

from sqlalchemy import func, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders.filters import UNSENT
from warehouse_desk.data.tables import job, login_attempt, outbox
from warehouse_desk.domain.jobs import JobState

_WAITING_STATES = (JobState.QUEUED.value, JobState.RUNNING.value)


def unfinished_jobs(uow: UnitOfWork) -> int:
    """Return how many jobs of all stations are queued or running."""
    query = select(func.count()).select_from(job).where(job.c.state.in_(_WAITING_STATES))
    return int(uow.table(query)[0][0])


def wrong_tries(uow: UnitOfWork) -> int:
    """Return how many wrong tries to sign in, or to give a PIN, the lock-out still remembers."""
    return sum(len(json.loads(failed)) for (failed,) in uow.table(select(login_attempt.c.failed_at)))


def unsent_changes(uow: UnitOfWork) -> int:
    """Return how many changes the outbox holds for other systems."""
    return int(uow.table(select(func.count()).select_from(outbox).where(outbox.c.state.in_(UNSENT)))[0][0])
