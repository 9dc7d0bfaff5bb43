"""From words to a desk: which data folder, database, station and worker a command means."""

import argparse
import getpass
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from warehouse_desk.cli.words import complain
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.paths import database_file, default_data_folder, settings_file
from warehouse_desk.common.system_errors import system_reason
from warehouse_desk.domain.errors import DatabaseUnavailable, SignInRequired
from warehouse_desk.domain.files import upgraded
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.settings.options import Options
from warehouse_desk.settings.station_settings import StationSettings
from warehouse_desk.settings.store import SettingsFile

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk

DATABASE_VARIABLE = "WAREHOUSE_DESK_DATABASE"
DATA_FOLDER_VARIABLE = "WAREHOUSE_DESK_DATA_DIR"
PASSWORD_VARIABLE = "WAREHOUSE_DESK_PASSWORD"  # noqa: S105 - the variable's name


def read_options(arguments: argparse.Namespace) -> tuple[Options, tuple[Message, ...]]:
    """Lay command line and environment over the settings file; also return what is wrong with that file."""
    folder = _data_folder(arguments)
    loaded = SettingsFile(settings_file(folder)).load()
    settings = loaded.settings
    if "lang" in arguments:
        settings = replace(settings, language=arguments.lang)
    if "large" in arguments:
        settings = replace(settings, large_mode=True)
    if "log_level" in arguments:
        settings = replace(settings, log_level=arguments.log_level)
    options = Options(
        data_folder=folder,
        database_url=_database_url(arguments, settings, folder),
        station=getattr(arguments, "station", "").strip() or settings.station_name or socket.gethostname(),
        user=getattr(arguments, "user", "").strip() or _login_name(),
        settings=settings,
    )
    return options, loaded.complaints


def _data_folder(arguments: argparse.Namespace) -> Path:
    given = getattr(arguments, "data_dir", "") or os.environ.get(DATA_FOLDER_VARIABLE, "")
    return Path(given).expanduser().absolute() if given else default_data_folder()


def _database_url(arguments: argparse.Namespace, settings: StationSettings, folder: Path) -> str:
    given = getattr(arguments, "database", "") or os.environ.get(DATABASE_VARIABLE, "") or settings.database_url
    return given or local_database_url(folder)


def local_database_url(folder: Path) -> str:
    """Return the URL of the database file in a data folder."""
    return f"sqlite:///{quote(database_file(folder).as_posix(), safe='/:')}"


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user in a bare container
        return ""


def make_data_folder(folder: Path) -> None:
    """Create the data folder.

    Raises:
        DatabaseUnavailable: it cannot be created.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(
            msg(
                "The data folder {folder} cannot be created: {reason}. Choose another one with --data-dir.",
                folder=str(folder),
                reason=system_reason(error),
            )
        ) from error


@dataclass(frozen=True, slots=True)
class CommandStation:
    """A command as it was given, at its station."""

    arguments: argparse.Namespace
    options: Options

    @property
    def as_json(self) -> bool:
        """Whether a program reads the answer."""
        return "json" in self.arguments

    @contextmanager
    def desk(self, *, migrate: bool = True) -> Iterator["Desk"]:
        """Open the database and sign in; closed again at the end.

        Raises:
            WrongUsage: the URL names no database.
            DatabaseUnavailable: the database cannot be reached, or is not up to date and may not be upgraded.
            SignInRequired: it has users, and no name with its password was given.
        """
        from warehouse_desk.services.connect import open_database, sign_in_at
        from warehouse_desk.services.people.sign_in import needs_sign_in

        options = self.options
        if options.database_url == local_database_url(options.data_folder):
            make_data_folder(options.data_folder)
        database = open_database(options.database_url, options.station, migrate=migrate)
        try:
            password = _password(options.user) if needs_sign_in(database) else None
            desk = sign_in_at(database, options.station, options.user, password, Source.CLI)
            if desk.upgrade_copy:
                complain(upgraded(desk.upgrade_copy))
            yield desk
        finally:
            database.close()


def _password(user: str) -> str:
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise SignInRequired(
            msg(
                "This database has users: add --user NAME and put the password in {variable}.",
                variable=PASSWORD_VARIABLE,
            )
        )
    return getpass.getpass(str(msg("Password of {user}: ", user=user)))
