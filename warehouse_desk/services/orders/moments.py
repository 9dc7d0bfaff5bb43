"""Moments as a worker says them."""

from datetime import date, datetime, timedelta

from warehouse_desk.common.messages import Message, msg


def said_moment(at: datetime, today: date) -> Message | str:
    """Return a moment in the station's time zone: "today 14:03", "yesterday 14:03", or with its date, day first."""
    local = at.astimezone()
    time = local.strftime("%H:%M")
    if local.date() == today:
        return msg("today {time}", time=time)
    if local.date() == today - timedelta(days=1):
        return msg("yesterday {time}", time=time)
    return local.strftime("%d/%m/%Y %H:%M")
