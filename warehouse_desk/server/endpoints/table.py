"""All rows together."""

from warehouse_desk.server.endpoints import dashboard, own, rest
from warehouse_desk.server.endpoints.endpoint import EndpointTable

TABLE = EndpointTable((*rest.ROWS, *dashboard.ROWS, *own.ROWS))
