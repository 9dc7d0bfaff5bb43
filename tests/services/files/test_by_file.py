"""Returned and delivered by file: every row answered, every order judged alone."""

from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, Shop, everything, run_sql
from warehouse_desk.domain.errors import NotAllowed, WrongUsage
from warehouse_desk.domain.files import SeveralStatuses
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.sheets.errors import ColumnsMissing


def a_file(folder: Path, *lines: str, heading: str = "reference,date") -> Path:
    path = folder / "retours.csv"
    path.write_text("\n".join([heading, *lines]), "utf-8")
    return path


def test_each_row_is_answered_in_the_file_s_order(shop: Shop, tmp_path: Path) -> None:
    one, two = shop.orders_in(Status.SHIPPED, 2)
    new = shop.order_in(Status.NEW)
    done = shop.desk.files.by_file.mark(
        Action.RETURN, a_file(tmp_path, f"{two},", f"{new},", "ORD-99999,", f"{one.lower()},", f"{two},")
    )
    assert done.rows == (2, 3, 4, 5, 6)
    assert [result.outcome for result in done.answer.results] == [
        Outcome.DONE, Outcome.REFUSED, Outcome.UNKNOWN, Outcome.DONE, Outcome.ALREADY,
    ]  # fmt: skip
    assert str(done.answer.results[4].message) == f"{two} is already in row 2."
    assert [shop.status(each) for each in (one, two, new)] == [Status.RETURNED, Status.RETURNED, Status.NEW]
    assert done.answer.changes.order_ids == {shop.facts(one).id, shop.facts(two).id}
    assert shop.inspection() == 2


def test_the_day_of_a_row_wins_over_the_day_given(shop: Shop, tmp_path: Path) -> None:
    one, two = shop.orders_in(Status.SHIPPED, 2)
    shop.clock.advance(days=3)
    path = a_file(tmp_path, f"{one},03/03/2026", f"{two},")
    shop.desk.files.by_file.mark(Action.DELIVER, path, date(2026, 3, 4))
    assert shop.facts(one).delivered_on == date(2026, 3, 3)
    assert shop.facts(two).delivered_on == date(2026, 3, 4)
    assert shop.events(one)[-1]["source"] == "file"


def test_without_any_day_it_is_today(shop: Shop, tmp_path: Path) -> None:
    one = shop.order_in(Status.SHIPPED)
    shop.desk.files.by_file.mark(Action.DELIVER, a_file(tmp_path, one, heading="Référence"))
    assert shop.facts(one).delivered_on == TODAY


def test_a_row_with_no_readable_day_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    one = shop.order_in(Status.SHIPPED)
    done = shop.desk.files.by_file.mark(Action.RETURN, a_file(tmp_path, f"{one},hier"))
    assert [result.outcome for result in done.answer.results] == [Outcome.REFUSED]
    assert shop.status(one) is Status.SHIPPED


def test_one_order_under_two_codes_on_two_days_is_done_once(shop: Shop, tmp_path: Path) -> None:
    one = shop.order_in(Status.SHIPPED)
    run_sql(shop.database, f"UPDATE orders SET tracking_number = 'CTM-1' WHERE reference = '{one}'")
    shop.clock.advance(days=2)
    done = shop.desk.files.by_file.mark(Action.RETURN, a_file(tmp_path, f"{one},2026-03-03", "CTM-1,2026-03-04"))
    assert [result.outcome for result in done.answer.results] == [Outcome.DONE, Outcome.ALREADY]
    assert shop.facts(one).returned_on == date(2026, 3, 3)


def test_the_scanner_s_ability_is_wanted(shop: Shop, tmp_path: Path) -> None:
    one = shop.order_in(Status.SHIPPED)
    packer = shop.desk_of(abilities=ALL_ABILITIES - {Ability.RETURN})
    with pytest.raises(NotAllowed):
        packer.files.by_file.mark(Action.RETURN, a_file(tmp_path, one))


