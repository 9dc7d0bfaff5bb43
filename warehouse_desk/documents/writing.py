"""From the text that people wrote to lines that a printer draws: Arabic joined and ordered, cut to a width.

Lines are always cut in logical order and ordered for display one by one; the other way round turns paragraphs
upside down. Runs of digits inside right-to-left text keep their order (a phone number must stay one).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from arabic_reshaper import ArabicReshaper
from bidi import get_base_level, get_display

from warehouse_desk.documents.fonts import UNKNOWN, face

ELLIPSIS = "…"
LATIN_ASCENT, LATIN_DESCENT = 0.99, 0.22
ARABIC_ASCENT, ARABIC_DESCENT = 0.99, 0.47
"""Ink above and below the baseline in em, measured on the bold font; Arabic reaches far below."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NUMBER_RUN = re.compile(r"\+?[0-9](?:[0-9 \u00a0./()\-]*[0-9])?")
_LRM = "\u200e"
_MIRRORED = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))
_BRACKET = re.compile(r"[()\[\]{}<>«»]")
_MARK = "\u034f"  # a combining mark stays on the far side of its bracket and so tells the bracket's direction
_MARKED = re.compile(rf"([()\[\]{{}}<>«»]){_MARK}|{_MARK}([()\[\]{{}}<>«»])")
_SPACE = 0.001  # em, so that a line is not broken by the rounding of a sum


