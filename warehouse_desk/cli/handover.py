"""``handover``: collect, print and close hand-over sheets."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE, REFUSED
from warehouse_desk.cli.named import company_id, person_id
from warehouse_desk.cli.output import check_output, write_output
from warehouse_desk.cli.reading import references
from warehouse_desk.cli.words import result_body, say, say_json, say_list, say_table
from warehouse_desk.common.formats import day_text
from warehouse_desk.common.messages import tr
from warehouse_desk.domain.money import amount_on_wire, money_text
from warehouse_desk.domain.orders.wire import moment
from warehouse_desk.domain.paper.printing import HandOverParcel, HandOverSheet, HandOverSummary
from warehouse_desk.domain.results import BulkResult

if TYPE_CHECKING:
    from warehouse_desk.services.paper.hand_over_sheets import Allow


def collect(station: CommandStation) -> int:
    """Put parcels on the draft of a carrier."""
    arguments = station.arguments
    if arguments.output:
        check_output(arguments.output)
    keys = references(arguments.references) if arguments.references else ()
    with station.desk() as desk:
        collected = desk.paper.hand_overs.collect(
            company_id=company_id(desk, arguments.company) if arguments.company else None,
            person_id=person_id(desk, arguments.person) if arguments.person else None,
            day=arguments.date,
            keys=keys,
            allow=_allowed(arguments),
        )
        if arguments.output:
            write_output(arguments.output, desk.paper.hand_overs.pdf(collected.sheet.summary.id))
    _say_sheet(station, collected.sheet, collected.answer)
    return DONE if collected.answer.all_done else REFUSED


def _allowed(arguments: Namespace) -> "Allow":
    from warehouse_desk.services.paper.hand_over_sheets import Allow

    return Allow(arguments.outdated_label, arguments.uncounted)


def remove(station: CommandStation) -> int:
    """Take orders off a draft."""
    arguments = station.arguments
    with station.desk() as desk:
        _say_sheet(station, desk.paper.hand_overs.take_out(arguments.number, references(arguments.references)))
    return DONE


def shut(station: CommandStation) -> int:
    """Close a draft."""
    arguments = station.arguments
    if arguments.output:
        check_output(arguments.output)
    with station.desk() as desk:
        sheet = desk.paper.hand_overs.close(arguments.number, allow=_allowed(arguments))
        if arguments.output:
            write_output(arguments.output, desk.paper.hand_overs.pdf(arguments.number))
    _say_sheet(station, sheet)
    return DONE


def strike(station: CommandStation) -> int:
    """Strike orders off a closed hand-over."""
    arguments = station.arguments
    with station.desk() as desk:
        struck = desk.paper.hand_overs.strike(arguments.number, references(arguments.references), arguments.reason)
    _say_sheet(station, struck.sheet, struck.answer)
    return DONE if struck.answer.all_done else REFUSED


def show_list(station: CommandStation) -> int:
    """List the newest hand-overs."""
    with station.desk() as desk:
        found = desk.paper.hand_overs.newest(limit=station.arguments.limit)
    if station.as_json:
        say_list([_summary_body(each) for each in found])
        return DONE
    headers = [tr("Number"), tr("Day"), tr("Carrier"), tr("Parcels"), tr("To collect"), tr("Closed by")]
    rows = [
        (each.id, day_text(each.day), each.carrier, each.parcels, money_text(each.cod_total), _closed(each))
        for each in found
    ]
    say_table(headers, rows, right=(0, 3, 4))
    return DONE


def write_sheet(station: CommandStation) -> int:
    """Write the sheet of a hand-over."""
    arguments = station.arguments
    check_output(arguments.output)
    with station.desk() as desk:
        write_output(arguments.output, desk.paper.hand_overs.pdf(arguments.number))
        _say_sheet(station, desk.paper.hand_overs.sheet(arguments.number))
    return DONE


def _closed(summary: HandOverSummary) -> str:
    return (summary.closed_by or tr("yes")) if summary.is_closed else tr("draft")


def _summary_body(summary: HandOverSummary) -> dict[str, Any]:
    return {
        "number": summary.id,
        "carrier": summary.carrier,
        "day": summary.day.isoformat(),
        "closed": summary.is_closed,
        "closed_by": summary.closed_by,
        "parcels": summary.parcels,
        "struck": summary.struck,
        "cod_total": amount_on_wire(summary.cod_total),
    }


def _parcel_body(parcel: HandOverParcel) -> dict[str, Any]:
    strike = parcel.strike
    struck = None if strike is None else {"at": moment(strike.at), "by": strike.user_name, "reason": strike.reason}
    return {
        "reference": parcel.reference,
        "full_name": parcel.full_name,
        "phone": parcel.phone,
        "city": parcel.city,
        "address": parcel.address,
        "pieces": parcel.pieces,
        "tracking_number": parcel.tracking_number,
        "cod": amount_on_wire(parcel.cod),
        "struck": struck,
    }


def _say_sheet(station: CommandStation, sheet: HandOverSheet, answer: BulkResult | None = None) -> None:
    results = answer.results if answer else ()
    if station.as_json:
        body = _summary_body(sheet.summary)
        body["expected"] = sheet.summary.parcels + sheet.left
        body["references"] = [parcel.reference for parcel in sheet.parcels if parcel.strike is None]
        body["lines"] = [_parcel_body(parcel) for parcel in sheet.parcels]
        body["held_back"] = list(sheet.held_back)
        body["results"] = [result_body(each) for each in results]
        say_json(body)
        return
    for each in results:
        say(f"{each.outcome.value:8} {each.message}")
    say(
        tr(
            "Pickup sheet {number} for {carrier} ({state}). Parcels: {count}. To collect: {total}.",
            number=sheet.summary.id,
            carrier=sheet.summary.carrier,
            count=sheet.summary.parcels,
            total=money_text(sheet.summary.cod_total),
            state=_closed(sheet.summary),
        )
    )
    for parcel in sheet.parcels:
        if parcel.strike is not None:
            say(tr("{reference} is struck off: {reason}", reference=parcel.reference, reason=parcel.strike.reason))
    if sheet.left:
        missing = [*sheet.missing, *(["…"] if sheet.left > len(sheet.missing) else [])]
        say(tr("Still expected: {count} ({references})", count=sheet.left, references=list(missing)))
