"""What a printer did not take, and why."""

from warehouse_desk.common.messages import Message
from warehouse_desk.domain.errors import DeskError


class PrinterUnavailable(DeskError):
    """The printer cannot be reached, refused the job, or stopped after ``sent`` labels at most."""

    def __init__(self, message: Message, sent: int = 0) -> None:
        super().__init__(message)
        self.sent = sent
