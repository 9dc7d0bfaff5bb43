"""Files that are not what they say, or that would exhaust the station if they were opened."""

import os
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook

from tests.sheets.corpus.making import book, lines, rezipped, row, text, with_part, with_sheet
from warehouse_desk.sheets.headings import ORDER_HEADINGS

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_SAVE_AS = "Open it in Excel or LibreOffice, choose “Save as”, then “Excel workbook (.xlsx)”."


class Hostile(NamedTuple):
    """One file, the error it must end in, and words of its sentence."""

    name: str
    make: Callable[[Path], object]
    error: str
    words: str


def _bytes(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def _sheet(*rows: str) -> str:
    return f'<?xml version="1.0"?><worksheet {_MAIN}><sheetData>{"".join(rows)}</sheetData></worksheet>'


def _cell(address: str, value: str = "1") -> str:
    return f'<c r="{address}"><v>{value}</v></c>'


def _bomb(path: Path) -> None:
    """260 MB of blanks in 260 KB."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        _skeleton(archive)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(b"<worksheet><sheetData>")
            for _ in range(260):
                part.write(b" " * 1_000_000)


def _lying_bomb(path: Path) -> None:
    """The same, with a zip directory that states 1,000 bytes, as the reader would first believe."""
    _bomb(path)
    content = bytearray(path.read_bytes())
    stated = (260_000_022).to_bytes(4, "little")
    at = content.find(stated)
    while at >= 0:
        content[at : at + 4] = (1_000).to_bytes(4, "little")
        at = content.find(stated, at + 1)
    path.write_bytes(content)


def _flat_bomb(path: Path) -> None:
    """Many parts under the ratio, too much together."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        _skeleton(archive)
        for number in range(30):
            archive.writestr(f"xl/worksheets/sheet{number + 1}.xml", b"<worksheet/>" + b" " * 9_000_000)


def _many_entries(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        _skeleton(archive)
        for number in range(1_200):
            archive.writestr(f"xl/media/image{number}.png", b"")


def _skeleton(archive: ZipFile) -> None:
    buffer = BytesIO()
    book(row())(buffer)  # type: ignore[arg-type]
    with ZipFile(buffer) as good:
        for part in good.infolist():
            if "worksheets/" not in part.filename:
                archive.writestr(part.filename, good.read(part))


def _million_rows(path: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 1_000_001))
    head = f"<worksheet {_MAIN}><sheetData>".encode()
    rezipped(book(), lambda name, old: head + rows + b"</sheetData></worksheet>" if "sheet1" in name else old)(path)


def _twin_parts(path: Path) -> None:
    book(row())(path)
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("XL/worksheets/sheet1.xml"), _sheet(_cell("XFD1048576")))


def _encrypted_entry(path: Path) -> None:
    book(row())(path)
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)


def _cut(make: Callable[[Path], object], share: float) -> Callable[[Path], object]:
    def cut(path: Path) -> None:
        make(path)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])

    return cut


def _corrupt(path: Path) -> None:
    book(*[row(full_name=f"Client {n}") for n in range(300)])(path)
    content = bytearray(path.read_bytes())
    with ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    middle = part.header_offset + 200
    content[middle : middle + 50] = zlib.compress(b"noise" * 40)[:50].ljust(50, b"\xff")
    path.write_bytes(content)


def _with_entity(declaration: str) -> Callable[[Path], object]:
    return with_sheet(f'<?xml version="1.0"?>{declaration}' + _sheet("<row><c><v>&a;</v></c></row>").split("?>", 1)[1])


def _utf16_sheet(path: Path) -> None:
    sheet = _sheet(_cell("A1"), _cell("XFD1048576")).replace('"1.0"', '"1.0" encoding="UTF-16"')
    rezipped(book(), lambda name, old: sheet.encode("utf-16") if "sheet1" in name else old)(path)


_LAUGHS = (
    '<!DOCTYPE l [<!ENTITY z "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("zyxwvutsrq", "yxwvutsrqa", strict=True))
    + "]>"
)
_CORNERS = _sheet(f'<row r="1">{_cell("A1")}</row>', f'<row r="1048576">{_cell("XFD1048576")}</row>')


_TOO_MUCH = "is far larger than a list of orders and was not opened. Split it."
_TOO_LONG = "more than 200000 rows"
_MERGED = '<mergeCell ref="A1:A20000"/>'