@lru_cache(maxsize=1)
def _reshaper() -> ArabicReshaper:
    # Tashkeel cannot be placed without a shaping engine, so paper goes without it; the data keep it.
    return ArabicReshaper(
        {"delete_harakat": True, "delete_tatweel": True, "ARABIC LIGATURE ALLAH": False, "support_zwj": False}
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``text`` as read, ``display`` as drawn from left to right, ``width`` in em."""

    text: str
    display: str
    width: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text brought into a box: its lines, the size in points, and whether its end had to be cut."""

    lines: tuple[Line, ...]
    size: float
    bold: bool
    rtl: bool
    tall: bool
    cut: bool = False

    @property
    def ascent(self) -> float:
        """Points above a baseline that a line may cover."""
        return self.size * (ARABIC_ASCENT if self.tall else LATIN_ASCENT)

    @property
    def leading(self) -> float:
        """Points from one baseline to the next."""
        return self.size * leading(self.tall)

    @property
    def height(self) -> float:
        """Points that all lines cover."""
        return len(self.lines) * self.leading


def leading(tall: bool) -> float:
    """Return the height of a line in em, for Latin or for text with Arabic (``tall``)."""
    return ARABIC_ASCENT + ARABIC_DESCENT if tall else LATIN_ASCENT + LATIN_DESCENT


def has_arabic(text: str) -> bool:
    """Whether a text holds a right-to-left character."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def clean(text: str) -> str:
    """Return a text on one line, composed, without control, direction and zero-width characters."""
    if text.isascii() and text.isprintable():
        return text.strip() if "  " not in text else " ".join(text.split())
    composed = unicodedata.normalize("NFC", text).translate(_SAFE)
    return composed.strip() if "  " not in composed else " ".join(filter(None, composed.split(" ")))


@lru_cache(maxsize=2048)  # headings, cities and products come back; a label also measures before it places
def line(text: str, *, bold: bool = False, rtl: bool | None = None) -> Line:
    """Return a clean text as one line; its direction is that of the whole text it belongs to."""
    if text.isascii():
        return Line(text, text, face(bold).width(text))
    display = _display(text, has_arabic(text) and get_base_level(text) == 1 if rtl is None else rtl)
    return Line(text, display, face(bold).width(display))


def fit(
    text: str,
    width: float,
    height: float,
    sizes: tuple[float, float],
    *,
    bold: bool = False,
    wrap_at: float = 0,
) -> Fitted:
    """Bring a text into a box of points: shrink, then wrap, then end in an ellipsis.

    ``sizes`` are the largest and the smallest size in points. A text that fits on one line at ``wrap_at`` or
    more is not wrapped (0: two thirds of the way up to the largest size). The result never exceeds the box,
    save that a box lower than one line gets one line, and one narrower than a letter one sign.
    """
    text = clean(text)
    tall = has_arabic(text)
    rtl = tall and get_base_level(text) == 1
    largest = max(min(sizes[0], height / leading(tall)), min(sizes))
    smallest = min(sizes[1], largest)
    whole = line(text, bold=bold, rtl=rtl)
    one = largest if whole.width * largest <= width else width / whole.width
    if one >= min(wrap_at or (smallest + 2 * largest) / 3, largest) or (one >= smallest and height < 2 * smallest):
        return Fitted((whole,), one, bold, rtl, tall)
    size = _largest_wrapped(text, bold, width, height, (largest, smallest), tall)
    room = max(1, int(height / (size * leading(tall)) + 1e-6))
    pieces = wrap(text, width / size, bold)
    if cut := len(pieces) > room:
        pieces = [*pieces[: room - 1], ellipsised(" ".join(pieces[room - 1 :]), width / size, bold)]
    return Fitted(tuple(line(piece, bold=bold, rtl=rtl) for piece in pieces), size, bold, rtl, tall, cut)


def fit_line(text: str, width: float, sizes: tuple[float, float], *, bold: bool = False) -> Fitted:
    """Bring a text on one line of ``width`` points: shrink, then end in an ellipsis."""
    text = clean(text)
    tall = has_arabic(text)
    rtl = tall and get_base_level(text) == 1
    whole = line(text, bold=bold, rtl=rtl)
    if whole.width * sizes[0] <= width:
        return Fitted((whole,), sizes[0], bold, rtl, tall)
    size = max(width / whole.width, sizes[1])
    cut = whole.width * size > width + _SPACE
    if cut:
        whole = line(ellipsised(text, width / size, bold), bold=bold, rtl=rtl)
    return Fitted((whole,), size, bold, rtl, tall, cut)


def wrap(text: str, width: float, bold: bool) -> list[str]:
    """Cut a clean text into lines of at most ``width`` em at blanks, or inside a word wider than a line."""
    space = face(bold).widths[" "]
    lines: list[str] = []
    words: list[str] = []
    used = 0.0
    for whole in text.split(" "):
        word = whole
        wide = _word_width(word, bold)
        if words and used + space + wide > width + _SPACE:
            lines.append(" ".join(words))
            words = []
        if not words and wide > width + _SPACE:
            *full, word = _broken(word, width, bold)
            lines.extend(full)
            wide = _word_width(word, bold)
        used = used + space + wide if words else wide
        words.append(word)
    return [*lines, " ".join(words)]


def ellipsised(text: str, width: float, bold: bool) -> str:
    """Return as much of a text as fits in ``width`` em with the sign that more was written."""
    low, high = 0, min(len(text), int(width * 12) + 1)
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        if line(text[:middle].rstrip() + ELLIPSIS, bold=bold).width <= width + _SPACE:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def _largest_wrapped(
    text: str, bold: bool, width: float, height: float, sizes: tuple[float, float], tall: bool
) -> float:
    """Return the largest half point size at which all lines are in the box, or the smallest allowed."""
    low, high = 0, int((sizes[0] - sizes[1]) * 2)
    while low < high:
        middle = (low + high + 1) // 2
        size = sizes[1] + middle / 2
        if len(wrap(text, width / size, bold)) * size * leading(tall) <= height + 1e-6:
            low = middle
        else:
            high = middle - 1
    return sizes[1] + low / 2


def _broken(word: str, width: float, bold: bool) -> list[str]:
    pieces = []
    while _word_width(word, bold) > width + _SPACE:
        count = max(1, int(len(word) * width / _word_width(word, bold)))
        while count > 1 and _word_width(word[:count], bold) > width + _SPACE:
            count -= 1
        if count >= len(word):
            break
        pieces.append(word[:count])
        word = word[count:]
    return [*pieces, word]


@lru_cache(maxsize=8192)
def _word_width(word: str, bold: bool) -> float:
    return face(bold).width(word if word.isascii() else _drawable(_joined(word)))


@lru_cache(maxsize=8192)
def _joined(word: str) -> str:
    """Return a word with its Arabic letters in their joined forms; letters never join across a blank."""
    return str(_reshaper().reshape(word)) if has_arabic(word) else word


def _display(text: str, rtl: bool) -> str:
    if not has_arabic(text):
        return _drawable(text)
    joined = " ".join(map(_joined, text.split(" ")))
    if rtl:
        joined = _NUMBER_RUN.sub(lambda run: _LRM + run[0], joined)
    return _drawable(_ordered(joined, "R" if rtl else "L").replace(_LRM, ""))


def _ordered(joined: str, base: str) -> str:
    """Return a line in display order. The library orders but does not mirror, so brackets are turned here."""
    if not _BRACKET.search(joined):
        return str(get_display(joined, base_dir=base))
    marked = get_display(_BRACKET.sub(lambda bracket: bracket[0] + _MARK, joined), base_dir=base)
    return _MARKED.sub(lambda bracket: bracket[1] or _MIRRORED[bracket[2]], str(marked))


def _drawable(text: str) -> str:
    glyphs = face(False).widths
    return text if glyphs.keys() >= set(text) else "".join(c if c in glyphs else UNKNOWN for c in text)


_UNSEEN = ("Cf", "Cs", "Co", "Cn")
_PICTURES = ("So", "Sk")


class _Safe(dict[int, str]):
    """What each character becomes: itself, a blank, or nothing; learned as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if category in ("Cc", "Zl", "Zp"):
            kept = " "
        elif category in _UNSEEN or "\ufe00" <= char <= "\ufe0f" or char == _MARK:
            kept = ""
        elif category in _PICTURES and char not in face(False).widths:
            kept = ""  # a heart behind a name says nothing to a courier; a question mark would
        else:
            kept = "\u00a0" if char == "\u202f" else char
        self[code] = kept
        return kept


_SAFE = _Safe()
