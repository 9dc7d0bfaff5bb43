"""Arabic and French on one label: joined, ordered, cut, and read back from the PDF."""

import gettext
import unicodedata
from dataclasses import replace

import pytest

from tests.documents.paper import pdf_of, plain, said, said_in, stock
from tests.documents.parcels import ARABIC, FRENCH
from warehouse_desk.common import messages
from warehouse_desk.documents import writing
from warehouse_desk.documents.label import LabelSpec
from warehouse_desk.documents.layout import lay_out
from warehouse_desk.documents.placed import PlacedText
from warehouse_desk.documents.writing import ELLIPSIS, clean, fit, fit_line, line


def seen(text: str) -> str:
    """Return a line as the eye meets it from left to right, letters in their plain forms."""
    return unicodedata.normalize("NFKC", line(text).display)


def test_arabic_letters_are_joined_and_run_from_right_to_left() -> None:
    assert line("سلام").display == "ﻡﻼﺳ"


def test_a_phone_number_in_an_arabic_sentence_keeps_its_order() -> None:
    assert "06 12 34 56 78" in seen("هاتف 06 12 34 56 78 شارع")
    assert "+212 6 12 34 56 78" in seen("هاتف +212 6 12 34 56 78")


def test_a_reference_in_an_arabic_sentence_keeps_its_order() -> None:
    assert "ORD-00002" in seen("الطلب ORD-00002 هش")


@pytest.mark.parametrize(
    ("written", "visible"),
    [
        ("رقم (12) حي", "يح (12) مقر"),
        ("حي (السوق) abc (def)", "abc (def) (قوسلا) يح"),
        ("(عرب (abc) عرب)", "(برع (abc) برع)"),
        ("قال «نعم» [لا]", "[لا] «معن» لاق"),
    ],
)
def test_brackets_open_towards_what_they_hold(written: str, visible: str) -> None:
    assert seen(written) == visible


def test_a_long_arabic_text_begins_on_the_first_line() -> None:
    fitted = fit("أول ثاني ثالث رابع خامس سادس سابع ثامن", 60, 200, (10, 10))
    assert len(fitted.lines) > 1
    assert fitted.rtl
    assert " ".join(piece.text for piece in fitted.lines).startswith("أول ثاني")


def test_a_text_shrinks_before_it_wraps_and_wraps_before_it_is_cut() -> None:
    text = "Résidence Al Manar"
    natural = fit(text, 500, 40, (20, 8))
    shrunk = fit(text, natural.lines[0].width * 18, 40, (20, 8))
    wrapped = fit(text, natural.lines[0].width * 9, 60, (20, 8))
    cut = fit(text * 9, natural.lines[0].width * 9, 20, (20, 8))
    assert (len(natural.lines), natural.size, natural.cut) == (1, 20, False)
    assert (len(shrunk.lines), shrunk.cut) == (1, False)
    assert 8 < shrunk.size < 20
    assert len(wrapped.lines) == 2
    assert not wrapped.cut
    assert cut.cut
    assert cut.lines[-1].text.endswith(ELLIPSIS)


def test_a_word_without_breaks_is_broken_where_the_line_ends() -> None:
    fitted = fit("X" * 100, 100, 1000, (12, 12))
    assert "".join(piece.text for piece in fitted.lines) == "X" * 100
    assert all(piece.width * 12 <= 100.1 for piece in fitted.lines)


def test_a_cut_line_says_so_at_the_end_that_is_read_last() -> None:
    fitted = fit_line("زيت أركان طبيعي من الأطلس", 50, (10, 10))
    assert fitted.cut
    assert fitted.lines[0].display.startswith(ELLIPSIS)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\u202e\u200bb", "ab"),
        ("a\tb\r\nc", "a b c"),
        ("  deux   blancs ", "deux blancs"),
        ("e\u0301te\u0301", "été"),
        ("1\u202f234", "1\u00a0234"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_taken_out(written: str, kept: str) -> None:
    assert clean(written) == kept


def test_a_letter_that_the_fonts_lack_becomes_a_question_mark() -> None:
    assert line("Rue 中 ⵣ").display == "Rue ? ?"


def test_pictures_that_the_fonts_lack_are_left_out_instead_of_asking_questions() -> None:
    assert clean("Jean 😀 Müller ❤️ → 3e ✓") == "Jean Müller → 3e ✓"
    assert clean("🚚 Livrer vite") == "Livrer vite"
    assert clean("😀") == ""


@pytest.mark.parametrize("spec", [FRENCH, ARABIC], ids=["french", "arabic"])
def test_every_line_is_copied_out_of_the_pdf_as_written(spec: LabelSpec) -> None:
    placed = lay_out(spec, stock("100x150"), 203)
    lines = [item for item in placed.items if isinstance(item, PlacedText)]
    copied = said_in(pdf_of(spec), [text.box for text in lines])
    assert len(lines) > 12
    for text, copy in zip(lines, copied, strict=True):
        # Viewers guess the order of a row that mixes scripts; no letter may be missing or foreign, though.
        assert sorted(copy) == sorted(plain(text.text))
        if text.role in ("city", "area", "recipient"):
            assert copy == plain(text.text)


def test_a_label_without_translations_prints_its_heading_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "_catalogue", lambda _language: gettext.NullTranslations())
    text = said(pdf_of(replace(FRENCH, cod_centimes=None)))
    assert text.count("PREPAID") == 1


def test_wrapping_never_loses_or_adds_a_word() -> None:
    text = clean("12, rue Ibn Batouta حي السلام immeuble 7 " * 8)
    assert " ".join(writing.wrap(text, 14, bold=False)) == text
