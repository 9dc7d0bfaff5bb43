"""What is suggested for a city while it is typed."""

import pytest

from warehouse_desk.domain.directories.suggestions import MAX_SUGGESTIONS, Suggestions

CITIES = (
    ("Aïn Harrouda", "عين حرودة"),
    ("Beni Mellal", "بني ملال"),
    ("Casablanca", "الدار البيضاء"),
    ("El Jadida", "الجديدة"),
    ("Fes", "فاس"),
    ("Meknes", "مكناس"),
    ("Salé", "سلا"),
    ("Sale El Jadida", "سلا الجديدة"),
)


def suggested(typed: str) -> list[str]:
    return [CITIES[place][0] for place in Suggestions(CITIES).ranked(typed)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("sale", ["Salé", "Sale El Jadida"]),
        ("SALÉ", ["Salé", "Sale El Jadida"]),
        ("jadida", ["El Jadida", "Sale El Jadida"]),
        ("es", ["Fes", "Meknes"]),
        ("البيضاء", ["Casablanca"]),
        ("الجديده", ["El Jadida", "Sale El Jadida"]),
        ("casablnca", ["Casablanca"]),
        ("mekns", ["Meknes"]),
        ("qqq", []),
    ],
)
def test_the_likeliest_city_stands_first(typed: str, wanted: list[str]) -> None:
    assert suggested(typed) == wanted


def test_nothing_typed_suggests_the_beginning_of_the_table() -> None:
    assert suggested(" ") == [city[0] for city in CITIES]
    assert len(Suggestions([(f"Ville {number}",) for number in range(50)]).ranked("ville")) == MAX_SUGGESTIONS
