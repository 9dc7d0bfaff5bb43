"""The server is killed while it works, and asked again with the same key: all is done once, and answered once."""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.server.furnished import Furnished, books_of, data_folder, furnish
from tests.server.independent_client import Line
from tests.server.kills import requests
from tests.server.kills.requests import MANY, Attempt, Got, Request
from tests.server.shell.programs import Program, serving
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.tables import order_event, orders, stock_movement


@dataclass
class Victim:
    """A server that is killed and started again over the same database."""

    url: str
    folder: Path
    known: Furnished
    program: Program
    starts: ExitStack
    session: Line
    seen: list[str] = field(default_factory=list)
    """What each kill hit: work not done, work done whose answer was lost, or work answered already."""

    def again(self) -> None:
        """Start another server in the killed one's place."""
        self.starts.close()
        self.program = self.starts.enter_context(_served(self.url, self.folder))

    def count(self, table: str, **where: object) -> int:
        """Count rows of a table behind the server's back."""
        counted = {"orders": orders, "order_event": order_event, "stock_movement": stock_movement}[table]
        query = select(func.count()).select_from(counted)
        database = Database(self.url)
        try:
            with database.read() as uow:
                found = uow.execute(query.where(*(counted.c[name] == value for name, value in where.items())))
                return int(found.scalar_one())
        finally:
            database.close()


@contextmanager
def _served(url: str, folder: Path) -> Iterator[Program]:
    with serving("--data-dir", str(folder), "--database", url) as program:
        yield program


@contextmanager
def victim(url: str, folder: Path) -> Iterator[Victim]:
    known = furnish(url)
    with ExitStack() as starts:
        program = starts.enter_context(_served(url, folder))
        yield Victim(url, folder, known, program, starts, requests.signed_in(program.url))


def killed_and_repeated(server: Victim, request: Request, chance: random.Random, usual: float) -> Got:
    """Send, kill at a random moment of the usual time, start again, repeat until answered; return the answer."""
    attempt = Attempt(server.program.port, request)
    time.sleep(chance.random() * usual * 2.5)  # a busy machine takes longer than usual
    server.program.tell(signal.SIGKILL)
    server.program.end()
    first = attempt.end()
    server.again()
    for _ in range(50):
        answer = requests.send(server.program.port, request)
        if answer.status not in {409, 503}:
            break
        time.sleep(0.2)  # the killed one's transaction is still being ended by its database
    once_more = requests.send(server.program.port, request)
    assert answer.status == 200, answer.content[:500]
    assert (once_more.status, once_more.is_replayed) == (200, True)
    assert once_more.body == answer.body
    if first is not None:
        assert (answer.is_replayed, answer.body) == (True, first.body)
    server.seen.append("answered" if first else "done" if answer.is_replayed else "not done")
    return answer


def creates(server: Victim, chance: random.Random, key: str, usual: float) -> None:
    before = server.count("orders")
    answer = killed_and_repeated(server, requests.create(server.known.token, key), chance, usual)
    references = [each["reference"] for each in answer.body["data"]]
    assert len(set(references)) == MANY
    assert server.count("orders") == before + MANY
    assert server.count("order_event") == server.count("order_event", kind="create") + server.count(
        "order_event", kind="pack"
    )


def updates(server: Victim, chance: random.Random, key: str, usual: float) -> None:
    made = requests.send(server.program.port, requests.create(server.known.token, f"{key}-made"))
    references = [each["reference"] for each in made.body["data"]]
    packed = server.count("order_event", kind="pack")
    request = requests.update(server.known.token, key, references, "PACKED")
    answer = killed_and_repeated(server, request, chance, usual)
    assert [each["outcome"] for each in answer.body["results"]] == ["done"] * MANY
    assert server.count("order_event", kind="pack") == packed + MANY


def imports(server: Victim, chance: random.Random, key: str, usual: float) -> None:
    before = server.count("orders")
    answer = killed_and_repeated(server, requests.import_file(server.session, key), chance, usual)
    assert answer.body["imported"] == MANY
    assert server.count("orders") == before + MANY


MANY_POINTS = 60

DEEDS = (creates, updates, imports)


def usual_seconds(server: Victim) -> dict[Callable[..., None], float]:
    """Return how long each request takes when nobody kills the server."""
    taken: dict[Callable[..., None], float] = {}
    made: list[str] = []
    for deed in DEEDS:
        for number in range(2):  # the first warms the server up
            key = f"usual-{deed.__name__}-{number}"
            request = requests.create(server.known.token, key)
            if deed is updates:
                request = requests.update(server.known.token, key, made[:MANY], "PACKED")
                del made[:MANY]
            elif deed is imports:
                request = requests.import_file(server.session, key)
            started = time.monotonic()
            got = requests.send(server.program.port, request)
            taken[deed] = time.monotonic() - started
            assert got.status == 200, got.content[:500]
            if deed is creates:
                made += [each["reference"] for each in got.body["data"]]
    return taken


def killed_at(points: range, url: str, folder: Path) -> None:
    with victim(url, folder) as server:
        usual = usual_seconds(server)
        for point in points:
            deed = DEEDS[point % len(DEEDS)]
            deed(server, random.Random(point), f"point-{point}", usual[deed])  # noqa: S311 - to be repeated
        print(f"killed at {len(points)} points: {Counter(server.seen)}")  # noqa: T201 - with -s
        if len(points) >= MANY_POINTS:
            assert {"not done", "done"} <= set(server.seen), "the kills hit nothing"
    assert books_of(url) == []
    assert not list((folder / "server").glob("upload-*"))


@pytest.mark.slow
def test_what_a_key_asked_for_is_done_once_on_sqlite(sqlite_points: range, sqlite_url: str, tmp_path: Path) -> None:
    killed_at(sqlite_points, sqlite_url, data_folder(tmp_path))


@pytest.mark.slow
@pytest.mark.postgres
def test_what_a_key_asked_for_is_done_once_on_postgresql(
    postgres_points: range, postgres_url: str, tmp_path: Path
) -> None:
    killed_at(postgres_points, postgres_url, data_folder(tmp_path))
