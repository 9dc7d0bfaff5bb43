"""Labels made over HTTP, and their file: for who made them."""

import pytest

from tests.builders import Shop, run_sql
from tests.server.dashboard.people import Person
from warehouse_desk.domain.status import Status
from warehouse_desk.server.dashboard import labels


def test_labels_pack_new_orders_and_their_pdf_is_at_the_address_given(shop: Shop, salma: Person) -> None:
    new, packed = shop.order_in(Status.NEW), shop.order_in(Status.PACKED)
    made = salma.post("/orders/generate-tracking-lebel", {"ids": [shop.facts(each).id for each in (new, packed)]})
    assert (made.status, made.body["counts"]["done"]) == (200, 2)
    assert {shop.status(new), shop.status(packed)} == {Status.PACKED}
    assert made.body["url"] == f"http://desk.test/orders/get-trackings?run={made.body['run']}"
    for path in (f"/orders/get-trackings?run={made.body['run']}", "/orders/get-trackings"):
        pdf = salma.get(path)
        assert (pdf.status, pdf.headers["Content-Type"], pdf.content[:5]) == (200, "application/pdf", b"%PDF-")
        assert pdf.headers["Content-Disposition"] == f'attachment; filename="labels-{made.body["run"]}.pdf"'
        assert pdf.headers["Cache-Control"] == "no-store"


def test_a_label_is_made_again_only_for_a_reason(shop: Shop, salma: Person) -> None:
    ids = [shop.facts(shop.order_in(Status.NEW)).id]
    salma.post("/orders/generate-tracking-lebel", {"ids": ids})
    again = salma.post("/orders/generate-tracking-lebel", {"ids": ids})
    assert (again.body["counts"]["already"], again.body["run"], again.body["url"]) == (1, None, None)
    reason = salma.post("/orders/generate-tracking-lebel", {"ids": ids, "reprint_reason": "Déchirée", "stock": "A4-8"})
    assert reason.body["counts"]["done"] == 1 if reason.status == 200 else list(reason.body["errors"]) == ["stock"]


def test_labels_of_others_are_not_there(shop: Shop, salma: Person) -> None:
    ids = [shop.facts(shop.order_in(Status.NEW)).id]
    run = salma.post("/orders/generate-tracking-lebel", {"ids": ids}).body["run"]
    karim = Person(salma.port, {"X-User": "Karim"})
    assert karim.get(f"/orders/get-trackings?run={run}").status == 404
    assert karim.get("/orders/get-trackings").status == 404
    assert salma.get("/orders/get-trackings?run=99").status == 404
    assert list(salma.get("/orders/get-trackings?run=all").body["errors"]) == ["run"]


def test_a_file_whose_time_is_over_is_gone(shop: Shop, salma: Person) -> None:
    ids = [shop.facts(shop.order_in(Status.NEW)).id]
    run = salma.post("/orders/generate-tracking-lebel", {"ids": ids}).body["run"]
    run_sql(shop.database, "DELETE FROM label_file")
    gone = salma.get(f"/orders/get-trackings?run={run}")
    assert (gone.status, "no longer kept" in gone.body["message"]) == (410, True)


def test_many_labels_are_a_job(shop: Shop, salma: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "MOST_AT_ONCE", 2)
    references = shop.orders_in(Status.NEW, 3)
    asked = salma.post("/orders/generate-tracking-lebel", {"ids": [shop.facts(each).id for each in references]})
    assert (asked.status, asked.body["job"]["kind"]) == (202, "labels")
    done = salma.ended(asked.body["job"])
    assert (done["state"], done["counts"]["done"]) == ("done", 3)
    assert done["labels"] == f"http://desk.test/orders/get-trackings?run={done['run']}"
    assert salma.get(f"/orders/get-trackings?run={done['run']}").content.startswith(b"%PDF-")
    assert {shop.status(each) for each in references} == {Status.PACKED}
