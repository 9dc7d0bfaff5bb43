"""Does the jobs that programs asked a server for."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from warehouse_desk.common.messages import msg, nmsg
from warehouse_desk.data.files import jobs
from warehouse_desk.domain.jobs import Job
from warehouse_desk.domain.results import Outcome
from warehouse_desk.services.context import Context
from warehouse_desk.services.files.export_runner import write_export
from warehouse_desk.services.job_runner import JobDone, JobRunner, JobUnderWay
from warehouse_desk.services.jobs.jobs import EXPORT, LABELS, PUSH
from warehouse_desk.services.jobs.kept_files import tidy
from warehouse_desk.services.paper.labels import Labels, LabelSettings
from warehouse_desk.sheets.errors import Stopped

_TIDY_SECONDS: Final = 3_600.0
JOB_DAYS: Final = 90
"""How long a job is remembered: much longer than its file, so that a late question is told that this is gone."""


class ServedJobs(JobRunner):
    """Runs the jobs of a server until it is closed, and removes the files in ``folder`` whose time is over."""

    def __init__(self, ctx: Context, folder: Path, *, on_change: Callable[[], None] = lambda: None) -> None:
        works = {EXPORT: write_export, LABELS: _make_labels}
        super().__init__(
            ctx,
            works,
            name="served-jobs",
            on_change=on_change,
            tidy=partial(_tidy, ctx, folder),
            tidy_seconds=_TIDY_SECONDS,
        )


def _tidy(ctx: Context, folder: Path) -> None:
    tidy(folder)
    before = ctx.now() - timedelta(days=JOB_DAYS)
    ctx.database.transact(lambda uow: jobs.forget(uow, (EXPORT, LABELS, PUSH), before))


def _make_labels(ctx: Context, job: Job, under_way: JobUnderWay) -> JobDone:
    """Make a run of labels; one that was made before its program ended is told again."""
    made = Labels(ctx).make(
        job.payload["keys"],
        LabelSettings(**job.payload["settings"]),
        request_id=job.payload["request"],
        progress=under_way.progress,
        cancelled=under_way.is_stopped,
    )
    if made.cancelled:
        raise Stopped
    counts = {outcome.value: made.answer.count(outcome) for outcome in Outcome}
    if made.run_id is None:
        return JobDone(msg("No label was made."), 0, {"run": None, "counts": counts})
    said = nmsg(
        "{n} label was made (print job {run}).", "{n} labels were made (print job {run}).", made.labels, run=made.run_id
    )
    return JobDone(said, made.labels, {"run": made.run_id, "counts": counts})
