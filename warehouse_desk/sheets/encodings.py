"""The letters of a text file: one encoding for the whole of it, and the bytes that do not belong to it."""

import re
from collections import Counter
from itertools import pairwise
from typing import Final, NamedTuple

from warehouse_desk.sheets.kind import unmarked_utf16

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_PAGES: Final = ("cp1252", "cp1256", "mac_roman", "cp850", "iso8859_6", "mac_arabic", "cp720")
"""Of Windows, the Mac and DOS, Latin and Arabic; the likelier first."""
_HIGH_WORD = re.compile(rb"[A-Za-z\x80-\xff'-]*[\x80-\xff][A-Za-z\x80-\xff'-]*")
_MOST_WORDS: Final = 3_000
_FRENCH: Final = frozenset("éèêëàâçîïôûùüöœæÿñ")
_CAPITALS: Final = frozenset("ÉÈÊÀÂÇÎÔŒÛ")
_MARKS_OF_TEXT: Final = frozenset("’‘“”«»°–—…€№\u00a0²³")
_ARABIC: Final = range(0x0621, 0x064B)
_ARABIC_MORE: Final = range(0x060C, 0x06D6)
_STRAY = re.compile("[\udc80-\udcff]+")
"""Bytes that are not UTF-8, as the surrogates that stand for them."""


class Spoilt(NamedTuple):
    """A text with bytes of another encoding: how it reads with those left out, and what it probably said."""

    shown: str
    meant: str


def detect_encoding(content: bytes) -> str:
    """Return the codec of a file: by its mark, by its NULs, UTF-8 where it mostly is, else the likeliest code page.

    All of the file is looked at, and single bytes that are not UTF-8 do not make another encoding of it.
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
    text = content.decode("utf-8", "surrogateescape")
    stray = sum(map(len, _STRAY.findall(text)))
    whole = sum(1 for char in text if char >= "\x80") - stray
    return "utf-8" if whole >= stray else code_page(content)


def decoded(content: bytes, encoding: str) -> str:
    """Return the text; in UTF-8 each byte that does not belong stays, as a surrogate, to be found by its cell."""
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    return content.decode(encoding, errors).removeprefix("\ufeff").replace("\x00", "")


def code_page(content: bytes) -> str:
    """Return the page under which the words with letters beyond ASCII read best."""
    words = Counter(_HIGH_WORD.findall(content)).most_common(_MOST_WORDS)
    scores = {page: sum(count * _likelihood(word.decode(page, "replace")) for word, count in words) for page in _PAGES}
    return max(_PAGES, key=lambda page: scores[page])


def has_stray_bytes(text: str) -> bool:
    """Tell whether bytes of another encoding stand in a text."""
    return _STRAY.search(text) is not None


def spoilt(text: str, page: str) -> Spoilt:
    """Return how a cell with stray bytes is shown, and how it reads where they are of a code page."""

    def in_page(found: re.Match[str]) -> str:
        return found[0].encode("ascii", "surrogateescape").decode(page, "replace")

    return Spoilt(_STRAY.sub("\ufffd", text), _STRAY.sub(in_page, text))


def stray_page(text: str) -> str:
    """Return the code page of the stray bytes, judged by the words that they stand in."""
    lines = [line for line in text.splitlines() if _STRAY.search(line)]
    words = (word for line in lines for word in re.split(r"[\s;,|\"]+", line) if _STRAY.search(word))
    return code_page(b" ".join(word.encode("utf-8", "surrogateescape") for word in words))


def _likelihood(word: str) -> int:
    """Return how much a word looks like French or Arabic; below 0 it is neither."""
    score = 3 if word.startswith("ال") else 0
    for char in word:
        if not char.isascii():
            score += _worth(char)
    for one, two in pairwise(word):
        if one.isalpha() and two.isalpha():
            mixed = _is_arabic(one) != _is_arabic(two)
            late_capital = one.islower() and two.isupper() and not two.isascii()
            score -= 4 * mixed + 3 * late_capital
    return score


def _worth(char: str) -> int:
    if char in _FRENCH or ord(char) in _ARABIC:
        return 2
    if char in _CAPITALS or char in _MARKS_OF_TEXT:
        return 1
    if ord(char) in _ARABIC_MORE:
        return 0
    return -4 if char == "\ufffd" or not char.isprintable() else -2


def _is_arabic(char: str) -> bool:
    return "\u0600" <= char <= "\u06ff"
