"""Reports put into bars and sentences."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale

from warehouse_desk.common.formats import count_text, moment_text, time_text
from warehouse_desk.common.messages import current_language, msg, nmsg, tr
from warehouse_desk.domain.reports import (
    HourFigure,
    LyingOrder,
    RateFigure,
    RateList,
    ShortFigure,
    WorkerFigure,
)
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.board.plots import Bar

_TWO_DAYS = timedelta(hours=48)


def weekday_text(day: date) -> str:
    """Return a day with its weekday in the reader's language."""
    locale = QLocale(current_language().locale)
    return locale.toString(QDate(day.year, day.month, day.day), "dddd d MMMM")


def clock_text(moment: datetime) -> str:
    """Return an hour and minute of the station's clock."""
    return in_order(time_text(moment))


def hour_bar(figure: HourFigure) -> Bar:
    """Return the column of an hour."""
    start = clock_text(figure.start)
    end = clock_text(figure.start + timedelta(hours=1))
    steps, orders = count_text(figure.steps), count_text(figure.orders.count)
    told = tr("{start} to {end}. Steps: {steps}. Orders: {orders}", start=start, end=end, steps=steps, orders=orders)
    return Bar(start, figure.steps, count_text(figure.steps), told)


def worker_name(figure: WorkerFigure) -> str:
    """Return how to name a worker, also one who gave no name."""
    return figure.name or tr("No name")


def worker_bar(figure: WorkerFigure) -> Bar:
    """Return the bar of a worker."""
    steps, orders = count_text(figure.steps), count_text(figure.orders.count)
    told = tr("{name}. Steps: {steps}. Orders: {orders}", name=worker_name(figure), steps=steps, orders=orders)
    return Bar(worker_name(figure), figure.steps, count_text(figure.steps), told)


def age_text(age: timedelta) -> str:
    """Return how long something lies: hours up to two days, then days."""
    if age < _TWO_DAYS:
        return str(nmsg("{n} hour", "{n} hours", int(age / timedelta(hours=1))))
    return str(nmsg("{n} day", "{n} days", age.days))


def lying_bar(order: LyingOrder, now: datetime) -> Bar:
    """Return the bar of an order that lies too long."""
    age = now - order.since
    told = tr(
        "{reference}, {name}, {city}: since {since}",
        reference=in_order(order.reference),
        name=order.full_name,
        city=order.city,
        since=in_order(moment_text(order.since)),
    )
    if order.held:
        told = tr("{told} — on hold", told=told)
    label = f"{in_order(order.reference)} · {order.city}"
    return Bar(label, age / timedelta(hours=1), age_text(age), told)


def short_bar(figure: ShortFigure) -> Bar:
    """Return the bar of a product that was short."""
    told = tr(
        "{sku} {name}. Available: {available}. Orders it can fill: {orders}",
        sku=in_order(figure.sku),
        name=figure.name,
        available=count_text(figure.available),
        orders=count_text(figure.orders.count),
    )
    return Bar(in_order(figure.sku), figure.orders.count, count_text(figure.orders.count), told)


def rate_name(figure: RateFigure, own: str) -> str:
    """Return the name of a city or company in the reader's language; ``own`` where it has none."""
    in_arabic = current_language().right_to_left and figure.name_ar
    return (figure.name_ar if in_arabic else figure.name) or own


def percent_text(rate: float) -> str:
    """Return a share in percent with one decimal, as the reader's language writes it."""
    language = current_language()
    number = f"{rate * 100:.1f}".replace(".", language.decimal_sign)
    return in_order(language.percent.format(number=number))


def rate_bar(figure: RateFigure, own: str) -> Bar:
    """Return the bar of a return rate."""
    rate = percent_text(figure.rate)
    told = tr(
        "{name}: {rate} — parcels returned: {returned} of {sample}",
        name=rate_name(figure, own),
        rate=rate,
        returned=count_text(figure.returned),
        sample=count_text(figure.sample),
    )
    return Bar(rate_name(figure, own), figure.rate, rate, told)


def left_out_text(rates: RateList, shown: int, least: int) -> str:
    """Return what a list of rates does not show, and why; empty where it shows everything."""
    parts = []
    if len(rates.figures) > shown:
        parts.append(
            str(nmsg("{n} with a lower rate not shown", "{n} with a lower rate not shown", len(rates.figures) - shown))
        )
    if rates.left_out:
        few = nmsg(
            "{n} with fewer than {least} parcels not shown",
            "{n} with fewer than {least} parcels not shown",
            rates.left_out,
            least=least,
        )
        parts.append(str(few))
    return " · ".join(parts)


def own_delivery() -> str:
    """Return what parcels without a company are called."""
    return str(msg("Own delivery"))
