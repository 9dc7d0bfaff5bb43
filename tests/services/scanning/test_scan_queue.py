"""The queue: every reading stored before it is judged, answered one by one in order, none lost, none applied twice."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import Shop, facts_in, refuse_inserts, rows
from tests.services.scanning.scan_station import Listener, reading, scanning_at
from tests.support.log_guard import LogGuard
from warehouse_desk.common.messages import msg
from warehouse_desk.data.tables import scan
from warehouse_desk.domain.errors import DatabaseUnavailable
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.scanning.queue import ScanQueue
from warehouse_desk.services.scanning.readings import Readings


def test_twenty_scans_in_two_seconds_are_all_answered_in_order(shop: Shop) -> None:
    references = shop.orders_in(Status.NEW, 20)
    listener = Listener()
    with scanning_at(shop.desk, listener) as queue:
        for place, reference in enumerate(references):
            queue.submit(reading(shop, "pack", reference), now_ms=place * 100)
        answers = listener.wait_for(20)
    assert [answer.result.reference for answer in answers] == list(references)
    assert {answer.result.outcome for answer in answers} == {Outcome.DONE}
    assert len(rows(shop.database, scan)) == 20
    assert {shop.status(reference) for reference in references} == {Status.PACKED}


def test_a_reading_is_on_disk_before_it_is_judged(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    scan_id = shop.desk.scanning.receive(reading(shop, "pack", reference))
    stored = rows(shop.database, scan)[0]
    assert (stored["id"], stored["code"], stored["outcome"]) == (scan_id, reference, None)
    assert shop.status(reference) is Status.NEW


def test_the_scanner_reading_an_order_twice_is_one_scan(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    listener = Listener()
    with scanning_at(shop.desk, listener) as queue:
        queue.submit(reading(shop, "pack", reference), now_ms=1_000)
        assert queue.submit(reading(shop, "pack", reference), now_ms=2_400) is None
        queue.submit(reading(shop, "pack", reference), now_ms=9_000)
        answers = listener.wait_for(2)
    assert listener.repeats == [reference]
    assert [answer.result.outcome for answer in answers] == [Outcome.DONE, Outcome.ALREADY]


def test_the_same_label_may_be_packed_and_shipped_at_once(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    listener = Listener()
    with scanning_at(shop.desk, listener) as queue:
        queue.submit(reading(shop, "pack", reference), now_ms=1_000)
        queue.submit(reading(shop, "ship", reference), now_ms=1_300)
        queue.submit(reading(shop, "pack", reference), now_ms=1_600)
        answers = listener.wait_for(3)
    assert [answer.result.outcome for answer in answers] == [Outcome.DONE, Outcome.DONE, Outcome.REFUSED]
    assert (shop.status(reference), listener.repeats) == (Status.SHIPPED, [])


def test_pieces_of_one_kind_are_counted_however_fast_they_come(shop: Shop) -> None:
    line = {"sku": "ARGAN-50", "quantity": 3, "price": 399}
    reference = shop.order_in(Status.NEW, products=[line])
    listener = Listener()
    with scanning_at(shop.desk, listener) as queue:
        queue.submit(reading(shop, "verify", reference), now_ms=0)
        for moment in (100, 200, 300):
            queue.submit(reading(shop, "verify", "6111000000017"), now_ms=moment)
        answers = listener.wait_for(4)
    assert [answer.result.outcome for answer in answers] == [Outcome.DONE] * 4
    assert answers[-1].result.status_after is Status.PACKED


def test_readings_left_by_a_killed_program_are_finished_once_at_the_next_start(shop: Shop) -> None:
    first, second = shop.orders_in(Status.NEW, 2)
    for reference in (first, second):
        shop.desk.scanning.receive(reading(shop, "pack", reference))
        shop.clock.advance(seconds=1)
    listener = Listener()
    with scanning_at(shop.desk_of("Karim"), listener) as queue:
        assert queue.recover() == 2
        answers = listener.wait_for(2)
    assert [(a.result.reference, a.recovered, a.user_name) for a in answers] == [
        (first, True, "Salma"),
        (second, True, "Salma"),
    ]
    with scanning_at(shop.desk, Listener()) as queue:
        assert queue.recover() == 0
    assert [event["kind"] for event in shop.events(first)] == ["create", "pack"]


def test_readings_of_another_station_are_left_to_it(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    shop.desk_of("Karim", "Poste 2").scanning.receive(reading(shop, "pack", reference))
    with scanning_at(shop.desk, Listener()) as queue:
        assert queue.recover() == 0


def test_a_reading_that_was_answered_keeps_its_answer(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    scan_id = shop.desk.scanning.receive(reading(shop, "pack", reference))
    first, again = shop.desk.scanning.process(scan_id), shop.desk.scanning.process(scan_id)
    assert (first.result.outcome, again.result.outcome) == (Outcome.DONE, Outcome.DONE)
    assert str(first.result.message) == str(again.result.message)
    assert len(shop.events(reference)) == 2


def test_what_the_station_forgot_to_set_is_the_answer(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    scan_id = shop.desk.scanning.receive(reading(shop, "ship", reference, warehouse_id=None))
    answer = shop.desk.scanning.process(scan_id)
    assert answer.result.outcome is Outcome.REFUSED
    assert "Warehouse" in str(answer.result.message)
    assert shop.status(reference) is Status.PACKED


def test_a_reading_that_cannot_be_stored_is_told_as_lost_and_may_be_made_again(shop: Shop, log_guard: LogGuard) -> None:
    log_guard.allow("could not be stored", logging.ERROR)
    reference = shop.order_in(Status.NEW)
    refuse_inserts(shop.database, "scan")
    listener = Listener()
    with scanning_at(shop.desk, listener) as queue:
        queue.submit(reading(shop, "pack", reference), now_ms=1_000)
        listener.wait_until(lambda: len(listener.lost) == 1)
        assert queue.submit(reading(shop, "pack", reference), now_ms=1_400)
    assert len(listener.lost) == 2
    assert listener.answers == []
    assert shop.status(reference) is Status.NEW


def test_a_fault_of_the_program_is_answered_and_the_next_reading_too(shop: Shop, log_guard: LogGuard) -> None:
    log_guard.allow("reading .* failed", logging.ERROR)
    bad, good = shop.order_in(Status.NEW), shop.order_in(Status.SHIPPED)
    refuse_inserts(shop.database, "outbox")
    listener = Listener()
    with scanning_at(shop.desk, listener) as queue:
        queue.submit(reading(shop, "pack", bad))
        queue.submit(reading(shop, "ship", good))
        answers = listener.wait_for(2)
    assert [answer.result.outcome for answer in answers] == [Outcome.FAILED, Outcome.ALREADY]
    assert shop.status(bad) is Status.NEW


def test_a_doubtful_reading_counts_when_one_of_its_meanings_exists(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    doubtful = reading(shop, "pack", "QRD-1", candidates=("QRD-1", reference))
    answer = shop.desk.scanning.process(shop.desk.scanning.receive(doubtful))
    assert (answer.result.reference, answer.result.outcome) == (reference, Outcome.DONE)


def test_a_doubtful_reading_with_two_meanings_is_refused(shop: Shop) -> None:
    one, other = shop.orders_in(Status.NEW, 2)
    doubtful = reading(shop, "pack", one, candidates=(one, other))
    answer = shop.desk.scanning.process(shop.desk.scanning.receive(doubtful))
    assert answer.result.outcome is Outcome.REFUSED
    assert {shop.status(one), shop.status(other)} == {Status.NEW}


KILLED = """
import os, signal, sys
from datetime import date
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.scanning.modes import ModeName
from warehouse_desk.services.scanning import modes
from warehouse_desk.services.connect import connect, open_database
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.scanning.queue import QueueEvents
from warehouse_desk.services.scanning.readings import Readings
from warehouse_desk.services.scanning.request import ScanRequest

