"""Exports over HTTP: asked for, asked about, fetched; and whose they are."""

from pathlib import Path

import pytest

from tests.builders import Shop, an_order_body
from tests.server.dashboard.conftest import Front
from tests.server.dashboard.people import Person
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.status import Status

CSV = {"file_extension": "csv", "columns": ["reference", "city"]}


def test_an_export_is_asked_for_and_fetched_when_it_is_done(shop: Shop, salma: Person) -> None:
    packed = shop.order_in(Status.PACKED)
    shop.order_in(Status.NEW)
    asked = salma.post("/orders/export", {**CSV, "status": "PACKED"})
    assert (asked.status, asked.body["job"]["kind"]) == (202, "export")
    done = salma.ended(asked.body["job"])
    assert (done["state"], done["progress"], done["url"]) == ("done", 1, f"http://desk.test/jobs/{done['id']}")
    file = salma.get(f"/jobs/{done['id']}/file")
    assert (file.status, file.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert file.headers["Content-Disposition"] == f'attachment; filename="{done["id"]}.csv"'
    assert file.content.decode("utf-8-sig").split() == ["reference,city", f"{packed},Casablanca"]


def test_a_workbook_holds_the_filter_or_the_orders_named(shop: Shop, salma: Person) -> None:
    rabat, casa = shop.create(an_order_body(city="Rabat"), an_order_body())
    for body, expected in (
        ({"search_by": "city", "keyWord": "rabat"}, [rabat]),
        ({"ids": [shop.facts(casa).id]}, [casa]),
        ({"created_from": "2026-03-03"}, []),
        ({"city_id": shop.desk.orders.show(rabat).city_id}, [rabat]),
    ):
        asked = salma.post("/orders/export", {"file_extension": "csv", "columns": "reference", **body})
        job = salma.ended(asked.body["job"])
        assert salma.get(f"/jobs/{job['id']}/file").content.decode("utf-8-sig").split()[1:] == expected
    job = salma.ended(salma.post("/orders/export", {"file_extension": "XLSX"}).body["job"])
    file = salma.get(f"/jobs/{job['id']}/file")
    assert (file.content[:2], "spreadsheetml" in file.headers["Content-Type"]) == (b"PK", True)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "file_extension"),
        ({"file_extension": "pdf"}, "file_extension"),
        ({"file_extension": "../../x.csv"}, "file_extension"),
        ({**CSV, "columns": ["colour"]}, "columns"),
        ({**CSV, "columns": ["city", "city"]}, "columns"),
        ({**CSV, "columns": []}, "columns"),
        ({**CSV, "status": "LOST"}, "status"),
        ({**CSV, "search_by": "shoe"}, "search_by"),
        ({**CSV, "created_from": "2026-03-02", "created_to": "2026-03-01"}, "created_from"),
        ({**CSV, "ids": ["x"]}, "ids.0"),
    ],
)
def test_a_wrong_export_is_refused_at_its_field(salma: Person, wrong: dict[str, object], field: str) -> None:
    reply = salma.post("/orders/export", wrong)
    assert (reply.status, list(reply.body["errors"])) == (422, [field])


def test_a_job_of_somebody_else_is_not_there(shop: Shop, salma: Person) -> None:
    job = salma.ended(salma.post("/orders/export", CSV).body["job"])
    karim = Person(salma.port, {"X-User": "Karim"})
    for verb, path in (("GET", ""), ("DELETE", ""), ("GET", "/file")):
        reply = karim.ask(verb, f"/jobs/{job['id']}{path}")
        assert reply.status == 404, (verb, path)
        assert salma.ask("GET", f"/jobs/{path or 'x'}").status == 404
    assert salma.get(f"/jobs/{job['id']}/file").status == 200


@pytest.mark.parametrize("number", ["0", "99999", "x", "-1", "1e3", "9" * 30, "%00", "..%2f1"])
def test_what_is_no_job_is_404(salma: Person, number: str) -> None:
    for path in (f"/jobs/{number}", f"/jobs/{number}/file"):
        assert salma.get(path).status == 404


def test_a_file_that_is_not_written_or_no_longer_kept_says_so(shop: Shop, salma: Person, tmp_path: Path) -> None:
    from warehouse_desk.services.files.exports import ExportRequest

    waiting = shop.desk_of_user("Salma", "Admin", station="Poste 9").jobs.export(
        tmp_path / "elsewhere", "csv", ExportRequest("")
    )
    early = salma.get(f"/jobs/{waiting.id}/file")
    assert (early.status, "still being written" in early.body["message"]) == (409, True)
    cancelled = salma.ask("DELETE", f"/jobs/{waiting.id}")
    assert (cancelled.status, cancelled.body["job"]["state"]) == (200, "cancelled")
    assert salma.ask("DELETE", f"/jobs/{waiting.id}").body["job"]["state"] == "cancelled"
    assert salma.get(f"/jobs/{waiting.id}/file").status == 410
    done = salma.ended(salma.post("/orders/export", CSV).body["job"])
    for file in (tmp_path / "server" / "files").iterdir():
        file.unlink()
    gone = salma.get(f"/jobs/{done['id']}/file")
    assert (gone.status, "no longer kept" in gone.body["message"]) == (410, True)


def test_who_may_no_longer_export_gets_no_file(shop: Shop, front: Front) -> None:
    with front() as person:
        job = person.ended(person.post("/orders/export", CSV).body["job"])
    with front(may=ALL_ABILITIES - {Ability.EXPORT}) as person:
        assert person.get(f"/jobs/{job['id']}").status == 200
        assert person.get(f"/jobs/{job['id']}/file").status == 403
