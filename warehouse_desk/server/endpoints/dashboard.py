"""The rows of the Dashboard: for people with a session."""

from functools import partial

from warehouse_desk.domain.orders.transitions import Action, Need, ability_of
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.scanning.modes import SCAN_MODES, ModeName
from warehouse_desk.server.dashboard import editing, jobs, labels, listing, scanner, sheets, steps
from warehouse_desk.server.endpoints import dashboard_fields as fields
from warehouse_desk.server.endpoints.endpoint import ApiField, ApiPart, Endpoint, FieldKind, Link, Success, Work
from warehouse_desk.server.endpoints.order_fields import SHOWN_ORDER
from warehouse_desk.server.endpoints.shapes import BULK_FIELDS, PAGE_FIELDS
from warehouse_desk.server.exchange import Who
from warehouse_desk.sheets.limits import MAX_FILE_BYTES

FORM_BYTES = MAX_FILE_BYTES + 1024 * 1024
"""The largest spreadsheet with the form around it."""

_row = partial(Endpoint, part=ApiPart.DASHBOARD, who=Who.SESSION)
_PAGE = Success("A page.", (ApiField("data", FieldKind.LIST, required=True, fields=fields.ROW_WITH_ID), *PAGE_FIELDS))
_DONE = Success("One result for each order; at least one is as it shall be.", BULK_FIELDS)
_TO_THE_JOB = Link("showJob", "job", "$response.body#/job/id")


def _step(name: str, path: str, action: Action, about: str, *body: ApiField, needs: tuple[Need, ...] = ()) -> Endpoint:
    return _row(
        name=name,
        verb="POST",
        path=f"/orders/{path}",
        abilities=(ability_of(action),),
        handler=steps.step(action, *needs),
        about=about,
        body=(fields.IDS, *body),
        keyed=True,
        success=(_DONE,),
    )


def _scan(name: str, path: str, mode: ModeName, about: str, *body: ApiField) -> Endpoint:
    return _row(
        name=name,
        verb="POST",
        path=f"/orders/{path}",
        abilities=(SCAN_MODES[mode].ability,),
        handler=scanner.scan(mode),
        about=about,
        body=(fields.CODE, fields.DATE, *body),
        keyed=True,
        success=(Success("It is as it shall be.", fields.SCANNED),),
        failures=(404,),
    )


def _by_file(name: str, path: str, action: Action, about: str) -> Endpoint:
    return _row(
        name=name,
        verb="POST",
        path=f"/orders/{path}",
        abilities=(ability_of(action),),
        handler=sheets.by_file(action),
        about=about,
        body=fields.BY_FILE,
        body_bytes=FORM_BYTES,
        work=Work.FILES,
        keyed=True,
        success=(Success("One result for each row; at least one order is as it shall be.", fields.MARKED),),
    )


_READING = (
    _row(
        name="listAllOrders",
        verb="GET",
        path="/orders",
        abilities=(Ability.VIEW,),
        handler=listing.list_orders,
        about="List the orders of all statuses, newest first.",
        query=fields.LIST_ALL,
        success=(_PAGE,),
    ),
    _row(
        name="listOrdersOfStatus",
        verb="GET",
        path="/orders/{status}",
        abilities=(Ability.VIEW,),
        handler=listing.list_by_status,
        about="List the orders of one status, newest first.",
        parameters=(fields.STATUS,),
        query=fields.LIST_ONE_STATUS,
        success=(_PAGE,),
        failures=(404,),
    ),
    _row(
        name="viewOrder",
        verb="GET",
        path="/orders/{order}/show",
        abilities=(Ability.VIEW,),
        handler=listing.show_order,
        about="View one order with its products and its history.",
        parameters=(fields.ORDER,),
        success=(
            Success("The order.", (ApiField("data", FieldKind.OBJECT, required=True, fields=SHOWN_ORDER),)),
            Success("The client has this version already (If-None-Match).", status=304),
        ),
        failures=(404,),
    ),
)

_EDITING = (
    _row(
        name="editOrder",
        verb="PATCH",
        path="/orders/{status}/{item}/update",
        abilities=(Ability.UPDATE,),
        handler=editing.update_order,
        about="Change the details of an order that stands in this status; If-Match names the version meant.",
        parameters=(fields.STATUS, fields.ITEM),
        body=fields.DETAILS,
        success=(Success("The order as it is now.", fields.UPDATED),),
        failures=(404, 409, 412),
    ),
    _row(
        name="deleteOrders",
        verb="DELETE",
        path="/orders/delete",
        abilities=(Ability.DELETE,),
        handler=editing.delete_orders,
        about="Delete orders, where their status allows that.",
        query=(fields.IDS_IN_QUERY,),
        body=(fields.IDS,),
        success=(_DONE,),
    ),
)

