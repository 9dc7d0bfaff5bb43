"""A person goes through the preview: accepts, refuses, fixes, and only then imports."""

from pathlib import Path

import pytest

from tests.sheets.corpus.making import CITIES, SKUS, book, row
from warehouse_desk.common.messages import msg
from warehouse_desk.sheets.drafts import DraftLine, Severity, order_hash
from warehouse_desk.sheets.importing import read_orders
from warehouse_desk.sheets.preview import ImportPreview, Tally


def _preview(tmp_path: Path, *rows: tuple[object, ...]) -> ImportPreview:
    book(*rows)(tmp_path / "orders.xlsx")
    return read_orders(tmp_path / "orders.xlsx", known_skus=SKUS, cities=CITIES)


def test_a_good_row_is_an_order_with_exact_money(tmp_path: Path) -> None:
    two = row(skus="PROD-001|PROD-002", quantities="2|1", prices="99,95|0,10", total=200)
    preview = _preview(tmp_path, row(skus="PROD-001|PROD-002", quantities="2|1", prices="99,95|1,10", total=201), two)
    order = preview.rows[0].draft
    assert order is not None
    assert order.lines == (DraftLine("PROD-001", 2, 9_995), DraftLine("PROD-002", 1, 110))
    assert order.total == 20_100
    assert preview.rows[0].problems == ()
    assert preview.rows[1].draft is None  # ten centimes is below the least price


def test_a_repair_waits_until_it_is_accepted(tmp_path: Path) -> None:
    preview = _preview(tmp_path, row(phone=612345678))
    assert list(preview.valid_rows()) == []
    accepted = preview.accept(0, "phone")
    assert accepted.draft is not None
    assert accepted.draft.phone == "0612345678"
    assert [(p.severity, p.accepted) for p in accepted.problems] == [(Severity.REPAIR, True)]
    assert accepted.raw[1] == 612345678.0


def test_a_refused_phone_repair_keeps_the_number_as_written(tmp_path: Path) -> None:
    refused = _preview(tmp_path, row(phone=612345678)).refuse(0, "phone")
    assert refused.draft is not None
    assert refused.draft.phone == "612345678"
    assert [(p.severity, p.accepted) for p in refused.problems] == [(Severity.WARNING, False)]


def test_a_refused_list_repair_is_an_error(tmp_path: Path) -> None:
    preview = _preview(tmp_path, row(skus="PROD-001,PROD-002", quantities=1.2, prices="100|50", total=200))
    refused = preview.refuse(0, "quantities")
    assert refused.draft is None
    assert [p.severity for p in refused.problems] == [Severity.ERROR]
    fixed = preview.fix(0, "quantities", "1|2")
    assert fixed.problems == ()
    assert fixed.is_valid


def test_one_accepted_repair_may_uncover_another(tmp_path: Path) -> None:
    preview = _preview(tmp_path, row(skus="123,PROD-002", quantities=1.2, prices="100|50", total=200, phone=612345678))
    assert preview.accept_all(["skus", "quantities"]) == 2
    assert preview.tally() == Tally(clean=0, warned=0, repairs=1, errors=0)
    assert preview.accept_all() == 1
    assert preview.tally().valid == 1


def test_a_fix_judges_only_its_row_and_can_be_taken_back(tmp_path: Path) -> None:
    preview = _preview(tmp_path, row(), row(city="Paris", full_name="Ali"))
    other = preview.rows[0]
    assert preview.fix(1, "city", "rabat").is_valid
    assert preview.cells(1)[3] == "rabat"
    assert preview.rows[0] is other
    assert not preview.restore(1).is_valid
    assert preview.cells(1)[3] == "Paris"


def test_a_row_fixed_into_another_order_is_no_longer_a_twin(tmp_path: Path) -> None:
    preview = _preview(tmp_path, row(), row(), row())
    assert [len(r.problems) for r in preview.rows] == [0, 1, 1]
    phone = preview.cells(1)[1]
    assert preview.fix(1, "phone", "0699999999").problems == ()
    assert [str(p.message) for p in preview.fix(1, "phone", str(phone)).problems] == ["The same order is in row 2."]


