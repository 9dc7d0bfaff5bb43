"""Lets the window serve its desk: a server in a thread, over the window's own database, for this machine alone."""

import threading
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from warehouse_desk.cli.serve import packages_needed
from warehouse_desk.common.clock import now_utc
from warehouse_desk.settings.options import Options
from warehouse_desk.ui.serving.host import ServerView, Visitor

if TYPE_CHECKING:
    from warehouse_desk.server.serving import Serving
    from warehouse_desk.server.shell.metrics import Served
    from warehouse_desk.services.desk import Desk

_STOP_SECONDS = 3.0
"""For requests in flight when somebody closes the window: nobody waits longer for a window to go away."""


class DeskHost:
    """At most one server at a time; what it was asked stays to be seen after it has stopped."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._lock = threading.Lock()
        self._serving: Serving | None = None
        self._since: datetime | None = None

    @property
    def port(self) -> int:
        """The station's port."""
        return self._options.settings.server_port

    def start(self, desk: "Desk", port: int) -> None:
        """Serve the desk's database on loopback; nothing where it is served.

        Raises:
            WrongUsage: packages are missing.
            CannotListen: another program serves this desk, or the port is taken.
            DatabaseUnavailable: the database is away.
        """
        with self._lock, packages_needed():
            if self._serving is not None and self._serving.is_running:
                return
            from warehouse_desk.server.serving import Serving
            from warehouse_desk.server.shell.limits import Limits
            from warehouse_desk.server.shell.options import ServeOptions
            from warehouse_desk.services.connect import server_desk

            of_station = ServeOptions.of_station(self._options.settings, self._options.data_folder)
            options = replace(of_station, port=port, limits=Limits(stop_seconds=_STOP_SECONDS))
            serving = Serving(server_desk(desk.context.database, self._options.station), options)
            serving.open()
            serving.start()
            self._serving, self._since = serving, now_utc()

    def stop(self) -> None:
        """End the server, where there is one."""
        with self._lock:
            if self._serving is not None and self._serving.is_running:
                self._serving.stop()

    def view(self) -> ServerView:
        """Return how the server stands."""
        serving = self._serving
        if serving is None:
            return ServerView()
        metrics, is_running = serving.metrics, serving.is_running
        fault, error = metrics.last_fault, serving.error
        return ServerView(
            url=serving.url if is_running else "",
            since=self._since,
            in_flight=metrics.in_flight if is_running else 0,
            visitors=tuple(_visitor(served) for served in reversed(list(metrics.last))),
            last_fault=None if fault is None else _visitor(fault),
            ended_by="" if error is None else str(error) or type(error).__name__,
        )


def _visitor(served: "Served") -> Visitor:
    what = f"{served.verb} {served.route}"
    return Visitor(served.moment, served.principal, served.address, what, served.status, served.visit.request_id)
