"""What to tell the worker about a reading that cannot be acted on."""

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.wedge.grammar import MAX_LENGTH
from warehouse_desk.wedge.results import Incomplete, IncompleteReason, Scan


def on_incomplete(reading: Incomplete) -> Message:
    """Say what is missing from a reading."""
    if reading.reason is IncompleteReason.TOO_LONG:
        return msg(
            "The code is longer than {limit} characters. Scan the label's own barcode instead.",
            limit=MAX_LENGTH,
        )
    if reading.reason is IncompleteReason.NO_SUFFIX:
        return msg("{code} arrived without the Enter of this scanner. Scan the label again.", code=reading.text)
    return msg("Only a part of a code arrived ({code}). Scan the label again.", code=reading.text)


def on_unknown(scan: Scan) -> Message:
    """Say that a code has no form that the desk knows."""
    return msg(
        "{code} is no order, product, parcel or command of this desk. Scan the barcode of the order's label.",
        code=scan.text,
    )


def on_unconfirmed(scan: Scan) -> Message:
    """Say that a doubtful reading could not be settled by looking its candidates up."""
    return msg(
        "The scan can be read as {codes}, and the desk cannot tell which is meant. Scan again; if this "
        "repeats, set the scanner up anew in the settings.",
        codes=[candidate.text for candidate in scan.candidates],
    )


def on_blocked(scan: Scan) -> Message:
    """Say that an open dialog kept a scan from being acted on."""
    return msg("Close the open window first, then scan {code} again.", code=scan.text)
