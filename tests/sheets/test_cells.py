"""Single cells: money, pieces, phones, lists, headings, days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_desk.domain.phone import phones_in
from warehouse_desk.sheets.amounts import format_amount, read_amount, read_quantity
from warehouse_desk.sheets.cells import Cell, Unreadable, cell_text, clean_line, clean_text
from warehouse_desk.sheets.delimited import detect_encoding
from warehouse_desk.sheets.headings import ORDER_HEADINGS, ORDER_KEYS, heading_key
from warehouse_desk.sheets.lists import guess_list, read_list, separator_of, split_list
from warehouse_desk.sheets.phones import read_phone
from warehouse_desk.sheets.references import read_day


@given(st.integers(100, 99_999_900))
def test_money_written_is_the_money_read(centimes: int) -> None:
    text = format_amount(centimes)
    assert read_amount(text) == centimes
    assert read_amount(text.replace(".", ",")) == centimes
    assert read_amount(centimes / 100) == centimes
    assert read_amount(f"{centimes // 100:,}".replace(",", "\u202f") + f",{centimes % 100:02d} DH") == centimes
    assert read_amount(f"{centimes // 100:,}.{centimes % 100:02d} MAD") == centimes
    assert read_amount(f"{centimes // 100:,}".replace(",", ".") + f",{centimes % 100:02d}") == centimes


@pytest.mark.parametrize(
    ("cell", "centimes"),
    [("199", 19_900), ("199,5", 19_950), ("1.299", 129_900), ("١٬٢٩٩٫٥٠ د.م.", 129_950), (19.99, 1_999),
     (0.1 * 3 + 199.7, 20_000), ("1 299 درهم", 129_900), ("12'500", 1_250_000), ("Dhs 250", 25_000),
     (7, 700)],
)  # fmt: skip
def test_money_is_read_as_people_write_it(cell: Cell, centimes: int) -> None:
    assert read_amount(cell) == centimes


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "abc",
        "1,2,3",
        "12,34,56",
        "-5",
        "1995,505",
        True,
        float("nan"),
        float("inf"),
        1e300,
        0.5,
        date(2026, 1, 1),
    ],
)
def test_what_is_not_money_is_refused(cell: Cell) -> None:
    assert isinstance(read_amount(cell), Unreadable)


@pytest.mark.parametrize(
    ("cell", "pieces"), [(3.0, 3), ("3", 3), ("٣", 3), ("3,0", 3), (" 12 ", 12), (999_999, 999_999)]
)
def test_pieces_are_whole(cell: Cell, pieces: int) -> None:
    assert read_quantity(cell) == pieces


@pytest.mark.parametrize("cell", [0, 1_000_000, 1.5, "1,5", "", "x", False, 1e300, -1])
def test_what_is_not_a_number_of_pieces_is_refused(cell: Cell) -> None:
    assert isinstance(read_quantity(cell), Unreadable)


@pytest.mark.parametrize(
    ("cell", "value", "proposed"),
    [
        ("0612345678", "0612345678", ""),
        ("06 12-34.56 78", "0612345678", ""),
        ("(+212) 6 12 34 56 78", "+212612345678", ""),
        ("00212612345678", "+212612345678", ""),
        ("212612345678", "+212612345678", ""),
        ("+2120612345678", "+2120612345678", "+212612345678"),
        ("'0612345678", "0612345678", ""),
        ("۰۶۱۲۳۴۵۶۷۸", "0612345678", ""),
        (612345678, "612345678", "0612345678"),
        ("612345678", "612345678", "0612345678"),
        (2.126e11, "", ""),
        ("2.126E+11", "", ""),
        ("6,12345678E+08", "", "0612345678"),
        (1e15, "", ""),
        (0.5, "", ""),
        ("demander Ali", "", ""),
        (33612345678, "33612345678", ""),
        ("0522123456", "0522123456", ""),
        (True, "", ""),
    ],
)
def test_phones_are_kept_or_repaired_in_sight(cell: Cell, value: str, proposed: str) -> None:
    reading = read_phone(cell)
    assert (reading.value, reading.proposed) == (value, proposed)
    assert (reading.message is None) == (value != "" and not proposed and not value.startswith("33"))


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("06123", "06123", "06123 has 5 digits; a Moroccan number has 10."),
        ("06123456789", "06123456789", "06123456789 has 11 digits; a Moroccan number has 10."),
        ("06 12 34 56 78 9", "06123456789", "06123456789 has 11 digits; a Moroccan number has 10."),
        ("07 99 99 99 99", "0799999999", "07 99 99 99 99 cannot exist: no Moroccan number begins like this."),
        ("+33 6 12 34 56", "+336123456", "+336123456 cannot exist: no country has such a number."),
        ("0033612345678", "0033612345678", "0033612345678 is not a Moroccan number: shipping companies may refuse it."),
        ("0612345678\n0698765432", "0612345678/0698765432",
         "“0612345678/0698765432” is more than one number: all are kept."),
        ("612345678 ou 0522 33 44 55", "612345678 ou 0522 33 44 55",
         "“612345678 ou 0522 33 44 55” is more than one number: all are kept."),
        ("0612345678 / 06554", "0612345678 / 06554", "06554 has 5 digits; a Moroccan number has 10."),
    ],
)  # fmt: skip
def test_an_unlikely_number_is_kept_with_a_warning(cell: Cell, value: str, told: str) -> None:
    reading = read_phone(cell)
    assert (reading.value, str(reading.message), reading.proposed) == (value, told, "")


def test_words_around_a_number_are_told_and_the_number_alone_is_proposed() -> None:
    reading = read_phone("0612345678 (Ali)")
    assert reading.proposed == "0612345678"
    assert reading.value == "0612345678 (Ali)"


@given(
    st.from_regex(r"(?:6[1-7]|70)[0-9]{9}", fullmatch=True).map(lambda digits: digits[:9]),
    st.sampled_from(["0", "+212", "00212", "212"]),
)
def test_every_form_of_a_number_is_the_same_subscriber(digits: str, prefix: str) -> None:
    reading = read_phone(prefix + digits)
    assert reading.message is None
    assert [number.digits for number in phones_in(reading.value)] == [digits]


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes()))
def test_no_cell_makes_a_reader_fail(cell: Cell) -> None:
    read_amount(cell)
    read_quantity(cell)
    read_phone(cell)
    guess_list(cell, 2)
    read_list(cell, "|", 3)
    read_day(cell)
    assert clean_line(cell).isprintable() or set(clean_line(cell)) & set("\u200c\u200d")
    assert clean_text(cell) == clean_text(clean_text(cell))


@pytest.mark.parametrize(
    ("skus", "separator"), [("A\nB,C", "\n"), ("A|B;C", "|"), ("A;B,C", ";"), ("A,B", ","), ("A B", "")]
)
def test_the_first_separator_found_in_the_skus_counts(skus: str, separator: str) -> None:
    assert separator_of(skus) == separator


def test_empty_items_are_dropped_only_at_the_end() -> None:
    assert split_list(" A | |B| |", "|") == ["A", "", "B"]


@pytest.mark.parametrize(
    ("cell", "count", "first"),
    [(1.2, 2, ["1", "2"]), ("01/02/2026", 2, ["1", "2"]), ("3-avr", 2, ["3", "4"]), ("3-Apr", 2, ["3", "4"]),
     (date(2026, 4, 3), 2, ["3", "4"]), (100200, 2, ["100", "200"]),
     ("100 200 300", 3, ["100", "200", "300"]),
     (12, 2, None), (100200, 3, None), ("abc", 2, None)],
)  # fmt: skip
def test_what_excel_did_to_a_list_is_guessed(cell: Cell, count: int, first: list[str] | None) -> None:
    guesses = guess_list(cell, count)
    assert (guesses[0] if guesses else None) == first


def test_every_required_column_has_headings_in_three_languages() -> None:
    for column in ORDER_HEADINGS:
        aliases = [key for key, name in ORDER_KEYS.items() if name == column]
        assert heading_key(column) in aliases
        assert any(not alias.isascii() for alias in aliases), column


@pytest.mark.parametrize(
    "heading", ["FULL NAME", "Full_Name", " full-name ", "ＦＵＬＬ name", "Nom Complet :", "الإسم الكامل"]
)
def test_a_heading_is_known_in_any_case_accent_and_form(heading: str) -> None:
    assert ORDER_KEYS[heading_key(heading)] == "full_name"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("élève à Fès, çà et là", "cp1252"),
        ("شارع محمد الخامس", "cp1256"),
        ("محمد élève", "cp1256"),
        ("œuvre – 5 €", "cp1252"),
    ],
)
def test_windows_code_pages_are_told_apart(text: str, encoding: str) -> None:
    assert detect_encoding(text.encode(encoding)) == encoding


@pytest.mark.parametrize(("cell", "text"), [(12.0, "12"), (0.1, "0.1"), (True, "TRUE"), (1e300, "1e+300")])
def test_a_cell_is_shown_as_it_would_be_typed(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text
