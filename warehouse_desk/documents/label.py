"""What is printed on one parcel label: facts only, no geometry."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Sender:
    """The shop or warehouse a parcel comes from."""

    name: str
    phone: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """The customer who receives the parcel, as written on the order."""

    name: str
    phone: str
    city: str
    address: str
    second_phone: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class LabelLine:
    """One order line: so many pieces of one SKU."""

    sku: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSpec:
    """One label.

    ``cod_centimes`` is the cash to collect in centimes; ``None`` or 0 means prepaid. ``carrier`` is the
    shipping company or the delivery person. ``page`` of ``pages`` counts the labels of one order.
    ``printed_on`` is the day printed on the label. ``reprint`` marks a second print, which never changes the
    order.
    """

    reference: str
    sender: Sender
    recipient: Recipient
    cod_centimes: int | None
    currency: str = "DH"
    lines: tuple[LabelLine, ...] = ()
    notes: str = ""
    tracking_number: str = ""
    carrier: str = ""
    printed_on: date | None = None
    page: int = 1
    pages: int = 1
    reprint: bool = False

    @property
    def is_prepaid(self) -> bool:
        """Whether the courier collects nothing."""
        return not self.cod_centimes
