"""A day of a shop and its warehouse, over TLS, by a client that knows the API's document and nothing else."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.server.furnished import PASSWORD, USER, Furnished, books_of, data_folder, furnish
from tests.server.independent_client import Dashboard, Line, Refused, Rest
from tests.server.shell.certificates import make_certificate, trusting
from tests.server.shell.programs import serving
from tests.server.shell.servers import Connection

TODAY = date.today().isoformat()  # noqa: DTZ011 - the day of the station that serves
IMPORT_HEADINGS = [
    "full_name",
    "phone",
    "second_phone",
    "city",
    "address",
    "skus",
    "quantities",
    "prices",
    "total",
    "notes",
]


@dataclass(frozen=True)
class Served:
    """A desk that is served over TLS, and a line to it."""

    known: Furnished
    line: Line
    board: Dashboard
    """A person's browser, not signed in yet."""

    @property
    def shop(self) -> Rest:
        """The program of a web shop."""
        return Rest(self.line, self.known.token)


@pytest.fixture
def served(tmp_path: Path, database_url: str) -> Iterator[Served]:
    files = make_certificate(tmp_path)
    known = furnish(database_url)
    where = ("--tls-cert", str(files.certificate), "--tls-key", str(files.key))
    with serving("--data-dir", str(data_folder(tmp_path)), "--database", database_url, *where) as program:
        line, browser = (Line(program.url, trusting(files)) for _ in range(2))
        yield Served(known, line, Dashboard(browser))
        for each in (line, browser):
            each.close()
    assert books_of(database_url) == []


def an_order(number: int = 1, quantity: int = 1, sku: str = "ARGAN-50") -> dict[str, object]:
    return {
        "full_name": f"Client {number}",
        "phone": f"+2126{number:08d}",
        "city": "Casablanca",
        "address": f"{number}, rue des Fleurs",
        "is_fees_paid_by_customer": True,
        "total": 399 * quantity,
        "products": [{"sku": sku, "quantity": quantity, "price": 399}],
    }


