"""A PostgreSQL server of one test's own, to be stopped under its stations and started again."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import run
from tests.support.postgres import PostgresServer, _run, _start, start_server
from tests.support.programs import find_postgres_folder


@dataclass(frozen=True)
class OwnServer:
    """A server that only one test uses."""

    server: PostgresServer
    folder: Path

    def stop(self) -> None:
        """Stop at once, as a power cut does."""
        program = find_postgres_folder() / "pg_ctl"
        _run([str(program), "stop", "-w", "-s", "-m", "immediate", "-D", str(self.folder / "data")], self.folder)

    def start(self) -> None:
        """Start again, at the same port."""
        assert _start(find_postgres_folder(), self.folder, self.server.port, fsync=True)

    @property
    def is_running(self) -> bool:
        """Whether it was not stopped."""
        return (self.folder / "data" / "postmaster.pid").exists()


@contextmanager
def own_server(name: str) -> Iterator[OwnServer]:
    """Lend a server; it is stopped and removed afterwards."""
    folder = Path(run.folder()) / f"own-{name}"
    lent = OwnServer(start_server(folder, run.folder(), fsync=True), folder)
    try:
        yield lent
    finally:
        if lent.is_running:
            lent.stop()
        shutil.rmtree(folder, ignore_errors=True)
