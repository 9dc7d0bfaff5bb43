"""Work that goes on after its request: asked for, asked about, cancelled, its file fetched."""

from pathlib import Path

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.fields import FieldReader
from warehouse_desk.domain.jobs import Job, JobState
from warehouse_desk.domain.orders.drafts import MAX_ORDERS
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.status_field import optional_status
from warehouse_desk.domain.orders.wire import moment
from warehouse_desk.server.dashboard.listing import more_filters
from warehouse_desk.server.exchange import Answer, Ask
from warehouse_desk.server.pages import MAX_KEYWORD
from warehouse_desk.server.reading import body_of, number_named, reading
from warehouse_desk.services.files.export_columns import DEFAULT_COLUMNS
from warehouse_desk.services.files.exports import ExportRequest
from warehouse_desk.services.jobs.jobs import EXPORT, FILE_ENDINGS, LABELS, PUSH
from warehouse_desk.services.orders.listing import SEARCH_FIELDS

KINDS = {EXPORT: "export", LABELS: "labels", PUSH: "push"}
MAX_COLUMNS = 100
JOB_FILES = "files"
"""The folder of the files that jobs make, in the server's own."""
MAX_COLUMN = 64
_MEDIA = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


def start_export(ask: Ask) -> Answer:
    """Queue an export of the orders that match, or of those named."""
    with reading(body_of(ask)) as read:
        ending = (read.choice("file_extension", FILE_ENDINGS) or "").removeprefix(".")
        ids = None if read.is_absent("ids") else tuple(read.ids("ids", MAX_ORDERS))
        columns = _columns(read)
        order_filter = OrderFilter(
            status=optional_status(read),
            search_by=read.optional_choice("search_by", SEARCH_FIELDS),
            keyword=read.text("keyWord", MAX_KEYWORD, required=False),
            **more_filters(read),  # type: ignore[arg-type]  # by name
        )
    request = ExportRequest("", columns, order_filter, ids)
    job = ask.desk.jobs.export(_folder(ask), ending, request, request_id=ask.request_id_of_key)
    ask.state.wake_jobs()
    return Answer({"message": ask.say(job_says(job)), "job": job_body(ask, job)}, 202)


def show_job(ask: Ask) -> Answer:
    """Answer how far a job is, and what came of it."""
    job = ask.desk.jobs.show(number_named(ask, "job"))
    return Answer({"message": ask.say(job_says(job)), "job": job_body(ask, job)})


def cancel_job(ask: Ask) -> Answer:
    """Cancel a job unless it is over."""
    number = number_named(ask, "job")
    ask.desk.jobs.cancel(number)
    job = ask.desk.jobs.show(number)
    return Answer({"message": ask.say(job_says(job)), "job": job_body(ask, job)})


def job_file(ask: Ask) -> Answer:
    """Answer the file that an export made."""
    path = ask.desk.jobs.file(number_named(ask, "job"))
    media = _MEDIA[path.suffix.removeprefix(".")]
    return Answer(file=path, media=media, headers=(("Content-Disposition", f'attachment; filename="{path.name}"'),))


def job_body(ask: Ask, job: Job) -> dict[str, object]:
    """Return a job as programs see it."""
    answer = job.answer or {}
    here = f"{ask.state.public_url}/jobs/{job.id}"
    run = answer.get("run")
    made = job.kind == EXPORT and job.state is JobState.DONE
    return {
        "id": job.id,
        "kind": KINDS.get(job.kind, job.kind),
        "state": job.state.value,
        "progress": job.progress,
        "server": job.station_name,
        "message": ask.say(job_says(job)),
        "counts": answer.get("counts"),
        "run": run,
        "created_at": moment(job.created_at),
        "finished_at": None if job.finished_at is None else moment(job.finished_at),
        "url": here,
        "file": f"{here}/file" if made else None,
        "labels": f"{ask.state.public_url}/orders/get-trackings?run={run}" if run else None,
    }


def job_says(job: Job) -> Message:
    """Return the sentence about a job: how it ended, or that it has not."""
    if job.message is not None:
        return job.message
    return msg("Job {number} is waiting or under way. Ask again.", number=job.id)


def _columns(read: FieldReader) -> tuple[str, ...]:
    if read.is_absent("columns"):
        return DEFAULT_COLUMNS
    given = read.body["columns"]
    if isinstance(given, str):
        return tuple(name.strip() for name in given.split(",")[:MAX_COLUMNS])
    return tuple(read.texts("columns", MAX_COLUMNS, MAX_COLUMN))


def _folder(ask: Ask) -> Path:
    if ask.state.folder is None:
        raise RuntimeError("a server without a folder makes no files")
    return ask.state.folder / JOB_FILES
