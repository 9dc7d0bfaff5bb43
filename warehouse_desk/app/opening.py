"""Open the window on a station's own profile, or on a throw-away one with demo data."""

import os
import tempfile
import threading
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse_desk.cli.command_station import PASSWORD_VARIABLE, local_database_url, make_data_folder
from warehouse_desk.cli.program import guarded
from warehouse_desk.common.log import recent_lines, set_worker
from warehouse_desk.common.messages import current_language
from warehouse_desk.common.paths import log_folder, scan_journal_file, settings_file
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.settings.options import Options
from warehouse_desk.settings.store import SettingsFile

if TYPE_CHECKING:
    from warehouse_desk.data.engine.database import Database
    from warehouse_desk.services.desk import Desk

DEMO_ORDERS = 2_000
DEMO_SEED = 1


def open_for_worker(arguments: Namespace) -> int:
    """Open the window that a command line without a command asks for and return when it is closed."""
    if not arguments.demo:
        return guarded(arguments, _open)
    with tempfile.TemporaryDirectory(prefix="warehouse-desk-demo-", ignore_cleanup_errors=True) as folder:
        arguments.data_dir = folder
        arguments.database = local_database_url(Path(folder))
        return guarded(arguments, lambda options: _open(replace(options, demo=True)))


class Opener:
    """Opens the station's database once and signs workers in, from whatever thread the window asks."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._lock = threading.Lock()
        self._database: Database | None = None

    def connect(self, user: str, password: str | None) -> "Desk":
        """Return the desk of a worker.

        Raises:
            WrongUsage: the URL names no database.
            DatabaseUnavailable: the database cannot be reached or written.
            SignInRequired: it has users, and this is not one of them with their password.
        """
        from warehouse_desk.services.connect import sign_in_at

        with self._lock:
            if self._database is None:
                make_data_folder(self._options.data_folder)
                self._database = self._opened()
            database = self._database
        journal = scan_journal_file(self._options.data_folder)
        desk = sign_in_at(database, self._options.station, user, password, Source.DESK, journal=journal)
        set_worker(self._options.station, desk.caller.user_name)
        return desk

    def _opened(self) -> "Database":
        from warehouse_desk.services.connect import open_database, sign_in_at

        database = open_database(self._options.database_url, self._options.station)
        if self._options.demo:
            from warehouse_desk.services.demo import generate

            owner = sign_in_at(database, self._options.station, self._options.user, None, Source.DESK)
            generate(owner.context, DEMO_ORDERS, DEMO_SEED)
        return database

    def close(self) -> None:
        """Give the database's connections back."""
        if self._database is not None:
            self._database.close()


def _open(options: Options) -> int:
    from warehouse_desk.app.serving import DeskHost
    from warehouse_desk.app.window import Credentials, WindowOptions, open_window

    opener = Opener(options)

    def connect(who: Credentials | None) -> "Desk":
        if who is None:
            return opener.connect(options.user, os.environ.get(PASSWORD_VARIABLE))
        return opener.connect(who.user, who.password)

    looks = WindowOptions(
        language=current_language().code,
        theme=options.settings.theme,
        large=options.settings.large_mode,
        settings_file=options.data_folder / "window.ini" if options.demo else None,
        log_lines=recent_lines,
        faults_file=log_folder(options.data_folder) / "faults.log",
        station_file=SettingsFile(settings_file(options.data_folder)),
        server=DeskHost(options),
    )
    try:
        return open_window(looks, connect)
    finally:
        opener.close()
