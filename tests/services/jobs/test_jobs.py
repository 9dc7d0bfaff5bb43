"""Work that a program asks for over HTTP: done in the name of who asked, seen by nobody else, its file kept a week."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.builders import Shop
from warehouse_desk.domain.errors import NoLongerKept, NotAllowed, NotFound, NotReady, WrongUsage
from warehouse_desk.domain.jobs import Job, JobState
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.files.exports import ExportRequest
from warehouse_desk.services.jobs.jobs import MOST_WAITING
from warehouse_desk.services.jobs.kept_files import KEPT_DAYS, tidy
from warehouse_desk.services.jobs.runner import JOB_DAYS, ServedJobs
from warehouse_desk.services.paper.labels import LabelSettings

REFERENCES = ExportRequest("", ("reference",))


@contextmanager
def a_server_at_work(shop: Shop, folder: Path) -> Iterator[Callable[[Desk, int], Job]]:
    """Do jobs in the background; the function waits for one to be over."""
    moved = threading.Semaphore(0)
    runner = ServedJobs(shop.context, folder, on_change=moved.release)
    runner.start()

    def ended(desk: Desk, number: int) -> Job:
        runner.wake()
        while not (job := desk.jobs.show(number)).state.is_over:
            assert moved.acquire(timeout=10)
        return job

    try:
        yield ended
    finally:
        runner.close()


def test_an_export_goes_to_a_file_that_the_server_chooses(shop: Shop, tmp_path: Path) -> None:
    packed = shop.order_in(Status.PACKED)
    shop.order_in(Status.NEW)
    folder = tmp_path / "server" / "files"
    with a_server_at_work(shop, folder) as ended:
        wanted = ExportRequest("/etc/passwd", ("reference",), OrderFilter(Status.PACKED))
        asked = shop.desk.jobs.export(folder, "csv", wanted)
        job = ended(shop.desk, asked.id)
    assert (job.state, str(job.message)) == (JobState.DONE, f"Orders in {job.id}.csv: 1.")
    file = shop.desk.jobs.file(job.id)
    assert file == folder / f"{job.id}.csv"
    assert file.read_text("utf-8-sig").split() == ["reference", packed]


def test_a_job_is_not_there_for_anybody_else(shop: Shop, tmp_path: Path) -> None:
    mine, hers = shop.desk_of_user("Karim", "Admin"), shop.desk_of_user("Nadia", "Admin")
    job = mine.jobs.export(tmp_path, "csv", REFERENCES)
    for ask in (hers.jobs.show, hers.jobs.cancel, hers.jobs.file):
        with pytest.raises(NotFound, match=f"There is no job {job.id}"):
            ask(job.id)
    assert mine.jobs.cancel(job.id)
    assert mine.jobs.show(job.id).state is JobState.CANCELLED
    with pytest.raises(NoLongerKept):
        mine.jobs.file(job.id)


def test_a_file_is_fetched_when_it_is_written_and_as_long_as_it_is_kept(shop: Shop, tmp_path: Path) -> None:
    job = shop.desk.jobs.export(tmp_path, "xlsx", REFERENCES)
    with pytest.raises(NotReady, match="still being written"):
        shop.desk.jobs.file(job.id)
    with a_server_at_work(shop, tmp_path) as ended:
        ended(shop.desk, job.id)
    shop.desk.jobs.file(job.id).unlink()
    with pytest.raises(NoLongerKept, match="no longer kept"):
        shop.desk.jobs.file(job.id)


def test_a_file_that_another_server_wrote_names_that_one(shop: Shop, tmp_path: Path) -> None:
    job = shop.desk.jobs.export(tmp_path, "csv", REFERENCES)
    with a_server_at_work(shop, tmp_path) as ended:
        ended(shop.desk, job.id)
    elsewhere = shop.desk_of(station="Serveur 2")
    assert elsewhere.jobs.file(job.id).is_file()  # a folder that both reach
    shop.desk.jobs.file(job.id).unlink()
    with pytest.raises(NoLongerKept, match="at station Poste 1"):
        elsewhere.jobs.file(job.id)


def test_a_worker_whose_right_was_taken_meanwhile_gets_no_file(shop: Shop, tmp_path: Path) -> None:
    job = shop.desk.jobs.export(tmp_path, "csv", REFERENCES)
    less = shop.desk_of(abilities=ALL_ABILITIES - {Ability.EXPORT})
    with pytest.raises(NotAllowed):
        less.jobs.file(job.id)
    with pytest.raises(NotAllowed):
        less.jobs.export(tmp_path, "csv", REFERENCES)


def test_a_job_is_done_with_the_rights_that_its_asker_has_by_then(shop: Shop, tmp_path: Path) -> None:
    shop.desk_of_user("Salma", "Admin")
    karim = shop.desk_of_user("Karim", "Dispatcher")
    job = karim.jobs.export(tmp_path, "csv", REFERENCES)
    shop.desk.people.change_role("Karim", "Packer")
    with a_server_at_work(shop, tmp_path) as ended:
        assert ended(karim, job.id).state is JobState.FAILED
    assert list(tmp_path.glob("*.csv")) == []


def test_an_ending_that_is_no_table_is_refused_at_its_field(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="pdf") as refusal:
        shop.desk.jobs.export(tmp_path, "pdf", REFERENCES)
    assert refusal.value.field == "file_extension"


def test_the_same_request_is_one_job(shop: Shop, tmp_path: Path) -> None:
    first = shop.desk.jobs.export(tmp_path, "csv", REFERENCES, request_id="night")
    assert shop.desk.jobs.export(tmp_path, "csv", REFERENCES, request_id="night").id == first.id
    assert shop.desk.jobs.export(tmp_path, "csv", REFERENCES, request_id="day").id != first.id


def test_who_waits_for_many_jobs_is_given_no_more(shop: Shop, tmp_path: Path) -> None:
    first = shop.desk.jobs.export(tmp_path, "csv", REFERENCES)
    for _ in range(MOST_WAITING - 1):
        shop.desk.jobs.labels(["ORD-00001"], LabelSettings())
    one_more = partial(shop.desk.jobs.export, tmp_path, "csv", REFERENCES)
    for ask in (one_more, partial(shop.desk.jobs.labels, [1], LabelSettings())):
        with pytest.raises(NotReady, match="Too many of your jobs are waiting"):
            ask()
    shop.desk.jobs.cancel(first.id)
    shop.desk.jobs.export(tmp_path, "csv", REFERENCES)


def test_many_labels_are_made_in_the_background(shop: Shop, tmp_path: Path) -> None:
    references = shop.orders_in(Status.NEW, 3)
    asked = shop.desk.jobs.labels([*references, "ORD-99999"], LabelSettings())
    assert shop.status(references[0]) is Status.NEW
    with a_server_at_work(shop, tmp_path) as ended:
        job = ended(shop.desk, asked.id)
    assert job.answer is not None
    assert (job.answer["counts"]["done"], job.answer["counts"]["unknown"]) == (3, 1)
    assert shop.status(references[0]) is Status.PACKED
    number, pdf = shop.desk.paper.label_runs.own_pdf()
    assert (number, pdf[:5]) == (job.answer["run"], b"%PDF-")


def test_a_label_run_is_its_makers(shop: Shop) -> None:
    references = shop.orders_in(Status.NEW, 2)
    shop.desk_of_user("Salma", "Admin")
    karim, nadia = shop.desk_of_user("Karim", "Packer"), shop.desk_of_user("Nadia", "Packer")
    first = karim.paper.labels.make(references[:1], LabelSettings()).run_id
    second = nadia.paper.labels.make(references[1:], LabelSettings()).run_id
    assert karim.paper.label_runs.own_pdf()[0] == first
    with pytest.raises(NotFound, match=f"There is no print job {second}. List the print jobs to see their numbers."):
        karim.paper.label_runs.own_pdf(second)


def test_a_push_is_done_with_a_job_that_tells_of_it(shop: Shop) -> None:
    packed, new = shop.order_in(Status.PACKED), shop.order_in(Status.NEW)
    answer, job = shop.desk.jobs.push([packed, new], shop.options(), request_id="push-1")
    assert [result.outcome for result in answer.results] == [Outcome.DONE, Outcome.REFUSED]
    assert job is not None
    assert (job.state, str(job.message)) == (JobState.DONE, "1 order waits for its shipping company.")
    assert job.answer is not None
    assert job.answer["counts"]["refused"] == 1
    again, same = shop.desk.jobs.push([packed, new], shop.options(), request_id="push-1")
    assert (again, same) == (answer, job)


def test_a_push_of_nothing_makes_no_job(shop: Shop) -> None:
    answer, job = shop.desk.jobs.push([shop.order_in(Status.NEW)], shop.options())
    assert (answer.results[0].outcome, job) == (Outcome.REFUSED, None)


def test_a_job_is_forgotten_long_after_its_file(shop: Shop, tmp_path: Path) -> None:
    waiting = shop.desk_of(station="Poste 9").jobs.export(tmp_path, "csv", REFERENCES)
    with a_server_at_work(shop, tmp_path) as ended:
        job = ended(shop.desk, shop.desk.jobs.export(tmp_path, "csv", REFERENCES).id)
    shop.clock.advance(days=JOB_DAYS + 1)
    with a_server_at_work(shop, tmp_path):
        pass
    assert shop.desk.jobs.show(job.id).state is JobState.DONE  # else its number would be another job's
    newer = shop.desk.jobs.export(tmp_path, "csv", REFERENCES)
    assert newer.id > job.id
    with a_server_at_work(shop, tmp_path) as ended:
        ended(shop.desk, newer.id)
    with pytest.raises(NotFound):
        shop.desk.jobs.show(job.id)
    assert shop.desk.jobs.show(waiting.id).state is JobState.QUEUED


def test_files_are_kept_a_week_and_up_to_a_size(tmp_path: Path) -> None:
    day = 86_400
    for name, age in (("old.csv", KEPT_DAYS + 1), ("middle.csv", 2), ("new.csv", 1)):
        file = tmp_path / name
        file.write_bytes(b"x" * 100)
        os.utime(file, (1_000_000_000 - age * day,) * 2)
    assert tidy(tmp_path, now=1_000_000_000) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["middle.csv", "new.csv"]
    assert tidy(tmp_path, now=1_000_000_000, most=150) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["new.csv"]
    assert tidy(tmp_path / "not there") == 0