def test_a_twin_waits_for_a_word_of_its_own(tmp_path: Path) -> None:
    preview = _preview(tmp_path, row(), row(), row())
    preview.mark(2, msg("The same order already exists: ORD-00001."))
    assert [preview.is_held_back(index) for index in range(3)] == [False, True, True]
    meant = preview.mean(2)
    assert [(str(p.message), p.accepted) for p in meant.problems] == [
        ("The same order is in row 2.", True),
        ("The same order already exists: ORD-00001.", True),
    ]
    assert ([preview.is_held_back(index) for index in range(3)], preview.meant_rows) == ([False, True, False], [2])
    assert preview.tally() == Tally(clean=1, warned=2, repairs=0, errors=0)
    for index in (0, 2):
        with pytest.raises(LookupError, match="is not held back"):
            preview.mean(index)
    preview.restore(2)
    assert (preview.is_held_back(2), preview.meant_rows) == (True, [])


def test_what_was_said_of_a_twin_is_said_of_this_order_only(tmp_path: Path) -> None:
    preview = _preview(tmp_path, row(), row())
    phone = str(preview.cells(1)[1])
    preview.mean(1)
    preview.fix(1, "phone", "0699999999")
    assert preview.meant_rows == []
    back = preview.fix(1, "phone", phone)
    assert (preview.meant_rows, [p.accepted for p in back.problems]) == ([1], [True])
    preview.mark(1, msg("The same order already exists: ORD-00001."))
    assert preview.is_held_back(1)  # nobody has seen this reason yet


def test_asking_for_a_repair_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    preview = _preview(tmp_path, row())
    with pytest.raises(LookupError, match="row 2 has no open repair in 'phone'"):
        preview.accept(0, "phone")
    with pytest.raises(KeyError, match="colour"):
        preview.fix(0, "colour", "red")


def test_the_same_file_has_the_same_fingerprint(tmp_path: Path) -> None:
    first = _preview(tmp_path, row()).source.sha256
    assert read_orders(tmp_path / "orders.xlsx", known_skus=SKUS, cities=CITIES).source.sha256 == first
    (tmp_path / "orders.xlsx").rename(tmp_path / "copy.xlsx")
    assert read_orders(tmp_path / "copy.xlsx", known_skus=SKUS, cities=CITIES).source.sha256 == first


def test_the_fingerprint_of_an_order_ignores_how_it_is_written(tmp_path: Path) -> None:
    preview = _preview(
        tmp_path,
        row(skus="PROD-001|PROD-002", quantities="1|2", prices="10|20", phone="00212 6 12-34-56-78"),
        row(skus="PROD-002;PROD-001", quantities="2;1", prices="20;10", full_name="AMINA BÉNNANI"),
        row(skus="PROD-001|PROD-002", quantities="1|2", prices="10|20", address="elsewhere"),
    )
    prints = [order_hash(order) for order in preview.valid_rows()]
    assert prints[0] == prints[1] != prints[2]


def test_a_sheet_with_no_cities_known_takes_any_city(tmp_path: Path) -> None:
    book(row(city="Paris"))(tmp_path / "orders.xlsx")
    preview = read_orders(tmp_path / "orders.xlsx", known_skus=SKUS.get, cities={})
    assert [order.city for order in preview.valid_rows()] == ["Paris"]


def test_progress_and_the_number_of_rows(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    book(*[row(full_name=f"Client {n}") for n in range(2_500)])(tmp_path / "orders.xlsx")
    preview = read_orders(
        tmp_path / "orders.xlsx", known_skus=SKUS, cities=CITIES, progress=lambda *done: seen.append(done)
    )
    assert len(preview.rows) == 2_500
    assert seen == [(2_000, 2_501), (2_501, 2_501)]