url, kill_at, *references = sys.argv[1:]
desk = Desk(connect(open_database(url, "Poste 9"), "Poste 9", "Karim", None, Source.SCANNER))
answer, process, begun = modes.answer, Readings.process, []

def judge(asked):
    found = answer(asked)
    if len(begun) == int(kill_at):
        os.kill(os.getpid(), signal.SIGKILL)  # judged and written, but the transaction has not ended
    return found

def process_next(*arguments):
    queue._threads[0].join(60)  # everything that came in is stored by then
    begun.append(arguments)
    return process(*arguments)

modes.answer, Readings.process = judge, process_next
quiet = lambda *_: None
queue = desk.scanning.queue(QueueEvents(quiet, quiet, quiet, quiet))
for reference in references:
    queue.submit(ScanRequest(mode=ModeName.PACK, code=reference, options=StepOptions(date=date(2026, 3, 2))))
queue.close(60)
"""


@pytest.mark.parametrize("kill_at", [1, 4])
def test_killed_between_scan_and_answer_the_next_start_finishes_each_once(
    shop: Shop, database_url: str, kill_at: int
) -> None:
    references = shop.orders_in(Status.NEW, 6)
    root = Path(__file__).resolve().parents[3]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, database_url, str(kill_at), *references],
        cwd=root,
        capture_output=True,
        timeout=120,
        check=False,
        text=True,
    )
    assert killed.returncode == -9, killed.stderr
    before = [row["outcome"] for row in sorted(rows(shop.database, scan), key=lambda row: row["code"])]
    assert before.count(None) == 6 - (kill_at - 1)
    listener = Listener()
    with scanning_at(shop.desk_of("Salma", "Poste 9"), listener) as queue:
        left = queue.recover()
        answers = listener.wait_for(left)
    assert left == 6 - (kill_at - 1)
    assert {answer.result.outcome for answer in answers} == {Outcome.DONE}
    for reference in references:
        assert facts_in(shop.database, reference).status is Status.PACKED
        assert [event["kind"] for event in shop.events(reference)].count("pack") == 1
    assert all(row["outcome"] == "done" for row in rows(shop.database, scan))


def test_stored_readings_wait_while_the_database_is_away_and_are_answered_after(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = shop.order_in(Status.NEW)
    process, calls = Readings.process, []

    def away_once(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == 1:
            raise DatabaseUnavailable(msg("away"))
        return process(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Readings, "process", away_once)
    listener = Listener()
    queue = ScanQueue(shop.context, listener.events(), retry_seconds=0.01)
    queue.submit(reading(shop, "pack", reference))
    answers = listener.wait_for(1)
    assert queue.close()
    assert answers[0].result.outcome is Outcome.DONE
    assert listener.delays == ["1: away"]
