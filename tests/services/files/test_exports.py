"""Lists that leave the desk: right cells, bounded windows, jobs that outlive their program."""

import csv
import multiprocessing
import os
import signal
import threading
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.builders import Shop, a_line, an_order_body, rows
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.files import exports as order_exports
from warehouse_desk.data.files import jobs
from warehouse_desk.data.tables import job as job_table
from warehouse_desk.domain.errors import NotAllowed, WrongUsage
from warehouse_desk.domain.jobs import JobState
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.status import Status
from warehouse_desk.services import job_runner
from warehouse_desk.services.context import Context
from warehouse_desk.services.files.export_columns import COLUMNS
from warehouse_desk.services.files.export_runner import KIND, ExportRunner
from warehouse_desk.services.files.exports import ExportRequest
from warehouse_desk.services.people.sign_in import sign_in
from warehouse_desk.sheets import writing
from warehouse_desk.sheets.errors import CannotWrite, Stopped
from warehouse_desk.sheets.questions import Answers


def table(path: Path) -> list[dict[str, object]]:
    """Return the first sheet of a workbook, row by row under its headings."""
    sheet = load_workbook(path).worksheets[0]
    head, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), line, strict=True)) for line in lines]


def test_a_workbook_holds_real_numbers_days_and_moments(shop: Shop, tmp_path: Path) -> None:
    reference = shop.order_in(Status.SHIPPED, second_phone="0522000000", notes="=1+1")
    path = tmp_path / "x.xlsx"
    assert shop.desk.files.exports.write(ExportRequest(str(path))) == 1
    (row,) = table(path)
    assert row["reference"] == reference
    assert (row["status"], row["total"], row["phone"]) == ("SHIPPED", 399, "+212600000001")
    assert row["shipped_on"] == datetime(2026, 3, 2)  # noqa: DTZ001 - cells know no zone
    assert isinstance(row["created_at"], datetime)
    sheet = load_workbook(path).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref is not None) == ("A2", True)


def test_every_column_on_offer_can_be_written(shop: Shop, tmp_path: Path) -> None:
    shop.order_in(Status.WAITING)
    path = tmp_path / "x.xlsx"
    shop.desk.files.exports.write(ExportRequest(str(path), columns=tuple(COLUMNS)))
    (row,) = table(path)
    assert list(row) == list(COLUMNS)
    assert (row["products_total"], row["from_stock"], row["shipping_company"]) == (399, 0, "Amana")


def test_a_filter_and_a_selection_hold_what_they_name(shop: Shop, tmp_path: Path) -> None:
    packed = shop.orders_in(Status.PACKED, 3)
    new = shop.order_in(Status.NEW, city="Rabat")
    path = tmp_path / "x.csv"
    shop.desk.files.exports.write(ExportRequest(str(path), ("reference",), order_filter=OrderFilter(Status.PACKED)))
    assert path.read_text("utf-8-sig").split() == ["reference", *reversed(packed)]
    shop.desk.files.exports.write(
        ExportRequest(str(path), ("reference",), order_filter=OrderFilter(search_by="city", keyword="rabat"))
    )
    assert path.read_text("utf-8-sig").split() == ["reference", new]
    chosen = tuple(shop.facts(each).id for each in (packed[0], packed[2], packed[0]))
    shop.desk.files.exports.write(ExportRequest(str(path), ("reference",), ids=chosen))
    assert path.read_text("utf-8-sig").split() == ["reference", packed[2], packed[0]]


FLAGS = ("held", "printed", "label_outdated", "unsynced", "twins")


@pytest.mark.parametrize(
    "wanted",
    [
        *({name: each} for name in FLAGS for each in (True, False)),
        *({name: 1} for name in ("city_id", "warehouse_id", "shipping_company_id", "delivery_person_id")),
        {"ids": (1, 2)},
        {"ids": ()},
        {"created_from": date(2026, 3, 1), "created_to": date(2026, 3, 3)},
        {"keyword": "Youssef", "search_by": "full_name", "status": Status.SHIPPED},
    ],
    ids=str,
)
def test_every_filter_of_a_list_is_one_of_an_export(shop: Shop, tmp_path: Path, wanted: dict[str, Any]) -> None:
    shop.orders_in(Status.SHIPPED, 2)
    path = tmp_path / "x.csv"
    order_filter = OrderFilter(**wanted)
    shop.desk.files.exports.write(ExportRequest(str(path), ("reference",), order_filter=order_filter))
    listed = shop.desk.orders.find(order_filter).rows
    assert path.read_text("utf-8-sig").split() == ["reference", *(row.reference for row in listed)]


