"""From orders to what labels and slips show."""

from collections.abc import Sequence
from datetime import date

from warehouse_desk.common.messages import msg
from warehouse_desk.documents.label import LabelLine, LabelSpec, Recipient, Sender
from warehouse_desk.documents.stock import LabelStock, shipped_stocks
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.paper.printing import ROLL_FOR_ZEBRA, Parcel
from warehouse_desk.domain.paper.sender import SenderDetails

MAX_LABELS = 10_000
"""Labels of one run: some 12 MB of PDF, the size of a month at one station."""


def stock_named(key: str) -> LabelStock:
    """Return the label stock of a name.

    Raises:
        WrongUsage: there is none.
        BadStock: a stock file is damaged.
    """
    known = shipped_stocks()
    if key not in known:
        raise WrongUsage(
            msg("There is no label format “{name}”. Known: {known}.", name=key[:40], known=sorted(known)), "stock"
        )
    return known[key]


def roll_named(key: str) -> LabelStock:
    """Return the label stock of a name if it goes into a label printer.

    Raises:
        WrongUsage: there is none, or it is a sheet of several labels.
        BadStock: a stock file is damaged.
    """
    stock = stock_named(key)
    if stock.per_page > 1:
        raise WrongUsage(ROLL_FOR_ZEBRA)
    return stock


def paper_sender(details: SenderDetails) -> Sender:
    """Return the sender as paper shows it."""
    return Sender(details.name, details.phone, details.city)


def spec_of(parcel: Parcel, sender: Sender, day: date, *, reprint: bool = False) -> LabelSpec:
    """Return the label of a parcel, printed on ``day``."""
    return LabelSpec(
        reference=parcel.reference,
        sender=sender,
        recipient=Recipient(
            name=parcel.full_name,
            phone=parcel.phone,
            city=parcel.city,
            address=parcel.address,
            second_phone=parcel.second_phone or "",
            area=parcel.area or "",
        ),
        cod_centimes=parcel.total,
        lines=tuple(LabelLine(line.sku, line.name, line.quantity) for line in parcel.lines),
        notes=parcel.notes or "",
        tracking_number=parcel.tracking_number or "",
        carrier=parcel.person or parcel.company or "",
        printed_on=day,
        reprint=reprint,
    )


def check_size(keys: Sequence[int | str]) -> None:
    """Refuse a run of no labels, or of more than one file holds.

    Raises:
        WrongUsage: so many are they.
    """
    if not keys:
        raise WrongUsage(msg("No order is selected. Select orders, or enter their references."))
    if len(keys) > MAX_LABELS:
        raise WrongUsage(
            msg(
                "Too many labels at once: {count} instead of {limit} at most. Print them in parts.",
                count=len(keys),
                limit=MAX_LABELS,
            )
        )
