"""Do one command and end with its exit status; whatever goes wrong is one sentence on standard error."""

import importlib
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Callable

from warehouse_desk import __version__
from warehouse_desk.cli.command_station import CommandStation, read_options
from warehouse_desk.cli.exits import FAULT, INTERRUPTED, PIPE_CLOSED, status_of
from warehouse_desk.cli.language import use_language
from warehouse_desk.cli.words import complain, say_invalid
from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.common.log import log_file, set_worker, start_logging, stop_logging
from warehouse_desk.common.messages import msg
from warehouse_desk.common.paths import log_folder
from warehouse_desk.domain.errors import DeskError, InvalidInput
from warehouse_desk.settings.options import Options

_log = logging.getLogger(__name__)


def run_command(arguments: Namespace) -> int:
    """Do the command of a command line and return its exit status."""
    module, _, function = arguments.run.partition(".")

    def work(options: Options) -> int:
        done: Callable[[CommandStation], int] = getattr(
            importlib.import_module(f"warehouse_desk.cli.{module}"), function
        )
        return done(CommandStation(arguments, options))

    return guarded(arguments, work)


def guarded(arguments: Namespace, work: Callable[[Options], int]) -> int:
    """Read the options, start the log, do the work, and turn everything that goes wrong into a sentence."""
    options, complaints = read_options(arguments)
    use_language(options.settings.language)
    for complaint in complaints:
        complain(complaint)
    folder = log_folder(options.data_folder)
    start_logging(folder, options.settings.log_level, console="log_level" in arguments)
    set_worker(options.station, options.user)
    _log.info("%s of version %s", arguments.run or "the window", __version__)
    try:
        status = work(options)
        print(end="", flush=True)  # a windowed build has no standard output; print knows
    except InvalidInput as error:
        if "json" in arguments:
            say_invalid(error)
        complain(error)
        return status_of(error)
    except DeskError as error:
        _log.info("refused: %s", type(error).__name__)
        complain(error)
        return status_of(error)
    except BrokenPipeError:
        _leave_pipe()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:  # noqa: BLE001 - the last resort: written to the log, told in one sentence
        _log.exception("a fault of the program")
        path = log_file(folder, local_day(now_utc()))
        complain(
            msg("Something went wrong and the program stopped. What happened is written in {file}.", file=str(path))
        )
        return FAULT
    finally:
        stop_logging()
    return status


def _leave_pipe() -> None:
    """Give standard output another end, so that Python's last flush does not fail on the closed one."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
