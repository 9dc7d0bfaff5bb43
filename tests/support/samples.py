"""Sample databases of every schema revision: ``python -m tests.support.samples`` makes the one of the newest.

A sample is made once, by the program of its revision, and kept: what a station of that version hands to a newer one.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from sqlalchemy import insert, select

from warehouse_desk.common.clock import now_utc
from warehouse_desk.data import tables
from warehouse_desk.data.engine.database import Database, UnitOfWork, sqlite_url
from warehouse_desk.data.schema.upgrade import newest_revision

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "data" / "samples"
WORKER = "Amal"
SECRETS = {
    "WAREHOUSE_DESK_PASSWORD": "a password for samples",
    "WAREHOUSE_DESK_NEW_PASSWORD": "a password for samples",
    "WAREHOUSE_DESK_NEW_PIN": "493817",
}
ORDERS_FILE = """full_name,phone,second_phone,city,address,skus,quantities,prices,total,notes
Amina Bennani,0612345678,,Casablanca,3 rue des Fleurs,PROD-001,1,120,120,
Omar Alaoui,0612345679,0522334455,Rabat,4 rue des Fleurs,PROD-001|PROD-002,2|1,100|50,250,Fragile
"""

Desk = Callable[..., str]


def file_of(revision: str) -> Path:
    """Return where the sample of a revision is kept."""
    return FOLDER / f"{revision}.sqlite"


def make(file: Path) -> None:
    """Work a short shift with the program's own commands and keep its database as one small file."""
    with tempfile.TemporaryDirectory(prefix="desk-sample-") as name:
        database = Path(name) / "warehouse-desk.db"
        _work_a_shift(Path(name))
        _leave_work_open(database)
        with closing(sqlite3.connect(database, isolation_level=None)) as connection:
            for statement in ("PRAGMA journal_mode=DELETE", "PRAGMA page_size=512", "VACUUM"):
                connection.execute(statement)
        file.write_bytes(database.read_bytes())


def _work_a_shift(folder: Path) -> None:
    """Orders of each status, goods, users, labels, hand-overs, readings of the scanner."""
    desk = partial(_command, folder)
    desk("demo", "--orders", "60", "--seed", "1")
    desk("shipment-ways", "add", "1", "À domicile", "--arabic", "إلى المنزل", "--english", "To the door")
    desk("users", "add", WORKER, "--role", "Admin")
    desk("users", "add", "Karim", "--role", "Packer")
    desk("badges", "issue", "Karim")
    desk("pin", "set", WORKER)
    desk("tokens", "add", "Boutique", "--may", "CREATE ORDERS", "VIEW ORDERS", "--for-user", WORKER)
    orders_file, paper = folder / "orders.csv", str(folder / "paper.pdf")
    orders_file.write_text(ORDERS_FILE, encoding="utf-8")
    desk("import", str(orders_file))
    new, packed = iter(references(desk, "NEW")), iter(references(desk, "PACKED"))
    desk("labels", "--output", paper, next(new), next(new))
    desk("trackings", "get", "--output", paper, "1")
    desk("scan", "--mode", "pack", stdin=f"{next(new)}\nORD-99999\n")
    desk("do", "hold", "--reason", "Le client rappelle", next(new))
    desk("do", "cancel", "--reason", "Doublon", next(new))
    desk("orders", "delete", next(new))
    desk("do", "push", "--company", "ATLAS", next(packed), next(packed))
    desk("handover", "collect", "--company", "ATLAS")
    desk("handover", "close", "1")
    numbered = next(packed)
    desk("orders", "track", numbered, "MA-000123")
    desk("do", "ship", "--warehouse", "1", numbered)
    desk("do", "return", numbered)
    desk("do", "renew", numbered)
    desk("do", "push", "--company", "RIF", next(packed))
    desk("handover", "collect", "--company", "RIF")


def _command(folder: Path, *words: str, stdin: str = "") -> str:
    """Give a command at a station whose data are in ``folder`` and return what the program answers."""
    program = [sys.executable, "-m", "warehouse_desk", "--data-dir", str(folder), "--user", WORKER]
    done = subprocess.run(
        [*program, "--station", "Poste 1", "--lang", "fr", *words],
        cwd=ROOT,
        env={**os.environ, **SECRETS},
        input=stdin,
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode > (1 if words[0] == "scan" else 0):  # a reading that is refused belongs to a shift
        raise RuntimeError(f"{' '.join(words)}: {done.stderr or done.stdout}")
    return done.stdout


def references(desk: Desk, status: str) -> list[str]:
    """Return the orders of a status, newest first."""
    answer = json.loads(desk("--json", "orders", "list", "--status", status, "--per-page", "100"))
    return [order["reference"] for order in answer["data"]]


def _leave_work_open(file: Path) -> None:
    """Add what a window keeps while people work at it, and no command leaves behind."""
    database = Database(sqlite_url(file))

    def work(uow: UnitOfWork) -> None:
        order, line = uow.table(select(tables.order_line.c.order_id, tables.order_line.c.id).limit(1))[0]
        count = {"order_id": order, "attempt": 1, "line_id": line, "counted": 1}
        view = {"owner": WORKER, "name": "À rappeler", "name_folded": "a rappeler", "filters": "{}", "sort": "created"}
        now = now_utc()
        job = {"kind": "export", "state": "done", "payload": "{}", "station_id": 1, "created_at": now}
        for table, values in {
            tables.verification_count: count,
            tables.station_work: {"station_id": 1, "order_id": order},
            tables.parcel_at_hand: {"station_id": 1, "order_id": order, "at": now_utc()},
            tables.saved_view: view,
            tables.job: job,
            tables.reference_block: {"first": 900, "last": 909},
            tables.http_session: {"session_hash": "0" * 64, "user_id": 1, "created_at": now, "seen_at": now},
            tables.login_attempt: {
                "kind": "name",
                "subject": "0" * 64,
                "failed_at": "[]",
                "locks": 0,
                "changed_at": now,
            },
        }.items():
            uow.execute(insert(table).values(**values))

    database.transact(work)
    database.close()


def main() -> int:
    """Make the sample of the newest revision, unless it is there."""
    file = file_of(newest_revision())
    if file.exists():
        sys.stderr.write(f"{file} is there already. If its migration is still being written, remove the file first.\n")
        return 1
    make(file)
    sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1024} KB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
