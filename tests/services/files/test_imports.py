"""Files of orders into the database: all of them or none, twice noticed, nothing left of an import cut short."""

import csv
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Shop, refuse_inserts, rows, run_sql
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.goods.ledger_check import ledger_differences
from warehouse_desk.data.tables import import_file, order_event, orders, outbox
from warehouse_desk.domain.errors import InvalidInput, NotAllowed, RuleViolation, StaleOrder, WrongUsage
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.status import Status
from warehouse_desk.services.context import Context
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.files import import_writing
from warehouse_desk.services.files.file_import import FileImport
from warehouse_desk.services.files.imports import Imported
from warehouse_desk.services.people.sign_in import sign_in
from warehouse_desk.sheets.errors import SheetError, Stopped
from warehouse_desk.sheets.headings import ORDER_HEADINGS

Row = Sequence[str]


def a_row(number: int = 1, **changed: str) -> list[str]:
    cells = {
        "full_name": f"Client {number}",
        "phone": f"06{number:08d}",
        "second_phone": "",
        "city": "Casablanca",
        "address": f"{number} rue des Fleurs",
        "skus": "ARGAN-50",
        "quantities": "2",
        "prices": "199.50",
        "total": "399",
        "notes": "",
    }
    return list({**cells, **changed}.values())


