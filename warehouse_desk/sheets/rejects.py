"""The rows that could not be imported, as a file to fix and import again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from warehouse_desk.common.messages import tr
from warehouse_desk.sheets.cells import Cell
from warehouse_desk.sheets.drafts import PreviewRow
from warehouse_desk.sheets.headings import Header
from warehouse_desk.sheets.limits import Cancelled, Progress
from warehouse_desk.sheets.writing import ColumnSpec, write_orders

REASON_HEADING: Final = "reason"


def write_rejected_rows(
    path: Path,
    header: Header,
    rows: Sequence[PreviewRow],
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> None:
    """Write the original columns, a person's fixes in place, and a last column with the reason."""
    kept = [at for at, title in enumerate(header.titles) if title.casefold() != REASON_HEADING]
    names = {at: name for name, at in header.columns.items()}
    columns = [ColumnSpec(header.titles[at], "found", 18) for at in kept]
    columns.append(ColumnSpec(REASON_HEADING, "text", 80))

    parts = {at: name for name, places in header.joins.items() for at in places if names.get(at) != name}

    def cell(row: PreviewRow, at: int) -> Cell:
        if parts.get(at) in row.fixes:  # the fix is the joined text: its parts would be joined to it once more
            return ""
        return row.fixes.get(names.get(at, ""), row.raw[at])

    def cells(row: PreviewRow) -> tuple[Cell, ...]:
        found = (cell(row, at) for at in kept)
        return (*found, _reason(row))

    write_orders(path, map(cells, rows), columns, progress=progress, cancelled=cancelled)


def _reason(row: PreviewRow) -> str:
    said = []
    for problem in row.problems:
        if problem.blocks:
            text = str(problem.message)
            said.append(f"{text} {tr('Proposed: {value}', value=problem.proposed)}" if problem.proposed else text)
    return " · ".join(said)
