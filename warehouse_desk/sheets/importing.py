"""Orders out of a file: the entrance for every import."""

import gc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.common.text import fold
from warehouse_desk.sheets.catalogues import KnownSkus
from warehouse_desk.sheets.cells import Cell, clean_line, is_blank
from warehouse_desk.sheets.errors import EmptyFile, Stopped
from warehouse_desk.sheets.headings import Header, count_order_headings, find_order_header
from warehouse_desk.sheets.judging import RowJudge
from warehouse_desk.sheets.left_out import (
    Aside,
    aside,
    aside_notices,
    hidden_notice,
    left_out_by_status,
    status_of,
    unread_columns,
)
from warehouse_desk.sheets.limits import SLICE, Cancelled, Progress
from warehouse_desk.sheets.preview import ImportPreview, RowSource
from warehouse_desk.sheets.questions import Answers, FileQuestion, hidden_question, sheet_question, status_question
from warehouse_desk.sheets.rows import RowReader
from warehouse_desk.sheets.table import Table, read_table


def read_orders(
    path: Path,
    *,
    known_skus: KnownSkus,
    cities: Mapping[str, str],
    barcodes: Mapping[str, str] | None = None,
    spellings: Sequence[Sequence[str]] = (),
    answers: Answers = Answers(),  # noqa: B008 - frozen
    called: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportPreview:
    """Read a sheet of orders and judge every row.

    ``known_skus`` tells whether a SKU is active (true), inactive (false) or unknown (absent, ``None``).
    ``cities`` maps names folded by :func:`warehouse_desk.common.text.fold` to the name to keep; when it is
    empty any city will do. ``barcodes`` maps barcodes to SKUs, to propose the product meant; ``spellings``
    are other names of cities. ``answers`` is what was said of the file. ``called`` is what people call it.

    Raises a :class:`~warehouse_desk.sheets.errors.SheetError` when the file as a whole cannot be read; whatever is
    wrong with a row is in the preview.
    """
    with _collector_resting():
        table = read_table(path, count_order_headings, cancelled, called=called, sheet=answers.sheet)
        header = find_order_header(table.name, table.rows, answers.status_column)
        judge = RowJudge(table, header, RowReader(known_skus, cities, barcodes, spellings))
        walk = _Walk(table, header, judge, answers)
        walk.judge_all(progress, cancelled)
    if not judge.rows and not walk.left_out:
        raise EmptyFile(msg("{name} has headings but no orders under them.", name=table.name))
    source = RowSource(
        name=table.name,
        kind=table.kind,
        sha256=table.sha256,
        sheet=table.sheet,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header=header,
        blank_rows=walk.blank,
        notices=(*table.notices, *header.notices, *walk.notices()),
        left_out=walk.left_out,
        questions=walk.questions(),
    )
    return ImportPreview(source, judge)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Spare the cycle collector the walks over rows without cycles: a quarter of a big sheet's time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Walk:
    """Goes through the rows under the header once: judges the orders, and counts what it leaves aside."""

    def __init__(self, table: Table, header: Header, judge: RowJudge, answers: Answers) -> None:
        self._table = table
        self._header = header
        self._judge = judge
        self._answers = answers
        self._only = None if answers.only_status is None else {fold(clean_line(each)) for each in answers.only_status}
        self._hidden = table.hidden
        self._statuses: Counter[str] = Counter()
        self._asides: list[tuple[int, Aside]] = []
        self._hidden_seen: list[int] = []
        self.blank = 0
        self.left_out = 0
        """Rows with a status that is none of those asked for, and hidden rows that are not wanted."""
        self._other_status = 0
        self._repeated = 0

    def judge_all(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        """Judge the rows; raises Stopped where ``cancelled`` says so."""
        rows, width = self._table.rows, len(self._header.titles)
        headings = self._judge.plain(rows[self._header.row])
        accepted, judge_row, columns = self._judge.rows, self._judge.judge, self._header.columns
        name_at, skus_at = columns["full_name"], columns["skus"]
        looks_closer = self._header.status is not None or bool(self._hidden)
        waiting = 0
        for at in range(self._header.row + 1, len(rows)):
            if not at % SLICE:
                if cancelled is not None and cancelled():
                    raise Stopped
                if progress is not None:
                    progress(at, len(rows))
            raw = rows[at]
            if len(raw) < width:
                raw += [""] * (width - len(raw))
            name, skus = raw[name_at], raw[skus_at]
            if (name == "" or (type(name) is str and name.isspace())) and all(map(is_blank, raw)):
                waiting += 1
                continue
            if self._is_beside(at + 1, raw, name == headings[0] and self._judge.plain(raw) == headings, skus):
                continue
            self.blank, waiting = self.blank + waiting, 0
            if looks_closer and not self._is_wanted(at + 1, raw):
                self.left_out += 1
                continue
            accepted.append(judge_row(len(accepted), at + 1, raw))
        self._judge.block_split_orders()
        self._judge.mark_odd_amounts()
        if progress is not None:
            progress(len(rows), len(rows))

    def _is_beside(self, number: int, raw: Sequence[Cell], repeats: bool, skus: Cell) -> bool:
        """Tell whether a row is no order at all: headings once more, a total, a subtitle."""
        if repeats:
            self._repeated += 1
            return True
        if not is_blank(skus):
            return False
        kind = aside(raw, raw[self._header.columns["total"]])
        if kind is not None:
            self._asides.append((number, kind))
        return kind is not None

    def _is_wanted(self, number: int, raw: Sequence[Cell]) -> bool:
        if number in self._hidden:
            self._hidden_seen.append(number)
            if self._answers.hidden_rows is False:
                return False
        if self._header.status is None:
            return True
        status = status_of(raw, self._header.status)
        self._statuses[status] += 1
        if self._only is None or fold(status) in self._only:
            return True
        self._other_status += 1
        return False

    def notices(self) -> list[Message]:
        """Say what was left out, and why."""
        said = []
        if self._repeated:
            said.append(
                nmsg(
                    "{n} row repeats the headings and was ignored.",
                    "{n} rows repeat the headings and were ignored.",
                    self._repeated,
                )
            )
        said += aside_notices(self._asides, self._judge.rows[-1].number if self._judge.rows else 0)
        said += hidden_notice(self._hidden_seen, taken=self._answers.hidden_rows)
        if self._other_status:
            said.append(left_out_by_status(self._other_status))
        return said + unread_columns(self._table.rows, self._header)

    def questions(self) -> tuple[FileQuestion, ...]:
        """Return what a person must say before anything is written."""
        asked: list[FileQuestion | None] = []
        if self._table.sheets and not self._answers.sheet:
            asked.append(sheet_question(self._table.sheets))
        if self._hidden_seen and self._answers.hidden_rows is None:
            asked.append(hidden_question(len(self._hidden_seen)))
        if self._statuses and self._only is None:
            asked.append(status_question(self._statuses.most_common()))
        return tuple(question for question in asked if question is not None)
