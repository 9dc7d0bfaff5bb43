"""The rows of one sheet or one delimited text, as found."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.sheets.archive import check_archive
from warehouse_desk.sheets.cells import Cell
from warehouse_desk.sheets.delimited import read_delimited
from warehouse_desk.sheets.encodings import Spoilt
from warehouse_desk.sheets.kind import Kind, kind_of, read_bytes
from warehouse_desk.sheets.limits import Cancelled
from warehouse_desk.sheets.workbook import read_workbook

Row: TypeAlias = list[Cell]
CountHeaders: TypeAlias = Callable[[Sequence[Cell]], int]


@dataclass(frozen=True, slots=True)
class Table:
    """Every row of the file; ``rows[i]`` is the row that Excel numbers ``i + 1``."""

    name: str
    kind: Kind
    sha256: str
    rows: list[Row]
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    merged: dict[int, set[int]] = field(default_factory=dict)
    """Row index to the columns whose value was repeated from a merged cell above."""
    faults: dict[int, Message] = field(default_factory=dict)
    """Row index to why that row must not be carried out, whatever stands in it."""
    spoilt: dict[int, dict[int, Spoilt]] = field(default_factory=dict)
    """Row index to the columns with bytes of another encoding."""
    notices: tuple[Message, ...] = ()
    hidden: frozenset[int] = frozenset()
    """The rows, as Excel numbers them, that are hidden or filtered away."""
    sheets: tuple[str, ...] = ()
    """Sheets with headings of which a person must choose; the first was read meanwhile."""


def read_table(
    path: Path, count_headers: CountHeaders, cancelled: Cancelled | None = None, *, called: str = "", sheet: str = ""
) -> Table:
    """Read a file by what it is, not by its name; ``sheet`` names the one to read of a workbook.

    ``called`` is what people call it, where it does not lie under its own name. ``count_headers`` tells how many known
    headings a row holds; it finds the sheet and the delimiter.

    Raises a :class:`~warehouse_desk.sheets.errors.SheetError` for anything that is not a readable table.
    """
    name = called or path.name
    content = read_bytes(path, name)
    sha256 = hashlib.sha256(content).hexdigest()
    kind = kind_of(name, content)
    if kind == "xlsx":
        contents = check_archive(name, content, cancelled)
        book = read_workbook(name, content, count_headers, active=contents.active, wanted=sheet)
        notices = [*book.notices, *contents.notices()]
        if Path(name).suffix.lower() not in {".xlsx", ""}:
            notices.insert(0, _misnamed(name, kind))
        return Table(
            name,
            kind,
            sha256,
            book.rows,
            book.sheet,
            merged=book.merged,
            notices=tuple(notices),
            hidden=contents.hidden[book.place] if book.place < len(contents.hidden) else frozenset(),
            sheets=book.choices,
        )
    text = read_delimited(name, content, count_headers)
    notices = [_misnamed(name, kind)] if Path(name).suffix.lower() in {".xlsx", ".xls"} else []
    return Table(
        name,
        kind,
        sha256,
        text.rows,
        encoding=text.encoding,
        delimiter=text.delimiter,
        faults=text.faults,
        spoilt=text.spoilt,
        notices=tuple(notices),
    )


def _misnamed(name: str, kind: Kind) -> Message:
    if kind == "xlsx":
        return msg("{name} is really an Excel workbook; it was read as one.", name=name)
    return msg("{name} is really a delimited text; it was read as one.", name=name)