def a_sheet(headings: list[str], *lines: list[str]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([headings, *lines])
    return stream.getvalue().encode()


def test_a_shop_creates_follows_and_deletes_its_orders_on_one_connection(served: Served) -> None:
    shop = served.shop
    created = shop.create(an_order(1), an_order(2), an_order(3))
    assert created["message"] == "Orders created successfully."
    first, second, third = (each["reference"] for each in created["data"])

    page = shop.list(per_page=2)
    assert [row["reference"] for row in page["data"]] == [third, second]
    assert (page["meta"]["current_page"], page["meta"]["per_page"], page["meta"]["total"]) == (1, 2, 3)
    assert [row["reference"] for row in shop.list(per_page=2, page=2)["data"]] == [first]
    assert [row["full_name"] for row in shop.list(search_by="phone", keyWord="+212600000002")["data"]] == ["Client 2"]
    assert shop.show(first)["status"] == "NEW"

    for status, day in (("PACKED", TODAY), ("SHIPPED", TODAY), ("DELIVERED", TODAY)):
        answer = shop.update({"reference": first, "status": status, "action_date": day})
        assert [each["outcome"] for each in answer["results"]] == ["done"], answer
        assert shop.show(first)["status"] == status
    shop.update({"reference": second, "status": "PACKED"})
    shop.update({"reference": second, "status": "SHIPPED", "warehouseId": str(served.known.warehouse)})
    shop.update({"reference": second, "status": "RETURNED"})
    assert [shop.show(each)["status"] for each in (first, second, third)] == ["DELIVERED", "RETURNED", "NEW"]
    again = shop.update({"reference": first, "status": "DELIVERED"})
    assert [each["outcome"] for each in again["results"]] == ["already"]

    shop.delete(third)
    with pytest.raises(Refused) as gone:
        shop.show(third)
    assert gone.value.status == 404
    with pytest.raises(Refused) as refused:
        shop.delete(first)
    assert refused.value.status == 422
    with pytest.raises(Refused) as wrong:
        shop.create({**an_order(4), "phone": "", "total": 0}, an_order(5))
    assert (wrong.value.status, sorted(wrong.value.body["errors"])) == (422, ["orders.0.phone", "orders.0.total"])
    assert shop.list()["meta"]["total"] == 2
    assert served.line.opened == 1, f"{served.line.asked} requests took {served.line.opened} connections"


def test_a_lost_answer_is_asked_for_again_and_nothing_is_done_twice(served: Served) -> None:
    shop = served.shop
    first = shop.create(an_order(), key="a-cart")
    served.line.close()
    assert shop.create(an_order(), key="a-cart") == first
    assert shop.list()["meta"]["total"] == 1


def test_people_at_the_dashboard_take_an_order_through_its_life(served: Served) -> None:
    made = [each["reference"] for each in served.shop.create(*[an_order(number) for number in range(6)])["data"]]
    board = served.board
    with pytest.raises(Refused) as unknown:
        board.list()
    assert unknown.value.status == 401
    board.sign_in(USER, PASSWORD)
    ids = {row["reference"]: row["id"] for row in board.list()["data"]}
    one, two, three, four, five, six = (ids[reference] for reference in made)

    kept = board.show(one)
    fields = {name: kept[name] for name in ("full_name", "phone", "address")}
    lines = [{"id": served.known.products["ARGAN-50"], "quantity": 2, "total": 700}]
    board.edit("NEW", one, **fields, city_to_id=kept["city_to_id"], notes="Sonnez deux fois", products=lines)
    assert [(line["quantity"], line["total"]) for line in board.show(one)["products"]] == [(2, 700)]

    board.step("mark-orders-as-packed", one, two, five, date=TODAY)
    board.step("generate-tracking-lebel", three, four)
    assert board.labels().startswith(b"%PDF-")
    assert {row["id"] for row in board.list("PACKED")["data"]} == {one, two, three, four, five}
    warehouse = str(served.known.warehouse)
    board.step("mark-orders-as-shipped", one, two, date=TODAY, warehouseId=warehouse)
    board.scan("shipped", made[2], date=TODAY, warehouseId=warehouse)
    board.step("mark-orders-as-delivered", one, date=TODAY)
    board.scan("delivered", made[1], date=TODAY)
    board.scan("returned", made[2], date=TODAY)
    person, company = str(served.known.person), str(served.known.company)
    board.step("assign-to-delivery-boy", four, delivery_boy_id=person, warehouseId=warehouse)
    board.step("push-order-to-shipping-company", five, shippent_company_id=company, from_stock=True)
    board.step("mark-orders-as-canceled", six, description="Le client a changé d'avis")
    board.step("renew-orders", six)
    statuses = [board.show(number)["status"] for number in (one, two, three, five, six)]
    assert statuses == ["DELIVERED", "DELIVERED", "RETURNED", "WAITING_FOR_SHIPPING_COMPANY", "NEW"]
    board.delete(six)
    board.sign_out()
    with pytest.raises(Refused) as out:
        board.list()
    assert out.value.status == 401


def test_files_go_in_and_come_out_at_the_dashboard(served: Served) -> None:
    board = served.board
    board.sign_in(USER, PASSWORD)
    rows = [
        [f"Client {n}", f"06{n:08d}", "", "Casablanca", f"{n} rue", "ARGAN-50", "2", "199.50", "399", ""]
        for n in range(1, 4)
    ]
    dry = board.upload("import", "commandes.csv", a_sheet(IMPORT_HEADINGS, *rows), dry_run="1")
    assert (dry["imported"], board.list()["meta"]["total"]) == (0, 0)
    done = board.upload("import", "commandes.csv", a_sheet(IMPORT_HEADINGS, *rows))
    references = done["references"]
    assert done["imported"] == 3
    with pytest.raises(Refused) as twice:
        board.upload("import", "commandes.csv", a_sheet(IMPORT_HEADINGS, *rows))
    assert twice.value.status == 422

    ids = [row["id"] for row in board.list()["data"]]
    board.step("mark-orders-as-packed", *ids, date=TODAY)
    board.step("mark-orders-as-shipped", *ids, date=TODAY, warehouseId=served.known.warehouse)
    board.upload("mark-orders-as-delivered-by-import", "livrees.csv", a_sheet(["reference"], [references[0]]))
    board.upload(
        "mark-orders-as-returned-by-import", "retours.csv", a_sheet(["reference"], [references[1]]), date=TODAY
    )
    exported = board.export("csv").decode("utf-8-sig")
    table = {row["reference"]: row["status"] for row in csv.DictReader(io.StringIO(exported))}
    assert [table[reference] for reference in references] == ["DELIVERED", "RETURNED", "SHIPPED"]
    assert board.export("xlsx").startswith(b"PK")


def test_a_client_before_a_server_that_redirects_ends_where_it_is_led(served: Served) -> None:
    """The server redirects nowhere; a slash at the end is dropped without one."""
    reply = served.line.ask("GET", "/up/")
    assert (reply.status, reply.headers.get("location")) == (200, None)
    with Connection(int(served.line.url.rpartition(":")[2]), served.line.tls) as connection:
        connection.send(b"GET /up HTTP/1.1\r\nHost: localhost\r\n\r\n")  # no Accept, no User-Agent
        assert connection.reply().status == 200
