"""How people read days, moments and counts: the day first, as in Morocco.

Files, the wire and what a program reads (``--json``) keep ISO 8601 and bare numbers.
"""

import re
from datetime import date, datetime, timedelta

from warehouse_desk.common.messages import Message, msg

NARROW_BLANK = "\u202f"
"""Between thousands; no line is broken at it."""

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T].*)?", re.ASCII)


def day_text(day: date) -> str:
    """Return a day as ``23/11/2026``; without strftime, which takes five times as long: a table shows hundreds."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def time_text(at: datetime, *, seconds: bool = False) -> str:
    """Return the hour and minute of a moment on the station's clock, ``14:03``."""
    local = at.astimezone()
    return f"{local.hour:02d}:{local.minute:02d}" + (f":{local.second:02d}" if seconds else "")


def moment_text(at: datetime) -> str:
    """Return a moment on the station's clock as ``23/11/2026 14:03``."""
    local = at.astimezone()
    return f"{day_text(local)} {local.hour:02d}:{local.minute:02d}"


def when_text(at: datetime, today: date) -> Message | str:
    """Return a moment as a worker says it: "today 14:03", "yesterday 14:03", or with its day."""
    day, time = at.astimezone().date(), time_text(at)
    if day == today:
        return msg("today {time}", time=time)
    if day == today - timedelta(days=1):
        return msg("yesterday {time}", time=time)
    return moment_text(at)


def count_text(number: int, *, signed: bool = False, blank: str = NARROW_BLANK) -> str:
    """Return a whole number with a blank between its thousands, ``1 234``; ``signed``: with a plus too."""
    return f"{number:{'+' if signed else ''},}".replace(",", blank)


def read_day(text: str) -> date | None:
    """Return the day that a person wrote, as 2026-01-31 or with the day first, 31/01/2026; a time is left out."""
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
