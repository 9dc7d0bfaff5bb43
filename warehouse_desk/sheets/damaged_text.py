"""Texts that a program on the way damaged: codes of web pages, letters read in a wrong encoding."""

import re
from html import unescape
from typing import Final

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.sheets.cells import clean_line

_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}\d{0,2});")
_TAG = re.compile(
    r"</?(?:br|p|div|span|b|i|u|strong|em|a|font|li|ul|ol|td|tr|table|small|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE
)
_BREAK = re.compile(r"\s*(?:<br\s*/?>|</p>|</div>|</li>)\s*", re.IGNORECASE)
_HIGH: Final = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_AS_LATIN = re.compile(f"[ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑØÙÚÛâðï][{_HIGH}]")
_HIGH_ARABIC: Final = "\x80-\xbf€پ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈگ‘’“”•–—ک™ڑ›œں،ھ؛؟ہ\u200c\u200d"
_AS_ARABIC = re.compile(f"[آأطظعغâ][{_HIGH_ARABIC}]")
_AS_MAC = re.compile("√[§©®†¢™´¨ªûßπ°]|[ÿŸ][ß©Üàáâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶Ø∏π∫]")
_MARKS = re.compile(r"&[#\w]+;|</?[a-zA-Z]|\?\?\?")
LOST: Final = "???"
"""What is left of Arabic letters in a text saved in a code page without them."""
_READ_AS: Final = ((_AS_LATIN, "cp1252"), (_AS_ARABIC, "cp1256"), (_AS_MAC, "mac_roman"))
_MISREAD = re.compile(
    f"[ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑØÙÚÛâðïآأطظعغ√ÿŸ][{_HIGH}{_HIGH_ARABIC}†©™ûßΩÜàáäãåçéèêëíìîñóòôöõúùü§®∏π∫Ø]|\ufffd"
)
"""Two letters in a row that texts read in a wrong encoding are full of; a good text may have them, too."""
_MOST_TIMES: Final = 2


def is_suspect(text: str) -> bool:
    """Tell quickly whether a text may be damaged, or lost letters."""
    if _MARKS.search(text):
        return True
    return not text.isascii() and _MISREAD.search(text) is not None


def mended(text: str, *, one_line: bool = False) -> tuple[str, Message | None]:
    """Return the text that was probably meant and what happened to it; the text itself where nothing did."""
    plain = _once_more(text)
    if plain != text:
        said = msg("“{value}” was read in a wrong encoding before it came into this file.", value=clean_line(text))
        text, told = plain, said
    else:
        told = None
    bare = text
    for _ in range(_MOST_TIMES):
        if _ENTITY.search(bare):
            bare = unescape(bare)
    if _TAG.search(bare):
        bare = _TAG.sub("", _BREAK.sub(" " if one_line else "\n", bare))
    if bare != text:
        told = told or msg("“{value}” holds codes of a web page.", value=clean_line(text))
    return bare.strip() if told else text, told


def _once_more(text: str) -> str:
    """Undo what reading UTF-8 as a code page made of letters, as often as it was done."""
    for _ in range(_MOST_TIMES):
        for pattern, page in _READ_AS:
            if pattern.search(text) and (plain := _undone(text, page)):
                text = plain
                break
        else:
            break
    return text


def _undone(text: str, page: str) -> str:
    try:
        return b"".join(_byte(char, page) for char in text).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return ""


def _byte(char: str, page: str) -> bytes:
    """Return the byte that became a letter; some have none in the page and were passed on as they were."""
    try:
        return char.encode(page)
    except UnicodeEncodeError:
        return char.encode("latin-1")
