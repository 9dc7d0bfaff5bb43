"""What a printer did not take, and why."""

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import DeskError


class PrinterUnavailable(DeskError):
    """The printer cannot be reached, refused the job, or stopped after ``sent`` labels at most."""

    def __init__(self, message: Message, sent: int = 0) -> None:
        super().__init__(message)
        self.sent = sent


def no_queue(queue: str) -> PrinterUnavailable:
    """Return the refusal of a printer that this computer does not have."""
    return PrinterUnavailable(
        msg("“{queue}” is not a printer of this computer. Choose one from the list.", queue=queue)
    )
