"""The rows of the REST API 1.0."""

from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.server.endpoints.endpoint import ApiField, ApiPart, Endpoint, FieldKind, Success
from warehouse_desk.server.endpoints.shapes import LIST_QUERY, LIST_ROW, PAGE_FIELDS
from warehouse_desk.server.exchange import Who
from warehouse_desk.server.rest import listing

PREFIX = "/api/web/1.0"

ROWS = (
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
)