_STEPS = (
    _step(
        "packOrders", "mark-orders-as-packed", Action.PACK,
        "Move orders from NEW to PACKED.", fields.DATE, needs=(Need.DATE,),
    ),
    _step(
        "shipOrders", "mark-orders-as-shipped", Action.SHIP,
        "Move orders to SHIPPED and take their products from stock.",
        fields.DATE, fields.WAREHOUSE, needs=(Need.DATE, Need.WAREHOUSE),
    ),
    _step(
        "deliverOrders", "mark-orders-as-delivered", Action.DELIVER,
        "Mark orders as delivered.", fields.DATE, needs=(Need.DATE,),
    ),
    _step(
        "returnOrders", "mark-orders-as-returned", Action.RETURN,
        "Mark orders as returned.", fields.DATE, needs=(Need.DATE,),
    ),
    _step(
        "cancelOrders", "mark-orders-as-canceled", Action.CANCEL,
        "Cancel orders with a reason.", fields.DESCRIPTION, needs=(Need.REASON,),
    ),
    _step("renewOrders", "renew-orders", Action.RENEW, "Begin canceled or returned orders anew."),
    _step(
        "assignOrders", "assign-to-delivery-boy", Action.ASSIGN,
        "Give packed orders to a delivery person.",
        fields.PERSON, fields.WAREHOUSE, needs=(Need.PERSON, Need.WAREHOUSE),
    ),
    _row(
        name="pushOrders",
        verb="POST",
        path="/orders/push-order-to-shipping-company",
        abilities=(Ability.PUSH,),
        handler=steps.push,
        about="Queue orders for pickup by a shipping company.",
        body=(fields.IDS, fields.COMPANY, fields.FROM_STOCK),
        keyed=True,
        success=(Success("One result for each order, and a job that tells it again.", fields.PUSHED, 202),),
        links=(_TO_THE_JOB,),
    ),
)  # fmt: skip

_LABELS = (
    _row(
        name="generateLabels",
        verb="POST",
        path="/orders/generate-tracking-lebel",
        abilities=(Ability.LABELS,),
        handler=labels.generate_labels,
        about=f"Make labels of orders and pack the new ones; above {labels.MOST_AT_ONCE} orders in a job.",
        body=fields.LABELS,
        work=Work.FILES,
        keyed=True,
        success=(
            Success("One result for each order, and where the PDF is.", fields.LABELS_MADE),
            Success("A job makes them.", fields.JOB_FIELDS, 202),
        ),
        failures=(409,),
        links=(Link("getTrackings", "run", "$response.body#/run"),),
    ),
    _row(
        name="getTrackings",
        verb="GET",
        path="/orders/get-trackings",
        abilities=(Ability.LABELS,),
        handler=labels.get_trackings,
        about="Download the labels of a run that you made, the newest where none is named.",
        query=(fields.an_id("run", "The number of the run (ours)."),),
        work=Work.FILES,
        success=(Success("The PDF.", media=("application/pdf",)),),
        failures=(404, 410),
    ),
)

_SCANS = (
    _scan(
        "shipByScanner", "mark-orders-as-shipped-by-scanner", ModeName.SHIP,
        "Mark one order as shipped by the code on its parcel.", fields.WAREHOUSE,
    ),
    _scan(
        "returnByScanner", "mark-orders-as-returned-by-scanner", ModeName.RETURN,
        "Mark one order as returned by the code on its parcel.",
    ),
    _scan(
        "deliverByScanner", "mark-orders-as-delivered-by-scanner", ModeName.DELIVER,
        "Mark one order as delivered by the code on its parcel.",
    ),
)  # fmt: skip

_FILES = (
    _row(
        name="importOrders",
        verb="POST",
        path="/orders/import",
        abilities=(Ability.IMPORT,),
        handler=sheets.import_orders,
        about="Make the orders of a spreadsheet: all of them or none.",
        body=fields.IMPORT,
        body_bytes=FORM_BYTES,
        work=Work.FILES,
        keyed=True,
        success=(Success("The orders were made; or, of a dry run, what would be.", fields.IMPORTED),),
        failures=(409,),
    ),
    _row(
        name="exportOrders",
        verb="POST",
        path="/orders/export",
        abilities=(Ability.EXPORT,),
        handler=jobs.start_export,
        about="Write the orders that match to a file; ask the job for it.",
        body=fields.EXPORT,
        keyed=True,
        success=(Success("A job writes the file.", fields.JOB_FIELDS, 202),),
        failures=(409,),
        links=(_TO_THE_JOB,),
    ),
    _by_file(
        "returnByFile", "mark-orders-as-returned-by-import", Action.RETURN,
        "Mark the orders returned that a spreadsheet names.",
    ),
    _by_file(
        "deliverByFile", "mark-orders-as-delivered-by-import", Action.DELIVER,
        "Mark the orders delivered that a spreadsheet names.",
    ),
)  # fmt: skip

ROWS: tuple[Endpoint, ...] = (*_READING, *_EDITING, *_STEPS, *_LABELS, *_SCANS, *_FILES)
