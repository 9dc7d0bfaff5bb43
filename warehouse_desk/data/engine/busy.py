"""The sentence for a database that another station keeps busy."""

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import DatabaseBusy


def busy() -> DatabaseBusy:
    """Return the error for a lock that did not come in time; nothing was changed."""
    return DatabaseBusy(
        msg("Another station is using the database for longer than usual. Nothing was changed; try again.")
    )
