"""Nothing overlaps, nothing leaves the label, and what matters most is largest."""

import io
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from tests.documents.paper import STOCKS, pages, stock
from tests.documents.parcels import ALL, ARABIC, FRENCH, PREPAID, UGLY
from warehouse_desk.documents.fonts import face
from warehouse_desk.documents.label import LabelLine, LabelSpec, Recipient, Sender
from warehouse_desk.documents.layout import lay_out
from warehouse_desk.documents.pdf import render_labels
from warehouse_desk.documents.placed import Bars, Box, Fill, Frame, Placed, PlacedText
from warehouse_desk.documents.stock import Grid, LabelStock, Size
from warehouse_desk.documents.units import MM

_HAIR = 0.05  # points

words = st.text(
    st.one_of(
        st.sampled_from("abcéèçXYZW0123456789 -/(),.'«»"),
        st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإىةلا "),
        st.characters(codec="utf-8"),
    ),
    max_size=120,
)
long_words = st.one_of(words, st.builds(lambda text, times: (text * times)[:1000], words, st.integers(1, 30)))
parcels = st.builds(
    LabelSpec,
    reference=st.from_regex("[A-Z]{1,3}-[0-9]{1,7}", fullmatch=True),
    sender=st.builds(Sender, words, words, words),
    recipient=st.builds(Recipient, words, words, words, long_words, words, words),
    cod_centimes=st.one_of(st.none(), st.integers(0, 99_999_900)),
    lines=st.lists(st.builds(LabelLine, words, words, st.integers(1, 999_999)), max_size=10).map(tuple),
    notes=long_words,
    tracking_number=words,
    carrier=words,
    page=st.integers(1, 99),
    pages=st.integers(1, 99),
    reprint=st.booleans(),
)
label_sizes = st.one_of(
    st.tuples(st.floats(70, 150), st.floats(85, 220)), st.tuples(st.floats(90, 150), st.floats(64, 84))
)


def a_stock(width: float, height: float, margin: float = 3.0) -> LabelStock:
    size = Size(width, height)
    return LabelStock("any", {"en": "Any"}, size, size, margin, Grid(), 203)


def assert_sound(placed: Placed, margin: float) -> None:
    page = Box(0, 0, placed.width, placed.height).inset(margin - _HAIR, margin - _HAIR)
    solid: list[tuple[str, Box]] = []
    for item in placed.items:
        box = item.box
        assert box.x >= page.x, item
        assert box.y >= page.y, item
        assert box.right <= page.right, item
        assert box.bottom <= page.bottom, item
        if isinstance(item, Frame):  # only its border is ink
            line = item.thickness
            solid.append(("frame", Box(box.x, box.y, box.w, line)))
            solid.append(("frame", Box(box.x, box.bottom - line, box.w, line)))
        else:
            solid.append((item.text if isinstance(item, PlacedText) else type(item).__name__, box))
    for (a, first), (b, second) in combinations(solid, 2):
        apart = (
            first.right <= second.x + _HAIR
            or second.right <= first.x + _HAIR
            or first.bottom <= second.y + _HAIR
            or second.bottom <= first.y + _HAIR
        )
        assert apart or (a, b) == ("frame", "frame"), (a, first, b, second)


@pytest.mark.parametrize("key", STOCKS)
@pytest.mark.parametrize("spec", ALL, ids=["french", "arabic", "ugly", "prepaid"])
def test_nothing_overlaps_or_leaves_the_label(key: str, spec: LabelSpec) -> None:
    assert_sound(lay_out(spec, stock(key), 203), stock(key).margin * MM)


@settings(max_examples=60)
@given(spec=parcels, key=st.sampled_from(STOCKS))
def test_no_text_however_strange_breaks_the_layout(spec: LabelSpec, key: str) -> None:
    assert_sound(lay_out(spec, stock(key), 203), stock(key).margin * MM)


@settings(max_examples=40)
@given(spec=st.sampled_from((FRENCH, ARABIC, PREPAID)), size=label_sizes)
def test_any_allowed_label_size_holds_a_label(spec: LabelSpec, size: tuple[float, float]) -> None:
    assert_sound(lay_out(spec, a_stock(*size), 203), 3 * MM)


@settings(max_examples=40)
@given(spec=parcels, size=label_sizes)
def test_any_text_fits_any_allowed_label_size(spec: LabelSpec, size: tuple[float, float]) -> None:
    assert_sound(lay_out(replace(spec, reference="A-1"), a_stock(*size), 203), 3 * MM)


