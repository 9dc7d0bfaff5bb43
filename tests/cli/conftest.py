"""A small warehouse on both engines, and the program's command line at its door."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import case, literal, update

from tests.support.postgres import PostgresServer
from warehouse_desk.app.run import run
from warehouse_desk.common.messages import set_language
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.tables import orders as table
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.services.connect import open_database, sign_in_at

NEW_YEAR = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)


def stock_the_warehouse(url: str) -> None:
    """Give a new database a warehouse with tea and pots, a company and a delivery person."""
    database = open_database(url, "S1")
    try:
        desk = sign_in_at(database, "S1", "amal", None, Source.DESK)
        main = desk.directories.add(Listed.WAREHOUSE, code="MAIN", name="Casablanca").id
        desk.directories.add(Listed.COMPANY, code="CTM", name="CTM Messagerie")
        desk.directories.add(Listed.PERSON, code="HAMID", name="Hamid", phone="0612345678")
        desk.goods.add_product("TEA", "Thé vert", ["6111000000017"])
        desk.goods.add_product("POT", "Théière")
        desk.goods.receive(main, "TEA", 100)
    finally:
        database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "desk.sqlite"
    stock_the_warehouse(f"sqlite:///{path.as_posix()}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    name = postgres_server.create_database("template1")
    stock_the_warehouse(postgres_server.url(name))
    return name


@dataclass(frozen=True)
class Answer:
    """What the program said, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def body(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Cli = Callable[..., Answer]


@pytest.fixture(autouse=True)
def speak_english() -> Iterator[None]:
    """A test that chose a language leaves none behind."""
    yield
    set_language("en")


def door(
    url: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, user: str = "amal"
) -> Cli:
    """Return the program's command line with a database and a data folder given."""

    def give(*words: str, stdin: str | bytes = "") -> Answer:
        raw = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        capsys.readouterr()
        station = ("--database", url, "--data-dir", str(folder), "--user", user, "--station", "S1")
        status = run([*station, *words])
        said = capsys.readouterr()
        return Answer(status, said.out, said.err.strip())

    return give


@pytest.fixture
def cli(sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line of a station with a local file."""
    return door(sqlite_url, tmp_path / "data", capsys, monkeypatch)


@pytest.fixture
def cli_everywhere(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Cli:
    """The command line of a station, once for each engine."""
    return door(database_url, tmp_path / "data", capsys, monkeypatch)


def made_at_new_year(url: str) -> None:
    """Make every order one of the first of January, so that its steps may be given days since then."""
    columns = ("packed_on", "shipped_on", "delivered_on", "returned_on", "canceled_on")
    days = {name: case((table.c[name].is_not(None), literal(NEW_YEAR.date()))) for name in columns}
    database = Database(url)
    try:
        database.transact(lambda uow: uow.execute(update(table).values(created_at=NEW_YEAR, **days)))
    finally:
        database.close()


def order(**changed: Any) -> dict[str, Any]:
    """Return one order of a bulk create, as the API's example has it."""
    return {
        "full_name": "Youssef El Idrissi",
        "phone": "+212600000001",
        "city": "Casablanca",
        "address": "Rue 45, Maarif",
        "is_fees_paid_by_customer": True,
        "total": 399.5,
        "products": [{"sku": "TEA", "quantity": 1, "price": 399.5}],
        **changed,
    }


def orders(count: int) -> str:
    """Return the body of a bulk create of some orders, each for another customer."""
    made = [order(full_name=f"Client {n}", phone=f"+2126000000{n:02}") for n in range(1, count + 1)]
    return json.dumps({"orders": made})
