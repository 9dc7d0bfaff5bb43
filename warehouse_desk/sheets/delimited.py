"""Rows out of delimited text, whatever program and country wrote it."""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import Final

from warehouse_desk.common.messages import msg
from warehouse_desk.sheets.cells import Cell
from warehouse_desk.sheets.errors import DamagedFile, FileTooBig, too_many_rows
from warehouse_desk.sheets.kind import unmarked_utf16
from warehouse_desk.sheets.limits import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS: Final = ";,\t|"
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_SAMPLE_ROWS: Final = 10
_HIGH_RUN = re.compile(rb"[\xc0-\xff]{2,}")
_ARABIC_WINDOWS_ONLY = frozenset(b"\x81\x8d\x8f\x90\x9d")  # letters in Windows-1256, nothing in Windows-1252
_ARABIC_SHARE: Final = 0.5
GUARDED = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""A text that an export guarded with an apostrophe so that no spreadsheet takes it for a formula."""


@dataclass(frozen=True, slots=True)
class FileText:
    """The rows of a delimited text and how it was written."""

    rows: list[list[Cell]]
    encoding: str
    delimiter: str


def read_delimited(name: str, content: bytes, count_headers: Callable[[Sequence[Cell]], int]) -> FileText:
    """Read the rows; raises DamagedFile for an unclosed quotation mark, FileTooBig beyond the limits."""
    encoding = detect_encoding(content)
    text = content.decode(encoding, "replace").removeprefix("\ufeff").replace("\x00", "")
    delimiter = ""
    if named := _SEP_LINE.match(text):
        delimiter, text = named[1], text[named.end() :]
    delimiter = delimiter or detect_delimiter(text, count_headers)
    csv.field_size_limit(MAX_CELL_CHARS)
    _check_quotes(name, text, delimiter)
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            rows.append([_unguarded(cell) if cell.startswith("'") else cell for cell in row])
            if len(rows) > MAX_ROWS:
                raise too_many_rows(name)
            if len(row) > MAX_COLUMNS:
                raise FileTooBig(
                    msg(
                        "Row {row} of {name} has more than {n} columns.",
                        row=len(rows),
                        name=name,
                        n=MAX_COLUMNS,
                    )
                )
    except csv.Error:
        raise DamagedFile(
            msg(
                "A cell in row {row} of {name} has more than {n} characters: a quotation mark may not be closed.",
                row=len(rows) + 1,
                name=name,
                n=MAX_CELL_CHARS,
            )
        ) from None
    return FileText(rows, encoding, delimiter)


def detect_encoding(content: bytes) -> str:
    """Return the codec: by its mark, else UTF-16 by its NULs, else UTF-8 when valid, else a Windows page.

    Windows-1256 puts é, è, à, ç at the same places as Windows-1252, so the question is only whether the text
    is Arabic: Arabic words are runs of high bytes, French accents stand alone.
    """
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return codec
    if codec := unmarked_utf16(content[:4096]):
        return codec
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    sample = content[:1_000_000]
    high = sum(map(len, re.findall(rb"[\xc0-\xff]+", sample)))
    in_runs = sum(map(len, _HIGH_RUN.findall(sample)))
    if in_runs > high * _ARABIC_SHARE or not _ARABIC_WINDOWS_ONLY.isdisjoint(sample):
        return "cp1256"
    return "cp1252"


def detect_delimiter(text: str, count_headers: Callable[[Sequence[Cell]], int]) -> str:
    """Return the delimiter under which the top rows hold most known headings, then most columns."""
    sample = text[:65_536]

    def score(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(islice(csv.reader(StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_ROWS))
        except csv.Error:
            return (0, 0)
        return max(map(count_headers, rows), default=0), min((len(row) for row in rows if row), default=0)

    return max(_DELIMITERS, key=score)


def _unguarded(cell: str) -> str:
    return cell[1:] if GUARDED.match(cell) else cell


def _check_quotes(name: str, text: str, delimiter: str) -> None:
    """An odd number of quotation marks may be an inch sign, or one left open that swallows the rest."""
    if text.count('"') % 2 == 0:
        return
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    try:
        for _ in reader:
            row += 1
    except csv.Error as problem:
        if "unexpected end" in str(problem):
            raise DamagedFile(
                msg("Row {row} of {name} opens a quotation mark that is never closed.", row=row + 1, name=name)
            ) from None
