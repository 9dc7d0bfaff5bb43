"""Does a station's exports in the background."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.jobs import Job
from warehouse_desk.services.context import Context
from warehouse_desk.services.files.exports import ExportRequest, Exports
from warehouse_desk.services.job_runner import JobDone, JobRunner, JobUnderWay

KIND: Final = "export"


class ExportRunner(JobRunner):
    """Runs queued exports until it is closed; an export cut short by that is queued for the next start."""

    def __init__(self, ctx: Context, *, on_change: Callable[[], None] = lambda: None) -> None:
        """``on_change`` is called, in the runner's thread, whenever a job has moved."""
        super().__init__(ctx, {KIND: write_export}, name="exports", on_change=on_change)


def write_export(ctx: Context, job: Job, under_way: JobUnderWay) -> JobDone:
    """Write the file of an export."""
    request = ExportRequest.of_payload(job.payload)
    done = Exports(ctx).write(request, progress=under_way.progress, cancelled=under_way.is_stopped)
    return JobDone(msg("Orders in {name}: {count}.", name=Path(request.path).name, count=done), done)
