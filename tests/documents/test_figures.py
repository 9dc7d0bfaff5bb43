from datetime import date

import pytest

from warehouse_desk.documents.figures import NBSP, day, money, phone


@pytest.mark.parametrize(
    ("centimes", "said"),
    [
        (123_450, "1 234,50 MAD"),
        (0, "0,00 MAD"),
        (5, "0,05 MAD"),
        (99_999_900, "999 999,00 MAD"),
        (-250, "-2,50 MAD"),
    ],
)
def test_an_amount_has_a_comma_before_centimes_and_blanks_that_never_break(centimes: int, said: str) -> None:
    assert money(centimes) == said.replace(" ", NBSP)


def test_another_currency_is_named() -> None:
    assert money(1_000, "EUR") == f"10,00{NBSP}EUR"


@pytest.mark.parametrize(
    "written",
    ["0612345678", "+212612345678", "00212 6 12 34 56 78", "212-612-345-678", "06.12.34.56.78", "٠٦١٢٣٤٥٦٧٨"],
)
def test_a_moroccan_number_is_grouped_in_pairs_however_it_was_written(written: str) -> None:
    assert phone(written) == "06 12 34 56 78".replace(" ", NBSP)


@pytest.mark.parametrize("written", ["+33 6 12 34 56 78", "1234", "poste 12", "06123456789", ""])
def test_any_other_number_stays_as_written(written: str) -> None:
    assert phone(written) == written


def test_two_numbers_in_one_field_are_both_grouped() -> None:
    assert phone("0612345678 / 0522001122").replace(NBSP, " ") == "06 12 34 56 78 / 05 22 00 11 22"


def test_a_day_is_written_as_in_morocco() -> None:
    assert day(date(2026, 3, 7)) == "07/03/2026"
