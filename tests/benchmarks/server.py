"""The server against the same pages by hand, and against the services alone: by the processor's time that each takes.

What a client waits for depends on what else the machine does; what a server's process works does not.
"""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure, figure, percentile_ms
from tests.benchmarks.worlds import FOLDER, LARGE, Recorder, bare_connection, context_of, copy_of, replay
from warehouse_desk.data.engine.database import SQLITE_PRAGMAS, sqlite_url
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ALL_ABILITIES
from warehouse_desk.domain.people.access import NEVER_FOR_TOKENS
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.services.connect import connect, open_database
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.people.api_tokens import TokenWish

SIZES = (5_000, LARGE)
MANY = 1_000
ROUNDS = 5
REQUESTS = 1_000
CONNECTIONS = 4
SCANS = 200
MINUTES = 3.0
REST = "/api/web/1.0/orders"
_ROOT = Path(__file__).parents[2]
_LINE = {"sku": "BENCH", "quantity": 1, "price": 10}
_BODY = {
    "full_name": "Youssef El Idrissi", "phone": "+212600000001", "city": "Casablanca", "address": "Rue 45, Maarif",
    "is_fees_paid_by_customer": True, "total": 10, "products": [_LINE],
}  # fmt: skip


def measure() -> list[Figure]:
    """Measure reading at two sizes, writing of 1,000 orders, scans meanwhile, and memory over minutes."""
    return [*(each for size in SIZES for each in reading(size)), *writing(), scanning(), memory()]


@dataclass
class Process:
    """A server's process and a port to ask it at."""

    process: "subprocess.Popen[str]"
    port: int
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, verb: str, path: str, body: object = None) -> bytes:
        """Ask once on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            return _asked(connection, verb, path, body, self.headers)
        finally:
            connection.close()

    def cpu(self) -> float:
        """Return the processor's time that the process has taken, in seconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """Return the resident memory of the process, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def _asked(
    connection: http.client.HTTPConnection, verb: str, path: str, body: object, headers: dict[str, str]
) -> bytes:
    content = None if body is None else json.dumps(body).encode()
    connection.request(verb, path, content, headers | ({} if body is None else {"Content-Type": "application/json"}))
    reply = connection.getresponse()
    answer = reply.read()
    if reply.status >= http.client.BAD_REQUEST:
        raise AssertionError(answer[:500])
    return answer


@contextmanager
def _started(command: list[str], port_of: Callable[[str], int]) -> Iterator[Process]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as process:
        try:
            assert process.stdout is not None
            yield Process(process, port_of(process.stdout.readline()))
        finally:
            process.kill()


@contextmanager
def served(path: Path) -> Iterator[Process]:
    """Serve a database by the program itself, with a token that may do everything a token may."""
    database = open_database(sqlite_url(path), "bench")
    desk = Desk(connect(database, "bench", "bench", None, Source.DESK))
    may = ALL_ABILITIES - NEVER_FOR_TOKENS
    token = desk.people.add_token(TokenWish(name=f"bench {path.name}", abilities=may)).text
    database.close()
    folder = FOLDER / "server"
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_text("server_rate = 0\n", encoding="utf-8")
    words = ["--json", "serve", "--data-dir", str(folder), "--database", sqlite_url(path), "--port", "0"]
    command = [sys.executable, "-m", "warehouse_desk", *words]
    with _started(command, lambda line: int(json.loads(line)["url"].rpartition(":")[2])) as process:
        process.headers["Authorization"] = f"Bearer {token}"
        yield process


@contextmanager
def served_bare(path: Path) -> Iterator[Process]:
    """Serve a database by hand."""
    command = [sys.executable, "-m", "tests.benchmarks.bare_server", str(path), json.dumps(SQLITE_PRAGMAS)]
    with _started(command, int) as process:
        yield process


