"""Fold what people write so that it can be compared: accents, case, Arabic letter forms and digits."""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

_ARABIC_DIGITS = {ord(c): str(i % 10) for i, c in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_ARABIC_FORMS = {
    **dict.fromkeys(map(ord, "أإآٱ"), "ا"),
    ord("ى"): "ي",
    ord("ی"): "ي",
    ord("ة"): "ه",
    ord("ک"): "ك",
    ord("ـ"): None,
}
_FOLD = {**_ARABIC_DIGITS, **_ARABIC_FORMS}


_SEARCHED = 200
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def search_key(text: str) -> str:
    """Return the folded form that is stored to be searched: its first 200 characters, a ligature may stand for 18."""
    return fold(text)[:_SEARCHED]


def is_storable(text: str) -> bool:
    """Tell whether a database can keep a text: no NUL and no half of a surrogate pair, as broken JSON holds."""
    return _UNSTORABLE.search(text) is None


UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0"
    "\U0001d159\U0001d173-\U0001d17a\U000e0020"
)
"""Characters that no reader sees, as a class of a pattern lists them."""
_AROUND = re.compile(f"^[\\s{UNSEEN}]+|[\\s{UNSEEN}]+$")


def trimmed(text: str) -> str:
    """Return a text without what no reader sees at its ends: blanks, and marks that come with a pasted Arabic text."""
    return text.strip() if text.isascii() else _AROUND.sub("", text)


def western_digits(text: str) -> str:
    """Return the text with Arabic-Indic and Persian digits as 0-9."""
    return text if text.isascii() else text.translate(_ARABIC_DIGITS)


@lru_cache(maxsize=1_024)
def fold(text: str) -> str:
    """Return a form that is equal for texts people take for the same: no accents, no case, single blanks."""
    plain = text
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain.translate(_FOLD))
        plain = "".join(filterfalse(unicodedata.combining, decomposed)).translate(_FOLD)
    return " ".join(plain.casefold().split())
