"""All rows together."""

from warehouse_desk.server.endpoints import dashboard, dashboard_besides, own, rest
from warehouse_desk.server.endpoints.endpoint import EndpointTable

TABLE = EndpointTable((*rest.ROWS, *dashboard.ROWS, *dashboard_besides.ROWS, *own.ROWS))
