"""Why a server cannot begin."""

from warehouse_desk.domain.errors import DeskError


class CannotListen(DeskError):
    """The address is taken, is none of this machine's, or another server serves this desk already."""