def _repeated(
    prefix: str = "", cell: str = '<{p}c r="{}" t="s"><{p}v>0</{p}v></{p}c>', before: str = ""
) -> Callable[[Path], object]:
    """100 KB whose 50,000 cells all hold the same text of 200 KB: 10 GB."""
    space = f'xmlns{":x" if prefix else ""}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

    def change(name: str, old: bytes) -> bytes:
        if name.endswith("sheet1.xml"):
            cells = "".join(
                f'<{prefix}row r="{row}">{"".join(cell.format(f"{letter}{row}", p=prefix) for letter in "ABCDEFGHIJ")}'
                f"</{prefix}row>"
                for row in range(1, 5_001)
            )
            data = f"<{prefix}sheetData>{cells}</{prefix}sheetData>"
            return f"<{prefix}worksheet {space}>{data}</{prefix}worksheet>".encode()
        if name.endswith("sharedStrings.xml"):
            text = f"<{prefix}si><{prefix}t>{'x' * 200_000}</{prefix}t></{prefix}si>"
            return f"<{prefix}sst {space}>{before}{text}</{prefix}sst>".encode()
        return old

    return rezipped(_with_shared_texts, change)


def _with_shared_texts(path: Path) -> None:
    with Workbook(str(path)) as workbook:
        workbook.add_worksheet().write_string(0, 0, "x")


