"""``report``: today, stuck, shorts, returns."""

from datetime import datetime
from typing import Any

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE
from warehouse_desk.cli.words import say, say_json, say_table, shown_of
from warehouse_desk.common.formats import day_text, moment_text, time_text
from warehouse_desk.common.messages import msg, tr
from warehouse_desk.domain.reports import LyingFigure, OrderSet, RateFigure, RateList
from warehouse_desk.domain.status import status_name


def today(station: CommandStation) -> int:
    """Tell which statuses orders reached today, and how many steps each worker did in which hour."""
    with station.desk() as desk:
        report = desk.reports.today()
    if station.as_json:
        say_json(
            {
                "day": report.day.isoformat(),
                "statuses": [{"status": each.status.value, **_orders(each.orders)} for each in report.statuses],
                "hours": [
                    {"start": _local(each.start), "steps": each.steps, **_orders(each.orders)} for each in report.hours
                ],
                "workers": [
                    {"name": each.name, "steps": each.steps, **_orders(each.orders)} for each in report.workers
                ],
            }
        )
        return DONE
    say(tr("{day}. Steps: {steps}.", day=day_text(report.day), steps=report.steps))
    say_table(
        [tr("Status"), tr("Reached today")],
        [(status_name(each.status), each.orders.count) for each in report.statuses],
        right=(1,),
    )
    if report.steps:
        say("")
        say_table(
            [tr("Hour"), tr("Steps"), tr("Orders")],
            [(time_text(each.start), each.steps, each.orders.count) for each in report.hours],
            right=(1, 2),
        )
        say("")
        say_table(
            [tr("Worker"), tr("Steps"), tr("Orders")],
            [(each.name, each.steps, each.orders.count) for each in report.workers],
            right=(1, 2),
        )
    return DONE


def stuck(station: CommandStation) -> int:
    """Tell which parcels lie too long, the longest first."""
    with station.desk() as desk:
        report = desk.reports.stuck()
    if station.as_json:
        say_json({"taken_at": _local(report.taken_at), "stuck": [_lying_body(each) for each in report.figures]})
        return DONE
    for figure in report.figures:
        say(
            tr(
                "“{status}” for more than {hours} hours: {count}",
                status=status_name(figure.status),
                hours=_hours(figure),
                count=figure.orders.count,
            )
        )
        rows = [
            (moment_text(each.since), each.reference, each.full_name, each.city, each.held) for each in figure.longest
        ]
        if rows:
            say_table([tr("Since"), tr("Reference"), tr("Customer"), tr("City"), tr("On hold")], rows)
        if figure.orders.count > len(rows):
            say(shown_of(len(rows), figure.orders.count))
        say("")
    return DONE


def _hours(figure: LyingFigure) -> int:
    return round(figure.limit.total_seconds() / 3600)


def _lying_body(figure: LyingFigure) -> dict[str, Any]:
    longest = [
        {"id": each.id, "reference": each.reference, "since": _local(each.since), "city": each.city, "held": each.held}
        for each in figure.longest
    ]
    return {"status": figure.status.value, "hours": _hours(figure), **_orders(figure.orders), "longest": longest}


def shorts(station: CommandStation) -> int:
    """Tell which orders out of stock can be filled now."""
    with station.desk() as desk:
        report = desk.reports.shorts()
        references = [] if station.as_json else [row.reference for row in desk.orders.rows(report.fillable.ids)]
    if station.as_json:
        products = [
            {"sku": each.sku, "name": each.name, "available": each.available, **_orders(each.orders)}
            for each in report.products
        ]
        say_json({"waiting": report.waiting, "fillable": _orders(report.fillable), "products": products})
        return DONE
    count = report.fillable.count
    say(tr("Orders out of stock that can be filled now: {count} of {waiting}.", count=count, waiting=report.waiting))
    if report.products:
        rows = [(each.sku, each.name, each.available, each.orders.count) for each in report.products]
        say_table([tr("SKU"), tr("Product"), tr("Available"), tr("Orders")], rows, right=(2, 3))
    for reference in sorted(references):
        say(reference)
    return DONE


def returns(station: CommandStation) -> int:
    """Tell how many parcels came back, by city and by company."""
    with station.desk() as desk:
        report = desk.reports.returns(least=station.arguments.least)
    if station.as_json:
        say_json(
            {
                "since": report.since.isoformat(),
                "least": report.least,
                "all": _rate_body(report.whole),
                "cities": _list_body(report.cities),
                "companies": _list_body(report.companies),
            }
        )
        return DONE
    whole = report.whole
    say(
        tr(
            "Since {day}: {rate} of the parcels came back (parcels: {sample}).",
            day=day_text(report.since),
            rate=_percent(whole),
            sample=whole.sample,
        )
    )
    _say_rates(tr("City"), report.cities, report.least)
    _say_rates(tr("Company"), report.companies, report.least)
    return DONE


def _say_rates(heading: str, rates: RateList, least: int) -> None:
    own = msg("Own delivery")
    rows = [(each.name or own, _percent(each), each.returned, each.delivered) for each in rates.figures]
    if rows:
        say("")
        say_table([heading, tr("Rate"), tr("Returned"), tr("Delivered")], rows, right=(1, 2, 3))
    if rates.left_out:
        say(tr("Not shown, with fewer than {least} parcels: {count}", least=least, count=rates.left_out))


def _percent(figure: RateFigure) -> str:
    return f"{figure.rate:.1%}"


def _rate_body(figure: RateFigure) -> dict[str, Any]:
    counts = {"returned": figure.returned, "delivered": figure.delivered, "rate": round(figure.rate, 4)}
    return {"name": figure.name, **counts, **_orders(figure.orders)}


def _list_body(rates: RateList) -> dict[str, Any]:
    return {"data": [_rate_body(each) for each in rates.figures], "left_out": rates.left_out}


def _orders(orders: OrderSet) -> dict[str, Any]:
    """Return a number and the ids behind it; at most 1,000 are named."""
    return {"orders": orders.count, "ids": list(orders.ids)}


def _local(moment: datetime) -> str:
    return moment.astimezone().isoformat(timespec="seconds")
