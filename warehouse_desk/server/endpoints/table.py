"""All rows together."""

from warehouse_desk.server.endpoints import dashboard, own, rest
from warehouse_desk.server.endpoints.endpoint import Table

TABLE = Table((*rest.ROWS, *dashboard.ROWS, *own.ROWS))
