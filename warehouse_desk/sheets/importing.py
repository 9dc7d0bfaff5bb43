"""Orders out of a file: the entrance for every import."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from warehouse_desk.common.messages import msg, nmsg
from warehouse_desk.sheets.catalogues import KnownSkus
from warehouse_desk.sheets.cells import is_blank
from warehouse_desk.sheets.errors import EmptyFile, Stopped
from warehouse_desk.sheets.headings import Header, count_order_headings, find_order_header
from warehouse_desk.sheets.judging import RowJudge
from warehouse_desk.sheets.limits import SLICE, Cancelled, Progress
from warehouse_desk.sheets.preview import ImportPreview, RowSource
from warehouse_desk.sheets.rows import RowReader
from warehouse_desk.sheets.table import Table, read_table


def read_orders(
    path: Path,
    *,
    known_skus: KnownSkus,
    cities: Mapping[str, str],
    called: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportPreview:
    """Read a sheet of orders and judge every row.

    ``known_skus`` tells whether a SKU is active (true), inactive (false) or unknown (absent, ``None``).
    ``cities`` maps names folded by :func:`warehouse_desk.common.text.fold` to the name to keep; when it is
    empty any city will do. ``called`` is what people call the file.

    Raises a :class:`~warehouse_desk.sheets.errors.SheetError` when the file as a whole cannot be read; whatever is
    wrong with a row is in the preview.
    """
    with _collector_resting():
        table = read_table(path, count_order_headings, cancelled, called=called)
        header = find_order_header(table.name, table.rows)
        judge = RowJudge(table, header, RowReader(known_skus, cities))
        blank, repeated = _judge_all(table, header, judge, progress, cancelled)
    if not judge.rows:
        raise EmptyFile(msg("{name} has headings but no orders under them.", name=table.name))
    notices = [*table.notices, *header.notices]
    if repeated:
        notices.append(
            nmsg(
                "{n} row repeats the headings and was ignored.",
                "{n} rows repeat the headings and were ignored.",
                repeated,
            )
        )
    source = RowSource(
        name=table.name,
        kind=table.kind,
        sha256=table.sha256,
        sheet=table.sheet,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header=header,
        blank_rows=blank,
        notices=tuple(notices),
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


def _judge_all(
    table: Table, header: Header, judge: RowJudge, progress: Progress | None, cancelled: Cancelled | None
) -> tuple[int, int]:
    """Judge the rows under the header; return how many were blank and how many repeat the headings."""
    rows, width = table.rows, len(header.titles)
    headings = judge.select(rows[header.row])
    accepted, judge_row, name_at = judge.rows, judge.judge, header.columns["full_name"]
    blank = waiting = repeated = 0
    for at in range(header.row + 1, len(rows)):
        if not at % SLICE:
            if cancelled is not None and cancelled():
                raise Stopped
            if progress is not None:
                progress(at, len(rows))
        raw = rows[at]
        if len(raw) < width:
            raw += [""] * (width - len(raw))
        name = raw[name_at]
        if (name == "" or (type(name) is str and name.isspace())) and all(map(is_blank, raw)):
            waiting += 1
            continue
        if name == headings[0] and judge.select(raw) == headings:
            repeated += 1
            continue
        blank, waiting = blank + waiting, 0
        accepted.append(judge_row(len(accepted), at + 1, raw))
    judge.mark_odd_amounts()
    if progress is not None:
        progress(len(rows), len(rows))
    return blank, repeated
