"""A CUPS server of the test run's own, and printers that keep what they are sent."""

import os
import queue
import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import leash
from tests.support.programs import find_program, is_root

START_SECONDS = 30
COMMAND_SECONDS = 60
JOB_SECONDS = 120
"""A page goes through Ghostscript and a driver, on a machine that runs other tests besides."""

ZEBRA_DRIVER = "drv:///sample.drv/zebra.ppd"
"""CUPS's own driver of thermal printers: pages become dots, and these ZPL."""
OFFICE_DRIVER = "lsb/usr/cupsfilters/Generic-PDF_Printer-PDF.ppd"
"""A driver of laser printers that take PDF: pages come out as the filters laid them on the paper."""

_SCHEDULER = """
Listen 127.0.0.1:{port}
LogLevel debug
Browsing No
WebInterface No
DefaultAuthType None
MaxLogSize 0
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """
ServerRoot {folder}/root
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/state
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
Sandboxing relaxed
"""
_SERVER_USER = "lp"


@dataclass(frozen=True)
class CupsServer:
    """A running scheduler; ``address`` is what CUPS_SERVER has to be."""

    address: str
    folder: Path

    def add_queue(self, name: str, device: str, driver: str, *options: str) -> None:
        """Set a printer up; ``options`` are its choices, such as ``PageSize=A4``."""
        chosen = [word for option in options for word in ("-o", option)]
        self._run("lpadmin", "-p", name, "-v", device, "-m", driver, *chosen, "-E")

    def remove_queue(self, name: str) -> None:
        """Take a printer away with its jobs."""
        self._run("cancel", "-a", "-x", name)
        self._run("lpadmin", "-x", name)

    def reject_jobs(self, name: str, reason: str) -> None:
        """Have a printer refuse further jobs."""
        self._run("cupsreject", "-r", reason, name)

    def log(self) -> str:
        """Return the end of what the scheduler and the drivers had to say."""
        file = self.folder / "log" / "error"
        return file.read_text(encoding="utf-8", errors="replace")[-4_000:] if file.exists() else "(no log)"

    def _run(self, program: str, *words: str) -> None:
        path = find_program(program, "cups")
        done = subprocess.run(
            [path, *words],
            check=False,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            env={**os.environ, "CUPS_SERVER": self.address},
        )
        if done.returncode != 0:
            pytest.fail(f"{program} {' '.join(words)} failed: {done.stderr}\n{self.log()}", pytrace=False)


@contextmanager
def running_cups(run_folder: Path, name: str) -> Iterator[CupsServer]:
    """Run a CUPS scheduler with an empty set of printers until the block ends, or the test run."""
    folder = run_folder / f"cups-{name}"
    for part in ("root", "spool/tmp", "cache", "state", "log"):
        (folder / part).mkdir(parents=True)
    # A copy: where AppArmor confines the system's own scheduler, it may write into the system's folders alone.
    program = Path(shutil.copy(find_program("cupsd", "cups"), folder))
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings, files = folder / "cupsd.conf", folder / "cups-files.conf"
    settings.write_text(_SCHEDULER.format(port=port), encoding="ascii")
    text = _FILES.format(folder=folder)
    if is_root():
        text += f"User {_SERVER_USER}\nGroup {_SERVER_USER}\n"
        for part in ("spool", "spool/tmp", "cache"):
            shutil.chown(folder / part, _SERVER_USER, _SERVER_USER)
    files.write_text(text, encoding="utf-8")
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(
            [program, "-f", "-c", settings, "-s", files],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    order = leash.register(run_folder, ["kill", str(process.pid)])
    server = CupsServer(f"127.0.0.1:{port}", folder)
    try:
        _wait_until_it_listens(process, port, folder, server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=COMMAND_SECONDS)
        order.unlink()


def _wait_until_it_listens(process: "subprocess.Popen[bytes]", port: int, folder: Path, server: CupsServer) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(0.05)
    pytest.fail(f"CUPS did not start:\n{(folder / 'out').read_text()}\n{server.log()}", pytrace=False)


class LoopbackPrinter:
    """A printer in the network, on this computer: it takes one job after the other and keeps them."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.1)
        self._jobs: queue.Queue[bytes] = queue.Queue()
        self._off = threading.Event()
        self._serving = threading.Thread(target=self._serve)
        self._serving.start()

    @property
    def address(self) -> str:
        """``host:port``."""
        return f"127.0.0.1:{self._listening.getsockname()[1]}"

    def job(self, server: CupsServer | None = None) -> bytes:
        """Return the next job, waiting for it."""
        try:
            return self._jobs.get(timeout=JOB_SECONDS)
        except queue.Empty:
            pytest.fail(f"The printer was sent nothing.\n{server.log() if server else ''}", pytrace=False)

    def turn_off(self) -> None:
        """Stop listening."""
        self._off.set()
        self._serving.join(COMMAND_SECONDS)
        self._listening.close()

    def _serve(self) -> None:
        while not self._off.is_set():
            try:
                connection, _ = self._listening.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(COMMAND_SECONDS)
                parts = []
                while part := connection.recv(65_536):
                    parts.append(part)
            if parts:
                self._jobs.put(b"".join(parts))


@contextmanager
def a_printer() -> Iterator[LoopbackPrinter]:
    """Have a printer listen until the block ends."""
    printer = LoopbackPrinter()
    try:
        yield printer
    finally:
        printer.turn_off()


@contextmanager
def a_printer_that_breaks_off(taken: int) -> Iterator[str]:
    """A printer that is switched off, or whose cable is pulled, after it read so many bytes; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            left = taken
            while left == taken:  # whoever only looks whether it listens sends nothing
                connection, _ = listening.accept()
                with connection:
                    while left > 0 and (part := connection.recv(left)):
                        left -= len(part)
                    # Closed without farewell: what it did not read is answered with a reset.
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

        serving = threading.Thread(target=serve)
        serving.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        serving.join(10)
