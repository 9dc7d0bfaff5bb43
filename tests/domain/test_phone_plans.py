"""The table of number ranges says what the library says from which it was written."""

import json
import random

import phonenumbers
import pytest

from tests.architecture.source import ROOT
from warehouse_desk.domain.phone import phones_in
from warehouse_desk.domain.phone_plans import exists, plan_of

USUAL = (
    212,
    33,
    34,
    39,
    31,
    32,
    49,
    44,
    41,
    351,
    46,
    47,
    45,
    1,
    213,
    216,
    218,
    20,
    222,
    221,
    225,
    966,
    971,
    974,
    965,
    90,
)
"""Morocco, and the countries from which its customers call."""


def _numbers(code: int, many: int) -> list[str]:
    """Return national numbers of a country, most of them near one that exists."""
    dice = random.Random(code)  # noqa: S311 - the same numbers each time
    numbers = []
    for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]:
        examples = [phonenumbers.example_number_for_type(region, kind) for kind in range(11)]
        numbers += [phonenumbers.national_significant_number(each) for each in examples if each is not None]
    near = list(numbers)
    while len(numbers) < many:
        digits = list(dice.choice(near))
        for place in dice.sample(range(min(5, len(digits))), 2):
            digits[place] = str(dice.randrange(10))
        digits = digits[: dice.choice([len(digits)] * 5 + [len(digits) - 1])]
        numbers.append("".join(digits) + "".join(dice.choices("0123456789", k=dice.choice([0] * 6 + [1]))))
    return numbers


def _is_valid(code: int, national: str) -> bool:
    number = phonenumbers.PhoneNumber(
        country_code=code,
        national_number=int(national),
        italian_leading_zero=national.startswith("0") or None,
        number_of_leading_zeros=len(national) - len(national.lstrip("0")) or None,
    )
    return phonenumbers.is_valid_number(number)


@pytest.mark.parametrize("code", USUAL)
def test_a_number_exists_where_the_library_says_so(code: int) -> None:
    numbers = [number for number in _numbers(code, 5_000 if code == 212 else 500) if number.strip("0")]
    answers = {number: exists(str(code), number) for number in numbers}
    assert answers == {number: _is_valid(code, number) for number in numbers}
    assert set(answers.values()) == {True, False}


@pytest.mark.parametrize("code", USUAL)
def test_the_library_reads_a_number_as_we_do(code: int) -> None:
    for number in _numbers(code, 60):
        if exists(str(code), number):
            (found,) = phones_in(f"+{code} {number}")
            read = phonenumbers.parse(f"+{code} {number}")
            assert found.international == phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)


def test_the_table_is_the_one_that_the_library_of_this_environment_gives() -> None:
    table = json.loads((ROOT / "resources" / "phones" / "plans.json").read_text(encoding="utf-8"))
    assert table["source"] == f"phonenumberslite {phonenumbers.__version__}, Apache-2.0"
    known = {code for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items() if "001" not in regions}
    assert {int(code) for code in table["plans"]} == known


def test_a_code_of_no_country_has_no_plan() -> None:
    assert plan_of("999") is None
    assert not exists("999", "612345678")
