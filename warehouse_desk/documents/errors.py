"""What cannot be printed, and why."""

from warehouse_desk.domain.errors import DeskError


class BadStock(DeskError):
    """The description of a label stock is damaged or asks for the impossible."""


class CannotScan(DeskError):
    """No barcode that scanners read fits, or the text cannot be a Code 128 at all."""


class NothingToPrint(DeskError):
    """The run holds no label, or starts where the sheet has no label."""
