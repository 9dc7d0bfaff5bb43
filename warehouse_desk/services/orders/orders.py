"""Everything about orders in one place."""

from functools import cached_property

from warehouse_desk.services.orders.actions import Actions
from warehouse_desk.services.orders.create import Creation
from warehouse_desk.services.orders.edit import Editing
from warehouse_desk.services.orders.list_steps import ListSteps
from warehouse_desk.services.orders.listing import Listing
from warehouse_desk.services.orders.status_update import StatusUpdates
from warehouse_desk.services.orders.tracking import Tracking
from warehouse_desk.services.orders.undo import Undoing
from warehouse_desk.services.orders.update_file import FileUpdates
from warehouse_desk.services.orders.views import Views


class Orders(Listing, Creation, FileUpdates, Editing, StatusUpdates, ListSteps, Actions, Undoing, Tracking):
    """Orders: found and shown, created, edited, and moved through their life cycle one by one or as a list."""

    @cached_property
    def views(self) -> Views:
        """Filters that the worker has kept under a name."""
        return Views(self.context)
