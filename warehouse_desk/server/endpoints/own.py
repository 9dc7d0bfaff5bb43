"""The rows that the API's document lacks: signing in and out, jobs, directories, the server's own state."""

from warehouse_desk.server.endpoints import signing_in
from warehouse_desk.server.endpoints.endpoint import Endpoint

ROWS: tuple[Endpoint, ...] = (*signing_in.ROWS,)
