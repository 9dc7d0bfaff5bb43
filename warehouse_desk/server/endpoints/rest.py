"""The rows of the REST API 1.0."""

from warehouse_desk.domain.orders.drafts import MAX_ORDERS
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.server.endpoints.endpoint import ApiField, ApiPart, Endpoint, FieldKind, Link, Success
from warehouse_desk.server.endpoints.order_fields import LIST_ROW, NEW_ORDER, REFERENCE, SHOWN_ORDER, STATUS_REQUEST
from warehouse_desk.server.endpoints.shapes import BULK_FIELDS, LIST_QUERY, MESSAGE, NOTICES, PAGE_FIELDS
from warehouse_desk.server.exchange import Who
from warehouse_desk.server.rest import listing, orders

PREFIX = "/api/web/1.0"
CREATE_BYTES = 20 * 1024 * 1024
"""A thousand orders of ten lines, every field full and every Arabic letter written as an escape."""

_FIRST = "$response.body#/data/0/reference"
_EXAMPLE_LINE = {"sku": "PROD-001", "quantity": 1, "price": 399}
_EXAMPLE_ORDER = {
    "full_name": "Youssef El Idrissi",
    "phone": "+212600000001",
    "city": "Casablanca",
    "address": "Rue 45, Maarif, Casablanca",
    "is_fees_paid_by_customer": True,
    "total": 399,
    "products": [_EXAMPLE_LINE],
}

ROWS = (
    Endpoint(
        name="createOrders",
        verb="POST",
        path=f"{PREFIX}/orders",
        part=ApiPart.REST,
        who=Who.TOKEN,
        abilities=(Ability.REST_CREATE,),
        handler=orders.create_orders,
        about="Create up to 1,000 orders: all of them, or none where anything is wrong with one.",
        body=(
            ApiField(
                "orders", FieldKind.LIST, "The orders.", required=True, least=1, most=MAX_ORDERS, fields=NEW_ORDER
            ),
        ),
        body_bytes=CREATE_BYTES,
        keyed=True,
        example={"orders": [_EXAMPLE_ORDER]},
        success=(
            Success(
                "They were created; their references in the order given.",
                (
                    MESSAGE,
                    ApiField(
                        "data",
                        FieldKind.LIST,
                        required=True,
                        fields=(ApiField("reference", FieldKind.TEXT, required=True),),
                    ),
                    NOTICES,
                ),
            ),
        ),
        links=(
            Link("showOrder", "reference", _FIRST),
            Link("deleteOrder", "reference", _FIRST),
            Link("updateOrders", body={"orders": [{"reference": _FIRST, "status": "PACKED"}]}),
        ),
    ),
    Endpoint(
        name="listOrders",
        verb="GET",
        path=f"{PREFIX}/orders",
        part=ApiPart.REST,
        who=Who.TOKEN,
        abilities=(Ability.REST_VIEW,),
        handler=listing.list_orders,
        about="Retrieve a page of orders, newest first.",
        query=LIST_QUERY,
        success=(Success("A page.", (ApiField("data", FieldKind.LIST, required=True, fields=LIST_ROW), *PAGE_FIELDS)),),
    ),
    Endpoint(
        name="showOrder",
        verb="GET",
        path=f"{PREFIX}/orders/{{reference}}/show",
        part=ApiPart.REST,
        who=Who.TOKEN,
        abilities=(Ability.REST_VIEW,),
        handler=listing.show_order,
        about="Retrieve one order with its products and its history.",
        parameters=(REFERENCE,),
        success=(
            Success("The order.", (ApiField("data", FieldKind.OBJECT, required=True, fields=SHOWN_ORDER),)),
            Success("The client has this version already (If-None-Match).", status=304),
        ),
        failures=(404,),
    ),
    Endpoint(
        name="updateOrders",
        verb="PUT",
        path=f"{PREFIX}/orders",
        part=ApiPart.REST,
        who=Who.TOKEN,
        abilities=(Ability.REST_UPDATE,),
        handler=orders.update_orders,
        about="Bring up to 1,000 orders to a status, each judged alone; with Prefer: handling=strict all or none.",
        body=(
            ApiField(
                "orders", FieldKind.LIST, "The updates.", required=True, least=1, most=MAX_ORDERS, fields=STATUS_REQUEST
            ),
        ),
        keyed=True,
        example={"orders": [{"reference": "ORD-00001", "status": "PACKED", "action_date": "2026-01-31"}]},
        success=(Success("One result for each order; at least one is as it shall be.", BULK_FIELDS),),
    ),
    Endpoint(
        name="deleteOrder",
        verb="DELETE",
        path=f"{PREFIX}/orders/{{reference}}",
        part=ApiPart.REST,
        who=Who.TOKEN,
        abilities=(Ability.REST_DELETE,),
        handler=orders.delete_order,
        about="Delete one order, where its status allows that.",
        parameters=(REFERENCE,),
        success=(Success("It was deleted.", (MESSAGE,)),),
        failures=(404, 422),
        links=(Link("showOrder", "reference", "$request.path.reference"),),
    ),
)