def test_windows_end_to_end_leave_no_order_out(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_exports, "WINDOW", 3)
    references = shop.orders_in(Status.NEW, 9)
    path = tmp_path / "x.csv"
    ids = tuple(shop.facts(each).id for each in references)
    for request in (ExportRequest(str(path), ("reference",)), ExportRequest(str(path), ("reference",), ids=ids)):
        assert shop.desk.files.exports.write(request) == 9
        assert path.read_text("utf-8-sig").split() == ["reference", *reversed(references)]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_export_imported_again_gives_the_same_orders(shop: Shop, tmp_path: Path, ending: str) -> None:
    shop.create(
        an_order_body(full_name="=HYPERLINK(1)", address="- rue 3\nétage 2", total=12.5, phone="+212612345678"),
        an_order_body(full_name="فاطمة", products=[a_line("SAVON-N", 3, 12.25), a_line()], phone="0522334455"),
    )
    path = tmp_path / f"x.{ending}"
    shop.desk.files.exports.write(ExportRequest(str(path)))
    before = contents(shop)
    read = shop.desk.files.imports.read(path, answers=Answers(only_status=["NEW"]))
    assert [str(p.message) for row in read.preview.rows for p in row.problems if p.column not in {"", "total"}] == []
    assert len(read.known_rows) == 2
    shop.desk.files.imports.store(read, again=True)
    assert contents(shop) == sorted(before * 2)


def contents(shop: Shop) -> list[tuple[object, ...]]:
    from warehouse_desk.data.tables import orders

    names = ("full_name", "phone", "city", "address", "total", "content_hash")
    return sorted(tuple(row[name] for name in names) for row in rows(shop.database, orders))


def test_csv_phones_stay_whole_and_formulas_do_not_run(shop: Shop, tmp_path: Path) -> None:
    shop.create(an_order_body(full_name="=cmd()", phone="+212600000001"))
    path = tmp_path / "x.csv"
    shop.desk.files.exports.write(ExportRequest(str(path), ("full_name", "phone")))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1] == ["'=cmd()", "+212600000001"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"columns": ("reference", "colour")}, "no column “colour”"),
        ({"columns": ("total", "total")}, "listed twice"),
        ({"columns": ()}, "at least one column"),
        ({"path": "x.pdf"}, r"must end in \.xlsx or \.csv"),
        ({"order_filter": OrderFilter(search_by="shoe size")}, "search_by cannot be"),
    ],
)
def test_a_wrong_request_is_refused_before_any_work(
    shop: Shop, tmp_path: Path, wrong: dict[str, object], said: str
) -> None:
    request = replace(ExportRequest(str(tmp_path / "x.csv")), **wrong)  # type: ignore[arg-type]
    with pytest.raises(WrongUsage, match=said):
        shop.desk.files.export_jobs.start(request)
    assert rows(shop.database, job_table) == []


def test_a_missing_folder_is_a_sentence(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"The folder for x\.csv does not exist"):
        shop.desk.files.exports.write(ExportRequest(str(tmp_path / "no" / "x.csv")))


def test_only_a_role_that_may_export_does(shop: Shop, tmp_path: Path) -> None:
    packer = shop.desk_of(abilities=ALL_ABILITIES - {Ability.EXPORT})
    with pytest.raises(NotAllowed):
        packer.files.exports.write(ExportRequest(str(tmp_path / "x.csv")))


def test_cancelling_leaves_no_file(shop: Shop, tmp_path: Path) -> None:
    shop.create()
    with pytest.raises(Stopped):
        shop.desk.files.exports.write(ExportRequest(str(tmp_path / "x.xlsx")), cancelled=lambda: True)
    assert list(tmp_path.glob("*x.xlsx*")) == []


class Watch:
    """Lets a test wait for the runner to have moved a job."""

    def __init__(self) -> None:
        self._moved = threading.Semaphore(0)

    def __call__(self) -> None:
        self._moved.release()

    def wait(self, shop: Shop, number: int) -> JobState:
        for _ in range(100):
            state = shop.desk.files.export_jobs.job(number).state
            if state.is_over:
                return state
            assert self._moved.acquire(timeout=10)
        raise AssertionError("the job never ended")


def test_a_queued_export_is_done_in_the_background(shop: Shop, tmp_path: Path) -> None:
    shop.orders_in(Status.NEW, 3)
    watch = Watch()
    runner = ExportRunner(shop.context, on_change=watch)
    runner.start()
    try:
        queued = shop.desk.files.export_jobs.start(
            ExportRequest(str(tmp_path / "x.csv"), order_filter=OrderFilter(Status.NEW))
        )
        runner.wake()
        assert watch.wait(shop, queued.id) is JobState.DONE
    finally:
        runner.close()
    (done,) = shop.desk.files.export_jobs.latest()
    assert (done.progress, str(done.message), done.user_name) == (3, "Orders in x.csv: 3.", "Salma")
    assert done.finished_at is not None