@pytest.mark.parametrize("spec", ALL, ids=["french", "arabic", "ugly", "prepaid"])
def test_the_ink_of_each_line_stays_in_the_box_that_was_kept_for_it(spec: LabelSpec) -> None:
    for text in (item for item in lay_out(spec, stock("100x150"), 203).items if isinstance(item, PlacedText)):
        font = ImageFont.truetype(str(face(text.bold).file), 100, layout_engine=ImageFont.Layout.BASIC)
        left, top, right, bottom = (side * text.size / 100 for side in font.getbbox(text.display, anchor="ls"))
        assert text.baseline + top >= text.box.y - 0.5, text
        assert text.baseline + bottom <= text.box.bottom + 0.5, text
        assert left >= -1.5, text
        assert right <= text.box.w + 1.5, text


@pytest.mark.parametrize("key", STOCKS)
def test_the_margin_of_every_label_stays_white(key: str) -> None:
    kind = replace(stock(key), cut_marks=False)
    to = io.BytesIO()
    render_labels([UGLY, ARABIC, UGLY, FRENCH], kind, to, dpi=203)
    for image in pages(to.getvalue()):
        left = int((kind.grid.left + kind.margin) * 8) - 2
        assert image.crop((0, 0, left, image.height)).getextrema() == (255, 255)


@pytest.mark.parametrize("key", STOCKS)
@pytest.mark.parametrize("spec", [FRENCH, ARABIC], ids=["french", "arabic"])
def test_the_city_is_the_largest_text(key: str, spec: LabelSpec) -> None:
    placed = lay_out(spec, stock(key), 203)
    (city,) = placed.texts("city")
    assert city.size == max(item.size for item in placed.items if isinstance(item, PlacedText))


def test_a_label_is_read_in_the_order_that_couriers_expect() -> None:
    items = lay_out(FRENCH, stock("100x150"), 203).items
    order = list(
        dict.fromkeys("bars" if isinstance(i, Bars) else i.role for i in items if isinstance(i, PlacedText | Bars))
    )
    expected = "sender city area bars reference tracking recipient phone address cod lines notes carrier date page"
    assert order == expected.split()


def test_the_amount_stands_alone_in_its_frame_and_is_never_cut() -> None:
    for key in STOCKS:
        placed = lay_out(UGLY, stock(key), 203)
        assert "999\u00a0999,00\u00a0DH" in [text.display for text in placed.texts("cod")]
        assert any(isinstance(item, Frame) for item in placed.items)


def test_a_prepaid_parcel_says_so_in_both_languages_and_shows_no_amount() -> None:
    for key in STOCKS:
        said = [text.text for text in lay_out(PREPAID, stock(key), 203).texts("cod")]
        assert " ".join(said).split() == ["DÉJÀ", "PAYÉ", "مدفوع", "مسبقا"]


def test_a_reprint_is_marked_and_a_first_print_is_not() -> None:
    assert [text.text for text in lay_out(ARABIC, stock("a6"), 203).texts("reprint")] == ["RÉIMPRESSION"]
    assert lay_out(FRENCH, stock("a6"), 203).texts("reprint") == []


def test_a_thousand_letters_of_address_are_all_there_on_the_usual_label() -> None:
    address = ("12, rue Ibn Batouta, résidence Al Manar " * 25)[:1000].strip()
    spec = replace(FRENCH, recipient=replace(FRENCH.recipient, address=address), notes="")
    shown = " ".join(text.text for text in lay_out(spec, stock("100x150"), 203).texts("address"))
    assert shown == address


def test_ten_lines_are_all_there_on_the_usual_label() -> None:
    lines = tuple(LabelLine(f"SKU-{i:03d}", f"Produit {i}", i) for i in range(1, 11))
    spec = replace(FRENCH, lines=lines)
    shown = [text.text for text in lay_out(spec, stock("100x150"), 203).texts("lines")]
    assert [text for text in shown if text.startswith("SKU")] == [line.sku for line in lines]


def test_lines_that_find_no_room_are_counted() -> None:
    shown = [text.text for text in lay_out(UGLY, stock("100x100"), 203).texts("lines")]
    listed = sum(text.endswith("×") for text in shown)
    assert shown[-1] == f"+ {10 - listed} autres articles"


def test_a_phone_number_is_never_cut_in_two() -> None:
    for key in STOCKS:
        for text in lay_out(UGLY, stock(key), 203).texts("phone"):
            numbers = [part for part in text.text.split(" ") if part[:1].isdigit()]
            assert all(len(number) == len("06 12 34 56 78") for number in numbers), text.text


def test_an_empty_label_still_has_its_frame_and_bars() -> None:
    bare = LabelSpec(
        reference="A-1", sender=Sender(""), recipient=Recipient("", "", "", ""), cod_centimes=None
    )  # fmt: skip
    placed = lay_out(bare, stock("100x100"), 203)
    assert_sound(placed, 3 * MM)
    assert [type(item) for item in placed.items].count(Bars) == 1
    assert any(isinstance(item, Fill) for item in placed.items)
