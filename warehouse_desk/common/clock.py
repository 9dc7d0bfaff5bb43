"""The only place that asks what time it is."""

from datetime import UTC, date, datetime, time


def now_utc() -> datetime:
    """Return the present moment in UTC, aware."""
    return datetime.now(UTC)


def local_day(moment: datetime) -> date:
    """Return the calendar day of an aware moment in the station's own time zone."""
    return moment.astimezone().date()


def day_start(day: date) -> datetime:
    """Return the moment, in UTC, at which a day begins in the station's own time zone."""
    return datetime.combine(day, time.min).astimezone().astimezone(UTC)
