"""Stations at work on the same orders at the same moment: real processes, real connections, real kills."""

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from tests.builders import Shop, a_desk, an_order_body, everything, open_shop, rows
from tests.services.orders.racing_station import WORK
from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.orders.steps import _CHANGE_LOCK
from warehouse_desk.data.tables import change_log, orders, stock_movement
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status

ROOT = Path(__file__).parents[3]


def race(url: str, what: str, how_many: int, stations: Sequence[int] = (2, 3)) -> list[Any]:
    """Let stations work at once, each in a process of its own, and return what each says it did."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.services.orders.racing_station", url, what, str(how_many), str(seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for seed in stations
    ]
    for station in running:
        assert station.stdout is not None
        assert station.stdout.readline() == "ready\n"
    for station in running:
        assert station.stdin is not None
        station.stdin.write("go\n")
        station.stdin.flush()
    said = [station.communicate(timeout=300) for station in running]
    assert [station.returncode for station in running] == [0] * len(running), [error for _, error in said]
    return [json.loads(out) for out, _ in said]


def race_in_threads(url: str, what: str, how_many: int, stations: Sequence[int] = (2, 3)) -> list[Any]:
    """Let stations work at once, each in a thread with connections of its own."""
    begin = threading.Barrier(len(stations), timeout=60)
    done: dict[int, Any] = {}
    faults: list[BaseException] = []

    def work(seed: int) -> None:
        database = Database(url)
        try:
            desk = a_desk(database, user=f"Worker {seed}", station=f"Poste {seed}")
            begin.wait()
            done[seed] = WORK[what](desk, how_many, seed)
        except BaseException as fault:  # noqa: BLE001 - told to the test, in whose thread it is raised
            faults.append(fault)
        finally:
            database.close()

    threads = [threading.Thread(target=work, args=(seed,)) for seed in stations]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert faults == []
    return [done[seed] for seed in stations]


def everything_shipped_once(shop: Shop, how_many: int) -> None:
    """See that each order went out exactly once, whoever did it, and that the books agree."""
    assert {row["status"] for row in rows(shop.database, orders)} == {"SHIPPED"}
    moved = Counter((row["order_id"], row["kind"]) for row in rows(shop.database, stock_movement) if row["order_id"])
    assert set(moved.values()) == {1}
    assert Counter(kind for _, kind in moved) == {"COMMIT": how_many, "PURGE": how_many}
    assert {row["version"] for row in rows(shop.database, orders)} == {3}
    assert shop.on_hand() == 2_000 - how_many
    assert shop.desk.goods.ledger_faults() == []


def summed(answers: list[dict[str, int]]) -> dict[str, int]:
    return dict(sum((Counter(answer) for answer in answers), Counter()))


def filled(database: Database, how_many: int) -> Shop:
    shop = open_shop(database, on_shelf=2_000)
    shop.create(*[an_order_body()] * how_many)
    return shop


@pytest.mark.slow
@pytest.mark.parametrize("what", ["scan", "act"])
def test_two_stations_on_one_file_ship_each_of_1000_parcels_once(sqlite_url: str, what: str) -> None:
    shop = filled(Database(sqlite_url), 1_000)
    answers = summed(race(sqlite_url, what, 1_000))
    assert answers == {"pack done": 1_000, "ship done": 1_000} | {
        name: count for name, count in answers.items() if "already" in name or "refused" in name
    }
    everything_shipped_once(shop, 1_000)
    shop.database.close()


@pytest.mark.slow
@pytest.mark.parametrize("what", ["scan", "act"])
def test_two_stations_on_one_server_ship_each_of_1000_parcels_once(postgres_url: str, what: str) -> None:
    shop = filled(Database(postgres_url), 1_000)
    answers = summed(race_in_threads(postgres_url, what, 1_000))
    assert (answers["pack done"], answers["ship done"]) == (1_000, 1_000)
    everything_shipped_once(shop, 1_000)
    shop.database.close()


@pytest.mark.slow
@pytest.mark.parametrize("racing", [race, race_in_threads])
def test_stations_creating_at_once_never_get_the_same_reference(
    database: Database, database_url: str, racing: Callable[..., list[list[str]]]
) -> None:
    shop = open_shop(database)
    created = [reference for station in racing(database_url, "create", 40, (2, 3, 4)) for reference in station]
    assert sorted(created) == [f"ORD-{n:05d}" for n in range(1, 121)]
    assert shop.committed() == 120
    assert shop.desk.goods.ledger_faults() == []


def test_a_station_killed_in_the_middle_of_a_step_leaves_nothing_half_done(
    database: Database, database_url: str
) -> None:
    shop = open_shop(database)
    references = shop.orders_in(Status.PACKED, 5)
    before = everything(database)
    command = [sys.executable, "-m", "tests.services.orders.racing_station", database_url, "die", "5", "9"]
    killed = subprocess.run(command, check=False, input="go\n", capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert killed.returncode == -9, killed.stderr
    after = everything(database)
    assert after | {"station": []} == before | {"station": []}
    shop.done(Action.SHIP, *references)
    assert shop.on_hand() == 995


def test_a_courier_s_number_that_two_stations_note_at_once_is_noted_once(postgres_url: str) -> None:
    """One of the parcels stands with a company, the other with none: no key of the database could refuse the second."""
    database = Database(postgres_url)
    shop = open_shop(database)
    references = shop.orders_in(Status.PACKED, 2 * 40)
    shop.done(Action.PUSH, *references[::2])
    said = race(postgres_url, "note numbers", 40)
    numbers = [row["tracking_number"] for row in rows(shop.database, orders) if row["tracking_number"]]
    assert sorted(numbers) == [f"LX{number:06d}" for number in range(40)]
    assert sum((Counter(each) for each in said), Counter()) == {"done": 40, "refused": 40}
    database.close()


def test_the_change_log_becomes_visible_in_the_order_of_its_numbers(postgres_url: str) -> None:
    """A station that begins first and ends last must not hide changes behind a number already read."""
    slow, quick = Database(postgres_url), Database(postgres_url)
    shop = open_shop(slow)
    first, second = shop.orders_in(Status.NEW, 2)
    ready, go_on = threading.Event(), threading.Event()

    def dawdle() -> None:
        def work(uow: UnitOfWork) -> None:
            shop.desk.orders._act(uow, Action.PACK, [first], shop.options())
            ready.set()
            assert go_on.wait(30)

        slow.transact(work)

    thread = threading.Thread(target=dawdle)
    thread.start()
    assert ready.wait(30)
    a_desk(quick, station="Poste 2").orders.act(Action.PACK, [second], shop.options())
    with quick.read() as uow:
        seen = uow.table(select(change_log.c.seq, change_log.c.order_id).order_by(change_log.c.seq))
    go_on.set()
    thread.join(30)
    with quick.read() as uow:
        later = uow.table(select(change_log.c.seq, change_log.c.order_id).order_by(change_log.c.seq))
    assert later[: len(seen)] == seen
    assert later[-1] == (later[-1][0], shop.facts(first).id)
    slow.close()
    quick.close()


def test_a_number_of_the_change_log_is_taken_only_under_its_lock(postgres_url: str) -> None:
    """While a station is between its number and its commit, another one waits instead of overtaking."""
    one, other = Database(postgres_url), Database(postgres_url)
    shop = open_shop(one)
    first, second = shop.orders_in(Status.NEW, 2)
    done = threading.Event()

    def ship() -> None:
        a_desk(other, station="Poste 2").orders.act(Action.PACK, [second], shop.options())
        done.set()

    with one.engine.begin() as holder:
        holder.execute(text(f"SELECT pg_advisory_xact_lock({_CHANGE_LOCK})"))
        thread = threading.Thread(target=ship)
        thread.start()
        waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        while holder.execute(waiting).scalar_one() == 0:
            assert not done.wait(0.02)
    thread.join(30)
    assert done.is_set()
    assert shop.do(Action.PACK, first)[0].outcome is Outcome.DONE
    one.close()
    other.close()
