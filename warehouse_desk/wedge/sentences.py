"""What to tell the worker about a reading that cannot be acted on."""

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.wedge.grammar import MAX_LENGTH
from warehouse_desk.wedge.results import Incomplete, IncompleteReason


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