def a_file(folder: Path, *lines: Row, name: str = "commandes.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([ORDER_HEADINGS, *lines])
    return path


@pytest.fixture
def bring(shop: Shop) -> Callable[..., Imported]:
    """Read a file and store it, as a person without a second look does."""

    def work(path: Path, **how: Any) -> Imported:
        return shop.desk.files.imports.store(shop.desk.files.imports.read(path), **how)

    return work


def stored(shop: Shop) -> int:
    return shop.desk.orders.counts()[Status.NEW]


def test_every_row_of_a_clean_file_becomes_an_order(shop: Shop, bring: Callable[..., Imported], tmp_path: Path) -> None:
    two = a_row(2, skus="ARGAN-50|SAVON-N", quantities="1|3", prices="100|20", total="150", notes="Sonner\n2 fois")
    done = bring(a_file(tmp_path, a_row(1), two))
    detail = shop.desk.orders.show(done.references[1])
    assert (detail.full_name, detail.phone, detail.city, detail.total) == (
        "Client 2",
        "0600000002",
        "Casablanca",
        15000,
    )
    assert [(line.sku, line.quantity, line.price, line.total) for line in detail.lines] == [
        ("ARGAN-50", 1, 10_000, 10_000),
        ("SAVON-N", 3, 2_000, 6_000),
    ]
    assert (detail.notes, detail.city_id is not None, detail.is_fees_paid_by_customer) == (
        "Sonner\n2 fois",
        True,
        False,
    )


def test_an_imported_order_is_told_of_like_any_other_new_one(
    shop: Shop, bring: Callable[..., Imported], tmp_path: Path
) -> None:
    (reference,) = bring(a_file(tmp_path, a_row())).references
    (event,) = shop.events(reference)
    (operation,) = shop.operations(reference)
    assert (event["kind"], event["source"], event["status_after"], event["user_name"]) == (
        "create", "file", "NEW", "Salma",
    )  # fmt: skip
    assert (operation["kind"], operation["state"], operation["to_status"]) == ("create", "PENDING", "NEW")
    assert '"phone":"0600000001"' in operation["payload_json"]
    assert operation["content_hash"] == rows(shop.database, orders)[0]["content_hash"]
    assert [change["kind"] for change in shop.changes(reference)] == ["create"]
    assert shop.movements(reference) == [("COMMIT", 2)]
    assert shop.committed() == 2


def test_the_totals_agree_with_the_ledger_after_an_import(
    shop: Shop, bring: Callable[..., Imported], tmp_path: Path
) -> None:
    bring(a_file(tmp_path, *[a_row(number) for number in range(50)]))
    with shop.database.read() as uow:
        assert ledger_differences(uow) == []


def test_one_bad_row_keeps_all_rows_out(shop: Shop, bring: Callable[..., Imported], tmp_path: Path) -> None:
    path = a_file(tmp_path, a_row(1), a_row(2, skus="PERDU"), a_row(3))
    with pytest.raises(InvalidInput, match=r"1 row of 3 has an error. Row 3: There is no product PERDU") as refusal:
        bring(path)
    assert list(refusal.value.fields) == ["rows.3.skus"]
    assert stored(shop) == 0
    assert rows(shop.database, import_file) == []


def test_the_valid_rows_alone_come_in_when_asked(shop: Shop, bring: Callable[..., Imported], tmp_path: Path) -> None:
    done = bring(a_file(tmp_path, a_row(1), a_row(2, total="rien"), a_row(3)), valid_only=True)
    assert (len(done.references), done.rejected, done.known) == (2, 1, 0)
    assert stored(shop) == 2


def test_rejected_rows_are_fixed_and_imported_again(shop: Shop, bring: Callable[..., Imported], tmp_path: Path) -> None:
    read = shop.desk.files.imports.read(a_file(tmp_path, a_row(1), a_row(2, city="Casablnca")))
    rejects = tmp_path / "rejets.csv"
    assert read.preview.write_rejects(rejects) == 1
    shop.desk.files.imports.store(read, valid_only=True)
    assert "Perhaps Casablanca?" in rejects.read_text("utf-8-sig")
    fixed = rejects.read_text("utf-8-sig").replace("Casablnca,", "Casablanca,", 1)
    rejects.write_text(fixed, "utf-8")
    assert len(bring(rejects).references) == 1
    assert {row["full_name"] for row in rows(shop.database, orders)} == {"Client 1", "Client 2"}


def test_a_repair_counts_only_after_a_person_accepted_it(shop: Shop, tmp_path: Path) -> None:
    read = shop.desk.files.imports.read(a_file(tmp_path, a_row(1, phone="612345678")))
    with pytest.raises(InvalidInput, match="lost its leading 0"):
        shop.desk.files.imports.store(read)
    read.preview.accept(0, "phone")
    (reference,) = shop.desk.files.imports.store(read).references
    assert shop.desk.orders.show(reference).phone == "0612345678"


def test_who_shows_no_preview_may_accept_all_repairs_beforehand(shop: Shop, tmp_path: Path) -> None:
    path = a_file(tmp_path, a_row(1, phone="612345678"))
    (reference,) = shop.desk.files.imports.store(shop.desk.files.imports.read(path, accept_repairs=True)).references
    assert shop.desk.orders.show(reference).phone == "0612345678"


def test_a_profile_that_does_not_exist_is_named(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="no import profile “amana”") as refusal:
        shop.desk.files.imports.read(a_file(tmp_path, a_row()), profile="amana")
    assert refusal.value.field == "profile"


def test_both_numbers_of_a_cell_are_kept_and_found(shop: Shop, tmp_path: Path) -> None:
    path = a_file(tmp_path, a_row(1, phone="0612345678 / 0655443322"))
    read = shop.desk.files.imports.read(path, accept_repairs=True)
    assert read.preview.tally().warned == 1
    (reference,) = shop.desk.files.imports.store(read).references
    for number in ("0612345678", "0655443322"):
        assert [row.reference for row in shop.desk.orders.find(keyword=number, search_by="phone").rows] == [reference]


def test_the_same_file_twice_is_noticed_and_refused(shop: Shop, bring: Callable[..., Imported], tmp_path: Path) -> None:
    path = a_file(tmp_path, a_row())
    bring(path)
    shop.clock.advance(days=30)
    again = shop.desk.files.imports.read(path.rename(tmp_path / "autre nom.csv"))
    assert "by Salma (station Poste 1). Orders: 1." in str(again.notices[0])
    with pytest.raises(RuleViolation, match=r"Import it again only if that is what you want."):
        shop.desk.files.imports.store(again)
    assert len(shop.desk.files.imports.store(again, again=True).references) == 1


def test_an_order_of_the_last_two_days_is_noticed_in_another_file(
    shop: Shop, bring: Callable[..., Imported], tmp_path: Path
) -> None:
    (first,) = bring(a_file(tmp_path, a_row(1))).references
    read = shop.desk.files.imports.read(a_file(tmp_path, a_row(1, phone="+212600000001"), a_row(2), name="b.csv"))
    assert [str(p.message) for p in read.preview.rows[0].problems] == [f"The same order already exists: {first}."]
    with pytest.raises(RuleViolation, match=r"1 row is an order that exists already\. Row 2"):
        shop.desk.files.imports.store(read)
    done = shop.desk.files.imports.store(read, valid_only=True)
    assert (len(done.references), done.known, done.rejected) == (1, 1, 0)


def test_an_order_older_than_two_days_may_come_again(
    shop: Shop, bring: Callable[..., Imported], tmp_path: Path
) -> None:
    bring(a_file(tmp_path, a_row(1)))
    shop.clock.moment += timedelta(hours=49)
    assert len(bring(a_file(tmp_path, a_row(1), a_row(2), name="b.csv")).references) == 2


def test_a_row_fixed_into_an_order_that_exists_is_noticed(
    shop: Shop, bring: Callable[..., Imported], tmp_path: Path
) -> None:
    bring(a_file(tmp_path, a_row(1)))
    read = shop.desk.files.imports.read(a_file(tmp_path, a_row(1, total="39x"), name="b.csv"))
    read.preview.fix(0, "total", "399")
    with pytest.raises(RuleViolation, match="exists already"):
        shop.desk.files.imports.store(read)


def test_a_file_that_another_station_imported_meanwhile_is_refused(shop: Shop, tmp_path: Path) -> None:
    path = a_file(tmp_path, a_row())
    mine = shop.desk.files.imports.read(path)
    theirs = shop.desk_of("Hamid", "Poste 2").files.imports
    theirs.store(theirs.read(path))
    with pytest.raises(StaleOrder, match="by another station meanwhile"):
        shop.desk.files.imports.store(mine)
    assert stored(shop) == 1


def test_a_product_withdrawn_since_the_preview_keeps_the_file_out(shop: Shop, tmp_path: Path) -> None:
    read = shop.desk.files.imports.read(a_file(tmp_path, a_row()))
    run_sql(shop.database, "UPDATE product SET active = FALSE")
    with pytest.raises(InvalidInput, match="ARGAN-50 is no longer an active product"):
        shop.desk.files.imports.store(read)
    assert stored(shop) == 0


def test_the_shared_setting_says_who_pays_the_fees(shop: Shop, bring: Callable[..., Imported], tmp_path: Path) -> None:
    shop.desk.settings.change({"import_fees_paid_by_customer": "on"})
    (reference,) = bring(a_file(tmp_path, a_row())).references
    assert shop.desk.orders.show(reference).is_fees_paid_by_customer


def test_cancelling_half_way_leaves_nothing(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_writing, "_BATCH", 5)
    read = shop.desk.files.imports.read(a_file(tmp_path, *[a_row(number) for number in range(20)]))
    done: list[int] = []
    with pytest.raises(Stopped):
        shop.desk.files.imports.store(
            read, progress=lambda n, _: done.append(n), cancelled=lambda: bool(done and done[-1] >= 10)
        )
    assert done == [5, 10]
    nothing_is_there(shop.database)
    assert shop.create() == ("ORD-00001",)


def test_a_failing_database_half_way_leaves_nothing(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = shop.desk.files.imports.read(a_file(tmp_path, *[a_row(number) for number in range(20)]))
    refuse_inserts(shop.database, "change_log")
    with pytest.raises(Exception, match="broken"):
        shop.desk.files.imports.store(read)
    nothing_is_there(shop.database)


def store_and_die(url: str, path: Path) -> None:
    """Import a file in a process of its own that is killed after the second batch."""
    database = Database(url)
    import_writing._BATCH = 5
    orders_in = Desk(Context(database, sign_in(database, "Poste 2", "Hamid", None, Source.DESK))).files.imports

    def die(done: int, _total: int) -> None:
        if done >= 10:
            os.kill(os.getpid(), signal.SIGKILL)

    orders_in.store(orders_in.read(path), progress=die)


def test_a_program_killed_half_way_leaves_nothing(shop: Shop, database_url: str, tmp_path: Path) -> None:
    path = a_file(tmp_path, *[a_row(number) for number in range(20)])
    process = multiprocessing.get_context("spawn").Process(target=store_and_die, args=(database_url, path))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    nothing_is_there(shop.database)
    assert shop.create() == ("ORD-00001",)


def nothing_is_there(database: Database) -> None:
    for table in (orders, order_event, outbox, import_file):
        assert rows(database, table) == []


def test_only_a_role_that_may_import_does(shop: Shop, tmp_path: Path) -> None:
    packer = shop.desk_of(abilities=ALL_ABILITIES - {Ability.IMPORT})
    with pytest.raises(NotAllowed):
        packer.files.imports.read(a_file(tmp_path, a_row()))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 torn", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"full_name,phone\n1,2\n"]
)
def test_a_hostile_file_is_a_sentence(shop: Shop, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "commandes.xlsx"
    path.write_bytes(content)
    with pytest.raises(SheetError) as refusal:
        shop.desk.files.imports.read(path)
    assert "commandes.xlsx" in str(refusal.value)


def test_a_read_file_counts_what_it_holds(shop: Shop, tmp_path: Path) -> None:
    read: FileImport = shop.desk.files.imports.read(a_file(tmp_path, a_row(1), a_row(2, city="Atlantis")))
    assert (read.preview.tally().valid, read.preview.tally().errors) == (1, 1)


def test_two_equal_rows_of_one_file_are_held_back_until_they_are_accepted(shop: Shop, tmp_path: Path) -> None:
    read = shop.desk.files.imports.read(a_file(tmp_path, a_row(1), a_row(1, full_name="A. Bennani"), a_row(2)))
    assert read.known_rows == [1]
    with pytest.raises(RuleViolation, match=r"Row 3: The same order is in row 2"):
        shop.desk.files.imports.store(read)
    done = shop.desk.files.imports.store(read, accept_twins=True)
    assert (len(done.references), done.known) == (3, 0)
    twins = shop.desk.orders.find(OrderFilter(twins=True)).rows
    assert [(row.reference, row.twin_of) for row in twins] == [(done.references[1], done.references[0])]


def test_a_twin_is_accepted_row_by_row(shop: Shop, tmp_path: Path) -> None:
    read = shop.desk.files.imports.read(a_file(tmp_path, a_row(1), a_row(1), a_row(2), a_row(2)))
    assert read.known_rows == [1, 3]
    read.preview.mean(3)
    with pytest.raises(RuleViolation, match=r"Row 3: The same order is in row 2"):
        shop.desk.files.imports.store(read)
    done = shop.desk.files.imports.store(read, valid_only=True)
    assert (len(done.references), done.rejected, done.known) == (3, 0, 1)
    (twin,) = shop.desk.orders.find(OrderFilter(twins=True)).rows
    assert (twin.reference, twin.twin_of) == (done.references[2], done.references[1])


def test_a_request_is_another_one_where_another_twin_is_meant(shop: Shop, tmp_path: Path) -> None:
    read = shop.desk.files.imports.read(a_file(tmp_path, a_row(1), a_row(1)))
    shop.desk.files.imports.store(read, valid_only=True)
    read.preview.mean(1)
    with pytest.raises(RuleViolation, match="was something else and is done"):
        shop.desk.files.imports.store(read, valid_only=True)


def test_a_twin_that_came_between_reading_and_storing_is_marked(shop: Shop, tmp_path: Path) -> None:
    before = shop.desk.files.imports.read(a_file(tmp_path, a_row(1)))
    (first,) = shop.desk.files.imports.store(
        shop.desk.files.imports.read(a_file(tmp_path, a_row(1, notes="urgent"), name="b.csv"))
    ).references
    done = shop.desk.files.imports.store(before)
    (twin,) = shop.desk.orders.find(OrderFilter(twins=True)).rows
    assert (twin.reference, twin.twin_of) == (done.references[0], first)
