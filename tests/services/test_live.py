"""The live feed: another station's changes are heard within two seconds, a lost server is told and outlived."""

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.builders import Shop, a_desk, an_order_body, open_shop, run_sql, upgrade
from tests.support.log_guard import LogGuard
from tests.support.own_server import OwnServer, own_server
from warehouse_desk.data.engine.database import Database
from warehouse_desk.domain.errors import DatabaseUnavailable
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ChangeSet, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services import change_feed
from warehouse_desk.services.change_feed import LiveFeed, LiveState, Timing

ROOT = Path(__file__).parents[2]
WITHIN = 2.0
"""How soon another station's change must be heard (s)."""


class Ear:
    """What a station hears."""

    def __init__(self, database: Database, timing: Timing | None = None) -> None:
        self.heard: queue.Queue[ChangeSet] = queue.Queue()
        self.states: queue.Queue[LiveState] = queue.Queue()
        self.feed = LiveFeed(database, self.heard.put, self.states.put, timing)

    def orders(self, ids: set[int], seconds: float = WITHIN) -> None:
        """Wait until all of some orders were heard of."""
        begin, missing = time.monotonic(), set(ids)
        while missing:
            missing -= self.heard.get(timeout=max(0.01, begin + seconds - time.monotonic())).order_ids


@contextmanager
def listening(database: Database, timing: Timing | None = None) -> Iterator[Ear]:
    ear = Ear(database, timing)
    ear.feed.start()
    assert ear.feed.wait_until_listening(10)
    try:
        yield ear
    finally:
        assert ear.feed.stop()


def test_a_scan_of_another_station_is_heard_within_two_seconds(shop: Shop, database_url: str) -> None:
    first, second = shop.orders_in(Status.NEW, 2)
    other = Database(database_url)
    with listening(shop.database) as ear:
        a_desk(other, station="Poste 2").scanning.scan("pack", first, shop.options())
        ear.orders({shop.facts(first).id})
        a_desk(other, station="Poste 2").scanning.scan("pack", second, shop.options())
        ear.orders({shop.facts(second).id})
    other.close()


def test_a_station_in_another_process_is_heard(shop: Shop, database_url: str) -> None:
    shop.create(*[an_order_body()] * 20)
    ids = {row.id for row in shop.desk.orders.window_page()}
    with listening(shop.database) as ear:
        command = [sys.executable, "-m", "tests.services.orders.racing_station", database_url, "scan", "20", "3"]
        station = subprocess.run(
            command, check=False, input="go\n", capture_output=True, text=True, cwd=ROOT, timeout=60
        )
        assert station.returncode == 0, station.stderr
        ear.orders(ids)


def test_what_was_before_the_start_is_not_told(shop: Shop) -> None:
    old = shop.order_in(Status.PACKED)
    with listening(shop.database) as ear:
        new = shop.order_in(Status.NEW)
        ear.orders({shop.facts(new).id})
        assert ear.heard.empty()
    assert shop.facts(old).id != shop.facts(new).id


def test_more_than_a_thousand_changes_are_told_as_everything(shop: Shop) -> None:
    with listening(shop.database, Timing(debounce=0.3)) as ear:
        values = ", ".join(
            f"({number}, 1, 'pack', '2026-03-02 08:00:00')" for number in range(1, change_feed.MOST_IDS + 2)
        )
        run_sql(shop.database, f"INSERT INTO change_log (order_id, version, kind, at) VALUES {values}")
        changes = ear.heard.get(timeout=3)
        assert changes.everything
        assert not changes.order_ids
        reference = shop.order_in(Status.NEW)
        ear.orders({shop.facts(reference).id}, seconds=5)


def test_a_change_without_a_notice_is_found_by_looking(postgres_url: str) -> None:
    database = Database(postgres_url)
    shop = open_shop(database)
    with listening(database) as ear:
        run_sql(
            database,
            "INSERT INTO change_log (order_id, version, kind, at) VALUES (7, 1, 'pack', '2026-03-02 08:00:00')",
        )
        ear.orders({7}, seconds=4)
    shop.database.close()


def test_a_database_restored_from_an_earlier_copy_is_read_anew(shop: Shop) -> None:
    shop.orders_in(Status.PACKED, 3)
    with listening(shop.database) as ear:
        run_sql(shop.database, "DELETE FROM change_log")
        assert ear.heard.get(timeout=5).everything


def test_stations_working_at_once_are_all_heard(shop: Shop, database_url: str) -> None:
    """Whichever commits first, no number of the log becomes visible behind one that was read already."""
    references = shop.orders_in(Status.NEW, 60)
    ids = {shop.facts(reference).id for reference in references}
    faults: list[BaseException] = []

    def work(part: int) -> None:
        database = Database(database_url)
        try:
            desk = a_desk(database, station=f"Poste {part}")
            for reference in references[part::4]:
                assert desk.orders.act(Action.PACK, [reference], shop.options()).all_done
        except BaseException as fault:  # noqa: BLE001 - told to the test, in whose thread it is raised
            faults.append(fault)
        finally:
            database.close()

    with listening(shop.database, Timing(debounce=0.0)) as ear:
        threads = [threading.Thread(target=work, args=(part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        ear.orders(ids, seconds=60)
        for thread in threads:
            thread.join(60)
    assert faults == []


@pytest.mark.postgres
def test_a_server_that_goes_and_comes_back_costs_nothing_confirmed(tmp_path: Path, log_guard: LogGuard) -> None:
    log_guard.allow("the database is away")
    with own_server(tmp_path.name) as lent:
        _outlive(lent)


def _outlive(lent: OwnServer) -> None:
    url = lent.server.url(lent.server.create_database())
    upgrade(url)
    database = Database(url)
    shop = open_shop(database)
    references = shop.orders_in(Status.NEW, 30)
    with listening(database, Timing(first_retry=0.1, longest_retry=0.5)) as ear:
        confirmed = [
            r for r in references[:10] if shop.desk.scanning.scan("pack", r, shop.options()).outcome is Outcome.DONE
        ]
        lent.stop()
        away = ear.states.get(timeout=10)
        assert not away.online
        assert "Keep scanning: scans are saved on this station. Other actions wait until it is back." in str(
            away.message
        )
        with pytest.raises(DatabaseUnavailable, match="cannot be reached"):
            shop.desk.scanning.scan("pack", references[10], shop.options())
        with pytest.raises(DatabaseUnavailable, match="cannot be reached"):
            shop.desk.orders.find()
        lent.start()
        assert ear.states.get(timeout=20).online
        while not ear.heard.get(timeout=10).everything:
            pass
        assert [shop.status(reference) for reference in confirmed] == [Status.PACKED] * 10
        assert shop.status(references[10]) is Status.NEW
        other = Database(url)
        a_desk(other, station="Poste 2").scanning.scan("pack", references[10], shop.options())
        ear.orders({shop.facts(references[10]).id})
        other.close()
    database.close()


def test_a_feed_whose_database_is_away_stops_within_a_second(log_guard: LogGuard) -> None:
    log_guard.allow("the database is away")
    database = Database("postgresql://desk@127.0.0.1:9/desk")
    ear = Ear(database)
    ear.feed.start()
    assert not ear.states.get(timeout=10).online
    assert ear.feed.stop()
    database.close()


def test_the_feed_takes_no_connection_of_the_stations(postgres_url: str) -> None:
    database = Database(postgres_url)
    open_shop(database)
    with listening(database), database.read() as uow:
        found = uow.connection.execute(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%change_log%'"
            )
        )
        assert found.scalar_one() >= 1
        assert database.engine.pool.status()
    database.close()
