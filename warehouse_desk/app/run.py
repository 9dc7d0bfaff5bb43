"""The entrance: a command for the command line, or the window."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from warehouse_desk.cli.commands import build_parser
from warehouse_desk.cli.exits import WRONG_USAGE
from warehouse_desk.cli.language import language_option, use_language
from warehouse_desk.cli.words import complain, use_utf8
from warehouse_desk.common.messages import msg


def run(argv: Sequence[str] | None = None) -> int:
    """Run the program with the arguments after its name (default: this process's) and return its exit status.

    Statuses: see ``warehouse-desk --help``. Without a command and without a screen it is 2.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    use_utf8()
    use_language(language_option(words))
    try:
        arguments = build_parser().parse_args(words)
    except SystemExit as end:  # after --help, --version or a wrong command line
        return end.code if isinstance(end.code, int) else WRONG_USAGE
    if arguments.run is not None:
        return _command(arguments)
    if not _has_screen():
        complain(msg("There is no screen for the window. Use a command; see: warehouse-desk --help"))
        return WRONG_USAGE
    from warehouse_desk.app.opening import open_for_worker

    return open_for_worker(arguments)


def _command(arguments: Namespace) -> int:
    if arguments.demo:
        complain(msg("--demo opens the window. To fill a database use: warehouse-desk demo --orders N"))
        return WRONG_USAGE
    from warehouse_desk.cli.program import run_command

    return run_command(arguments)


def _has_screen() -> bool:
    """Tell whether a window can be shown; only on Linux does a program start without any screen."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
