"""The days of one column: whether the day or the month stands first is a property of all of it, not of a cell."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from warehouse_desk.common import formats
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import western_digits
from warehouse_desk.sheets.cells import Cell, cell_text, clean_line

_TEXT = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T].*)?", re.ASCII)
_MONTHS: Final = 12


class DayColumn:
    """Reads the days of a column once it has seen all of them."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        pairs = [(int(found[1]), int(found[2])) for cell in cells if (found := _written(cell))]
        day_first = any(one > _MONTHS >= two for one, two in pairs)
        month_first = any(two > _MONTHS >= one for one, two in pairs)
        self._mixed = day_first and month_first
        self._month_first = month_first and not day_first
        real = [cell for cell in cells if isinstance(cell, date)]
        # An American Excel turns 03/11 into the eleventh of March and leaves 25/11 a text.
        self._swapped = bool(real) and day_first and all(cell.day <= _MONTHS for cell in real)
        self.notices = (msg("The days of the file are written with the month first."),) if self._month_first else ()
        """What was noticed of the whole column."""

    def read(self, cell: Cell) -> date | Message:
        """Return the day of a cell, or why it cannot be known."""
        if isinstance(cell, date):
            if self._swapped:
                return _in_doubt(cell_text(cell))
            return cell.date() if isinstance(cell, datetime) else cell
        found = _written(cell)
        if found and self._mixed and int(found[1]) <= _MONTHS and int(found[2]) <= _MONTHS and found[1] != found[2]:
            return _in_doubt(cell_text(cell))
        if found and (self._month_first or (self._mixed and int(found[2]) > _MONTHS)):
            day = _day(int(found[3]), int(found[1]), int(found[2]))
        else:
            day = formats.read_day(western_digits(clean_line(cell)))
        if day is None:
            return msg("“{value}” is not a date. Use 2026-01-31 or 31/01/2026.", value=cell_text(cell))
        return day


def _written(cell: Cell) -> re.Match[str] | None:
    return _TEXT.fullmatch(western_digits(clean_line(cell))) if isinstance(cell, str) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_doubt(value: str) -> Message:
    return msg("“{value}” may have day and month exchanged: the column has both. Use 2026-01-31.", value=value)
