"""What a printer did not take, and why."""

from warehouse_desk.domain.errors import DeskError


class PrinterUnavailable(DeskError):
    """The printer cannot be reached, or refused the job."""
