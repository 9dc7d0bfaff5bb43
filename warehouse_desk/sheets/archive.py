"""The check of a workbook's zip before anything opens it: sizes, ratio, entities, how far its cells reach.

The sizes in a zip directory may lie, so every part the reader will open is unpacked here once, in slices,
against its own stated size. The cells' addresses are looked at too: the reader lays out a dense grid, and two
cells in opposite corners of a sheet would ask it for 17 thousand million places.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.sheets.book_parts import part_key, parts_of
from warehouse_desk.sheets.errors import DamagedFile, FileTooBig, Stopped, WrongFileKind, damaged, too_many_rows
from warehouse_desk.sheets.kind import how_to_save, wrong_kind
from warehouse_desk.sheets.limits import (
    MAX_ENTRIES,
    MAX_RATIO,
    MAX_ROWS,
    MAX_UNZIPPED_BYTES,
    RATIO_FREE_BYTES,
    Cancelled,
)
from warehouse_desk.sheets.reach import Reach, address, filled, is_too_far, look, may_be_too_far
from warehouse_desk.sheets.shared_text import SharedText

_SLICE: Final = 1 << 20
_MOST_SLICES: Final = 4
"""Of the parts that only name sheets; ten thousand of them need less."""
_OVERLAP: Final = 512  # a tag cut by the end of a slice is seen whole in the next
_LOCAL_HEADER: Final = 30  # bytes before a part's name
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\s(?=[^<>]*\shidden\s*=\s*["'](?:1|true)["'])[^<>]*\br\s*=\s*["'](\d+)""")
_NO_VALUE = (b"</f></c>", b"</f><v></v>", b"</f><v/>", b"</f><v />")
_MACROS = ("vbaproject.bin", "macrosheets/")


@dataclass(frozen=True, slots=True)
class Contents:
    """Facts of the sheets that the reader does not tell."""

    formulas_without_value: bool = False
    error_cells: bool = False
    active: int = 0
    """The sheet that was open when the workbook was saved, from 0."""
    hidden: tuple[frozenset[int], ...] = ()
    """For each sheet the rows, as Excel numbers them, that are hidden or filtered away."""

    def notices(self) -> list[Message]:
        """Return what a person should know before trusting the empty cells."""
        notices = []
        if self.formulas_without_value:
            notices.append(
                msg(
                    "The file has formulas whose results were never saved; they were read as empty. Open "
                    "it in Excel and save it."
                )
            )
        if self.error_cells:
            notices.append(msg("The file has formula errors such as #N/A; they were read as empty."))
        return notices


def check_archive(name: str, content: bytes, cancelled: Cancelled | None = None) -> Contents:
    """Check a workbook before it is opened.

    Raises WrongFileKind (another kind of zip, macros), FileTooBig, DamagedFile or Stopped.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, OverflowError, OSError):
        raise _cut_off(name) from None
    names = [part.filename.lower().replace("\\", "/").lstrip("/") for part in parts]
    _check_kind(name, names, content)
    _check_directory(name, parts, names)
    book = parts_of(_reader(name, content, parts))
    no_value = errors = False
    hidden: dict[str, frozenset[int]] = {}
    texts = SharedText()
    for part in parts:
        if not book.is_opened(part.filename):
            continue
        seen = _check_part(name, part.filename, texts.see_part(_unpacked(name, content, part)), cancelled)
        if may_be_too_far(seen.reach):
            _check_reach(name, filled(_unpacked(name, content, part)))
        no_value, errors = no_value or seen.no_value, errors or seen.errors
        hidden[part_key(part.filename)] = frozenset(seen.hidden)
    if texts.needs_count() and texts.is_too_much(_unpacked(name, content, part) for part in parts):
        raise _bomb(name)
    return Contents(no_value, errors, book.active, tuple(hidden.get(sheet, frozenset()) for sheet in book.sheets))


def _reader(name: str, content: bytes, parts: list[ZipInfo]) -> Callable[[str], bytes]:
    by_key = {part_key(part.filename): part for part in parts}

    def read(key: str) -> bytes:
        part = by_key.get(key)
        return b"" if part is None else b"".join(islice(_unpacked(name, content, part), _MOST_SLICES))

    return read


def _check_kind(name: str, names: list[str], content: bytes) -> None:
    if "xl/workbook.bin" in names:
        raise WrongFileKind(how_to_save(name, msg("a binary .xlsb workbook")))
    if "xl/workbook.xml" not in names and not any(part.endswith("workbook.xml") for part in names):
        if b"opendocument.spreadsheet" in content[:200]:
            raise WrongFileKind(how_to_save(name, msg("an .ods workbook")))
        if any(part.startswith("word/") for part in names):
            raise wrong_kind(name, msg("a text document"))
        if any(part.startswith("index/") and part.endswith(".iwa") for part in names):
            raise WrongFileKind(how_to_save(name, msg("a Numbers workbook")))
        raise wrong_kind(name, msg("an archive"))
    if any(mark in part for part in names for mark in _MACROS):
        raise WrongFileKind(how_to_save(name, msg("a workbook with macros")))


def _check_directory(name: str, parts: list[ZipInfo], names: list[str]) -> None:
    if len(parts) > MAX_ENTRIES or sum(part.file_size for part in parts) > MAX_UNZIPPED_BYTES:
        raise _bomb(name)
    if len(set(names)) != len(names) or any(part.flag_bits & 1 for part in parts):
        raise damaged(name)
    for part in parts:
        if part.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise damaged(name)
        if part.file_size > RATIO_FREE_BYTES and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise _bomb(name)


@dataclass(slots=True)
class _Seen:
    """What one part holds."""

    no_value: bool = False
    """A formula without a stored result."""
    errors: bool = False
    """An error such as #N/A."""
    reach: Reach = (1, 1)
    hidden: set[int] = field(default_factory=set)