HOSTILE = [
    Hostile("bomb.xlsx", _bomb, "FileTooBig", _TOO_MUCH),
    Hostile("lying-bomb.xlsx", _lying_bomb, "DamagedFile", "is damaged"),
    Hostile("flat-bomb.xlsx", _flat_bomb, "FileTooBig", _TOO_MUCH),
    Hostile(
        "many-entries.xlsx",
        _many_entries,
        "FileTooBig",
        _TOO_MUCH,
    ),
    Hostile("million-rows.xlsx", _million_rows, "FileTooBig", _TOO_LONG),
    Hostile("corners.xlsx", with_sheet(_CORNERS), "FileTooBig", _TOO_LONG),
    Hostile("corners-in-single-quotes.xlsx", with_sheet(_CORNERS.replace('"', "'")), "FileTooBig", _TOO_LONG),
    Hostile(
        "corners-in-small-letters.xlsx",
        with_sheet(_CORNERS.replace("XFD", "xfd")),
        "FileTooBig",
        _TOO_LONG,
    ),
    Hostile(
        "corners-spaced.xlsx",
        with_sheet(_CORNERS.replace('r="XFD', 'r\n = "XFD')),
        "FileTooBig",
        _TOO_LONG,
    ),
    Hostile(
        "corners-prefixed.xlsx",
        with_sheet(_CORNERS.replace(_MAIN, _MAIN.replace("xmlns", "xmlns:x")).replace("<c ", "<x:c ")),
        "FileTooBig",
        _TOO_LONG,
    ),
    Hostile(
        "low-cell-in-high-row.xlsx",
        with_sheet(_sheet(f'<row r="1">{_cell("A1")}{_cell("A1048576")}</row>')),
        "FileTooBig",
        _TOO_LONG,
    ),
    Hostile("sheet-in-utf16.xlsx", _utf16_sheet, "DamagedFile", "is damaged"),
    Hostile("twin-parts.xlsx", _twin_parts, "DamagedFile", "is damaged"),
    Hostile("encrypted-entry.xlsx", _encrypted_entry, "DamagedFile", "is damaged"),
    Hostile("billion-laughs.xlsx", _with_entity(_LAUGHS), "DamagedFile", "definitions that no workbook needs"),
    Hostile(
        "external-entity.xlsx",
        _with_entity('<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "DamagedFile",
        "definitions that no workbook needs",
    ),
    Hostile(
        "macros.xlsx",
        with_part("xl/vbaProject.bin", b"x"),
        "WrongFileKind",
        f"a workbook with macros. {_SAVE_AS}",
    ),
    Hostile(
        "cut-off.xlsx",
        _cut(book(row()), 0.6),
        "DamagedFile",
        "is incomplete: its copy or download did not finish. Get it again.",
    ),
    Hostile("corrupt.xlsx", _corrupt, "DamagedFile", "is damaged"),
    Hostile(
        "no-sheet.xlsx",
        rezipped(book(row()), lambda n, old: None if "sheet1" in n else old),
        "DamagedFile",
        "",
    ),
    Hostile("nonsense-xml.xlsx", with_sheet("<worksheet><sheetData><row><c r="), "DamagedFile", "is damaged"),
    Hostile("sheet-of-nothing.xlsx", with_sheet(_sheet()), "EmptyFile", "is empty"),
    Hostile(
        "password.xlsx",
        _bytes(_OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600)),
        "FileProtected",
        "asks for a password. Open it in Excel, remove the password",
    ),
    Hostile(
        "old.xls",
        _bytes(_OLE + "Workbook".encode("utf-16-le")),
        "WrongFileKind",
        f"an old .xls workbook. {_SAVE_AS}",
    ),
    Hostile("portal.xls", text("\n<html><table><tr><td>full_name"), "WrongFileKind", f"a web page. {_SAVE_AS}"),
    Hostile("xml-2003.xls", text('<?xml version="1.0"?><Workbook/>'), "WrongFileKind", f"an XML file. {_SAVE_AS}"),
    Hostile("paper.csv", _bytes(b"%PDF-1.7\n"), "WrongFileKind", "a PDF document. Orders are read from"),
    Hostile("picture.xlsx", _bytes(b"\x89PNG\r\n\x1a\n" + bytes(99)), "WrongFileKind", "cannot be read: a picture"),
    Hostile("noise.csv", _bytes(bytes(range(256)) * 40), "WrongFileKind", "neither a workbook nor a text"),
    Hostile("empty.csv", _bytes(b""), "EmptyFile", "empty.csv is empty."),
    Hostile("empty.xlsx", _bytes(b"\r\n \r\n"), "EmptyFile", "empty.xlsx is empty."),
    Hostile(
        "one-text-in-every-cell.xlsx",
        _repeated(),
        "FileTooBig",
        _TOO_MUCH,
    ),
    Hostile(
        "one-text-prefixed.xlsx",
        _repeated(prefix="x:"),
        "FileTooBig",
        _TOO_MUCH,
    ),
    Hostile(
        "one-text-in-single-quotes.xlsx",
        _repeated(cell="<c t = 's' r='{}'><v>0</v></c>"),
        "FileTooBig",
        _TOO_MUCH,
    ),
    Hostile(
        "one-text-behind-a-remark.xlsx",
        _repeated(cell='<c r="{}" t="s"><!-- --><v>0</v></c>', before="<si/>" * 9),
        "FileTooBig",
        _TOO_MUCH,
    ),
    Hostile(
        "merged-over-and-over.xlsx",
        with_sheet(
            f"<worksheet {_MAIN}><sheetData>"
            + "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"/></row>' for n in range(1, 20_001))
            + f"</sheetData><mergeCells>{_MERGED * 9_000}</mergeCells></worksheet>"
        ),
        "DamagedFile",
        "is damaged",
    ),
    Hostile("macros.xlsm", with_part("xl/vbaProject.bin", b"vba"), "WrongFileKind", "a workbook with macros"),
    Hostile("pipe.csv", os.mkfifo, "FileNotReachable", "pipe.csv is not a file."),
    Hostile("device.xlsx", lambda path: path.symlink_to("/dev/zero"), "FileNotReachable", "device.xlsx is not a file."),
    Hostile("nowhere.csv", lambda path: path.symlink_to("gone"), "FileNotReachable", "There is no file nowhere.csv"),
    Hostile("folder.xlsx", Path.mkdir, "FileNotReachable", "is a folder"),
    Hostile("gone.xlsx", lambda path: path, "FileNotReachable", "There is no file gone.xlsx any more"),
    Hostile("huge.csv", lambda p: p.write_bytes(b"a;b\n" * 11_000_000), "FileTooBig", "larger than 40 MB"),
    Hostile("long.csv", text(lines() + "a\r\n" * 300_000), "FileTooBig", _TOO_LONG),
    Hostile(
        "wide.csv", text(lines(headings=[*ORDER_HEADINGS, *"x" * 16_400])), "FileTooBig", "more than 16384 columns"
    ),
    Hostile(
        "a-wide-row-over-a-long-column.xlsx",
        with_sheet(
            _sheet(
                f'<row r="1">{_cell("ZZ1")}</row>', *(f'<row r="{n}">{_cell(f"A{n}")}</row>' for n in (50_000, 99_000))
            )
        ),
        "FileTooBig",
        "reach as far as ZZ99000",
    ),
    Hostile(
        "a-far-row-without-addresses.xlsx",
        with_sheet(_sheet('<row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>')),
        "FileTooBig",
        _TOO_LONG,
    ),
    Hostile(
        "a-far-cell-in-a-long-tag.xlsx",
        with_sheet(_sheet(f'<row r="1">{_cell("A1")}<c r="XFD1048576"{" " * 9_000} s="1"><v>1</v></c></row>')),
        "FileTooBig",
        _TOO_LONG,
    ),
    Hostile(
        "one-long-cell.csv",
        text(lines(row(notes="x" * 9_000_000))),
        "DamagedFile",
        "more than 32767 characters",
    ),
    Hostile("document.xlsx", text("x"), "ColumnsMissing", "There are no headings"),
]