def reading(size: int) -> list[Figure]:
    """Measure the first page and one order."""
    with copy_of(size, "server") as path, served(path) as ours, served_bare(path) as floor:
        row = json.loads(ours.ask("GET", f"{REST}?per_page=1"))["data"][0]["reference"]
        pairs = {
            "list of 25": (f"{REST}?per_page=25", "/list"),
            "one order": (f"{REST}/{row}/show", f"/show/{row}"),
        }
        figures = []
        for name, (path_of_ours, bare_path) in pairs.items():
            for process, asked in ((ours, path_of_ours), (floor, bare_path)):
                load(process, asked, REQUESTS // 10)
            works = [(load(ours, path_of_ours, REQUESTS), load(floor, bare_path, REQUESTS)) for _ in range(ROUNDS)]
            mine, bare = (min(column) / REQUESTS * 1000 for column in zip(*works, strict=True))
            figures.append(figure(f"served, {name}, {size:,} orders", mine, bare, "ms of CPU", REQUESTS * ROUNDS))
    return figures


def load(process: Process, path: str, how_many: int) -> float:
    """Ask over some connections that stay open; return the processor's time that the server took, in seconds."""
    before = process.cpu()
    _at_once([lambda: _ask_often(process, path, how_many // CONNECTIONS)] * CONNECTIONS)
    return process.cpu() - before


def _ask_often(process: Process, path: str, how_many: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", process.port, timeout=120)
    for _ in range(how_many):
        _asked(connection, "GET", path, None, process.headers)
    connection.close()


def _at_once(works: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def writing() -> list[Figure]:
    """Measure 1,000 orders created and packed in a request, against the services and against their statements."""
    body = {"orders": [_BODY] * MANY}
    over_http: list[tuple[float, float]] = []
    alone: list[tuple[float, float]] = []
    with copy_of(SIZES[0], "served") as path, copy_of(SIZES[0], "alone") as other, copy_of(SIZES[0], "bare") as third:
        for each in (path, other, third):
            _stock(each)
        recorder, context = Recorder(), context_of(other)
        desk = Desk(context)
        recorder.unit(context, lambda: desk.orders.create(body))
        with served(path) as ours:
            for _ in range(ROUNDS):
                before = ours.cpu()
                made = json.loads(ours.ask("POST", REST, body))["data"]
                created = ours.cpu()
                ours.ask("PUT", REST, {"orders": [{**each, "status": "PACKED"} for each in made]})
                over_http.append((created - before, ours.cpu() - created))
                alone.append(_alone(desk, body))
        inserts = _cpu(lambda: replay(bare_connection(third), recorder.units[0]))
        context.database.close()
    (create, update), (service, act) = (map(min, zip(*times, strict=True)) for times in (over_http, alone))
    return [
        figure(f"served, create of {MANY:,}, against the service", create * 1000, service * 1000, "ms of CPU", ROUNDS),
        figure(f"served, create of {MANY:,}, against bare inserts", create * 1000, inserts * 1000, "ms of CPU", ROUNDS),
        figure(f"served, PUT of {MANY:,}, against the step", update * 1000, act * 1000, "ms of CPU", ROUNDS),
    ]


def _alone(desk: Desk, body: dict[str, Any]) -> tuple[float, float]:
    references: list[str] = []
    created = _cpu(lambda: references.extend(desk.orders.create(body).references))
    return created, _cpu(lambda: desk.orders.act(Action.PACK, references))


def _cpu(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _stock(path: Path) -> None:
    database = open_database(sqlite_url(path), "bench")
    desk = Desk(connect(database, "bench", "bench", None, Source.DESK))
    desk.goods.add_product("BENCH", "Bench", [])
    own = next(w for w in desk.directories.warehouses() if w.shipping_company_id is None and w.active)
    desk.goods.receive(own.id, "BENCH", 100 * MANY)
    database.close()


def scanning() -> Figure:
    """Measure how long one order's step takes at a quiet server, and while others pack 1,000 in a request."""
    with copy_of(SIZES[0], "scans") as path:
        _stock(path)
        with served(path) as ours:
            batches = [json.loads(ours.ask("POST", REST, {"orders": [_BODY] * MANY}))["data"] for _ in range(ROUNDS)]
            singles = [
                each["reference"] for each in json.loads(ours.ask("POST", REST, {"orders": [_BODY] * MANY}))["data"]
            ]
            quiet = _steps(ours, singles[:SCANS])
            busy: list[float] = []
            for batch in batches:
                body = {"orders": [{**each, "status": "PACKED"} for each in batch]}
                other = threading.Thread(target=ours.ask, args=("PUT", REST, body))
                other.start()
                while other.is_alive():
                    busy += _steps(ours, [singles[SCANS + len(busy)]])
                other.join()
    slowest, usual = (percentile_ms(times, 0.99) for times in (busy, quiet))
    return figure(f"served, a step while {MANY:,} are packed, p99", slowest, usual, "ms", len(busy))


def _steps(process: Process, references: Sequence[str]) -> list[float]:
    times = []
    for reference in references:
        began = time.perf_counter()
        process.ask("PUT", REST, {"orders": [{"reference": reference, "status": "PACKED"}]})
        times.append(time.perf_counter() - began)
    return times


def memory(minutes: float = MINUTES) -> Figure:
    """Measure the server's memory after minutes of every kind of request, against that after as many before.

    First the database's own page caches fill, up to 32 MB for who writes; they are no part of what may grow.
    """
    with copy_of(SIZES[0], "memory") as path:
        _stock(path)
        with served(path) as ours:
            _work(ours, minutes)
            before = ours.memory_mb()
            _work(ours, minutes)
            return figure(f"served, memory after {minutes:g} minutes", ours.memory_mb(), before, "MB", 1)


def _work(process: Process, minutes: float) -> None:
    ends = time.monotonic() + minutes * 60

    def ask() -> None:
        while time.monotonic() < ends:
            made = json.loads(process.ask("POST", REST, {"orders": [_BODY] * 20}))["data"]
            process.ask("PUT", REST, {"orders": [{**each, "status": "PACKED"} for each in made]})
            for each in made:
                process.ask("GET", f"{REST}/{each['reference']}/show")
                process.ask("GET", f"{REST}?per_page=100&search_by=reference&keyWord={each['reference']}")

    _at_once([ask] * CONNECTIONS)
