"""One row judged in its file: its cells, merged neighbours, cells that slid right, the same order above."""

from collections.abc import Callable, Collection, Mapping, Sequence
from operator import itemgetter
from typing import Final

from warehouse_desk.common.messages import msg, nmsg
from warehouse_desk.common.text import fold
from warehouse_desk.domain.orders.fingerprint import twin_parts
from warehouse_desk.sheets.amounts import format_amount
from warehouse_desk.sheets.cells import Cell, clean_text, is_blank
from warehouse_desk.sheets.drafts import (
    NO_FIXES,
    FileOrder,
    PreviewRow,
    Problem,
    Severity,
)
from warehouse_desk.sheets.encodings import Spoilt
from warehouse_desk.sheets.headings import JOINED_BY, ORDER_HEADINGS, Header
from warehouse_desk.sheets.rows import RowReader
from warehouse_desk.sheets.table import Table

_NOTHING: Final = frozenset[str]()


_FAR: Final = 20
"""Times the usual total: more than offers of a shop differ, less than a decimal mark that was misread makes of them."""
_FEWEST: Final = 3
"""Orders of which one can be called usual."""

TWIN_ROW = msg("The same order is in row {row}.")
"""Said of a row whose phone and products are those of a row before it."""


SPLIT_ORDER = Problem(
    "",
    Severity.ERROR,
    msg(
        "This row and the one beside it may be one order: same customer, same total, other products. Put them together."
    ),
)
"""Said of the rows of an order that a shop's program writes one for each product."""


