"""Exports as jobs of the station: asked for, done in the background, looked at, cancelled."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from secrets import token_hex
from typing import Final

from warehouse_desk.common.messages import msg
from warehouse_desk.data.files import jobs
from warehouse_desk.domain.errors import NotFound
from warehouse_desk.domain.jobs import Job, JobState
from warehouse_desk.services.files.export_runner import KIND, ExportRunner
from warehouse_desk.services.files.exports import ExportRequest, Exports
from warehouse_desk.services.subject import Subject

_SHOWN_JOBS: Final = 50


class ExportJobs(Subject):
    """The exports of this station."""

    def start(self, request: ExportRequest) -> Job:
        """Queue an export as a job of this station and return it; a runner does it in the background.

        Raises:
            WrongUsage, NotAllowed: as :meth:`Exports.write`.
        """
        ready = replace(Exports(self.context).prepared(request), token=token_hex(8))
        number = self.context.database.transact(
            lambda uow: jobs.add_job(uow, KIND, ready.as_payload(), self.context.signature())
        )
        return self.job(number)

    def job(self, number: int) -> Job:
        """Return a job.

        Raises:
            NotFound: there is none.
        """
        with self.context.database.read() as uow:
            found = jobs.job_by_id(uow, number)
        if found is None:
            raise NotFound(msg("There is no job {number}.", number=number))
        return found

    def latest(self) -> Sequence[Job]:
        """Return this station's latest exports, newest first."""
        with self.context.database.read() as uow:
            return jobs.jobs_of(uow, self.context.caller.station_id, KIND, _SHOWN_JOBS)

    def cancel(self, number: int) -> bool:
        """Cancel an export that is queued or running; tell whether it still was. Nothing of it is kept."""
        found = self.job(number)
        message = msg("Stopped by {user}.", user=self.context.caller.user_name or "-")
        return self.context.database.transact(
            lambda uow: jobs.finish_job(uow, number, JobState.CANCELLED, message, found.progress, self.context.now())
        )

    def runner(self, on_change: Callable[[], None]) -> ExportRunner:
        """Start doing this station's exports; ``on_change`` is called in the runner's thread. Its caller closes it."""
        runner = ExportRunner(self.context, on_change=on_change)
        runner.start()
        return runner
