"""What became of a step on many orders, as a file for the people who look after the rest."""

from collections.abc import Sequence
from pathlib import Path

from warehouse_desk.common.messages import tr
from warehouse_desk.sheets.writing import ColumnSpec, write_orders


def write_results(path: Path, rows: Sequence[tuple[str, str, str]]) -> int:
    """Write reference, outcome and explanation of each order to an .xlsx or .csv file and return how many.

    Raises:
        WrongFileKind: the name ends in something else.
        CannotWrite: the folder or the disk refuses.
    """
    columns = (
        ColumnSpec(tr("Reference"), width=18),
        ColumnSpec(tr("Result"), width=14),
        ColumnSpec(tr("Explanation"), width=80),
    )
    return write_orders(path, rows, columns)
