"""A PostgreSQL server that belongs to the test run, and fresh databases in it."""

import json
import secrets
import shutil
import socket
import subprocess
import sys
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
import pytest
from filelock import FileLock
from psycopg import sql

from tests.support import leash
from tests.support.programs import find_postgres_folder, is_root

USER = "desk"
SERVER_USER = "postgres"  # the account that Debian's package creates; needed only when the tests run as root
PORT_ATTEMPTS = 5  # another program may take the port between our choice and the server's start


@dataclass(frozen=True)
class PostgresServer:
    """A running server on a loopback port; every process of the test run uses the same one."""

    port: int
    password: str
    folder: str

    def url(self, database: str) -> str:
        """Return SQLAlchemy's address of one database."""
        return f"postgresql+psycopg://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """Open an administrator's connection that commits each statement."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=self.password,
            dbname=database,
            autocommit=True,
        )

    def create_database(self, template: str = "template1") -> str:
        """Create a database as a copy of ``template`` and return its name."""
        name = f"test_{uuid.uuid4().hex}"
        with closing(self.connect()) as connection:
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, closing whatever connections a test left open to it."""
        with closing(self.connect()) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def make_template(self, upgrade: Callable[[str], None], name: str = "template_desk") -> str:
        """Create a template once per run by calling ``upgrade`` with the address of an empty database.

        Later callers, in whichever worker, get the name of the same template.
        """
        with FileLock(Path(self.folder).parent / f"{name}.lock"):
            with closing(self.connect()) as connection:
                known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
                if known is not None:
                    return name
                draft = self.create_database()
            upgrade(self.url(draft))
            with closing(self.connect()) as connection:
                # A pool that `upgrade` left open would keep everybody from copying the template.
                ask = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
                connection.execute(ask, [draft])
                rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                connection.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))
                close = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true")
                connection.execute(close.format(sql.Identifier(name)))
        return name


def shared_server(run_folder: Path, *, fsync: bool) -> PostgresServer:
    """Return the server of this test run; the first process to ask starts it."""
    description = run_folder / "postgres.json"
    with FileLock(run_folder / "postgres.lock"):
        if description.exists():
            return PostgresServer(**json.loads(description.read_text(encoding="utf-8")))
        server = start_server(run_folder / "postgres", run_folder, fsync=fsync)
        description.write_text(json.dumps(asdict(server)), encoding="utf-8")
    return server


def start_server(folder: Path, run_folder: Path, *, fsync: bool) -> PostgresServer:
    """Create a cluster in ``folder`` and start a server on it, to be stopped when the run ends.

    ``fsync`` on is PostgreSQL's default and what stations run; off makes tests with many commits faster and
    measurements worthless.
    """
    create_cluster(folder)
    return run_server(folder, run_folder, fsync=fsync)


def create_cluster(folder: Path) -> None:
    """Create an empty cluster in a new folder, with its administrator's password beside it."""
    folder.mkdir()
    if is_root():
        shutil.chown(folder, SERVER_USER, SERVER_USER)
    secret = folder / "password"
    secret.write_text(secrets.token_hex(16), encoding="ascii")
    secret.chmod(0o600)
    if is_root():
        shutil.chown(secret, SERVER_USER, SERVER_USER)
    _initialise(find_postgres_folder(), folder, secret)


def run_server(folder: Path, run_folder: Path, *, fsync: bool) -> PostgresServer:
    """Start a server on the cluster in ``folder``, to be stopped when the run ends."""
    programs = find_postgres_folder()
    password = (folder / "password").read_text(encoding="ascii")
    stop = [str(programs / "pg_ctl"), "stop", "-w", "-m", "fast", "-D", str(folder / "data")]
    leash.register(run_folder, stop, SERVER_USER if is_root() else None)
    for _ in range(PORT_ATTEMPTS):
        port = _free_port()
        if _start(programs, folder, port, fsync=fsync):
            return PostgresServer(port, password, str(folder))
    pytest.fail(f"PostgreSQL did not start:\n{_tail(folder / 'log')}", pytrace=False)


def _initialise(programs: Path, folder: Path, secret: Path) -> None:
    locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    command = [
        str(programs / "initdb"),
        f"--pgdata={folder / 'data'}",
        f"--username={USER}",
        f"--pwfile={secret}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        # A station's server sorts by a language, not by bytes; tests must meet that order too.
        *(["--locale-provider=icu", "--icu-locale=fr-MA"] if _has_icu(programs) else []),
        f"--locale={locale}",
        "--no-sync",
    ]
    _run(command, folder)


def _has_icu(programs: Path) -> bool:
    answer = subprocess.run([programs / "initdb", "--help"], check=True, capture_output=True, text=True)
    return "--icu-locale" in answer.stdout


def _start(programs: Path, folder: Path, port: int, *, fsync: bool) -> bool:
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} "
        f"-c fsync={'on' if fsync else 'off'} -c max_connections=200"
    )
    command = [str(programs / "pg_ctl"), "start", "-w", "-s", "-D", str(folder / "data")]
    try:
        _run([*command, "-l", str(folder / "log"), "-o", options], folder)
    except subprocess.CalledProcessError:
        return False
    return True


def _run(command: list[str], folder: Path) -> None:
    as_user = {"user": SERVER_USER, "group": SERVER_USER, "extra_groups": []} if is_root() else {}
    subprocess.run(  # type: ignore[call-overload]
        command,
        check=True,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        **as_user,
    )


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tail(log: Path) -> str:
    return log.read_text(encoding="utf-8")[-2000:] if log.exists() else "(it wrote no log)"
