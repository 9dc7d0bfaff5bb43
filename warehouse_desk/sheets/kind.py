"""What a file really is, by its first bytes: people rename files, and portals call a web page ``.xls``."""

import re
from pathlib import Path
from typing import Final, Literal

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.system_errors import system_reason
from warehouse_desk.sheets.errors import (
    EmptyFile,
    FileNotReachable,
    FileProtected,
    FileTooBig,
    SheetError,
    WrongFileKind,
)
from warehouse_desk.sheets.limits import MAX_FILE_BYTES

Kind = Literal["xlsx", "csv"]

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_OTHER_KINDS: Final = (
    (b"%PDF", msg("a PDF document")),
    (b"\x89PNG", msg("a picture")),
    (b"\xff\xd8\xff", msg("a picture")),
    (b"GIF8", msg("a picture")),
    (b"{\\rtf", msg("a text document")),
    (b"Rar!", msg("an archive")),
    (b"7z\xbc\xaf", msg("an archive")),
    (b"\x1f\x8b", msg("an archive")),
    (b"MZ", msg("a program")),
    (b"SQLite format 3", msg("a database")),
)
_WEB_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div)\b", re.I | re.S)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f]")
_XML = re.compile(rb"\s*<\?xml\b", re.I)


def read_bytes(path: Path, name: str) -> bytes:
    """Return the whole file, which people call ``name``, at most ``MAX_FILE_BYTES``.

    Raises FileNotReachable (missing, a folder, no permission, not a plain file), FileTooBig or EmptyFile.
    """
    try:
        if path.is_dir():
            raise FileNotReachable(msg("{name} is a folder. Choose the file inside it.", name=name))
        if path.exists() and not path.is_file():
            raise FileNotReachable(msg("{name} is not a file.", name=name))
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise FileNotReachable(
            msg("There is no file {name} any more. It may have been moved or renamed.", name=name)
        ) from None
    except PermissionError:
        raise FileNotReachable(
            msg("{name} cannot be opened. Close it in Excel or ask for the right to read it.", name=name)
        ) from None
    except OSError as problem:
        raise FileNotReachable(
            msg("{name} cannot be read: {reason}.", name=name, reason=system_reason(problem))
        ) from problem
    if len(content) > MAX_FILE_BYTES:
        raise FileTooBig(msg("{name} is larger than {n} MB. Split it.", name=name, n=MAX_FILE_BYTES // 1_000_000))
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise EmptyFile(msg("{name} is empty.", name=name))
    return content


def kind_of(name: str, content: bytes) -> Kind:
    """Tell a workbook from delimited text; anything else raises WrongFileKind or FileProtected."""
    if content.startswith(_ZIP):
        return "xlsx"
    if content.startswith(_OLE):
        raise _ole_problem(name, content)
    for start, file_kind in _OTHER_KINDS:
        if content.startswith(start):
            raise wrong_kind(name, file_kind)
    head = content[:4096].removeprefix(b"\xef\xbb\xbf")
    if content.startswith(_UTF16_MARKS):
        head = head.replace(b"\x00", b"")[2:]
    if _WEB_PAGE.match(head):
        raise wrong_kind(name, msg("a web page"))
    if _XML.match(head):
        raise wrong_kind(name, msg("an XML file"))
    if not content.startswith(_UTF16_MARKS) and _is_binary(content[:4096]):
        raise wrong_kind(name, msg("neither a workbook nor a text"))
    return "csv"


def unmarked_utf16(head: bytes) -> str:
    """Return the UTF-16 codec of a text without a byte order mark, or "" when it is something else.

    Delimiters, digits and Latin letters all have their NUL on the same side.
    """
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if (even + odd) * 10 < len(head) or min(even, odd) * 20 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def how_to_save(name: str, file_kind: Message) -> Message:
    """The sentence for a kind that Excel opens and this program does not."""
    return msg(
        "{name} cannot be read: {what}. Open it in Excel or LibreOffice, choose “Save as”, "
        "then “Excel workbook (.xlsx)”.",
        name=name,
        what=file_kind,
    )


def wrong_kind(name: str, file_kind: Message) -> WrongFileKind:
    """Return the refusal of a file that holds no sheet."""
    if file_kind.text in {"a web page", "an XML file"}:
        return WrongFileKind(how_to_save(name, file_kind))
    return WrongFileKind(
        msg("{name} cannot be read: {what}. Orders are read from .xlsx or .csv.", name=name, what=file_kind)
    )


def _ole_problem(name: str, content: bytes) -> SheetError:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return FileProtected(
            msg(
                "{name} asks for a password. Open it in Excel, remove the password"
                " (File, Info, Protect workbook) and save it.",
                name=name,
            )
        )
    if "WordDocument".encode("utf-16-le") in content:
        return wrong_kind(name, msg("a text document"))
    return WrongFileKind(how_to_save(name, msg("an old .xls workbook")))


def _is_binary(head: bytes) -> bool:
    if 0 in head:
        return not unmarked_utf16(head)
    return len(_CONTROLS.findall(head)) * 20 > len(head)
