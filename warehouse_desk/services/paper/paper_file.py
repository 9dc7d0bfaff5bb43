"""What is made for paper."""

from dataclasses import dataclass

from warehouse_desk.common.messages import Message


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A PDF, how many things it shows, and what could not be put on it and why."""

    pdf: bytes
    count: int
    left_out: tuple[Message, ...] = ()
