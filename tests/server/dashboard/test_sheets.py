"""Spreadsheets over HTTP: orders that come in, orders that came back or were delivered."""

import http.client
import io
import zipfile

import pytest
from openpyxl import Workbook

from tests.builders import Shop, everything
from tests.server.dashboard.people import BOUNDARY, ORDERS_FILE, Person
from warehouse_desk.domain.status import Status
from warehouse_desk.server.endpoints.dashboard import FORM_BYTES

BY_FILE = {
    "mark-orders-as-returned-by-import": Status.RETURNED,
    "mark-orders-as-delivered-by-import": Status.DELIVERED,
}
BAD = "Sara Idrissi,0612345670,,Atlantis,5 rue des Fleurs,ARGAN-50,1,100,100,\n"
LOST_ZERO = "Sara Idrissi,612345670,,Rabat,5 rue des Fleurs,ARGAN-50,1,100,100,\n"
IMPORT = "/orders/import"


def total(salma: Person) -> int:
    number: int = salma.get("/orders").body["meta"]["total"]
    return number


def test_a_file_of_orders_is_imported(shop: Shop, salma: Person) -> None:
    reply = salma.send_file(IMPORT, ORDERS_FILE)
    assert reply.status == 200
    assert {name: reply.body[name] for name in ("message", "imported", "rejected", "known", "references")} == {
        "message": "2 orders were imported.",
        "imported": 2,
        "rejected": 0,
        "known": 0,
        "references": ["ORD-00001", "ORD-00002"],
    }
    shown = salma.get("/orders/ORD-00002/show").body["data"]
    assert (shown["history"][0]["user"], len(shown["products"])) == ("Salma", 2)


def test_a_wrong_row_is_named_by_row_and_column_and_keeps_all_out(salma: Person) -> None:
    reply = salma.send_file(IMPORT, ORDERS_FILE + BAD)
    assert (reply.status, list(reply.body["errors"])) == (422, ["rows.4.city"])
    assert total(salma) == 0
    some = salma.send_file(IMPORT, ORDERS_FILE + BAD, valid_only="1")
    assert (some.status, some.body["imported"], some.body["rejected"]) == (200, 2, 1)


def test_a_repair_is_taken_only_where_it_is_accepted(salma: Person) -> None:
    refused = salma.send_file(IMPORT, ORDERS_FILE + LOST_ZERO)
    assert (refused.status, list(refused.body["errors"])) == (422, ["rows.4.phone"])
    taken = salma.send_file(IMPORT, ORDERS_FILE + LOST_ZERO, accept_repairs="1")
    assert (taken.status, taken.body["imported"]) == (200, 3)
    assert salma.get("/orders/ORD-00003/show").body["data"]["phone"] == "0612345670"


def test_a_dry_run_says_what_is_in_the_file_and_writes_nothing(shop: Shop, salma: Person) -> None:
    before = everything(shop.database)
    reply = salma.send_file(IMPORT, ORDERS_FILE + BAD, dry_run="true")
    assert (reply.status, reply.body["imported"], reply.body["rejected"]) == (200, 0, 1)
    assert [(row["row"], row["problems"][0]["column"]) for row in reply.body["rows"]] == [(4, "city")]
    assert everything(shop.database) == before


def test_a_file_or_an_order_that_came_before_wants_a_word(salma: Person) -> None:
    salma.send_file(IMPORT, ORDERS_FILE)
    same = salma.send_file(IMPORT, ORDERS_FILE)
    assert (same.status, "was already imported" in same.body["message"]) == (422, True)
    known = salma.send_file(IMPORT, ORDERS_FILE + "\n")
    assert (known.status, "exist already" in known.body["message"]) == (422, True)
    again = salma.send_file(IMPORT, ORDERS_FILE, again="1")
    assert (again.status, again.body["imported"], total(salma)) == (200, 2, 4)


def test_a_profile_that_does_not_exist_is_refused_at_its_field(salma: Person) -> None:
    reply = salma.send_file(IMPORT, ORDERS_FILE, profile="amana")
    assert (reply.status, reply.body["errors"]["profile"][0].startswith("There is no import profile “amana”")) == (
        422,
        True,
    )


