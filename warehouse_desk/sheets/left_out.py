"""What of a sheet is no row to carry out, and what of it is not read at all: nothing of it goes without a word."""

import re
from collections.abc import Collection, Sequence
from enum import Enum
from typing import Final

from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.common.text import fold
from warehouse_desk.sheets.amounts import read_amount
from warehouse_desk.sheets.cells import Cell, Unreadable, clean_line, is_blank
from warehouse_desk.sheets.headings import Header
from warehouse_desk.sheets.reach import address

_TOTAL = re.compile(r"(?:sous[- ]?|grand |sub[- ]?)?(?:total|totaux|somme|sum)\b|(?:ال)?مجموع|الاجمالي|اجمالي")
_NAMED: Final = 10
"""Rows that a notice names; of more it says how many there are."""
_OWN: Final = frozenset({"reason"})
"""Columns that this program writes beside the rows it could not import."""


class Aside(Enum):
    """A row beside the rows."""

    TOTAL = 1
    """A sum of what stands above."""
    SUBTITLE = 2
    """One text alone."""


def is_total_word(text: str) -> bool:
    """Tell whether a text names a total."""
    return _TOTAL.match(fold(text)) is not None


def aside(row: Sequence[Cell], total: Cell) -> Aside | None:
    """Tell a total or a subtitle from a row; asked of rows that name no product, or no order.

    ``total`` is the cell of the amount, "" where the sheet has none.
    """
    cells = [cell for cell in row if not is_blank(cell)]
    texts = [cell for cell in cells if isinstance(cell, str) and isinstance(read_amount(cell), Unreadable)]
    if len(texts) == 1 and is_total_word(texts[0]):
        return Aside.TOTAL
    if len(cells) == 1 and texts:
        return Aside.SUBTITLE
    return Aside.TOTAL if not texts and len(cells) > 0 and not is_blank(total) else None


def aside_notices(asides: Sequence[tuple[int, Aside]], last_row: int) -> list[Message]:
    """Return what to say of the totals and subtitles that were left out; ``last_row`` is the last one that was read."""
    totals = [row for row, kind in asides if kind is Aside.TOTAL]
    titles = [row for row, kind in asides if kind is Aside.SUBTITLE]
    said = []
    if totals:
        said.append(
            nmsg(
                "{n} row with a total was ignored: row {rows}.",
                "{n} rows with totals were ignored: rows {rows}.",
                len(totals),
                rows=totals[:_NAMED],
            )
        )
        if last_row > totals[0]:
            said.append(msg("There are rows below the total in row {row}; they were read.", row=totals[0]))
    if titles:
        said.append(
            nmsg(
                "{n} row with a single text was ignored: row {rows}.",
                "{n} rows with a single text were ignored: rows {rows}.",
                len(titles),
                rows=titles[:_NAMED],
            )
        )
    return said


def unread_columns(rows: Sequence[Sequence[Cell]], header: Header) -> list[Message]:
    """Name the columns with something in them of which nothing is read."""
    below = range(header.row + 1, len(rows))
    named = {notice.params.get("left") for notice in header.notices}
    unread = []
    for at, title in enumerate(header.titles):
        if at in header.read or title.casefold() in _OWN or (title and title in named):
            continue
        if any(at < len(rows[row]) and not is_blank(rows[row][at]) for row in below):
            unread.append(title or address((1, at + 1))[:-1])
    return [msg("Columns not read: {columns}.", columns=unread)] if unread else []


def hidden_notice(hidden: Collection[int], *, taken: bool | None) -> list[Message]:
    """Say what became of the rows that are hidden or filtered away; ``taken`` is None while nobody said."""
    if not hidden:
        return []
    if taken is None:
        said = nmsg("{n} hidden row: row {rows}.", "{n} hidden rows: rows {rows}.", len(hidden), rows=_rows(hidden))
    elif taken:
        said = nmsg(
            "{n} hidden row was also read: row {rows}.",
            "{n} hidden rows were also read: rows {rows}.",
            len(hidden),
            rows=_rows(hidden),
        )
    else:
        said = nmsg(
            "{n} hidden row was ignored: row {rows}.",
            "{n} hidden rows were ignored: rows {rows}.",
            len(hidden),
            rows=_rows(hidden),
        )
    return [said]


def left_out_by_status(count: int) -> Message:
    """Say how many rows were left out because of their status."""
    return nmsg(
        "{n} row was ignored: its status does not count.",
        "{n} rows were ignored: their status does not count.",
        count,
    )


def status_of(row: Sequence[Cell], place: int | None) -> str:
    """Return the status that a row has, "" where there is none."""
    return clean_line(row[place])[:64] if place is not None and place < len(row) else ""


def _rows(numbers: Collection[int]) -> list[int]:
    return sorted(numbers)[:_NAMED]
