"""Settles a doubtful reading by asking which of its candidates exists. To be run where a lookup may wait."""

from collections.abc import Callable
from dataclasses import replace

from warehouse_desk.wedge.results import Candidate, Scan


def confirmed(scan: Scan, exists: Callable[[Candidate], bool | None]) -> Scan | None:
    """Return the scan with its one existing candidate; None when none, several or an unknown number exist.

    ``exists`` answers None when it cannot tell, as while the database is out of reach. A scan that needs no
    confirmation comes back as it is and nothing is asked.
    """
    if not scan.needs_confirmation:
        return scan
    answers = [(candidate, exists(candidate)) for candidate in scan.candidates]
    found = [candidate for candidate, answer in answers if answer]
    if len(found) != 1 or any(answer is None for _, answer in answers):
        return None
    one = found[0]
    return replace(
        scan,
        text=one.text,
        kind=one.kind,
        layout_used=one.layout,
        confidence=one.confidence,
        needs_confirmation=False,
    )
