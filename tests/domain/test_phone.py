"""Phone numbers: what people write into a field is one number, or several, and the same for table, search and paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_desk.domain.phone import phone_keys, phone_part, phones_in, readable_phone, why_unlikely
from warehouse_desk.services.demo import words

NATIONAL = st.from_regex(r"[5-8][0-9]{8}", fullmatch=True)
PREFIXES = ["0", "+212", "00212", "212", "2120", "+212 (0)", "(0)", "(+212) ", "+ 212 ", ""]
GAPS = ["", " ", "-", ".", " / ", "\u00a0", " – "]

SPELLINGS = [
    ("0612345678", ["+212612345678"], "06 12 34 56 78"),
    ("612345678", ["+212612345678"], "06 12 34 56 78"),
    ("2120612345678", ["+212612345678"], "06 12 34 56 78"),
    ("00212 (0) 6 12.34.56.78", ["+212612345678"], "06 12 34 56 78"),
    ("(+212) 6 12 34 56 78", ["+212612345678"], "06 12 34 56 78"),
    ("06/12/34/56/78", ["+212612345678"], "06 12 34 56 78"),
    ("٠٦١٢ ٣٤٥٦٧٨", ["+212612345678"], "06 12 34 56 78"),
    ("۰۶۱۲۳۴۵۶۷۸", ["+212612345678"], "06 12 34 56 78"),
    ("０６１２３４５６７８", ["+212612345678"], "06 12 34 56 78"),
    ("\u200e+212 612-345678\u200f", ["+212612345678"], "06 12 34 56 78"),
    ("0522334455", ["+212522334455"], "05 22 33 44 55"),
    ("0612345678 / 0655443322", ["+212612345678", "+212655443322"], "06 12 34 56 78 / 06 55 44 33 22"),
    ("06 12 34 56 78 06 55 44 33 22", ["+212612345678", "+212655443322"], "06 12 34 56 78 06 55 44 33 22"),
    ("0612345678 655443322", ["+212612345678", "+212655443322"], "06 12 34 56 78 06 55 44 33 22"),
    ("0612345678\n0522 33 44 55", ["+212612345678", "+212522334455"], "06 12 34 56 78 05 22 33 44 55"),
    ("0612345678 (0655443322)", ["+212612345678", "+212655443322"], "06 12 34 56 78 (06 55 44 33 22)"),
    ("Ali: 0612345678 ou 0522-334455", ["+212612345678", "+212522334455"], "Ali: 06 12 34 56 78 ou 05 22 33 44 55"),
    ("+33 6 12 34 56 78", ["+33612345678"], "+33 6 12 34 56 78"),
    ("0033612345678", ["+33612345678"], "+33 6 12 34 56 78"),
    ("+33 (0)6 12 34 56 78", ["+33612345678"], "+33 6 12 34 56 78"),
    ("33612345678", ["+33612345678"], "+33 6 12 34 56 78"),
    ("33 6 12 34 56 78 / 0612345678", ["+33612345678", "+212612345678"], "+33 6 12 34 56 78 / 06 12 34 56 78"),
    ("+1 (212) 555-0123", ["+12125550123"], "+1 212 555 0123"),
    ("+390612345678", ["+390612345678"], "+39 061 234 5678"),
    ("+216 20123456", ["+21620123456"], "+216 20 123 456"),
    ("+49 30 123456 06 12 34 56 78", ["+4930123456", "+212612345678"], "+49 301 23456 06 12 34 56 78"),
    ("5757", ["5757"], "5757"),
    ("06123", ["06123"], "06123"),
    ("06 12 34 56 78 9", ["06123456789"], "06 12 34 56 78 9"),
    ("+33 6 12 34 56", ["+336123456"], "+33 6 12 34 56"),
    ("+999 123456", ["+999123456"], "+999 123456"),
    ("-", [], "-"),
    ("pas de téléphone", [], "pas de téléphone"),
    ("", [], ""),
]


@pytest.mark.parametrize(("written", "numbers", "shown"), SPELLINGS)
def test_the_numbers_of_a_field_are_found_and_shown(written: str, numbers: list[str], shown: str) -> None:
    assert [number.international for number in phones_in(written)] == numbers
    assert readable_phone(written) == shown


@given(NATIONAL, st.sampled_from(PREFIXES), st.sampled_from(GAPS))
def test_every_way_of_writing_a_moroccan_number_is_the_same_number(national: str, prefix: str, gap: str) -> None:
    written = prefix + gap.join(national[i : i + 2] for i in range(0, 9, 2))
    assert phone_keys(written) == "0" + national
    local = "0" + national
    assert readable_phone(written) == " ".join(local[i : i + 2] for i in range(0, 10, 2))


@given(NATIONAL, NATIONAL, st.sampled_from(PREFIXES), st.sampled_from(PREFIXES), st.sampled_from(["/", ", ", " ou "]))
def test_both_numbers_of_a_field_have_a_key(one: str, other: str, before: str, between: str, sign: str) -> None:
    assert phone_keys(f"{before}{one}{sign}{between}{other}").split() == list(dict.fromkeys([f"0{one}", f"0{other}"]))


PHONE_TEXTS = st.text(alphabet="0123456789  +-./()612x", max_size=40)


@given(PHONE_TEXTS)
def test_what_is_shown_has_the_numbers_of_what_was_written(text: str) -> None:
    shown = readable_phone(text)
    assert phone_keys(shown) == phone_keys(text)
    assert readable_phone(shown) == shown


@given(st.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    keys = phone_keys(readable_phone(text))
    assert keys == phone_keys(text)
    why_unlikely(text)
    phone_part(text)


@given(st.text(alphabet="0123456789 +/", min_size=100, max_size=100), st.text(alphabet="06 /", max_size=100))
def test_the_keys_of_the_longest_fields_fit_in_their_column(phone: str, second: str) -> None:
    assert len(phone_keys(phone, second)) <= 250


def test_a_number_of_both_fields_has_one_key() -> None:
    assert phone_keys("0612345678", "+212 6 12 34 56 78 / 0522334455") == "0612345678 0522334455"
    assert phone_keys("0612345678", None) == phone_keys("0612345678", "-") == "0612345678"


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("06", "06"),
        ("0612", "0612"),
        ("+212612", "0612"),
        ("00212 612", "0612"),
        ("+212 (0)612", "0612"),
        ("+2", "0"),
        ("+212", "0"),
        ("+33 6", "+336"),
        ("0033 6", "+336"),
        ("345678", "345678"),
        ("612345678", "0612345678"),
        ("ORD-00012", "00012"),
        ("06 12 34 56 78 / 06 55 44 33 22", "0612345678 0655443322"),
        ("Fatima", ""),
        ("+", ""),
    ],
)
def test_a_number_half_typed_is_part_of_its_key(typed: str, part: str) -> None:
    assert phone_part(typed) == part


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("0612345678", ""),
        ("0522 33 44 55 / +33 6 12 34 56 78", ""),
        ("0799999999", "07 99 99 99 99 cannot exist: no Moroccan number begins like this."),
        ("0912345678", "09 12 34 56 78 cannot exist: no Moroccan number begins like this."),
        ("1234567890", "1234567890 cannot exist: no Moroccan number begins like this."),
        ("06 12 34 56 7", "061234567 has 9 digits; a Moroccan number has 10."),
        ("0612345678 / 5", "5 has 1 digit; a Moroccan number has 10."),
        ("5757", "5757 has 4 digits; a Moroccan number has 10."),
        ("+33 6 12 34 56", "+336123456 cannot exist: no country has such a number."),
        ("+999 123456", "+999123456 cannot exist: no country has such a number."),
        ("-", "“-” is not a phone number."),
    ],
)
def test_a_number_that_cannot_exist_says_why(written: str, why: str) -> None:
    assert str(why_unlikely(written) or "") == why


def test_the_numbers_of_the_demo_can_exist() -> None:
    numbers = [f"+212{prefix}0000000" for prefix in words.MOBILES] + [f"0{prefix}0000" for prefix in words.PHONES]
    assert [why_unlikely(number) for number in numbers] == [None] * len(numbers)
