"""Time that passes for what was tried in vain: the database's own clock cannot be moved, its rows can."""

import json
from datetime import timedelta

from sqlalchemy import select, update

from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.tables import login_attempt


def wait(database: Database, **amount: float) -> None:
    """Make every wrong try, and every lock, so much older."""
    passed = timedelta(**amount)

    def work(uow: UnitOfWork) -> None:
        a = login_attempt.c
        for row in uow.execute(select(login_attempt)).mappings().all():
            until = row["locked_until"]
            uow.execute(
                update(login_attempt)
                .where(a.kind == row["kind"], a.subject == row["subject"])
                .values(
                    failed_at=json.dumps([at - passed.total_seconds() for at in json.loads(row["failed_at"])]),
                    locked_until=None if until is None else until - passed,
                    changed_at=row["changed_at"] - passed,
                )
            )

    database.transact(work)
