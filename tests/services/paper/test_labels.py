"""Labels: what moves, what is stored, what is refused, and what two stations at once make of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest

from tests.builders import Shop, a_desk, an_order_body, everything, refuse_inserts, rows
from tests.documents.paper import pages, said, scanned
from tests.documents.zebra import printed
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.tables import label_fetch, label_print, label_run
from warehouse_desk.domain.errors import DeskError, NotAllowed, NotFound, WrongUsage
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.phone import readable_phone
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.orders.steps import judge_and_write
from warehouse_desk.services.paper.labels import LabelSettings, LabelsMade

PLAIN = LabelSettings()


def scans(pdf: bytes) -> list[str]:
    return [code for page in pages(pdf) for code in scanned(page)]


def outcomes(made: LabelsMade) -> list[Outcome]:
    return [result.outcome for result in made.answer.results]


def test_new_orders_are_packed_and_their_labels_scan(shop: Shop) -> None:
    references = shop.orders_in(Status.NEW, 3)
    made = shop.desk.paper.labels.make(references, PLAIN)
    assert outcomes(made) == [Outcome.DONE] * 3
    assert [shop.status(reference) for reference in references] == [Status.PACKED] * 3
    assert scans(made.pdf) == list(references)


@pytest.mark.parametrize("phone", ["612345678", "2120612345678", "0612345678 / 0655443322", "+33612345678", "0612"])
def test_a_label_prints_the_phone_that_the_list_shows(shop: Shop, phone: str) -> None:
    (reference,) = shop.create(an_order_body(phone=phone, second_phone="522334455"))
    (row,) = shop.desk.orders.find().rows
    printed_text = said(shop.desk.paper.labels.make([reference], PLAIN).pdf)
    assert readable_phone(row.phone) in printed_text
    assert "05 22 33 44 55" in printed_text


def test_the_stored_file_is_taken_out_again_as_it_was_and_that_is_noted(shop: Shop) -> None:
    made = shop.desk.paper.labels.make(shop.orders_in(Status.NEW, 2), PLAIN)
    assert made.run_id is not None
    assert shop.desk_of("Karim", "Poste 2").paper.label_runs.pdf(made.run_id) == made.pdf
    run = shop.desk.paper.label_runs.newest()[0]
    assert (run.id, run.labels, run.size, run.fetches) == (made.run_id, 2, len(made.pdf), 1)
    assert rows(shop.database, label_fetch)[0]["user_name"] == "Karim"


def test_an_order_packed_by_the_scanner_gets_its_first_label_without_a_reason(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    made = shop.desk.paper.labels.make([reference], PLAIN)
    assert outcomes(made) == [Outcome.DONE]
    assert shop.status(reference) is Status.PACKED
    assert "RÉIMPRESSION" not in said(made.pdf)


def test_a_second_label_without_a_reason_names_who_made_the_first(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    shop.desk_of("Karim", "Poste 2").paper.labels.make([reference], PLAIN)
    again = shop.desk.paper.labels.make([reference], PLAIN)
    assert outcomes(again) == [Outcome.ALREADY]
    assert again.run_id is None
    sentence = str(again.answer.results[0].message)
    assert "Karim" in sentence
    assert "Poste 2" in sentence
    assert shop.facts(reference).label_count == 1


@pytest.mark.parametrize("status", [Status.PACKED, Status.WAITING, Status.SHIPPED])
def test_a_reprint_keeps_the_status_and_is_marked_and_logged(shop: Shop, status: Status) -> None:
    reference = shop.order_in(status)
    first = shop.desk.paper.labels.make([reference], PLAIN)
    shop.clock.advance(minutes=9)
    desk = shop.desk_of("Karim", "Poste 2")
    again = desk.paper.labels.make([reference], LabelSettings(reprint_reason="Étiquette déchirée"))
    assert outcomes(again) == [Outcome.DONE]
    assert shop.status(reference) is status
    assert "RÉIMPRESSION" not in said(first.pdf)
    assert "RÉIMPRESSION" in said(again.pdf)
    assert scans(again.pdf) == [reference]
    event = shop.events(reference)[-1]
    assert (event["kind"], event["user_name"], event["reason"]) == ("labels", "Karim", "Étiquette déchirée")
    assert event["status_before"] == event["status_after"]
    prints = shop.desk.paper.label_runs.prints_of(reference)
    assert [(each.copy, each.station_name, each.reason) for each in prints] == [
        (1, "Poste 1", None),
        (2, "Poste 2", "Étiquette déchirée"),
    ]


def test_a_reprint_tells_the_server_nothing(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    shop.desk.paper.labels.make([reference], PLAIN)
    before = shop.operations(reference)
    shop.desk.paper.labels.make([reference], LabelSettings(reprint_reason="Imprimante bloquée"))
    assert shop.operations(reference) == before


def test_each_order_is_judged_alone(shop: Shop) -> None:
    good, held, canceled = shop.order_in(Status.NEW), shop.order_in(Status.NEW), shop.order_in(Status.CANCELED)
    shop.done(Action.HOLD, held)
    made = shop.desk.paper.labels.make([held, good, "ORD-99999", good, canceled], PLAIN)
    assert outcomes(made) == [Outcome.REFUSED, Outcome.DONE, Outcome.UNKNOWN, Outcome.ALREADY, Outcome.REFUSED]
    assert scans(made.pdf) == [good]
    assert shop.status(held) is Status.NEW


def test_what_cannot_scan_on_the_stock_is_refused_before_anything_moves(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = shop.order_in(Status.NEW)
    monkeypatch.setattr("warehouse_desk.documents.code128._SMALLEST_MM", 2.0)
    made = shop.desk.paper.labels.make([reference], LabelSettings(stock="80-roll"))
    assert outcomes(made) == [Outcome.REFUSED]
    assert "does not fit as a barcode" in str(made.answer.results[0].message)
    assert shop.status(reference) is Status.NEW


def test_an_undone_label_stays_counted_because_the_paper_is_out(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    shop.desk.paper.labels.make([reference], PLAIN)
    shop.done(Action.UNDO, reference)
    assert shop.status(reference) is Status.NEW
    asked = shop.desk.paper.labels.make([reference], PLAIN)
    assert outcomes(asked) == [Outcome.REFUSED]  # it is not packed: no calm answer
    assert "Enter a reason to print it again" in str(asked.answer.results[0].message)
    again = shop.desk.paper.labels.make([reference], LabelSettings(reprint_reason="Annulé par erreur"))
    assert outcomes(again) == [Outcome.DONE]
    assert shop.status(reference) is Status.PACKED


def test_a_renewed_order_gets_a_first_label_again(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    shop.desk.paper.labels.make([reference], PLAIN)
    shop.done(Action.CANCEL, reference)
    shop.done(Action.RENEW, reference)
    assert outcomes(shop.desk.paper.labels.make([reference], PLAIN)) == [Outcome.DONE]


def test_labels_after_a_shortage_continue_the_count(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    shop.desk.paper.labels.make([reference], PLAIN)
    shop.done(Action.OUT_OF_STOCK, reference)
    shop.done(Action.BACK_IN_STOCK, reference)
    assert outcomes(shop.desk.paper.labels.make([reference], PLAIN)) == [Outcome.DONE]
    assert [each.copy for each in shop.desk.paper.label_runs.prints_of(reference)] == [1, 2]


def test_cancelling_leaves_nothing(shop: Shop) -> None:
    references = shop.orders_in(Status.NEW, 5)
    before = everything(shop.database)
    heard: list[int] = []
    made = shop.desk.paper.labels.make(
        references,
        PLAIN,
        progress=lambda done, _total: heard.append(done),
        cancelled=lambda: len(heard) >= 2,
    )
    assert made.cancelled
    assert made.run_id is None
    assert heard == [1, 2]
    assert everything(shop.database) == before


def test_a_disk_that_fails_while_the_file_is_stored_leaves_nothing(shop: Shop) -> None:
    references = shop.orders_in(Status.NEW, 2)
    refuse_inserts(shop.database, "label_file")
    before = everything(shop.database)
    with pytest.raises(Exception, match="broken"):
        shop.desk.paper.labels.make(references, PLAIN)
    assert everything(shop.database) == before


def test_two_stations_print_each_of_the_same_hundred_orders_once(shop: Shop, database_url: str) -> None:
    references = shop.orders_in(Status.NEW, 100)
    databases = [Database(database_url), Database(database_url)]
    together = Barrier(2)

    def at(place: int) -> LabelsMade:
        desk = a_desk(databases[place], station=f"Poste {place + 1}", user=f"Agent {place + 1}")
        keys = references if place else references[::-1]
        together.wait()
        return desk.paper.labels.make(keys, PLAIN)

    try:
        with ThreadPoolExecutor(2) as stations:
            made = list(stations.map(at, range(2)))
    finally:
        for database in databases:
            database.close()
    printed = [code for each in made if each.pdf for code in scans(each.pdf)]
    assert sorted(printed) == sorted(references)
    assert len(rows(shop.database, label_print)) == 100
    assert {shop.status(reference) for reference in references} == {Status.PACKED}
    answers = sorted(outcome for each in made for outcome in outcomes(each))
    assert answers == [Outcome.ALREADY] * 100 + [Outcome.DONE] * 100


def test_an_order_that_changes_while_it_is_drawn_is_drawn_anew(shop: Shop) -> None:
    kept, edited, canceled = shop.orders_in(Status.NEW, 3)
    rabat = next(city.id for city in shop.desk.directories.cities() if city.name == "Rabat")
    line = {"id": shop.products["ARGAN-50"], "quantity": 1, "total": 399}
    body = an_order_body(city_to_id=rabat, products=[line])
    changes: Iterator[Callable[[], object]] = iter(
        [lambda: shop.desk.orders.update(edited, body), lambda: shop.done(Action.CANCEL, canceled)]
    )

    def meanwhile(done: int, _total: int) -> None:
        if done == 1:
            next(changes, lambda: None)()

    made = shop.desk.paper.labels.make([kept, edited, canceled], PLAIN, progress=meanwhile)
    assert outcomes(made) == [Outcome.DONE, Outcome.DONE, Outcome.REFUSED]
    assert scans(made.pdf) == [kept, edited]
    assert "RABAT" in said(made.pdf, page=1)
    assert shop.status(canceled) is Status.CANCELED


def test_other_stations_that_never_stop_are_given_up_on(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)

    def hold_and_release() -> None:
        shop.done(Action.HOLD, reference)
        shop.done(Action.RELEASE, reference)

    with pytest.raises(DeskError, match="keep changing"):
        shop.desk.paper.labels.make(
            [reference],
            PLAIN,
            progress=lambda _done, _total: hold_and_release(),
        )
    assert shop.status(reference) is Status.NEW
    assert rows(shop.database, label_run) == []


def test_the_sender_of_the_shared_settings_stands_on_the_label(shop: Shop) -> None:
    shop.desk.settings.change({"sender_name": "Atlas Cosmétiques"})
    made = shop.desk.paper.labels.make([shop.order_in(Status.NEW)], PLAIN)
    assert "Atlas Cosmétiques" in said(made.pdf)


def test_the_same_labels_go_to_a_zebra_printer(shop: Shop) -> None:
    references = shop.orders_in(Status.NEW, 2)
    made = shop.desk.paper.labels.make(references, PLAIN)
    assert made.run_id is not None
    labels = [image for label in shop.desk.paper.label_runs.zpl_labels(made.run_id) for image in printed(label)]
    assert [code for label in labels for code in scanned(label)] == list(references)


def test_sheets_begin_at_the_first_free_label(shop: Shop) -> None:
    references = shop.orders_in(Status.NEW, 4)
    made = shop.desk.paper.labels.make(references, LabelSettings(stock="a4-4up", start=4))
    assert scans(made.pdf) == list(references)
    assert len(list(pages(made.pdf))) == 2


def test_a_worker_without_the_ability_makes_and_takes_nothing(shop: Shop) -> None:
    made = shop.desk.paper.labels.make([shop.order_in(Status.NEW)], PLAIN)
    desk = shop.desk_of(abilities=ALL_ABILITIES - {Ability.LABELS})
    with pytest.raises(NotAllowed):
        desk.paper.labels.make([shop.order_in(Status.NEW)], PLAIN)
    with pytest.raises(NotAllowed):
        desk.paper.label_runs.pdf(made.run_id or 0)


@pytest.mark.parametrize("wish", [LabelSettings(stock="papyrus"), LabelSettings(stock="a4-4up", start=5)])
def test_a_wish_that_no_printer_can_fulfil_is_refused_with_nothing_done(shop: Shop, wish: LabelSettings) -> None:
    reference = shop.order_in(Status.NEW)
    with pytest.raises(DeskError):
        shop.desk.paper.labels.make([reference], wish)
    assert shop.status(reference) is Status.NEW


def test_no_orders_and_no_such_run_are_told_plainly(shop: Shop) -> None:
    with pytest.raises(WrongUsage, match=r"No order is selected. Select orders, or enter their references."):
        shop.desk.paper.labels.make([], PLAIN)
    with pytest.raises(NotFound, match=r"There is no print job 77. List the print jobs to see their numbers."):
        shop.desk.paper.label_runs.pdf(77)


def test_the_runs_of_one_order_are_found(shop: Shop) -> None:
    one, other = shop.orders_in(Status.NEW, 2)
    first = shop.desk.paper.labels.make([one], PLAIN)
    shop.desk.paper.labels.make([other], PLAIN)
    assert [run.id for run in shop.desk.paper.label_runs.newest(key=one)] == [first.run_id]


def test_a_thousand_labels_tell_their_progress_and_read_in_a_few_statements(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = [an_order_body(full_name=f"Client {n} محمد") for n in range(1_000)]
    references = shop.create(*bodies)
    heard: list[tuple[int, int]] = []
    statements = _count_statements(shop, monkeypatch)
    made = shop.desk.paper.labels.make(references, PLAIN, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(n, 1_000) for n in range(1, 1_001)]
    assert outcomes(made) == [Outcome.DONE] * 1_000
    assert len(statements) < 40


def _count_statements(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    from warehouse_desk.data.engine.database import UnitOfWork

    seen: list[str] = []
    for name in ("run", "rows", "execute", "table"):
        original = getattr(UnitOfWork, name)

        def counted(*arguments: object, _name: str = name, _original: object = original, **named: object) -> object:
            seen.append(_name)
            return _original(*arguments, **named)  # type: ignore[operator]

        monkeypatch.setattr(UnitOfWork, name, counted)
    return seen


def test_a_rule_that_shows_only_while_writing_leaves_that_order_out_of_the_file(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stands for every rule that looks at more than the order itself, such as pieces that must be scanned first."""
    good, bad = shop.orders_in(Status.NEW, 2)

    def strict(*arguments: Any, **named: Any) -> list[ActionResult]:
        return [
            replace(answer, outcome=Outcome.REFUSED) if answer.reference == bad else answer
            for answer in judge_and_write(*arguments, **named)
        ]

    monkeypatch.setattr("warehouse_desk.services.paper.labels.judge_and_write", strict)
    made = shop.desk.paper.labels.make([bad, good], PLAIN)
    assert outcomes(made) == [Outcome.REFUSED, Outcome.DONE]
    assert scans(made.pdf) == [good]
    assert (shop.status(bad), shop.status(good)) == (Status.NEW, Status.PACKED)


def test_a_preview_draws_and_changes_nothing(shop: Shop) -> None:
    references = shop.orders_in(Status.NEW, 2)
    before = everything(shop.database)
    pdf = shop.desk.paper.labels.preview(references, PLAIN)
    assert pdf is not None
    assert scans(pdf) == list(references)
    assert shop.desk.paper.labels.preview(["ORD-99999"], PLAIN) is None
    assert everything(shop.database) == before
