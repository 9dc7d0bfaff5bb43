"""The same label for printers that are fed ZPL, drawn by an interpreter that behaves as a Zebra ZD621 does."""

import re
from dataclasses import replace

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.documents.paper import STOCKS, one_bit, pages, pdf_of, runs, scanned, stock
from tests.documents.parcels import ALL, ARABIC, FRENCH, UGLY, a_run
from tests.documents.zebra import ink, printed
from warehouse_desk.documents.label import LabelSpec
from warehouse_desk.documents.layout import lay_out
from warehouse_desk.documents.placed import Bars, PlacedText
from warehouse_desk.documents.stock import Nudge
from warehouse_desk.documents.units import dot, whole_dots
from warehouse_desk.documents.zpl import label_zpl

ROLLS = [key for key in STOCKS if stock(key).per_page == 1]
NAMES = ["french", "arabic", "ugly", "prepaid"]


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("key", ROLLS)
def test_every_label_that_a_zebra_prints_scans(key: str, dpi: int) -> None:
    kind = stock(key)
    for spec in ALL:
        (label,) = printed(label_zpl(spec, kind, dpi=dpi), dpi)
        assert scanned(label) == [spec.reference]
        assert label.size == tuple(whole_dots(side / 25.4 * 72, dpi) for side in (kind.label.width, kind.label.height))


def test_a_job_of_many_labels_scans_one_by_one() -> None:
    specs = list(a_run(20))
    labels = printed(b"".join(label_zpl(spec, stock("100x150")) for spec in specs))
    assert [text for label in labels for text in scanned(label)] == [spec.reference for spec in specs]


@pytest.mark.slow
@pytest.mark.parametrize("dpi", [203, 300])
def test_the_bars_are_those_of_the_pdf_to_the_dot(dpi: int) -> None:
    (bars,) = [item for item in lay_out(FRENCH, stock("100x150"), dpi).items if isinstance(item, Bars)]
    middle = int((bars.box.y + bars.box.h / 2) / dot(dpi))
    (label,) = printed(label_zpl(FRENCH, stock("100x150"), dpi=dpi), dpi)
    (page,) = pages(pdf_of(FRENCH, dpi=dpi), dpi)
    on_label, on_paper = (
        runs([one_bit(image).getpixel((x, middle)) == 0 for x in range(image.width)]) for image in (label, page)
    )
    assert on_label == on_paper


@pytest.mark.parametrize("spec", ALL, ids=NAMES)
def test_a_zebra_prints_the_label_that_the_preview_shows(spec: LabelSpec) -> None:
    (label,) = printed(label_zpl(spec, stock("100x150")))
    (page,) = pages(pdf_of(spec))
    seen, shown = (image.resize((100, 150), Image.Resampling.BOX) for image in (label, one_bit(page)))
    assert ImageStat.Stat(ImageChops.difference(seen, shown)).mean[0] < 9  # of 255: the edges of letters


@pytest.mark.parametrize("spec", ALL, ids=NAMES)
def test_every_text_has_its_ink_in_its_place(spec: LabelSpec) -> None:
    placed = lay_out(spec, stock("100x150"), 203)
    (label,) = printed(label_zpl(spec, stock("100x150")))
    for text in placed.items:
        if isinstance(text, PlacedText):
            box = text.box
            corners = (box.x, box.y, box.right, box.bottom)
            left, top, right, bottom = (round(side / dot(203)) for side in corners)
            # The first and the last letter are there, and so the whole text.
            letter = round(text.size / dot(203))
            for part in ((left - 1, top, left + letter, bottom), (right - letter, top, right + 2, bottom)):
                assert label.crop(part).getextrema()[0] == 0, text.text


def test_nothing_is_printed_into_the_margins() -> None:
    for key in ROLLS:
        for spec in ALL:
            (label,) = printed(label_zpl(spec, stock(key), dpi=203))
            left, top, right, bottom = ink(label)
            margin = stock(key).margin * 8 - 3
            assert min(left, top, label.width - right, label.height - bottom) >= margin


def test_nothing_is_left_to_the_fonts_and_the_bar_codes_of_a_printer() -> None:
    zpl = label_zpl(ARABIC, stock("100x150")).decode("ascii")
    assert set(re.findall(r"\^..", zpl)) == {"^XA", "^PO", "^LH", "^PW", "^LL", "^FO", "^GF", "^GB", "^FS", "^XZ"}
    assert "~" not in zpl


def test_a_text_cannot_smuggle_commands_to_the_printer() -> None:
    spec = replace(FRENCH, notes="^XZ^XA^FDORD-66666^FS~JR_5E\\&")
    zpl = label_zpl(spec, stock("100x150"))
    assert (zpl.count(b"^XA"), zpl.count(b"~")) == (1, 0)
    (label,) = printed(zpl)
    assert scanned(label) == [FRENCH.reference]


def test_the_nudge_moves_everything_by_dots() -> None:
    (plain,) = printed(label_zpl(UGLY, stock("100x150")))
    (moved,) = printed(label_zpl(UGLY, stock("100x150"), nudge=Nudge(1.0, -2.0)))
    assert [b - a for a, b in zip(ink(plain), ink(moved), strict=True)] == [8, -16, 8, -16]


def test_a_label_is_small_enough_for_a_slow_line() -> None:
    sizes = [len(label_zpl(spec, stock("100x150"))) for spec in a_run(50)]
    assert sum(sizes) / len(sizes) < 40_000