def test_a_file_without_references_is_refused_as_a_whole(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(ColumnsMissing, match="no column “reference”"):
        shop.desk.files.by_file.mark(Action.RETURN, a_file(tmp_path, "x", heading="quoi"))


ENDS = "reference,statut"


def test_a_file_whose_orders_ended_in_several_ways_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    one, two, three = shop.orders_in(Status.SHIPPED, 3)
    path = a_file(tmp_path, f"{one},Livré", f"{two},Refusé", f"{three},LIVRE", heading=ENDS)
    with pytest.raises(SeveralStatuses, match=r"Choose those that count.") as refusal:
        shop.desk.files.by_file.mark(Action.DELIVER, path)
    assert (refusal.value.field, refusal.value.statuses) == ("only_status", (("Livré", 2), ("Refusé", 1)))
    assert {shop.status(each) for each in (one, two, three)} == {Status.SHIPPED}


def test_only_rows_with_the_status_that_counts_are_carried_out(shop: Shop, tmp_path: Path) -> None:
    one, two, three = shop.orders_in(Status.SHIPPED, 3)
    path = a_file(tmp_path, f"{two},En cours", f"{one},Livré", f"{three},Refusé", f"{two},livré", heading=ENDS)
    done = shop.desk.files.by_file.mark(Action.DELIVER, path, only_status=["LIVRE"])
    assert (done.rows, done.left_out) == ((3, 5), (2, 4))
    assert [result.outcome for result in done.answer.results] == [Outcome.DONE, Outcome.DONE]
    assert [str(notice) for notice in done.answer.notices] == ["2 rows were ignored: their status does not count."]
    assert [shop.status(each) for each in (one, two, three)] == [Status.DELIVERED, Status.DELIVERED, Status.SHIPPED]


def test_a_column_of_one_status_needs_no_word(shop: Shop, tmp_path: Path) -> None:
    one = shop.order_in(Status.SHIPPED)
    done = shop.desk.files.by_file.mark(Action.DELIVER, a_file(tmp_path, f"{one},Livré", heading=ENDS))
    assert (done.answer.results[0].outcome, done.left_out) == (Outcome.DONE, ())


def test_a_status_column_may_be_called_anything(shop: Shop, tmp_path: Path) -> None:
    one, two = shop.orders_in(Status.SHIPPED, 2)
    path = a_file(tmp_path, f"{one},ok", f"{two},ko", heading="reference,Résultat")
    assert shop.desk.files.by_file.mark(Action.DELIVER, path, dry_run=True).answer.count(Outcome.DONE) == 2
    with pytest.raises(SeveralStatuses):
        shop.desk.files.by_file.mark(Action.DELIVER, path, status_column="resultat")
    shop.desk.files.by_file.mark(Action.DELIVER, path, status_column="Résultat", only_status=["ok"])
    assert [shop.status(one), shop.status(two)] == [Status.DELIVERED, Status.SHIPPED]
    with pytest.raises(ColumnsMissing, match="no column “Fin”"):
        shop.desk.files.by_file.mark(Action.DELIVER, path, status_column="Fin")


@pytest.mark.parametrize(
    ("heading", "field", "said"),
    [
        (ENDS, "only_status", "No row of retours.csv has the status Payé"),
        ("reference,note", "status_column", "of statuses"),
    ],
)
def test_a_status_that_no_row_has_is_refused(shop: Shop, tmp_path: Path, heading: str, field: str, said: str) -> None:
    one = shop.order_in(Status.SHIPPED)
    with pytest.raises(WrongUsage, match=said) as refusal:
        shop.desk.files.by_file.mark(
            Action.DELIVER, a_file(tmp_path, f"{one},Livré", heading=heading), only_status=["Payé"]
        )
    assert refusal.value.field == field


def test_a_dry_run_says_what_would_become_of_each_row(shop: Shop, tmp_path: Path) -> None:
    one, new = shop.order_in(Status.SHIPPED), shop.order_in(Status.NEW)
    before = everything(shop.database)
    path = a_file(tmp_path, f"{one},", f"{new},", "ORD-99999,")
    done = shop.desk.files.by_file.mark(Action.RETURN, path, dry_run=True)
    assert [result.outcome for result in done.answer.results] == [Outcome.DONE, Outcome.REFUSED, Outcome.UNKNOWN]
    assert not done.changes
    assert everything(shop.database) == before


def test_the_same_request_is_answered_with_what_the_first_did(shop: Shop, tmp_path: Path) -> None:
    one, two = shop.orders_in(Status.SHIPPED, 2)
    path = a_file(tmp_path, f"{one},Livré", f"{two},Refusé", heading=ENDS)
    asked = {"only_status": ["Livré"], "request_id": "monday"}
    first = shop.desk.files.by_file.mark(Action.DELIVER, path, **asked)  # type: ignore[arg-type]
    assert shop.desk.files.by_file.mark(Action.DELIVER, path, **asked) == first  # type: ignore[arg-type]
    assert len(shop.events(one)) == 4