@pytest.mark.parametrize("path", ["import", *BY_FILE])
def test_a_form_with_a_spreadsheet_is_asked_for(salma: Person, path: str) -> None:
    assert salma.post(f"/orders/{path}", {"file": "orders.csv"}).status == 415
    other = salma.send_file(f"/orders/{path}", ORDERS_FILE, field="sheet")
    assert (other.status, list(other.body["errors"])) == (422, ["file"])
    for name, content, status in (
        ("orders.pdf", ORDERS_FILE, 415),
        ("orders.csv", "%PDF-1.7 ...", 415),
        ("orders.xlsx", "<html><table></table></html>", 415),
        ("orders.csv", "", 422),
        ("orders.csv", "a;b\n1;2\n", 422),
        ("orders.xlsx", b"PK\x03\x04 cut off", 422),
    ):
        reply = salma.send_file(f"/orders/{path}", content, name=name)
        assert (reply.status, list(reply.body["errors"])) == (status, ["file"]), (name, content)
    flag = salma.send_file(f"/orders/{path}", ORDERS_FILE, dry_run="perhaps")
    assert (flag.status, list(flag.body["errors"])) == (422, ["dry_run"])


def test_a_workbook_that_unpacks_without_end_is_refused(salma: Person) -> None:
    book, bomb = io.BytesIO(), io.BytesIO()
    Workbook().save(book)
    with zipfile.ZipFile(book) as good, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in good.namelist():
            packed.writestr(name, b"0" * 60_000_000 if name.endswith("sheet1.xml") else good.read(name))
    reply = salma.send_file(IMPORT, bomb.getvalue(), name="orders.xlsx")
    assert (reply.status, list(reply.body["errors"])) == (413, ["file"]), reply.body


def test_a_file_above_the_limit_is_not_read(salma: Person) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", salma.port, timeout=30)
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Content-Length": str(FORM_BYTES + 1)}
    connection.request("POST", IMPORT, headers={**salma.headers, **headers})
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize(
    ("name", "shown"),
    [("../../x.csv", "x.csv"), ("..\\\\..\\\\y.csv", "y.csv"), ("a\x00b.csv", "ab.csv"), ("é" * 300 + ".csv", "é.csv")],
)
def test_the_name_of_a_file_is_for_sentences_alone(salma: Person, name: str, shown: str) -> None:
    reply = salma.send_file(IMPORT, "a;b\n1;2\n", name=name)
    assert reply.status == 422
    assert shown in reply.body["message"]
    assert "/" not in reply.body["message"].replace("http://", "")


@pytest.mark.parametrize("path", BY_FILE)
def test_each_row_of_a_file_of_references_is_answered(shop: Shop, salma: Person, path: str) -> None:
    one, two = shop.orders_in(Status.SHIPPED, 2)
    new = shop.order_in(Status.NEW)
    sheet = f"reference,date\n{one},\n{new},\nNOPE,\n{two},02/03/2026\n{one},\n"
    reply = salma.send_file(f"/orders/{path}", sheet, date="2026-03-02")
    assert reply.status == 200
    assert [(each["row"], each["outcome"]) for each in reply.body["results"]] == [
        (2, "done"), (3, "refused"), (4, "unknown"), (5, "done"), (6, "already"),
    ]  # fmt: skip
    assert (shop.status(one), shop.status(two), reply.body["left_out"]) == (BY_FILE[path], BY_FILE[path], [])
    none = salma.send_file(f"/orders/{path}", f"reference\n{new}\nNOPE\n")
    assert (none.status, list(none.body["errors"])) == (422, ["rows.2.reference", "rows.3.reference"])


@pytest.mark.parametrize("path", BY_FILE)
def test_a_file_of_several_ends_wants_a_word(shop: Shop, salma: Person, path: str) -> None:
    one, two, three = shop.orders_in(Status.SHIPPED, 3)
    sheet = f"reference,statut\n{one},Livré\n{two},Refusé\n{three},Perdu\n"
    refused = salma.send_file(f"/orders/{path}", sheet)
    assert (refused.status, list(refused.body["errors"])) == (422, ["only_status"])
    assert "Livré (1), Refusé (1)" in refused.body["message"]
    dry = salma.send_file(f"/orders/{path}", sheet, only_status="livre", dry_run="1")
    assert (dry.status, dry.body["counts"]["done"], shop.status(one)) == (200, 1, Status.SHIPPED)
    done = salma.send_file(f"/orders/{path}", sheet, only_status="livre|perdu", status_column="Statut")
    assert (done.status, done.body["left_out"]) == (200, [3])
    assert [shop.status(each) for each in (one, two, three)] == [BY_FILE[path], Status.SHIPPED, BY_FILE[path]]


@pytest.mark.parametrize("path", BY_FILE)
def test_a_day_that_has_not_come_is_refused_row_by_row(shop: Shop, salma: Person, path: str) -> None:
    one = shop.order_in(Status.SHIPPED)
    late = salma.send_file(f"/orders/{path}", f"reference\n{one}\n", date="2026-03-03")
    assert (late.status, list(late.body["errors"])) == (422, ["rows.2.reference"])
    assert list(salma.send_file(f"/orders/{path}", f"reference\n{one}\n", date="3.3.26").body["errors"]) == ["date"]
