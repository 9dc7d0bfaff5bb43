"""Codes as scanners, chats and spreadsheets hand them over."""

import pytest

from warehouse_desk.common.codes import gtin_forms, plain_code

EAN = "4006381333931"


@pytest.mark.parametrize(
    "text",
    [
        "ORD-00001",
        " ORD-00001\r\n",
        "]C0ORD-00001",
        "]C1ORD-00001",
        "ORD-٠٠٠٠١",
        "ORD-۰۰۰۰۱",
        "ORD\u201100001",
        "ORD–00001",
        "\u200bORD-00001\u200f",
        "\ufeffORD-\u206000001",
        "\u00a0ORD-00001\u202f",
        "]C0\u200eORD-٠٠٠٠١",
    ],
)
def test_a_reference_is_the_same_however_it_was_pasted_or_scanned(text: str) -> None:
    assert plain_code(text) == "ORD-00001"


def test_a_bracket_that_is_no_identifier_stays() -> None:
    assert plain_code("]A") == "]A"
    assert plain_code("[C0X]") == "[C0X]"


@pytest.mark.parametrize(
    "code",
    [
        EAN,
        f"0{EAN}",
        f"010{EAN}",
        f"(01)0{EAN}",
        f"010{EAN}10LOT7",
        f"010{EAN}17281231",
        f"010{EAN}\x1d21SERIAL",
        f"(01)0{EAN}(10)LOT7",
    ],
)
def test_one_article_number_is_one_code_in_every_carrier(code: str) -> None:
    assert EAN in (code, *gtin_forms(code))


def test_upc_a_ean_13_and_gtin_14_differ_by_zeros_alone() -> None:
    assert set(gtin_forms("036000291452")) == {"0036000291452", "00036000291452"}
    assert set(gtin_forms("00036000291452")) == {"036000291452", "0036000291452"}
    assert set(gtin_forms("96385074")) == {"000096385074", "0000096385074", "00000096385074"}


@pytest.mark.parametrize(
    "code",
    [
        "14006381333938",  # a case of six has a number of its own
        "ARGAN-50",
        "12345678",  # eight digits without a check digit are no EAN-8
        f"011{EAN}",  # the field's own check digit does not hold
        "01040063813339315",  # what follows is no field of GS1
        "",
        "٤٠٠٦٣٨١٣٣٣٩٣١",
    ],
)
def test_other_numbers_stay_what_they_are(code: str) -> None:
    assert EAN not in gtin_forms(code)
    if code == "14006381333938" or not code.isdigit():
        assert gtin_forms(code) == ()
