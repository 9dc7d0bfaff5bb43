"""A shared database that goes away while scanning: every reading is kept here and carried over once, in its order."""

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.builders import Shop, open_shop, rows, upgrade
from tests.services.scanning.scan_station import Listener, reading
from tests.support.log_guard import LogGuard
from tests.support.postgres import PostgresServer
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.scanning.journal import KeptReading, ScanJournal
from warehouse_desk.data.tables import scan
from warehouse_desk.domain.errors import DatabaseUnavailable
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.scanning.scans import ScanAnswer
from warehouse_desk.domain.status import Status
from warehouse_desk.services.scanning.queue import ScanQueue

Server = tuple[PostgresServer, Callable[[], None], Callable[[], None]]
ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Station:
    """A packing station at a server of its own, with its journal."""

    shop: Shop
    url: str
    journal: Path
    stop: Callable[[], None]
    start: Callable[[], None]

    def queue(self, listener: Listener) -> ScanQueue:
        context = replace(self.shop.context, journal=self.journal)
        return ScanQueue(context, listener.events(), retry_seconds=0.05)

    def kept(self) -> list[str]:
        journal = ScanJournal(self.journal, self.shop.database.address)
        try:
            return [kept.code for kept in journal.waiting()]
        finally:
            journal.close()

    def packs(self, reference: str) -> int:
        return [event["kind"] for event in self.shop.events(reference)].count("pack")


@pytest.fixture
def station(own_server: Server, tmp_path: Path) -> Iterator[Station]:
    server, stop, start = own_server
    url = server.url(server.create_database())
    upgrade(url)
    database = Database(url)
    yield Station(open_shop(database), url, tmp_path / "scan-journal.db", stop, start)
    database.close()


def told(answers: list[ScanAnswer]) -> list[tuple[str, Outcome]]:
    return [(answer.result.reference, answer.result.outcome) for answer in answers]


def wait_until(listener: Listener, holds: Callable[[], bool]) -> None:
    """Look each time that the queue tells something: every failed attempt to reach the server is told."""
    with listener.changed:
        assert listener.changed.wait_for(holds, 60), listener


@pytest.mark.postgres
def test_what_is_scanned_while_the_server_is_down_is_answered_in_order_when_it_is_back(station: Station) -> None:
    references = station.shop.orders_in(Status.NEW, 8)
    listener = Listener()
    queue = station.queue(listener)
    for place, reference in enumerate(references[:3]):
        queue.submit(reading(station.shop, "pack", reference), now_ms=place * 2_000)
    listener.wait_for(3)
    station.stop()
    for place, reference in enumerate(references[3:], 3):
        queue.submit(reading(station.shop, "pack", reference), now_ms=place * 2_000)
    wait_until(listener, lambda: queue.away and station.kept()[-5:] == list(references[3:]))
    assert (len(listener.answers), queue.waiting, listener.lost) == (3, 5, [])
    station.start()
    answers = listener.wait_for(8)
    assert queue.close()
    assert told(answers) == [(reference, Outcome.DONE) for reference in references]
    assert [station.packs(reference) for reference in references] == [1] * 8
    assert not queue.away
    assert station.kept() == []


PROGRAM = """
import os, signal, sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.scanning.modes import ModeName
from warehouse_desk.services.scanning import modes
from warehouse_desk.services.connect import connect, open_database
from warehouse_desk.services.scanning.queue import QueueEvents, ScanQueue
from warehouse_desk.services.scanning.readings import Readings
from warehouse_desk.services.scanning.request import ScanRequest

url, journal, kill_at, *references = sys.argv[1:]
ctx = connect(open_database(url, "Poste 9"), "Poste 9", "Karim", None, Source.SCANNER, journal=Path(journal))

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

judged, processed, answers = modes.answer, Readings.process, []
if kill_at == "judged":
    modes.answer = lambda asked: (judged(asked), die())[0] if answers else judged(asked)
if kill_at == "answered":
    Readings.process = lambda *a: (processed(*a), die() if answers else None)[0]
quiet = lambda *_: None
queue = ScanQueue(ctx, QueueEvents(answers.append, quiet, quiet, quiet), retry_seconds=0.05)
print("ready", flush=True)
sys.stdin.readline()
for reference in references:
    queue.submit(ScanRequest(mode=ModeName.PACK, code=reference, options=StepOptions(date=date(2026, 3, 2))))
queue._incoming.put(None)
queue._threads[0].join(60)
print("kept", flush=True)
if kill_at:
    queue.close(60)
sys.stdin.readline()
"""


