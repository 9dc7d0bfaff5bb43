"""Label PDFs are removed when they are old; who printed what is not."""

import pytest

from tests.builders import Shop, rows
from warehouse_desk.data.tables import label_file, label_print, label_run
from warehouse_desk.domain.errors import InvalidInput, NotAllowed, NotFound
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.paper import label_files
from warehouse_desk.services.paper.labels import LabelSettings


def a_run(shop: Shop) -> tuple[str, int]:
    """Return an order with its label, and the number of the run."""
    reference = shop.order_in(Status.NEW)
    made = shop.desk.paper.labels.make([reference], LabelSettings())
    assert made.run_id is not None
    return reference, made.run_id


def test_a_file_goes_after_ninety_days_and_its_run_stays(shop: Shop) -> None:
    reference, old = a_run(shop)
    shop.clock.advance(days=60)
    _, young = a_run(shop)
    shop.clock.advance(days=29)
    assert shop.desk.paper.label_files.remove_old() == 0
    shop.clock.advance(days=2)
    assert shop.desk.paper.label_files.remove_old() == 1
    assert [row["run_id"] for row in rows(shop.database, label_file)] == [young]
    assert [(run.id, run.kept) for run in shop.desk.paper.label_runs.newest()] == [(young, True), (old, False)]
    assert len(rows(shop.database, label_run)) == len(rows(shop.database, label_print)) == 2
    assert [each.run_id for each in shop.desk.paper.label_runs.prints_of(reference)] == [old]


def test_a_label_whose_file_is_gone_is_printed_again_for_a_reason(shop: Shop) -> None:
    reference, number = a_run(shop)
    shop.clock.advance(days=91)
    shop.desk.paper.label_files.remove_old()
    with pytest.raises(
        NotFound,
        match=f"The file of print job {number} is no longer kept. Print the labels of its orders again with a reason.",
    ):
        shop.desk.paper.label_runs.pdf(number)
    again = shop.desk.paper.labels.make([reference], LabelSettings(reprint_reason="Retour au dépôt"))
    assert [result.outcome for result in again.answer.results] == [Outcome.DONE]
    assert again.pdf == shop.desk.paper.label_runs.pdf(again.run_id or 0)


def test_how_long_is_a_shared_setting_and_zero_is_for_ever(shop: Shop) -> None:
    a_run(shop)
    shop.clock.advance(days=500)
    shop.desk.settings.change({"keep_label_files_days": "0"})
    assert shop.desk.paper.label_files.remove_old() == 0
    shop.desk.settings.change({"keep_label_files_days": "501"})
    assert shop.desk.paper.label_files.remove_old() == 0
    shop.desk.settings.change({"keep_label_files_days": "30"})
    assert shop.desk.settings.values()["keep_label_files_days"] == 30
    assert shop.desk.paper.label_files.remove_old() == 1


@pytest.mark.parametrize("value", ["-1", "4000", "a month", "١٠", ""])
def test_a_number_of_days_that_makes_no_sense_is_refused(shop: Shop, value: str) -> None:
    with pytest.raises(InvalidInput) as told:
        shop.desk.settings.change({"keep_label_files_days": value})
    assert str(told.value.fields["keep_label_files_days"]) == "Write a whole number from 0 to 3650."


def test_only_who_manages_settings_changes_it(shop: Shop) -> None:
    desk = shop.desk_of(abilities=ALL_ABILITIES - {Ability.MANAGE_SETTINGS})
    with pytest.raises(NotAllowed):
        desk.settings.change({"keep_label_files_days": "1"})


def test_many_files_go_little_by_little(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_files, "MOST_AT_ONCE", 7)
    numbers = [a_run(shop)[1] for _ in range(9)]
    shop.clock.advance(days=91)
    assert shop.desk.paper.label_files.remove_old() == 7
    assert [row["run_id"] for row in rows(shop.database, label_file)] == numbers[7:]
    assert shop.desk.paper.label_files.remove_old() == 2
    assert shop.desk.paper.label_files.remove_old() == 0
