"""``serve``: the API over HTTP, until a signal ends it."""

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse_desk.cli.command_station import CommandStation, local_database_url, make_data_folder
from warehouse_desk.cli.exits import DONE, UNREACHABLE
from warehouse_desk.cli.words import complain, say_json_line
from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.settings.options import Options

if TYPE_CHECKING:
    from warehouse_desk.server.shell.options import ServeOptions

_PACKAGES = frozenset({"anyio", "h11", "python_multipart", "starlette", "uvicorn"})
"""What the extra ``server`` installs."""
_LAST_PORT = 65_535
_NOBODY = msg(
    "Nobody can use the server yet. Make a token for a program: {tokens}. Add a user for a person: {users}.",
    tokens="warehouse-desk tokens add",
    users="warehouse-desk users add",
)


@contextmanager
def packages_needed() -> Iterator[None]:
    """Say which packages to install where those of the extra ``server`` are missing.

    Raises:
        WrongUsage: they are.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise WrongUsage(
            msg("The server's packages are not installed. Run: pip install {package}", package="warehouse-desk[server]")
        ) from error


def serve(station: CommandStation) -> int:
    """Serve the API; the first line says where."""
    with packages_needed():
        return _serve(station)


def _serve(station: CommandStation) -> int:
    from warehouse_desk.server.serving import Serving
    from warehouse_desk.server.shell.errors import CannotListen
    from warehouse_desk.services.connect import may_anybody_ask, open_database, server_desk

    options = _options(station.arguments, station.options)
    options.check()
    if station.options.database_url == local_database_url(station.options.data_folder):
        make_data_folder(station.options.data_folder)
    database = open_database(station.options.database_url, station.options.station)
    try:
        serving = Serving(server_desk(database, station.options.station), options)
        serving.open()
        is_asked = may_anybody_ask(database)

        def say() -> None:
            _say(station, serving.url, options)
            if not is_asked:
                complain(_NOBODY)

        serving.run(say)
    except CannotListen as error:
        complain(error)
        return UNREACHABLE
    finally:
        database.close()
    return DONE


def _options(arguments: Namespace, options: Options) -> "ServeOptions":
    from warehouse_desk.server.shell.options import ServeOptions
    from warehouse_desk.server.shell.tls import TlsFiles

    if bool(arguments.tls_cert) != bool(arguments.tls_key):
        raise WrongUsage(msg("TLS needs both {certificate} and {key}.", certificate="--tls-cert", key="--tls-key"))
    of_station = ServeOptions.of_station(options.settings, options.data_folder)
    port = of_station.port if arguments.port is None else arguments.port
    if not 0 <= port <= _LAST_PORT:
        raise WrongUsage(msg("A port is a number from 0 to {limit}.", limit=_LAST_PORT))
    return replace(
        of_station,
        host=arguments.host,
        port=port,
        tls=TlsFiles(Path(arguments.tls_cert), Path(arguments.tls_key)) if arguments.tls_cert else None,
        proxy=arguments.behind_proxy,
        plain_http=arguments.plain_http,
    )


def _say(station: CommandStation, url: str, options: "ServeOptions") -> None:
    """Say where it listens, at once: a program may wait for this line."""
    if options.warning is not None:
        complain(options.warning)
    if station.as_json:
        say_json_line({"url": url, "pid": os.getpid()})
    else:
        print(msg("The API is served at {url}", url=url), flush=True)