def program(station: Station, kill_at: str, *references: str) -> "subprocess.Popen[str]":
    started = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, station.url, str(station.journal), kill_at, *references],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    return started


def go_on(started: "subprocess.Popen[str]") -> None:
    assert started.stdin is not None
    started.stdin.write("\n")
    started.stdin.flush()


@pytest.mark.postgres
@pytest.mark.parametrize("then", ["", "judged", "answered"])
def test_killed_while_the_server_is_down_and_again_while_carrying_over_each_scan_counts_once(
    station: Station, then: str
) -> None:
    references = station.shop.orders_in(Status.NEW, 6)
    first = program(station, "", *references)
    station.stop()
    go_on(first)
    assert first.stdout is not None
    assert first.stdout.readline() == "kept\n"
    first.kill()
    first.communicate(timeout=60)
    assert station.kept() == list(references)
    station.start()
    if then:
        second = program(station, then)
        go_on(second)
        second.communicate(timeout=60)
        assert second.returncode == -9
    answered = sum(row["outcome"] is not None for row in rows(station.shop.database, scan))
    assert answered == {"": 0, "judged": 1, "answered": 2}[then]

    listener = Listener()
    queue = station.queue(listener)
    answers = listener.wait_for(6 - answered)
    assert queue.close()
    assert told(answers) == [(reference, Outcome.DONE) for reference in references[answered:]]
    assert {(answer.user_name, answer.recovered) for answer in answers} == {("Karim", True)}
    assert [station.packs(reference) for reference in references] == [1] * 6
    stored = rows(station.shop.database, scan)
    assert len(stored) == 6
    assert len({row["station_id"] for row in stored}) == 1
    assert station.kept() == []


def kept_reading(scan_id: str) -> KeptReading:
    from tests.builders import MORNING

    return KeptReading(scan_id, "pack", "ORD-00001", '{"date": "2026-03-02"}', MORNING, None, "Salma", 1, "Poste 1")


def test_readings_for_another_database_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "scan-journal.db"
    here, there = ScanJournal(file, "server:5432/desk"), ScanJournal(file, "server:5432/training")
    here.keep(kept_reading("1"))
    there.keep(kept_reading("2"))
    assert [[kept.scan_id for kept in journal.waiting()] for journal in (here, there)] == [["1"], ["2"]]
    here.keep(kept_reading("3"), scan_ids=["1"])
    assert here.waiting() == [kept_reading("3")]
    here.close()
    there.close()


def test_every_kept_reading_is_synced(tmp_path: Path) -> None:
    journal = ScanJournal(tmp_path / "scan-journal.db", "server/desk")
    assert journal._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert journal._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    journal.close()


def test_a_damaged_journal_is_put_aside_and_the_shift_goes_on(tmp_path: Path, log_guard: LogGuard) -> None:
    log_guard.allow("cannot be read", logging.ERROR)
    file = tmp_path / "scan-journal.db"
    file.write_bytes(b"not a database at all" * 100)
    journal = ScanJournal(file, "server/desk")
    journal.keep(kept_reading("1"))
    assert len(journal.waiting()) == 1
    journal.close()
    assert [path.read_bytes()[:5] for path in tmp_path.glob("*.damaged-*")] == [b"not a"]


def test_a_journal_that_cannot_be_written_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="cannot be opened"):
        ScanJournal(tmp_path / "missing" / "scan-journal.db", "server/desk")


def test_only_a_station_of_a_shared_database_has_a_second_file_to_sync(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "scan-journal.db"
    queue = ScanQueue(replace(shop.context, journal=file), Listener().events())
    assert queue.close()
    assert file.exists() is shop.database.is_postgresql


def test_a_station_whose_disk_is_full_scans_into_the_database_at_once(
    shop: Shop, tmp_path: Path, log_guard: LogGuard
) -> None:
    log_guard.allow("cannot be written")
    reference = shop.order_in(Status.NEW)
    listener = Listener()
    queue = ScanQueue(replace(shop.context, journal=tmp_path / "scan-journal.db"), listener.events())
    first = shop.order_in(Status.NEW)
    queue.submit(reading(shop, "pack", first))
    listener.wait_for(1)
    if shop.database.is_postgresql:  # a local database is its own journal
        with sqlite3.connect(tmp_path / "scan-journal.db") as other:
            other.execute("CREATE TRIGGER full BEFORE INSERT ON reading BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        other.close()
    queue.submit(reading(shop, "pack", reference))
    assert told(listener.wait_for(2))[1] == (reference, Outcome.DONE)
    assert queue.close()
