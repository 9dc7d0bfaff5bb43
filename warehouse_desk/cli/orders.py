"""``orders``: list, show, create, update, delete."""

from argparse import Namespace
from typing import TYPE_CHECKING

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE, REFUSED
from warehouse_desk.cli.named import city_id, company_id, person_id, warehouse_id
from warehouse_desk.cli.reading import json_body, references
from warehouse_desk.cli.words import complain, notices_body, say, say_json, say_results, say_table, shown_of
from warehouse_desk.common.formats import moment_text
from warehouse_desk.common.messages import current_language, listed, msg, tr
from warehouse_desk.domain.errors import NotFound, WrongUsage
from warehouse_desk.domain.money import money_text
from warehouse_desk.domain.orders.finding import OrderFilter, Sort, SortKey
from warehouse_desk.domain.orders.leaving import is_outdated
from warehouse_desk.domain.orders.order import OrderDetail, OrderPage, OrderRow
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.orders.wire import CREATED, list_body, show_body
from warehouse_desk.domain.phone import readable_phone
from warehouse_desk.domain.results import BulkResult
from warehouse_desk.domain.status import Status, status_name

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk


def show_list(station: CommandStation) -> int:
    """List orders, newest first."""
    arguments = station.arguments
    with station.desk() as desk:
        page = desk.orders.find(
            filter_of(desk, arguments),
            sort=_sort(arguments.sort),
            per_page=arguments.per_page,
            page=arguments.page,
            after=arguments.after,
        )
    if station.as_json:
        meta = {
            "current_page": page.current_page,
            "per_page": page.per_page,
            "total": page.total,
            "next": page.next_cursor,
        }
        say_json({"data": [list_body(row) for row in page.rows], "meta": meta})
    else:
        _say_page(page)
    return DONE


def filter_of(desk: "Desk", arguments: Namespace) -> OrderFilter:
    """Return the filter that the options of a command ask for.

    Raises:
        WrongUsage: a status, city, company, person or warehouse that does not exist.
    """
    return OrderFilter(
        status=status_named(arguments.status),
        search_by=arguments.search_by,
        keyword=arguments.keyword,
        city_id=None if arguments.city is None else city_id(desk, arguments.city),
        created_from=arguments.created_from,
        created_to=arguments.created_to,
        shipping_company_id=None if arguments.company is None else company_id(desk, arguments.company),
        delivery_person_id=None if arguments.person is None else person_id(desk, arguments.person),
        warehouse_id=None if arguments.warehouse is None else warehouse_id(desk, arguments.warehouse),
        held=arguments.held,
        printed=arguments.printed,
        label_outdated=arguments.outdated_label,
        unsynced=arguments.unsynced,
        twins=arguments.twins,
    )


def _sort(text: str) -> Sort:
    try:
        return Sort.read(text)
    except ValueError as error:
        raise WrongUsage(
            msg(
                "--sort cannot be “{text}”. It is one of: {known}.",
                text=text[:40],
                known=[key.value for key in SortKey],
            )
        ) from error


def status_named(text: str | None) -> Status | None:
    """Return the status that ``--status`` names.

    Raises:
        WrongUsage: there is none of that name.
    """
    if text is None:
        return None
    try:
        return Status.read(text)
    except ValueError as error:
        known = [status.value for status in Status]
        raise WrongUsage(
            msg("--status cannot be “{text}”. It is one of: {known}.", text=text[:40], known=known)
        ) from error


def _say_page(page: OrderPage) -> None:
    headers = [tr("Reference"), tr("Status"), tr("Customer"), tr("Phone"), tr("City"), tr("Total"), tr("Created")]
    rows = [
        (
            row.reference,
            f"{status_name(row.status)}{_marks(row)}",
            row.full_name,
            readable_phone(row.phone),
            row.city,
            money_text(row.total),
            moment_text(row.created_at),
        )
        for row in page.rows
    ]
    if rows:
        say_table(headers, rows, right=(5,))
    told = shown_of(len(rows), page.total)
    say(told if page.next_cursor is None else f"{told} {tr('Next page: --after {cursor}', cursor=page.next_cursor)}")


def _marks(row: OrderRow) -> str:
    held = tr(" (on hold)") if row.held else ""
    return held + (tr(" (label outdated)") if row.label_outdated else "")


