"""``scan``: a reference a line in, a JSON line out at once, as the scanner's screen answers."""

import logging
from typing import TYPE_CHECKING, Any

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE, FAULT, REFUSED, UNREACHABLE
from warehouse_desk.cli.reading import stdin_lines
from warehouse_desk.cli.steps import check_needs, options_of
from warehouse_desk.cli.words import result_body, say_json_line
from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import DatabaseUnavailable, DeskError
from warehouse_desk.domain.orders.step_options import StepOptions, check_options
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.scanning.modes import STATUS_MODES, ModeName

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk

_log = logging.getLogger(__name__)


def scan(station: CommandStation) -> int:
    """Answer every line of standard input; a line that fails is answered too, and the next one is read.

    A pipe may stay open: each answer is on its way before the next line is read.
    """
    mode = ModeName(station.arguments.mode)
    action = STATUS_MODES.get(mode)
    if action is not None:
        check_needs(action, station.arguments)
    worst = DONE
    with station.desk() as desk:
        options = StepOptions(date=desk.context.today())
        if action is not None:
            options = options_of(desk, action, station.arguments)
            check_options(action, options, desk.context.today())
        for code in stdin_lines():
            body, status = _answer(desk, mode, code, options)
            say_json_line(body)
            worst = max(worst, status)
    return worst


def _answer(desk: "Desk", mode: ModeName, code: str, options: StepOptions) -> tuple[dict[str, Any], int]:
    try:
        result = desk.scanning.scan(mode, code, options)
    except DeskError as error:
        return _failed(code, error), UNREACHABLE if isinstance(error, DatabaseUnavailable) else REFUSED
    except Exception:  # noqa: BLE001 - a damaged row, or a fault of ours, is the answer of its line alone
        _log.exception("a line of the scanner could not be answered")
        return _failed(code, _FAULT), FAULT
    return result_body(result), DONE if result.outcome in {Outcome.DONE, Outcome.ALREADY} else REFUSED


def _failed(code: str, message: object) -> dict[str, Any]:
    return {
        "reference": code,
        "outcome": Outcome.FAILED.value,
        "status_before": None,
        "status_after": None,
        "message": str(message),
    }


_FAULT = msg(
    "This code could not be read: put the parcel aside. The log says what happened; “db "
    "check” shows whether the database is damaged."
)
