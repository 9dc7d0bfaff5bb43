import pytest

from warehouse_desk.documents.figures import NBSP, money, phone
from warehouse_desk.domain.phone import readable_phone


@pytest.mark.parametrize(
    ("centimes", "said"),
    [
        (123_450, "1 234,50 DH"),
        (0, "0,00 DH"),
        (5, "0,05 DH"),
        (99_999_900, "999 999,00 DH"),
        (-250, "-2,50 DH"),
    ],
)
def test_an_amount_has_a_comma_before_centimes_and_blanks_that_never_break(centimes: int, said: str) -> None:
    assert money(centimes) == said.replace(" ", NBSP)


def test_another_currency_is_named() -> None:
    assert money(1_000, "EUR") == f"10,00{NBSP}EUR"


@pytest.mark.parametrize("written", ["0612345678", "612345678", "2120612345678"])
def test_a_number_is_written_as_the_desk_shows_it_and_holds_together(written: str) -> None:
    assert phone(written) == readable_phone(written).replace(" ", NBSP)


def test_between_two_numbers_a_line_may_be_broken() -> None:
    assert phone("0612345678 / 0522001122").split(" ") == [
        "06 12 34 56 78".replace(" ", NBSP),
        "/",
        "05 22 00 11 22".replace(" ", NBSP),
    ]