def _check_part(name: str, part: str, blocks: Iterable[bytes], cancelled: Cancelled | None) -> _Seen:
    """Look through one part and return what it holds.

    Any part may be named as a sheet by the workbook, so each text of tags is looked at, whatever its name.
    """
    seen, is_markup, tail = _Seen(), False, b""
    for number, block in enumerate(blocks):
        if cancelled is not None and cancelled():
            raise Stopped
        window = tail + block
        is_markup = _is_markup(part, window) if not number else is_markup
        if is_markup and b"\x00" in window:
            raise damaged(name)  # no program writes a part in UTF-16, and nothing below could see into one
        if b"<!" in window and (b"<!DOCTYPE" in window or b"<!ENTITY" in window):
            raise DamagedFile(msg("{name} contains definitions that no workbook needs and was not opened.", name=name))
        if not may_be_too_far(seen.reach):  # else it is looked at closely anyway
            seen.reach = look(window, seen.reach)
        if not seen.no_value and b"</f>" in window:
            seen.no_value = any(mark in window for mark in _NO_VALUE)
        seen.errors = seen.errors or b't="e"' in window
        if b"hidden" in window:
            seen.hidden.update(map(int, _HIDDEN_ROW.findall(window)))
        tail = window[-_OVERLAP:]
    return seen


def _is_markup(part: str, head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return part.lower().endswith((".xml", ".rels")) or start == b"<" or head[:2] in {b"\xff\xfe", b"\xfe\xff"}


def _unpacked(name: str, content: bytes, part: ZipInfo) -> Iterator[bytes]:
    """Yield the part in slices; stop with DamagedFile where it is not what the directory states."""
    header = content[part.header_offset : part.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise _cut_off(name)
    start = (
        part.header_offset
        + _LOCAL_HEADER
        + int.from_bytes(header[26:28], "little")
        + int.from_bytes(header[28:30], "little")
    )
    packed = memoryview(content)[start : start + part.compress_size]
    if len(packed) < part.compress_size:
        raise _cut_off(name)
    if part.compress_type == ZIP_STORED:
        if part.compress_size != part.file_size:
            raise damaged(name)
        yield from (bytes(packed[at : at + _SLICE]) for at in range(0, len(packed), _SLICE))
        return
    inflater, total, rest = zlib.decompressobj(-15), 0, bytes(packed)
    while not inflater.eof:
        try:
            block = inflater.decompress(rest, _SLICE)
        except zlib.error:
            raise damaged(name) from None
        rest = inflater.unconsumed_tail
        total += len(block)
        if total > part.file_size or (not block and not rest and not inflater.eof):
            raise damaged(name)
        if block:
            yield block
    if total != part.file_size:
        raise damaged(name)


def _check_reach(name: str, reach: Reach) -> None:
    if reach[0] > MAX_ROWS:
        raise too_many_rows(name)
    if is_too_far(reach):
        raise FileTooBig(
            msg(
                "{name} has a value far from all others: its cells reach as far as {place}. Clear what stands there.",
                name=name,
                place=address(reach),
            )
        )


def _bomb(name: str) -> FileTooBig:
    return FileTooBig(msg("{name} is far larger than a list of orders and was not opened. Split it.", name=name))


def _cut_off(name: str) -> DamagedFile:
    return DamagedFile(msg("{name} is incomplete: its copy or download did not finish. Get it again.", name=name))