def show(station: CommandStation) -> int:
    """Show whole orders; those that are not found are named on standard error."""
    keys = references(station.arguments.references)
    found: list[OrderDetail] = []
    missing: list[str] = []
    with station.desk() as desk:
        for key in keys:
            try:
                found.append(desk.orders.show(key))
            except NotFound as error:
                missing.append(key)
                complain(error)
    if station.as_json:
        say_json({"data": [show_body(order) for order in found], "meta": {"total": len(found), "unknown": missing}})
    else:
        for order in found:
            _say_order(order)
    return REFUSED if missing else DONE


def _say_order(order: OrderDetail) -> None:
    facts = order.facts
    paid = order.is_fees_paid_by_customer
    held = tr(" (on hold: {reason})", reason=facts.hold_reason or "") if facts.held else ""
    say(f"{facts.reference}  {status_name(facts.status)}{held}")
    if is_outdated(facts):
        say(f"  {tr('The label is outdated: the order was changed after it was printed.')}")
    if facts.recount:
        say(f"  {tr('Its products were changed after it was packed.')}")
    for label, value in (
        (tr("Customer"), order.full_name),
        (tr("Phone"), listed(readable_phone(p) for p in (order.phone, order.second_phone) if p)),
        (tr("Address"), listed(part for part in (order.address, order.area, order.city) if part)),
        (tr("Email"), order.email),
        (tr("Total"), _total_words(order)),
        (tr("Delivery fees"), tr("paid by the customer") if paid else tr("not paid by the customer")),
        (tr("Shipment way"), order.way_name(current_language().code)),
        (tr("Warehouse"), order.warehouse),
        (tr("Company"), _company_words(order)),
        (tr("Tracking"), facts.tracking_number),
        (tr("Delivery"), order.delivery_person),
        (tr("Pickup sheet"), facts.hand_over_id),
        (tr("Notes"), order.notes),
    ):
        if value:
            say(f"  {label}: {value}")
    lines = [(line.sku, line.product_name, line.quantity, money_text(line.total)) for line in order.lines]
    say_table([tr("SKU"), tr("Product"), tr("Quantity"), tr("Total")], lines, right=(2, 3))
    events = [
        (
            moment_text(event.at),
            event.kind,
            str(status_name(event.status_after)),
            event.user_name,
            event.station_name,
            event.reason,
        )
        for event in order.events
    ]
    say_table([tr("When"), tr("Step"), tr("Status"), tr("Who"), tr("Station"), tr("Reason")], events)
    say("")


def _total_words(order: OrderDetail) -> str:
    """Return what is collected, and how much of it the products do not account for."""
    beyond = order.total - sum(line.total for line in order.lines)
    if not beyond:
        return money_text(order.total)
    more = money_text(beyond, plus=True)
    return tr("{total} (fees or discount: {more})", total=money_text(order.total), more=more)


def _company_words(order: OrderDetail) -> str | None:
    if order.shipping_company and order.facts.from_stock:
        return tr("{company}, from its own stock", company=order.shipping_company)
    return order.shipping_company


def create(station: CommandStation) -> int:
    """Create the orders of a JSON file, all of them or none."""
    body = json_body(station.arguments.file)
    with station.desk() as desk:
        made = desk.orders.create(body, request_id=station.arguments.request_id)
    message = str(CREATED)
    if station.as_json:
        body = {"message": message, "references": list(made.references)}
        say_json({**body, **notices_body(made.notices)})
    else:
        for notice in made.notices:
            complain(notice)
        say(message)
        for reference in made.references:
            say(reference)
    return DONE


def update(station: CommandStation) -> int:
    """Give orders a status or change their details, as the entries of a JSON file say."""
    body = json_body(station.arguments.file)
    with station.desk() as desk:
        answer = desk.orders.update_entries(body)
    say_results(answer, as_json=station.as_json)
    return DONE if answer.all_done else REFUSED


def delete(station: CommandStation) -> int:
    """Delete orders that may be deleted."""
    keys = references(station.arguments.references)
    with station.desk() as desk:
        answer = desk.orders.act(Action.DELETE, keys)
    say_results(answer, as_json=station.as_json)
    return DONE if answer.all_done else REFUSED


def track(station: CommandStation) -> int:
    """Note the courier's number of a parcel, or take it away."""
    given = station.arguments
    if given.clear is bool(given.number):
        raise WrongUsage(msg("orders track needs NUMBER, or --clear to remove the number."))
    with station.desk() as desk:
        result = desk.orders.track(given.reference, given.number or "")
    say_results(BulkResult((result,)), as_json=station.as_json)
    return DONE