def test_a_refused_export_says_why(shop: Shop, tmp_path: Path) -> None:
    watch = Watch()
    runner = ExportRunner(shop.context, on_change=watch)
    queued = shop.desk.files.export_jobs.start(ExportRequest(str(tmp_path / "gone" / "x.csv")))
    runner.start()
    try:
        assert watch.wait(shop, queued.id) is JobState.FAILED
    finally:
        runner.close()
    assert str(shop.desk.files.export_jobs.job(queued.id).message) == "The folder for x.csv does not exist."


def test_a_cancelled_job_is_never_begun(shop: Shop, tmp_path: Path) -> None:
    first = shop.desk.files.export_jobs.start(ExportRequest(str(tmp_path / "x.csv")))
    assert shop.desk.files.export_jobs.cancel(first.id)
    assert not shop.desk.files.export_jobs.cancel(first.id)
    watch = Watch()
    runner = ExportRunner(shop.context, on_change=watch)
    second = shop.desk.files.export_jobs.start(ExportRequest(str(tmp_path / "y.csv")))
    runner.start()
    try:
        assert watch.wait(shop, second.id) is JobState.DONE
    finally:
        runner.close()
    assert shop.desk.files.export_jobs.job(first.id).state is JobState.CANCELLED
    assert [path.name for path in tmp_path.glob("?.csv")] == ["y.csv"]


def test_a_running_export_learns_that_it_was_cancelled(shop: Shop, tmp_path: Path) -> None:
    queued = shop.desk.files.export_jobs.start(ExportRequest(str(tmp_path / "x.csv")))
    claimed = shop.database.transact(lambda uow: jobs.claim_next(uow, shop.context.caller.station_id, KIND))
    assert claimed is not None
    assert shop.database.transact(lambda uow: jobs.note_progress(uow, queued.id, 1))
    assert shop.desk.files.export_jobs.cancel(queued.id)
    assert not shop.database.transact(lambda uow: jobs.note_progress(uow, queued.id, 2))


def test_a_job_belongs_to_one_program_and_one_station(shop: Shop, tmp_path: Path) -> None:
    shop.desk.files.export_jobs.start(ExportRequest(str(tmp_path / "x.csv")))
    here, elsewhere = shop.context.caller.station_id, shop.desk_of(station="Poste 2").caller.station_id
    assert shop.database.transact(lambda uow: jobs.claim_next(uow, elsewhere, KIND)) is None
    assert shop.database.transact(lambda uow: jobs.claim_next(uow, here, KIND)) is not None
    assert shop.database.transact(lambda uow: jobs.claim_next(uow, here, KIND)) is None


def export_and_die(url: str) -> None:
    """Run the station's exports in a process of its own that is killed while it writes."""
    database = Database(url)
    context = Context(database, sign_in(database, "Poste 1", "Salma", None, Source.DESK))
    noted: list[int] = []

    def note(_uow: object, _number: int, progress: int) -> bool:
        noted.append(progress)
        if len(noted) > 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return True

    patch = pytest.MonkeyPatch()
    patch.setattr(writing, "SLICE", 1)
    patch.setattr(jobs, "note_progress", note)
    patch.setattr(job_runner, "_NOTE_SECONDS", 0.0)
    runner = ExportRunner(context)
    runner.start()
    runner._thread.join(60)


def test_an_export_cut_short_by_a_crash_is_taken_up_at_the_next_start(
    shop: Shop, database_url: str, tmp_path: Path
) -> None:
    shop.orders_in(Status.NEW, 5)
    folder = tmp_path / "out"
    folder.mkdir()
    queued = shop.desk.files.export_jobs.start(ExportRequest(str(folder / "x.csv")))
    process = multiprocessing.get_context("spawn").Process(target=export_and_die, args=(database_url,))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert shop.desk.files.export_jobs.job(queued.id).state is JobState.RUNNING
    watch = Watch()
    runner = ExportRunner(shop.context, on_change=watch)
    runner.start()
    try:
        assert watch.wait(shop, queued.id) is JobState.DONE
    finally:
        runner.close()
    assert [path.name for path in folder.iterdir()] == ["x.csv"]  # nor what the crash left unfinished


def test_closing_puts_the_export_back_in_the_queue(shop: Shop, tmp_path: Path) -> None:
    shop.orders_in(Status.NEW, 2)
    queued = shop.desk.files.export_jobs.start(ExportRequest(str(tmp_path / "x.csv")))
    runner = ExportRunner(shop.context, on_change=lambda: setattr(runner, "_closing", True))
    runner.start()
    runner.close()
    assert shop.desk.files.export_jobs.job(queued.id).state is JobState.QUEUED
    assert not (tmp_path / "x.csv").exists()


def test_a_day_is_a_day(shop: Shop, tmp_path: Path) -> None:
    reference = shop.order_in(Status.PACKED)
    path = tmp_path / "x.csv"
    shop.desk.files.exports.write(ExportRequest(str(path), ("packed_on",)))
    assert path.read_text("utf-8-sig").split()[1] == str(shop.facts(reference).packed_on or date.min)
