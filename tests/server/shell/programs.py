"""The program as it serves: processes of their own, found by the first line that they say."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.server.shell.servers import PATIENCE, Connection

_STARTED = 60.0
ROOT = Path(__file__).parents[3]


@dataclass
class Program:
    """A process that serves."""

    process: "subprocess.Popen[str]"
    url: str

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rpartition(":")[2])

    def line(self) -> str:
        """Read the next line that it says; empty once it has ended."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip()

    def connect(self) -> Connection:
        """Open a connection."""
        return Connection(self.port)

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def end(self) -> int:
        """Wait until it has ended, and return how."""
        return self.process.wait(timeout=PATIENCE)


def command(*words: str) -> list[str]:
    """Return the command line of a server."""
    return [sys.executable, "-m", "warehouse_desk", "--json", "serve", *words]


def try_to_serve(*words: str) -> "subprocess.CompletedProcess[str]":
    """Start a server that cannot begin, and return what it said."""
    return subprocess.run(command(*words), check=False, capture_output=True, text=True, cwd=ROOT, timeout=_STARTED)


@contextmanager
def serving(*words: str, stdin: int | None = None) -> Iterator[Program]:
    """Start a server at any port and lend it once it listens; afterwards it is killed if it still runs.

    ``stdin`` is the descriptor of what it reads from, such as a terminal; by default nothing.
    """
    with _started(command(*words, "--port", "0"), stdin) as program:
        yield program


@contextmanager
def tiny_server(folder: Path) -> Iterator[Program]:
    """Start a server around the tiny application instead of the API."""
    with _started([sys.executable, "-m", "tests.server.shell.tiny_server", str(folder)]) as program:
        yield program


@contextmanager
def _started(words: list[str], stdin: int | None = None) -> Iterator[Program]:
    with subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL if stdin is None else stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, process.stderr.read() if process.stderr is not None else ""
            yield Program(process, json.loads(line)["url"])
        finally:
            process.kill()
