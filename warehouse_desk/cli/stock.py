"""``stock``: what lies where, goods received, corrected and returned."""

from dataclasses import asdict

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE, REFUSED
from warehouse_desk.cli.named import named_id, warehouse_id
from warehouse_desk.cli.reading import references
from warehouse_desk.cli.words import say, say_json, say_list, say_results, say_table
from warehouse_desk.common.formats import moment_text
from warehouse_desk.common.messages import listed, msg, tr
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.goods.product_sheet import ShelfCount
from warehouse_desk.domain.goods.returns import Decision, goods_texts
from warehouse_desk.domain.goods.stock import movement_name


def show_list(station: CommandStation) -> int:
    """List what lies of each product in each warehouse."""
    with station.desk() as desk:
        rows = desk.goods.stock()
    if station.as_json:
        say_list([asdict(row) for row in rows])
        return DONE
    headers = [tr("SKU"), tr("Product"), tr("Warehouse"), tr("In stock"), tr("In inspection"), tr("Reserved")]
    cells = [(row.sku, row.name, row.warehouse, row.on_hand, row.inspection, row.committed) for row in rows]
    say_table(headers, cells, right=(3, 4, 5))
    return DONE


def show_movements(station: CommandStation) -> int:
    """Tell what moved a product, newest first."""
    arguments = station.arguments
    with station.desk() as desk:
        page = desk.goods.movements(arguments.sku, before=arguments.before, limit=arguments.limit)
    if station.as_json:
        rows = [{**asdict(row), "at": row.at.isoformat()} for row in page.rows]
        say_json({"data": rows, "meta": {"per_page": arguments.limit, "next": page.next}})
        return DONE
    headers = [tr("When"), tr("What"), tr("In stock"), tr("In inspection"), tr("Reserved"), tr("Warehouse")]
    cells = [
        (
            moment_text(row.at),
            movement_name(row.kind),
            *(f"{pieces:+d}" if pieces else "" for pieces in (row.on_hand, row.inspection, row.committed)),
            row.warehouse,
            row.reference,
            row.user_name,
            row.station,
            row.reason,
        )
        for row in page.rows
    ]
    say_table([*headers, tr("Order"), tr("Worker"), tr("Station"), tr("Reason")], cells, right=(2, 3, 4))
    if page.next is not None:
        say(_older(page.next))
    return DONE


def show_waiting(station: CommandStation) -> int:
    """List the orders whose returned goods wait in inspection, whatever became of them since."""
    arguments = station.arguments
    with station.desk() as desk:
        place = named_id(desk, Listed.WAREHOUSE, arguments.warehouse) if arguments.warehouse else None
        rows = desk.goods.waiting_returns(before=arguments.before, limit=arguments.limit, warehouse_id=place)
    following = rows[-1].order_id if len(rows) == arguments.limit else None
    if station.as_json:
        data = [
            {
                "id": row.order_id,
                "reference": row.reference,
                "full_name": row.customer,
                "status": row.status.value,
                "deleted": row.deleted,
                "warehouse": ", ".join(row.warehouses),
                "out_of_use": list(row.out_of_use),
                "returned_on": row.returned_on.isoformat(),
                "products": [{"sku": sku, "quantity": quantity} for sku, quantity in row.goods.items()],
            }
            for row in rows
        ]
        say_json({"data": data, "meta": {"per_page": arguments.limit, "next": following}})
        return DONE
    cells = [
        (
            row.reference,
            row.standing,
            row.customer,
            listed(row.warehouses),
            row.returned_on,
            listed(goods_texts(row.goods)),
        )
        for row in rows
    ]
    say_table([tr("Order"), tr("Status"), tr("Customer"), tr("Warehouse"), tr("Returned on"), tr("Goods")], cells)
    if following is not None:
        say(_older(following))
    return DONE


def receive(station: CommandStation) -> int:
    """Add goods that have arrived."""
    arguments = station.arguments
    with station.desk() as desk:
        count = desk.goods.receive(
            warehouse_id(desk, arguments.warehouse),
            arguments.sku,
            arguments.quantity,
            arguments.reason,
            request_id=arguments.request_id,
        )
    _say_shelf(station, count)
    return DONE


def adjust(station: CommandStation) -> int:
    """Correct what lies there."""
    arguments = station.arguments
    with station.desk() as desk:
        place = named_id(desk, Listed.WAREHOUSE, arguments.warehouse)
        count = desk.goods.adjust(
            place, arguments.sku, arguments.difference, arguments.reason, request_id=arguments.request_id
        )
    _say_shelf(station, count)
    return DONE


def _say_shelf(station: CommandStation, count: ShelfCount) -> None:
    arguments = station.arguments
    if station.as_json:
        say_json({"sku": arguments.sku, "warehouse": arguments.warehouse, "on_hand": count.on_hand})
    else:
        say(count.message)


def settle(station: CommandStation) -> int:
    """Put returned goods back on the shelf, or write them off: all that wait of some orders, or some pieces."""
    arguments = station.arguments
    if arguments.pieces is not None and not arguments.sku:
        raise WrongUsage(msg("Choose the product of the pieces: --sku."))
    keys = references(arguments.references)
    with station.desk() as desk:
        decision = Decision(
            restock=arguments.restock,
            reason=arguments.reason,
            pieces={arguments.sku: arguments.pieces} if arguments.sku else {},
            shelf_id=warehouse_id(desk, arguments.warehouse) if arguments.restock and arguments.warehouse else None,
        )
        answer = desk.goods.settle_returns(keys, decision)
    say_results(answer, as_json=station.as_json)
    return DONE if answer.all_done else REFUSED


def _older(number: int) -> str:
    return tr("Older ones: --before {number}", number=number)
