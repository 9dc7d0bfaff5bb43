"""Which part of a workbook holds which sheet, and which parts a reader never opens."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^<>]*)>")
_VIEW = re.compile(rb"""<(?:\w+:)?workbookView\s[^<>]*\bactiveTab\s*=\s*["'](\d{1,5})["']""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_NEVER_OPENED: Final = ("customxml/", "docprops/")


@dataclass(frozen=True, slots=True)
class BookParts:
    """The sheets of a workbook in their order."""

    sheets: tuple[str, ...] = ()
    """The part of each sheet, as :func:`part_key` writes it; "" where the workbook names none."""
    active: int = 0
    """The sheet that was open when the workbook was saved, from 0."""

    def is_opened(self, part: str) -> bool:
        """Tell whether the reader may open a part: a sheet may lie anywhere, other programs' data are left alone."""
        key = part_key(part)
        return key in self.sheets or not key.startswith(_NEVER_OPENED)


def part_key(name: str) -> str:
    """Return the name of a part as all its spellings have it in common."""
    return name.lower().replace("\\", "/").lstrip("/")


def parts_of(read: Callable[[str], bytes]) -> BookParts:
    """Find the sheets; ``read`` returns the content of a part by its key, or nothing."""
    book = read("xl/workbook.xml")
    targets = {}
    for attributes in map(_attributes, _RELATION.findall(read("xl/_rels/workbook.xml.rels"))):
        target = unquote(attributes.get("target", ""))
        targets[attributes.get("id", "")] = part_key(posixpath.normpath(posixpath.join("/xl", target)))
    sheets = []
    for attributes in map(_attributes, _SHEET.findall(book)):
        number = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        sheets.append(targets.get(number, ""))
    view = _VIEW.search(book)
    return BookParts(tuple(sheets), int(view[1]) if view else 0)


def _attributes(text: bytes) -> dict[str, str]:
    found = {}
    for name, double, single in _ATTRIBUTE.findall(text):
        found[name.decode("utf-8", "replace").lower()] = (double or single).decode("utf-8", "replace")
    return found
