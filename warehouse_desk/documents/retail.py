"""EAN-13, EAN-8 and UPC-A as bars of whole printer dots, for goods that carry no barcode of their own.

python-barcode makes the modules, we draw them. For references and SKUs our Code 128 stays with reportlab's encoder:
its symbols are shorter where a run of digits is odd (``ORD-00001``: 123 modules against 134).
"""

from functools import lru_cache
from itertools import groupby

from barcode.ean import EuropeanArticleNumber8, EuropeanArticleNumber13
from barcode.upc import UniversalProductCodeA

from warehouse_desk.common.messages import msg
from warehouse_desk.documents import code128
from warehouse_desk.documents.code128 import Symbol
from warehouse_desk.documents.errors import CannotScan

_KINDS = {8: EuropeanArticleNumber8, 12: UniversalProductCodeA, 13: EuropeanArticleNumber13}
QUIET_MODULES = 11
"""GS1 General Specifications: 11 modules before an EAN-13, the widest of the family. Symbols count 10 each side; cards
leave the rest."""


def is_retail(text: str) -> bool:
    """Tell whether a barcode has the form of an EAN-13, EAN-8 or UPC-A, its check digit aside."""
    return text.isascii() and text.isdigit() and len(text) in _KINDS


@lru_cache(maxsize=1024)
def encode(text: str) -> Symbol:
    """Encode the digits of an EAN-13, EAN-8 or UPC-A, or any other text as Code 128.

    Raises:
        CannotScan: the check digit does not hold, or the text is none that a barcode can carry.
    """
    if not is_retail(text):
        return code128.encode(text)
    made = _KINDS[len(text)](text[:-1])
    if str(made) != text:
        raise CannotScan(
            msg(
                "“{code}” is not a product barcode: its last digit would have to be {digit}. Correct "
                "it on the product.",
                code=text,
                digit=str(made)[-1],
            )
        )
    widths = tuple(len(list(run)) for _, run in groupby(made.build()[0]))
    return Symbol(text, widths)
