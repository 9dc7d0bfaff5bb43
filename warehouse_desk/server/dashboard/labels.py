"""Labels made of orders, and the file of a run fetched again."""

from typing import Final

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.fields import MAX_ID
from warehouse_desk.domain.orders.drafts import MAX_ORDERS
from warehouse_desk.domain.orders.step_options import MAX_REASON
from warehouse_desk.server.bulk import answer_bulk
from warehouse_desk.server.dashboard.jobs import job_body, job_says
from warehouse_desk.server.dashboard.steps import PATH
from warehouse_desk.server.exchange import Answer, Ask
from warehouse_desk.server.reading import body_of, reading
from warehouse_desk.services.paper.labels import LabelSettings

MOST_AT_ONCE: Final = 500
"""Labels above which a program gets a job: drawing more takes longer than proxies wait."""
MAX_STOCK: Final = 64
MADE: Final = msg("The labels are made.")


def generate_labels(ask: Ask) -> Answer:
    """Make labels of orders and pack those that are NEW; a job where they are many."""
    usual = LabelSettings()
    with reading(body_of(ask)) as read:
        ids = read.ids("ids", MAX_ORDERS)
        settings = LabelSettings(
            stock=read.optional_text("stock", MAX_STOCK) or usual.stock,
            start=read.optional_whole("start", MAX_ORDERS) or usual.start,
            reprint_reason=read.text("reprint_reason", MAX_REASON, required=False),
        )
    if len(ids) > MOST_AT_ONCE:
        job = ask.desk.jobs.labels(ids, settings, request_id=ask.request_id_of_key)
        ask.state.wake_jobs()
        return Answer({"message": ask.say(job_says(job)), "job": job_body(ask, job)}, 202)
    made = ask.desk.paper.labels.make(ids, settings, request_id=ask.request_id_of_key)
    run = {"run": made.run_id, "url": None if made.run_id is None else run_address(ask, made.run_id)}
    return answer_bulk(ask, made.answer, MADE, PATH, more=run)


def get_trackings(ask: Ask) -> Answer:
    """Answer the PDF of a run of labels that who asks has made, the newest where none is named."""
    with reading(dict(ask.query)) as read:
        run = read.optional_whole("run", MAX_ID)
    number, pdf = ask.desk.paper.label_runs.own_pdf(run)
    named = ("Content-Disposition", f'attachment; filename="labels-{number}.pdf"')
    return Answer(content=pdf, media="application/pdf", headers=(named, ("Cache-Control", "no-store")))


def run_address(ask: Ask, run: int) -> str:
    """Return where the file of a run is fetched."""
    return f"{ask.state.public_url}/orders/get-trackings?run={run}"
