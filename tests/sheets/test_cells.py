"""Single cells: money, pieces, phones, lists, headings, days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_desk.domain.phone import phones_in
from warehouse_desk.sheets.amounts import format_amount, read_amount, read_quantity
from warehouse_desk.sheets.cells import Cell, Unreadable, cell_text, clean_line, clean_text
from warehouse_desk.sheets.day_columns import DayColumn
from warehouse_desk.sheets.encodings import detect_encoding
from warehouse_desk.sheets.headings import ORDER_HEADINGS, ORDER_KEYS, heading_key
from warehouse_desk.sheets.lists import guess_list, read_list, separator_of, split_list
from warehouse_desk.sheets.phones import read_phone


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
    [("199", 19_900), ("199,5", 19_950), ("١٬٢٩٩٫٥٠ د.م.", 129_950), (19.99, 1_999),
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
    ("cell", "centimes"),
    [("299 DH", 29_900), ("299DH", 29_900), ("MAD 299", 29_900), ("\u200f299\u200f درهم", 29_900),
     ("\u2066299,50\u2069 dhs.", 29_950), ("299.000000", 29_900), ("299.900000", 29_990), ("'299", 29_900),
     ("1 299", 129_900), ("12\u202f500", 1_250_000), ("1,299.000", 129_900), ("1.299,00", 129_900),
     ("12\u00a0500,00", 1_250_000)],
)  # fmt: skip
def test_units_and_marks_around_a_number_are_understood(cell: Cell, centimes: int) -> None:
    assert read_amount(cell) == centimes


@pytest.mark.parametrize(
    ("cell", "choices"),
    [("299.000", ("299", "299000")), ("1,000", ("1", "1000")), ("1.299", ("1.30", "1299")),
     ("261,625", ("261.63", "261625")),
     ("299.000 DH", ("299", "299000")), ("299 399", ("299399",)), ("12 500", ("12500",)), ("299 399 DH", ("299399",)),
     ("299 €", ("299",)), ("$ 29.90", ("29.90",)), (1.299, ("1.30", "1299"))],
)  # fmt: skip
def test_a_number_with_two_readings_is_a_choice(cell: Cell, choices: tuple[str, ...]) -> None:
    read = read_amount(cell)
    assert isinstance(read, Unreadable)
    assert (read.proposed, read.choices) == ("", choices)


@pytest.mark.parametrize(
    "cell",
    ["299 DH 50", "299  399", "1 2", "299-399", "299/399", "3x299", "1.2.3", "2 99", "12 50", "1 299 39", "1,29,900",
     "DH 299 DH", "299 399,5,0", "299 kg", "1'299 399"],
)  # fmt: skip
def test_nothing_is_cut_out_of_a_text_to_make_it_a_number(cell: Cell) -> None:
    read = read_amount(cell)
    assert isinstance(read, Unreadable)
    assert (read.proposed, read.choices) == ("", ())


@pytest.mark.parametrize(
    ("cell", "proposed"),
    [(261.625, "261.63"), (298.395, "298.40"), (164.175, "164.18"), (33.333333, "33.33"), ("261.6250", "261.63"),
     ("1995,505", "1995.51")],
)  # fmt: skip
def test_what_a_cell_shows_is_what_is_proposed(cell: Cell, proposed: str) -> None:
    read = read_amount(cell)
    assert isinstance(read, Unreadable)
    assert (read.proposed, read.choices) == (proposed, ())


@pytest.mark.parametrize(
    ("cell", "pieces"),
    [(3.0, 3), ("3", 3), ("٣", 3), ("3,0", 3), (" 12 ", 12), (999_999, 999_999), ("2 x", 2), ("x2", 2), ("3 pièces", 3),
     ("2\u200f قطع", 2), ("2.00", 2)],
)  # fmt: skip
def test_pieces_are_whole(cell: Cell, pieces: int) -> None:
    assert read_quantity(cell) == pieces


@pytest.mark.parametrize("cell", ["1,000", "2.000", "1 200", "12 000"])
def test_a_number_of_pieces_with_two_readings_is_not_taken(cell: Cell) -> None:
    read = read_quantity(cell)
    assert isinstance(read, Unreadable)
    assert read.choices


def test_a_list_of_stock_groups_its_thousands_with_a_blank() -> None:
    assert read_quantity("1 200", blank_groups=True) == 1_200
    assert isinstance(read_quantity("3 4", blank_groups=True), Unreadable)
    assert isinstance(read_quantity("299 399", blank_groups=True), Unreadable)


@pytest.mark.parametrize("cell", [0, 1_000_000, 1.5, "1,5", "", "x", False, 1e300, -1, "1 2", "2 x 3", "2 DH"])
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
    DayColumn([cell]).read(cell)
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
