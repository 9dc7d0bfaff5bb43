"""Product barcodes: drawn as vectors, read back, refused where a digit is wrong."""

import io
import re
from itertools import groupby

import pytest
import zxingcpp
from barcode.codex import Code128
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.documents.paper import pages
from warehouse_desk.documents import code128, retail
from warehouse_desk.documents.code128 import Symbol
from warehouse_desk.documents.errors import CannotScan, NothingToPrint
from warehouse_desk.documents.product_labels import ProductLabel, render_product_labels, why_not

CODES = {"EAN13": "6111000000014", "EAN8": "96385074", "UPCA": "036000291452", "Code128": "ARGAN-50"}


def drawn(symbol: Symbol, dots: int = 3) -> Image.Image:
    """Return a symbol as a printer's dots."""
    picture = Image.new("L", (symbol.modules * dots, 90), 255)
    pen = ImageDraw.Draw(picture)
    x = code128.QUIET_MODULES * dots
    for i, width in enumerate(symbol.widths):
        if i % 2 == 0:
            pen.rectangle((x, 5, x + width * dots - 1, 85), fill=0)
        x += width * dots
    return picture


def read(image: Image.Image) -> list[tuple[str, str]]:
    found = zxingcpp.read_barcodes(image, try_rotate=False)
    return sorted((re.sub(r"\W", "", str(code.format)).removeprefix("BarcodeFormat"), code.text) for code in found)


def test_a_sheet_of_product_labels_reads_back_in_every_kind() -> None:
    to = io.BytesIO()
    labels = [ProductLabel(f"Huile d'argan {kind}", f"SKU-{kind}", code) for kind, code in CODES.items()]
    assert render_product_labels(labels, to) == 1
    texts = {text.lstrip("0") for _, text in read(next(pages(to.getvalue(), 300)))}
    assert texts == {code.lstrip("0") for code in CODES.values()}


def test_twenty_five_labels_need_a_second_sheet() -> None:
    to = io.BytesIO()
    assert render_product_labels([ProductLabel("Savon noir", "SAVON-N", "SAVON-N")] * 25, to) == 2


@given(st.text("0123456789", min_size=7, max_size=7) | st.text("0123456789", min_size=12, max_size=12))
def test_every_number_with_its_check_digit_reads_back(digits: str) -> None:
    weighted = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    code = f"{digits}{-weighted % 10}"
    assert [text.lstrip("0") for _, text in read(drawn(retail.encode(code)))] == [code.lstrip("0")]


def test_a_wrong_check_digit_is_refused_with_the_right_one() -> None:
    with pytest.raises(CannotScan, match="would have to be 4"):
        retail.encode("6111000000010")


def test_a_code_too_wide_for_the_label_is_refused() -> None:
    refusal = why_not(ProductLabel("Coffret", "X", "COFFRET-CADEAU-ARGAN-ROSE-SAVON-2026-EDITION-A"))
    assert refusal is not None
    assert "does not fit" in str(refusal)


def test_no_label_is_no_file() -> None:
    with pytest.raises(NothingToPrint):
        render_product_labels([], io.BytesIO())


@pytest.mark.parametrize(
    "text", ["ORD-00001", "ORD-1234567", "XCXPCKONE", "ARGAN-50", "6111000000014", "OZ250012345MA"]
)
def test_the_other_encoder_of_code_128_says_the_same_and_is_never_shorter(text: str) -> None:
    modules = Code128(text).build()[0]
    theirs = Symbol(text, tuple(len(list(run)) for _, run in groupby(modules)))
    ours = code128.encode(text)
    assert [said for _, said in read(drawn(theirs))] == [said for _, said in read(drawn(ours))] == [text]
    assert ours.modules <= theirs.modules
