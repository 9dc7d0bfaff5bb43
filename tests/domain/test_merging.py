"""Merging two edits of one order: nothing that a person typed is lost without that person having decided it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_desk.domain.orders.merging import (
    TEXT_FIELDS,
    Beyond,
    CityValue,
    DetailField,
    DetailPart,
    Details,
    LineValue,
    Side,
    WayValue,
    differences,
    merged,
    plain_text,
    who_changed,
)
from warehouse_desk.domain.orders.order import OrderEvent
from warehouse_desk.domain.status import Status

CASABLANCA, RABAT = CityValue(1, "Casablanca"), CityValue(2, "Rabat")
SHIRT, ARGAN, SOAP = LineValue(1, 2, 25_800), LineValue(2, 1, 9_500), LineValue(3, 3, 6_000)
ADDRESS, NOTES = DetailPart(DetailField.ADDRESS), DetailPart(DetailField.NOTES)


def details(city: CityValue = CASABLANCA, lines: tuple[LineValue, ...] = (SHIRT,), **texts: str) -> Details:
    return Details({name: texts.get(name.value, "") for name in TEXT_FIELDS}, city, lines)


def merge(before: Details, theirs: Details, mine: Details, **chosen: Side) -> Details:
    return merged(
        theirs,
        mine,
        differences(before, theirs, mine),
        {DetailPart(DetailField(name)): side for name, side in chosen.items()},
    )


def test_what_nobody_changed_is_no_difference() -> None:
    assert differences(details(), details(), details()) == ()
    assert merge(details(), details(), details()) == details()


def test_fields_that_only_one_side_changed_merge_by_themselves() -> None:
    before = details(address="12 Rue Atlas", notes="")
    theirs = details(address="12 Rue Atlas", notes="Appeler avant", city=RABAT)
    mine = details(address="7 Bd Zerktouni", notes="", lines=(SHIRT, ARGAN))
    found = {each.part: each.side for each in differences(before, theirs, mine)}
    assert found == {
        ADDRESS: Side.MINE,
        NOTES: Side.THEIRS,
        DetailPart(DetailField.CITY): Side.THEIRS,
        DetailPart(DetailField.PRODUCTS, 2): Side.MINE,
    }
    assert merge(before, theirs, mine) == details(
        address="7 Bd Zerktouni", notes="Appeler avant", city=RABAT, lines=(SHIRT, ARGAN)
    )


def test_a_field_that_both_changed_must_be_chosen() -> None:
    before, theirs, mine = details(phone="06 1"), details(phone="06 2"), details(phone="06 3")
    (found,) = differences(before, theirs, mine)
    assert (found.before, found.theirs, found.mine, found.side) == ("06 1", "06 2", "06 3", None)
    with pytest.raises(KeyError):
        merge(before, theirs, mine)
    assert merge(before, theirs, mine, phone=Side.THEIRS) == theirs
    assert merge(before, theirs, mine, phone=Side.MINE) == mine


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    before, both = details(address="12 Rue Atlas"), details(address="7 Bd Zerktouni")
    (found,) = differences(before, both, both)
    assert found.side is Side.THEIRS
    assert merge(before, both, both) == both


def test_products_are_merged_one_by_one() -> None:
    before = details(lines=(SHIRT, ARGAN))
    theirs = details(lines=(LineValue(1, 5, 64_500), ARGAN))
    mine = details(lines=(SHIRT, SOAP))
    assert merge(before, theirs, mine).lines == (LineValue(1, 5, 64_500), SOAP)


def test_two_people_who_change_different_products_leave_the_fees_alone() -> None:
    before = replace(details(lines=(SHIRT, ARGAN)), beyond=Beyond(3_000))
    theirs = replace(before, lines=(LineValue(1, 3, 38_700), ARGAN))
    mine = replace(before, lines=(SHIRT, ARGAN, SOAP))
    assert {each.part.field for each in differences(before, theirs, mine)} == {DetailField.PRODUCTS}
    both = merge(before, theirs, mine)
    assert (both.lines, both.total) == ((LineValue(1, 3, 38_700), ARGAN, SOAP), 38_700 + 9_500 + 6_000 + 3_000)


def test_an_amount_typed_there_and_products_changed_here_are_both_kept() -> None:
    before = details(lines=(SHIRT,))
    theirs, mine = replace(before, beyond=Beyond(-800)), replace(before, lines=(SHIRT, SOAP))
    assert merge(before, theirs, mine).total == 25_800 + 6_000 - 800


def test_two_amounts_typed_at_once_are_chosen() -> None:
    before = details()
    theirs, mine = replace(before, beyond=Beyond(-800)), replace(before, beyond=Beyond(3_000))
    (found,) = differences(before, theirs, mine)
    assert (found.part, found.side) == (DetailPart(DetailField.TOTAL), None)
    assert merge(before, theirs, mine, total=Side.MINE) == mine


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("way", (WayValue(None), WayValue(1), WayValue(2))),
        ("fees_paid", (False, True, False)),
        ("texts", ({"email": ""}, {"email": "a@b.ma"}, {"email": "c@d.ma"})),
    ],
)
def test_email_way_and_fees_merge_as_the_other_fields(field: str, values: tuple[Any, Any, Any]) -> None:
    before, theirs, mine = (
        details(**value) if field == "texts" else replace(details(), **{field: value}) for value in values
    )
    assert merge(before, theirs, before) == theirs
    if mine != before:
        with pytest.raises(KeyError):
            merge(before, theirs, mine)


def test_the_amount_never_falls_below_one_dirham() -> None:
    assert replace(details(lines=(SOAP,)), beyond=Beyond(-6_000)).total == 100


def test_a_product_taken_out_here_and_changed_there_is_a_conflict() -> None:
    before, mine = details(lines=(SHIRT, ARGAN)), details(lines=(ARGAN,))
    theirs = details(lines=(LineValue(1, 5, 64_500), ARGAN))
    (found,) = differences(before, theirs, mine)
    assert (found.part, found.mine, found.side) == (DetailPart(DetailField.PRODUCTS, 1), None, None)
    for side, lines in ((Side.MINE, (ARGAN,)), (Side.THEIRS, (ARGAN, LineValue(1, 5, 64_500)))):
        assert merged(theirs, mine, [found], {found.part: side}).lines == lines


def test_a_product_on_two_lines_makes_all_lines_one_part() -> None:
    twice = (SHIRT, LineValue(1, 1, 9_900))
    before, theirs, mine = details(lines=twice), details(lines=(SHIRT,)), details(lines=(*twice, ARGAN))
    (found,) = differences(before, theirs, mine)
    assert (found.part, found.side) == (DetailPart(DetailField.PRODUCTS), None)
    assert merge(before, theirs, mine, products=Side.MINE).lines == mine.lines
    assert merge(details(lines=twice), details(lines=twice, notes="x"), details(lines=twice)).lines == twice


def test_a_city_is_the_same_however_it_is_spelled() -> None:
    assert CityValue(1, "Casablanca") == CityValue(1, "الدار البيضاء")
    assert CityValue(None, "FÈS") == CityValue(None, "fes")
    assert CityValue(None, "Rabat") != RABAT
    assert len({CityValue(1, "Casablanca"), CityValue(1, "Casa")}) == 1


def test_line_ends_and_blanks_around_are_no_change() -> None:
    assert plain_text(" Appeler\r\navant \n") == "Appeler\navant"


LINES = st.lists(
    st.builds(LineValue, st.integers(1, 3), st.integers(1, 2), st.sampled_from([100, 200])), max_size=3
).map(tuple)
DETAILS = st.builds(
    Details,
    st.fixed_dictionaries({name: st.sampled_from(["", "a", "b"]) for name in TEXT_FIELDS}),
    st.sampled_from([CASABLANCA, RABAT]),
    LINES,
)


@given(before=DETAILS, theirs=DETAILS, mine=DETAILS, side=st.sampled_from(Side))
def test_every_part_of_a_merge_is_one_sides_and_a_lone_change_is_kept(
    before: Details, theirs: Details, mine: Details, side: Side
) -> None:
    found = differences(before, theirs, mine)
    result = merged(theirs, mine, found, {each.part: side for each in found})
    for each in found:
        wanted = each.side or side
        assert result[each.part] == (each.theirs if wanted is Side.THEIRS else each.mine)
        if each.theirs == each.before:
            assert result[each.part] == each.mine
        if each.mine == each.before:
            assert result[each.part] == each.theirs
    assert merged(before, mine, differences(before, before, mine), {}) == mine
    assert not differences(result, result, result)


def event(number: int, kind: str, user: str, **after: object) -> OrderEvent:
    at = datetime(2026, 3, 2, 8, number, tzinfo=UTC)
    return OrderEvent(number, kind, Status.NEW, Status.NEW, at, user, "Poste 1", "desk", None, "{}", json.dumps(after))


def test_each_field_names_who_changed_it_last() -> None:
    events = [
        event(1, "update", "Samira", address="Rue 1", city="Rabat", city_id=2),
        event(2, "hold", "Karim", hold_reason="x"),
        event(3, "update", "Omar", address="Rue 2", products=[]),
    ]
    assert {name: each.user_name for name, each in who_changed(events).items()} == {
        DetailField.ADDRESS: "Omar",
        DetailField.CITY: "Samira",
        DetailField.PRODUCTS: "Omar",
    }
