"""A server over a desk: put together, opened, run, and taken down in order."""

import socket
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from warehouse_desk.common.paths import database_file, log_folder, server_folder, server_lock_file
from warehouse_desk.server.access.doorkeeper import doorkeeper
from warehouse_desk.server.app import application
from warehouse_desk.server.bodies import forget_uploads
from warehouse_desk.server.cors import origins_of
from warehouse_desk.server.dashboard.jobs import JOB_FILES
from warehouse_desk.server.endpoints.table import TABLE
from warehouse_desk.server.exchange import ServerState
from warehouse_desk.server.shell.access_log import AccessLog
from warehouse_desk.server.shell.health import Health
from warehouse_desk.server.shell.listening import listen
from warehouse_desk.server.shell.metrics import Metrics
from warehouse_desk.server.shell.options import ServeOptions
from warehouse_desk.server.shell.running import DeskServer, ServerThread
from warehouse_desk.server.shell.server_lock import ServerLock
from warehouse_desk.server.shell.shell import Shell
from warehouse_desk.server.threads import Threads
from warehouse_desk.services import maintenance
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.jobs.runner import ServedJobs

_OLD_UPLOAD = 3_600.0
"""Seconds after which a file that was sent is no longer being worked on by another server of this folder."""


class Serving:
    """One server over one database; the desk's database stays its owner's."""

    def __init__(self, desk: Desk, options: ServeOptions) -> None:
        """Judge the options.

        Raises:
            WrongUsage: they would let others read passwords, or the TLS files cannot be used.
        """
        options.check()
        if options.tls is not None:
            options.tls.context()
        self._options = options
        self._desk = desk
        self._threads = Threads()
        self._folder = server_folder(options.data_folder)
        self._log = AccessLog(log_folder(options.data_folder))
        self._jobs = ServedJobs(desk.context, self._folder / JOB_FILES)
        self._health = Health(
            options.limits,
            partial(_look, desk),
            gauges=partial(maintenance.gauges, desk.context),
            waiting=self._waiting,
            shows_metrics=options.shows_metrics,
        )
        self._sockets: list[socket.socket] = []
        self._server: DeskServer | None = None
        self._thread: ServerThread | None = None
        self._open = ExitStack()
        self.url = ""
        """Where it answers, once it is open."""

    @property
    def metrics(self) -> Metrics:
        """What was asked since it began."""
        return self._health.metrics

    @property
    def is_running(self) -> bool:
        """Whether it serves in a thread of its own."""
        return self._thread is not None and self._thread.is_running

    @property
    def error(self) -> BaseException | None:
        """What ended its thread, where nobody stopped it."""
        return None if self._thread is None else self._thread.error

    def open(self) -> None:
        """Take the lock and the port, so that what stands in the way is told before anything begins.

        Raises:
            CannotListen: this database is served already, or the port is taken.
        """
        with ExitStack() as unfinished:
            unfinished.callback(self._log.close)
            lock = None if self._desk.context.database.is_postgresql else ServerLock(self._lock_file())
            if lock is not None:
                unfinished.enter_context(lock)
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            forget_uploads(self._folder, older_than=0 if lock is not None else _OLD_UPLOAD)
            self._sockets = listen(self._options.host, self._options.port)
            for each in self._sockets:
                unfinished.callback(each.close)
            self.url = self._options.url(self._sockets[0].getsockname()[1])
            if lock is not None:
                lock.tell(self.url)
            self._server = self._built()
            unfinished.callback(self._jobs.close)
            self._jobs.start()
            self._open = unfinished.pop_all()

    def _built(self) -> DeskServer:
        """Put the server together, now that its address is known."""
        options = self._options
        keeper = doorkeeper(self._desk, options.rate, self.url)
        state = ServerState(
            self._folder,
            door=keeper,
            public_url=self.url,
            cors_origins=origins_of(self._desk.settings.read().cors_origins),
            wake_jobs=self._jobs.wake,
        )
        shell = Shell(
            application(TABLE, keeper.principal_of, state, self._threads),
            limits=options.limits,
            largest_body=max(row.body_bytes for row in TABLE.rows),
            names=options.names,
            proxy=options.in_front,
            health=self._health,
            log=self._log,
        )
        return DeskServer(shell, self._health, options.limits, options.tls)

    def _lock_file(self) -> Path:
        """Return the lock of the database, the same one whoever opens it and from wherever."""
        place = Path(self._desk.context.database.place).resolve()
        if place == database_file(place.parent):
            return server_lock_file(place.parent)
        return place.with_name(f"{place.name}.server.lock")

    def run(self, on_started: Callable[[], None]) -> None:
        """Serve until a signal comes, in the main thread; then end requests in flight within their time.

        ``on_started`` is called once it answers and heeds signals.
        """
        server = self._opened()
        server.on_started = on_started
        try:
            server.run(self._sockets)
        finally:
            self.close()

    def start(self) -> None:
        """Serve in a thread of its own, until :meth:`stop`."""
        self._thread = ServerThread(self._opened(), self._sockets)
        self._thread.start()

    def _opened(self) -> DeskServer:
        if self._server is None:
            raise RuntimeError("a server is opened before it serves")
        return self._server

    def stop(self) -> None:
        """End the thread: requests in flight have their time; returns when all is ended."""
        if self._thread is not None:
            self._thread.stop()
        self.close()

    def close(self) -> None:
        """Give port, lock and log back."""
        self._open.close()

    def _waiting(self) -> dict[str, float]:
        return {f"waiting_for_{work.value}": float(number) for work, number in self._threads.waiting().items()}


def _look(desk: Desk) -> None:
    """Ask the database for a sign of life and for its schema."""
    maintenance.revision(desk.context.database)
