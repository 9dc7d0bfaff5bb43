"""Saved views: each user's own, kept in the shared database, names used once."""

import pytest

from tests.builders import Shop, run_sql
from warehouse_desk.domain.errors import NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.orders.finding import OrderFilter, Period, Sort, SortKey
from warehouse_desk.domain.status import Status
from warehouse_desk.services.orders.views import MOST_VIEWS, SavedView

HELD = OrderFilter(Status.NEW, held=True)
BY_TOTAL = Sort(SortKey.TOTAL)


def test_a_view_is_found_again_at_another_station(shop: Shop) -> None:
    shop.desk.orders.views.save("  À   appeler ", HELD, BY_TOTAL)
    assert shop.desk_of(station="Poste 2").orders.views.all() == (SavedView("À appeler", HELD, BY_TOTAL),)


def test_nobody_sees_the_views_of_another(shop: Shop) -> None:
    shop.desk.orders.views.save("Mine", HELD)
    assert shop.desk_of("Hamid").orders.views.all() == ()


def test_a_name_is_used_once_however_it_is_written(shop: Shop) -> None:
    shop.desk.orders.views.save("Été", HELD)
    with pytest.raises(RuleViolation, match=r"The saved list “ete” already exists. Choose another name."):
        shop.desk.orders.views.save("ete", OrderFilter())
    shop.desk.orders.views.save("ete", OrderFilter(), overwrite=True)
    assert shop.desk.orders.views.all() == (SavedView("Été", OrderFilter()),)


def test_a_view_is_renamed_and_deleted(shop: Shop) -> None:
    shop.desk.orders.views.save("One", HELD)
    shop.desk.orders.views.save("Two", OrderFilter())
    with pytest.raises(RuleViolation, match=r"The saved list “Two” already exists. Choose another name."):
        shop.desk.orders.views.rename("One", "Two")
    shop.desk.orders.views.rename("one", "ONE")
    shop.desk.orders.views.delete("two")
    assert [view.name for view in shop.desk.orders.views.all()] == ["ONE"]
    with pytest.raises(NotFound, match="There is no saved list “Two”"):
        shop.desk.orders.views.rename("Two", "Three")
    with pytest.raises(NotFound, match="There is no saved list “Two”"):
        shop.desk.orders.views.delete("Two")


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\0b"])
def test_a_view_needs_a_name(shop: Shop, name: str) -> None:
    with pytest.raises(WrongUsage, match=r"The saved list needs a name. Characters: 1 to 60."):
        shop.desk.orders.views.save(name, HELD)


def test_there_is_room_for_a_hundred(shop: Shop) -> None:
    for number in range(MOST_VIEWS):
        shop.desk.orders.views.save(f"View {number}", HELD)
    with pytest.raises(RuleViolation, match=r"There are already 100 saved lists. Delete one first."):
        shop.desk.orders.views.save("One more", HELD)


def test_a_view_that_cannot_be_read_hides_no_other(shop: Shop) -> None:
    shop.desk.orders.views.save("Good", HELD)
    shop.desk.orders.views.save("Bad", HELD)
    run_sql(shop.database, "UPDATE saved_view SET filters = 'nothing' WHERE name = 'Bad'")
    assert [view.name for view in shop.desk.orders.views.all()] == ["Good"]


def test_a_view_of_today_means_the_day_on_which_it_is_looked_at(shop: Shop) -> None:
    shop.desk.orders.views.save("New today", OrderFilter(Status.NEW, created_in=Period.TODAY))
    assert shop.desk.orders.views.all()[0].order_filter == OrderFilter(Status.NEW, created_in=Period.TODAY)
