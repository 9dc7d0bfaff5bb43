"""The label of a deleted order comes by once more: every entrance says that it was deleted, when and by whom."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import TODAY, Shop
from warehouse_desk.domain.errors import NotFound
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.modes import SCAN_MODES, ModeName
from warehouse_desk.domain.status import Status
from warehouse_desk.services.paper.labels import LabelSettings

SENTENCE = "ORD-00001 was deleted"


@pytest.fixture
def gone(shop: Shop) -> str:
    """An order with a printed label that Karim deleted at another station."""
    reference = shop.create()[0]
    shop.desk.paper.labels.make([reference], LabelSettings())
    shop.done(Action.CANCEL, reference)
    shop.desk_of("Karim", "Poste 7").orders.act(Action.DELETE, [reference])
    return reference


@pytest.mark.parametrize("mode", sorted(set(SCAN_MODES) - {ModeName.RESTOCK}))
def test_the_scanner_says_who_deleted_the_order_whatever_its_mode(shop: Shop, gone: str, mode: ModeName) -> None:
    person = None if mode is ModeName.HAND_OVER else shop.person
    answer = shop.desk.scanning.scan(mode, gone, shop.options(person_id=person))
    assert_told(answer)
    assert "Karim (station Poste 7)" in str(answer.message)


def a_step(shop: Shop, gone: str, _folder: Path) -> ActionResult:
    return shop.desk.orders.act(Action.PACK, [gone]).results[0]


def an_undo(shop: Shop, gone: str, _folder: Path) -> ActionResult:
    return shop.desk.orders.undo([gone]).results[0]


def a_label(shop: Shop, gone: str, _folder: Path) -> ActionResult:
    return shop.desk.paper.labels.make([gone], LabelSettings()).answer.results[0]


def a_sheet(shop: Shop, gone: str, _folder: Path) -> ActionResult:
    return shop.desk.paper.hand_overs.collect(company_id=shop.company, keys=[gone]).answer.results[0]


def a_status(shop: Shop, gone: str, _folder: Path) -> ActionResult:
    return shop.desk.orders.update_entries({"reference": gone, "status": "PACKED"}).results[0]


def details(shop: Shop, gone: str, _folder: Path) -> ActionResult:
    line = {"id": shop.products["ARGAN-50"], "quantity": 1, "total": 399}
    body = {"full_name": "Amal", "phone": "0612345678", "address": "Rue 4", "city_to_id": 1, "products": [line]}
    return shop.desk.orders.update_entries({"reference": gone, **body}).results[0]


def a_row(shop: Shop, gone: str, folder: Path) -> ActionResult:
    file = folder / "returned.csv"
    file.write_text(f"reference\n{gone}\n", encoding="utf-8")
    return shop.desk.files.by_file.mark(Action.RETURN, file, TODAY).answer.results[0]


@pytest.mark.parametrize("ask", [a_step, an_undo, a_label, a_sheet, a_status, details, a_row])
def test_steps_paper_and_files_say_it_too(
    shop: Shop, gone: str, tmp_path: Path, ask: Callable[[Shop, str, Path], ActionResult]
) -> None:
    assert_told(ask(shop, gone, tmp_path))


def test_details_and_slips_say_it_too(shop: Shop, gone: str) -> None:
    with pytest.raises(NotFound, match=SENTENCE):
        shop.desk.orders.show(gone)
    living = shop.order_in(Status.PACKED)
    (missing,) = shop.desk.paper.slips.make([living, gone]).left_out
    assert str(missing).startswith(SENTENCE)


def assert_told(answer: ActionResult) -> None:
    assert (answer.outcome, answer.status_after) == (Outcome.UNKNOWN, None)
    assert str(answer.message).startswith(SENTENCE)