class RowJudge:
    """Judges the rows of one file, first all of them in turn, later any one again."""

    def __init__(self, table: Table, header: Header, reader: RowReader) -> None:
        self._reader = reader
        self._header = header
        self._width = len(header.titles)
        self._may_slide = table.kind == "csv"
        self._merged = {
            index: {name for name, at in header.columns.items() if at in columns}
            for index, columns in table.merged.items()
        }
        self._faults = table.faults
        self._spoilt = {
            index: {name: columns[at] for name, at in header.columns.items() if at in columns}
            for index, columns in table.spoilt.items()
        }
        self._first: dict[object, int] = {}
        self._usual = 0
        self._split: dict[int, FileOrder] = {}
        self.rows: list[PreviewRow] = []
        self.plain: Callable[[Sequence[Cell]], tuple[Cell, ...]] = itemgetter(
            *(header.columns[name] for name in ORDER_HEADINGS)
        )
        """Returns the ten cells of a row, parts of names and addresses left out."""
        self.select = _joining(self.plain, header) if header.joins else self.plain
        """Returns the ten cells of a row."""

    def cells(self, raw: Sequence[Cell], fixes: Mapping[str, str]) -> tuple[Cell, ...]:
        """Return the ten cells of a row in the order of ``ORDER_HEADINGS``, with the fixes in place."""
        cells = self.select(raw)
        if not fixes:
            return cells
        return tuple(fixes.get(name, cell) for name, cell in zip(ORDER_HEADINGS, cells, strict=True))

    def judge(
        self,
        index: int,
        number: int,
        raw: list[Cell],
        fixes: Mapping[str, str] = NO_FIXES,
        refused: Collection[str] = _NOTHING,
    ) -> PreviewRow:
        """Judge the row that stands, or will stand, at ``rows[index]``; Excel numbers it ``number``."""
        draft, problems = self._reader.read(self.cells(raw, fixes) if fixes else self.select(raw), refused)
        if len(raw) != self._width and self._may_slide and (slid := self._slid(raw)):
            draft, problems = None, (slid,)  # every later cell is another column's
        if self._faults and (fault := self._faults.get(number - 1)) is not None and not fixes:
            draft, problems = None, (Problem("", Severity.ERROR, fault),)
        if self._spoilt and (spoilt := self._spoilt.get(number - 1)):
            problems = _with_spoilt(problems, spoilt, fixes, refused)
            draft = None if any(problem.blocks for problem in problems) else draft
        if self._merged and (names := self._merged.get(number - 1)):
            problems += tuple(_merged_problem(name) for name in ORDER_HEADINGS if name in names - fixes.keys())
        if draft is not None and self._usual and (odd := self._odd_amount(draft)):
            problems += (odd,)
        if draft is not None and (twin := self._earlier(index, draft)):
            problems += (Problem("", Severity.WARNING, TWIN_ROW.with_params(row=twin)),)
        return PreviewRow(number, raw, draft, problems, fixes)

    def block_split_orders(self) -> None:
        """Block rows side by side that are one order: the same customer and total, more than each row's goods cost."""
        for index in range(1, len(self.rows)):
            one, two = self.rows[index - 1], self.rows[index]
            if two.draft is None or two.draft.total == _worth(two.draft):
                continue
            above = one.draft or self._split.get(index - 1)
            if above is None or not _are_parts(above, two.draft):
                continue
            for place, row, draft in ((index - 1, one, above), (index, two, two.draft)):
                if row.draft is not None:
                    self._split[place] = draft
                    self.rows[place] = row._replace(draft=None, problems=(*row.problems, SPLIT_ORDER))

    def mark_odd_amounts(self) -> None:
        """Mark the totals far from the usual one of this file, now that all rows are known."""
        totals = sorted(row.draft.total for row in self.rows if row.draft is not None)
        if len(totals) < _FEWEST:
            return
        self._usual = totals[len(totals) // 2]
        if self._usual <= totals[0] * _FAR and totals[-1] <= self._usual * _FAR:
            return
        for index, row in enumerate(self.rows):
            if row.draft is not None and (odd := self._odd_amount(row.draft)):
                self.rows[index] = row._replace(problems=(*row.problems, odd))

    def _odd_amount(self, draft: FileOrder) -> Problem | None:
        if draft.total <= self._usual * _FAR and self._usual <= draft.total * _FAR:
            return None
        message = msg(
            "{total} DH is far from the usual total in this file, {usual} DH.",
            total=format_amount(draft.total),
            usual=format_amount(self._usual),
        )
        return Problem("total", Severity.WARNING, message)

    def _slid(self, raw: Sequence[Cell]) -> Problem | None:
        extra = sum(not is_blank(cell) for cell in raw[self._width :])
        if not extra:
            return None
        message = nmsg(
            "The row has {n} cell more than the headings: a text with a delimiter in it needs quotation marks.",
            "The row has {n} cells more than the headings: a text with a delimiter in it needs quotation marks.",
            extra,
        )
        return Problem("", Severity.ERROR, message)

    def _earlier(self, index: int, draft: FileOrder) -> int:
        """Return the number of an earlier row with the same order, 0 for none; most keys differ."""
        key = _twin_key(draft)
        first = self._first.setdefault(key, index)
        if first == index:
            return 0
        earlier = self.rows[first]
        if earlier.draft is None or _twin_key(earlier.draft) != key:
            self._first[key] = index  # that row was fixed into another order since
            return 0
        return earlier.number


def _with_spoilt(
    problems: tuple[Problem, ...], spoilt: Mapping[str, Spoilt], fixes: Mapping[str, str], refused: Collection[str]
) -> tuple[Problem, ...]:
    """Return the problems of a row with those of its stray bytes in place of what else was said of lost letters."""
    named = {name: damage for name, damage in spoilt.items() if name not in fixes}
    kept = tuple(p for p in problems if p.column not in named or p.severity is not Severity.WARNING)
    return kept + tuple(_spoilt_problem(name, damage, refused) for name, damage in named.items())


def _spoilt_problem(column: str, damage: Spoilt, refused: Collection[str]) -> Problem:
    message = msg("“{value}” holds letters in another encoding than the rest of the file.", value=damage.shown)
    if column in refused:
        return Problem(column, Severity.WARNING, message, damage.meant, accepted=False)
    return Problem(column, Severity.REPAIR, message, damage.meant)


def _joining(
    plain: Callable[[Sequence[Cell]], tuple[Cell, ...]], header: Header
) -> Callable[[Sequence[Cell]], tuple[Cell, ...]]:
    """Return what selects the ten cells of a row, joined where several columns make one."""
    places = [(ORDER_HEADINGS.index(name), columns, JOINED_BY[name]) for name, columns in header.joins.items()]

    def select(raw: Sequence[Cell]) -> tuple[Cell, ...]:
        cells = list(plain(raw))
        for place, columns, mark in places:
            cells[place] = _joined([raw[at] for at in columns if at < len(raw)], mark)
        return tuple(cells)

    return select


def _joined(cells: Sequence[Cell], mark: str) -> Cell:
    """Return cells as one text; what stands in another one already is not said twice."""
    parts = [cell for cell in cells if not is_blank(cell)]
    if len(parts) < 2:  # noqa: PLR2004 - nothing to join
        return parts[0] if parts else ""
    said: list[str] = []
    for text in map(clean_text, parts):
        if not any(f" {fold(text)} " in f" {fold(other)} " for other in said):
            said = [other for other in said if f" {fold(other)} " not in f" {fold(text)} "]
            said.append(text)
    return mark.join(said)


def _worth(draft: FileOrder) -> int:
    return sum(line.quantity * line.unit_price for line in draft.lines)


def _are_parts(one: FileOrder, two: FileOrder) -> bool:
    """Tell whether two rows give one customer's one total, each with other products that cost less."""
    same = (one.total, one.phone, fold(one.full_name)) == (two.total, two.phone, fold(two.full_name))
    others = {line.sku for line in one.lines}.isdisjoint(line.sku for line in two.lines)
    return same and others and _worth(one) < one.total > _worth(two)


def _twin_key(draft: FileOrder) -> object:
    return twin_parts(draft.phone, [(line.sku, line.quantity) for line in draft.lines])


def _merged_problem(column: str) -> Problem:
    message = msg("{column}: taken from a merged cell above. Check that it belongs to this row too.", column=column)
    return Problem(column, Severity.WARNING, message)
