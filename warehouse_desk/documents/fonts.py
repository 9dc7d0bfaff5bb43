"""The two fonts of every document: IBM Plex Sans Arabic, regular and bold, which hold Latin and Arabic alike.

The files ship unmodified under the SIL Open Font License; a document embeds only the characters that it uses.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from warehouse_desk.common.resources import resource_file

UNKNOWN = "?"
"""Drawn for a character that the fonts lack."""

_FILES = {False: "IBMPlexSansArabic-Regular.ttf", True: "IBMPlexSansArabic-Bold.ttf"}


class _Widths(dict[str, float]):
    """Width of each character in em; a character without glyph is as wide as its stand-in."""

    def __missing__(self, char: str) -> float:
        return self[UNKNOWN]


@dataclass(frozen=True, slots=True)
class Face:
    """One font: its name with reportlab, its file, and the widths of its characters in em."""

    name: str
    file: Path
    widths: _Widths

    def width(self, text: str) -> float:
        """Return the width of a text in em, without kerning, as it is drawn."""
        return sum(map(self.widths.__getitem__, text))


@cache
def face(bold: bool) -> Face:
    """Return the regular or the bold font, registered with reportlab."""
    file = resource_file("fonts", _FILES[bold])
    # Not shapable: the texts come to the canvas already shaped, and must not be shaped twice.
    font = TTFont(file.stem, str(file), shapable=False)
    pdfmetrics.registerFont(font)
    widths = _Widths({chr(code): font.face.getCharWidth(code) / 1000 for code in font.face.charToGlyph})
    return Face(file.stem, file, widths)
