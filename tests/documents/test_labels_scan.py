"""Every label must scan: rendered by pdfium in printer dots, decoded by ZXing."""

import io
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.paper import STOCKS, one_bit, pages, pdf_of, runs, scanned, stock
from tests.documents.parcels import ALL, FRENCH, a_run
from warehouse_desk.documents import code128
from warehouse_desk.documents.errors import CannotScan
from warehouse_desk.documents.layout import lay_out
from warehouse_desk.documents.pdf import render_labels, why_not
from warehouse_desk.documents.placed import Bars
from warehouse_desk.documents.stock import Nudge
from warehouse_desk.documents.units import MM, dot


def scans_of_a_run(key: str) -> None:
    specs = list(a_run(500))
    wanted = iter(specs)
    for image in pages(pdf_of(*specs, on=key, dpi=203)):
        on_page = [spec.reference for spec in islice(wanted, stock(key).per_page)]
        assert sorted(scanned(image)) == on_page
        assert sorted(scanned(one_bit(image))) == on_page
    assert next(wanted, None) is None


@pytest.mark.slow
def test_every_label_of_a_500_order_run_scans_to_its_reference_also_in_one_bit() -> None:
    scans_of_a_run("100x150")


@pytest.mark.slow
@pytest.mark.parametrize("key", [key for key in STOCKS if key != "100x150"])
def test_a_500_order_run_scans_on_every_other_stock(key: str) -> None:
    scans_of_a_run(key)


@pytest.mark.parametrize("key", STOCKS)
@pytest.mark.parametrize("dpi", [203, 300])
def test_the_ugliest_labels_scan_on_every_stock(key: str, dpi: int) -> None:
    read = [text for image in pages(pdf_of(*ALL, on=key, dpi=dpi), dpi) for text in scanned(one_bit(image))]
    assert read == [spec.reference for spec in ALL]


@settings(max_examples=25)
@given(
    prefix=st.from_regex("[A-Z]{1,6}", fullmatch=True),
    number=st.integers(0, 10**9),
    digits=st.integers(1, 9),
    key=st.sampled_from(STOCKS),
)
def test_any_reference_that_is_accepted_scans(prefix: str, number: int, digits: int, key: str) -> None:
    spec = replace(FRENCH, reference=f"{prefix}-{number:0{digits}d}")
    if why_not(spec, stock(key), 203) is not None:
        with pytest.raises(CannotScan):
            pdf_of(spec, on=key, dpi=203)
        return
    (image,) = pages(pdf_of(spec, on=key, dpi=203))
    assert scanned(one_bit(image)) == [spec.reference]


@pytest.mark.parametrize("dpi", [203, 300])
def test_bars_and_quiet_zones_are_exact_to_the_dot(dpi: int) -> None:
    spec = replace(FRENCH, reference="ORD-1234567")
    placed = lay_out(spec, stock("100x150"), dpi)
    (bars,) = [item for item in placed.items if isinstance(item, Bars)]
    (image,) = pages(pdf_of(spec, dpi=dpi), dpi)
    middle = int((bars.box.y + bars.box.h / 2) / dot(dpi))
    row = [one_bit(image).getpixel((x, middle)) == 0 for x in range(image.width)]
    (_, left), *symbol, (_, right) = runs(row)
    assert [length / bars.module_dots for _, length in symbol] == list(bars.symbol.widths)
    assert min(left, right) >= code128.QUIET_MODULES * bars.module_dots


def test_a_nudged_label_keeps_its_bars_on_whole_dots() -> None:
    to = io.BytesIO()
    render_labels([FRENCH], stock("100x150"), to, nudge=Nudge(1.37, -0.61))
    (image,) = pages(to.getvalue())
    row = [one_bit(image).getpixel((x, 380)) == 0 for x in range(image.width)]
    assert {length % 4 for _, length in runs(row)[1:-1]} == {0}
    assert scanned(one_bit(image)) == [FRENCH.reference]


def test_modules_stay_between_a_quarter_and_half_a_millimetre() -> None:
    for dpi in (203, 300, 600):
        smallest, largest = (dots * dot(dpi) / MM for dots in code128.module_dots(dpi))
        assert smallest >= 0.249
        assert largest <= 0.51


def test_the_symbol_spends_pairs_of_digits_on_one_code() -> None:
    # Start B, O, R, D, -, 0, code C, 00, 01, check digit: ten codes of 11 modules, and a stop of 13.
    assert code128.encode("ORD-00001").modules == 10 * 11 + 13 + 2 * code128.QUIET_MODULES


def test_a_reference_too_long_for_the_stock_is_refused_with_the_widths() -> None:
    spec = replace(FRENCH, reference="COMMANDE-INTERNATIONALE-2026-X")
    refusal = why_not(spec, stock("80-roll"))
    assert refusal is not None
    assert "COMMANDE-INTERNATIONALE-2026-X" in str(refusal)
    assert "the label offers 72 mm" in str(refusal)
    with pytest.raises(CannotScan, match="Choose a wider label format"):
        pdf_of(spec, on="80-roll")


@pytest.mark.parametrize("reference", ["", "طلب-1", "ÉTÉ-1", "A\n1", "A" * 49, "ORD-٠٠١"])
def test_a_reference_that_is_no_code_128_is_refused(reference: str) -> None:
    with pytest.raises(CannotScan, match="cannot be printed as a barcode"):
        pdf_of(replace(FRENCH, reference=reference))
