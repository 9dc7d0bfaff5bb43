"""The rows of the Dashboard: for people with a session."""

from warehouse_desk.server.endpoints.endpoint import Endpoint

ROWS: tuple[Endpoint, ...] = ()
