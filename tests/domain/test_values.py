"""Money, folded text and fingerprints: what people write differently is recognised as the same."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_desk.common.text import fold
from warehouse_desk.domain.money import amount_on_wire, centimes, money_text, unit_price
from warehouse_desk.domain.orders.fingerprint import content_hash, fingerprint

AMOUNTS = st.integers(100, 99_999_900)


@given(AMOUNTS)
def test_an_amount_comes_back_from_the_wire_as_it_was(amount: int) -> None:
    assert centimes(json.loads(json.dumps(amount_on_wire(amount)))) == amount


@given(AMOUNTS)
def test_whole_dirhams_are_written_without_decimals(amount: int) -> None:
    assert isinstance(amount_on_wire(amount), int) == (amount % 100 == 0)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (399, 39_900),
        (399.5, 39_950),
        ("399.50", 39_950),
        (" 12 ", 1_200),
        (Decimal("0.01"), 1),
        (0.1, 10),
        (1.15, 115),
        (-1, -100),
        ("399.505", None),
        (0.005, None),
        ("1.00000000000000000000000000001", None),
        ("1234567890123456789012345678.999", None),
        ("abc", None),
        ("", None),
        (None, None),
        (True, None),
        ([399], None),
        (float("nan"), None),
        (float("inf"), None),
        ("sNaN", None),
        ("1_000", None),
        (0.1 + 0.2, 30),
        (57 * 0.01, 57),
        ("0.30000000000000004", None),
        (12.345, None),
        (12.3400001, None),
    ],
)
def test_an_amount_is_read_exactly_or_not_at_all(value: object, expected: int | None) -> None:
    assert centimes(value) == expected


@pytest.mark.parametrize("text", ["1e999999", "1e-999999", "9e999998", "1e40"])
def test_an_absurd_amount_is_refused_quickly(text: str) -> None:
    assert centimes(text) is None


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0,00\u00a0DH"),
        (5, "0,05\u00a0DH"),
        (123_450, "1\u202f234,50\u00a0DH"),
        (-39_900, "-399,00\u00a0DH"),
        (99_999_900, "999\u202f999,00\u00a0DH"),
    ],
)
def test_money_is_written_as_morocco_reads_it(amount: int, text: str) -> None:
    assert money_text(amount) == text


@given(st.integers(1, 10**14), st.integers(1, 999_999))
def test_a_unit_price_is_the_line_total_shared_out_to_the_nearest_centime(total: int, quantity: int) -> None:
    assert abs(2 * (unit_price(total, quantity) * quantity - total)) <= quantity


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcdefgéèêçàùôïœ ABC", min_size=1))
def test_case_and_blanks_do_not_matter(text: str) -> None:
    assert fold(f"  {text.upper()}\t ") == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aïn Harrouda", "AIN  HARROUDA"),
        ("Témara", "temara"),
        ("أكادير", "اكادير"),
        ("مدينة", "مدينه"),
        ("سلمى", "سلمي"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("شقة ٤٥", "شقه 45"),
        ("ﻣﺮﺍﻛﺶ", "مراكش"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_an_order_is_recognised_however_phone_and_name_are_written() -> None:
    assert fingerprint("+212 600-000001", "YOUSSEF  El Idrissi", 39_900) == fingerprint(
        "0600000001", "youssef el idrissi", 39_900
    )


def test_a_second_number_in_the_field_or_another_country_makes_another_order() -> None:
    phones = ["0600000001", "0600000001 / 0655443322", "+33 6 00 00 00 01", ""]
    assert len({fingerprint(phone, "A", 100) for phone in phones}) == len(phones)


@pytest.mark.parametrize("other", [("0600000002", "A", 100), ("0600000001", "B", 100), ("0600000001", "A", 101)])
def test_another_phone_name_or_amount_is_another_order(other: tuple[str, str, int]) -> None:
    assert fingerprint("0600000001", "A", 100) != fingerprint(*other)


LINES = st.lists(
    st.tuples(st.text(min_size=1, max_size=8), st.integers(1, 999_999), st.integers(100, 99_999_900)), max_size=10
)


@given(LINES)
def test_the_order_of_lines_does_not_matter(lines: list[tuple[str, int, int]]) -> None:
    shuffled = list(reversed(lines))
    assert content_hash("06", "A", 100, "Rue 1", lines) == content_hash("06", "A", 100, "Rue 1", shuffled)


@given(LINES)
def test_one_piece_more_is_another_content(lines: list[tuple[str, int, int]]) -> None:
    more = [*lines, ("SAVON-N", 1, 100)]
    assert content_hash("06", "A", 100, "Rue 1", lines) != content_hash("06", "A", 100, "Rue 1", more)
