"""Whoever asks the Dashboard for what is not theirs, or sends what no desk would."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from tests.builders import Shop
from tests.server.access.house import ORDERS, Browser, House
from tests.server.dashboard.people import FORM, ORDERS_FILE, form
from tests.server.running import Reply
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.status import Status


def send(house: House, browser: Browser, path: str, content: bytes | str, **fields: str) -> Reply:
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    headers = {"Cookie": cookies, "Content_Type": FORM, **browser.word}
    return house.client.ask("POST", path, None, content=form(content, **fields), **headers)


def test_a_job_and_the_labels_of_somebody_else(house: House) -> None:
    ids = [house.shop.facts(house.shop.order_in(Status.NEW)).id]
    salma, nadia = house.signed_in("Salma"), house.signed_in("Nadia")
    job = salma.ask("POST", "/orders/export", {"file_extension": "csv"}, **salma.word).body["job"]
    run = salma.ask("POST", "/orders/generate-tracking-lebel", {"ids": ids}, **salma.word).body["run"]
    for path in (f"/jobs/{job['id']}", f"/jobs/{job['id']}/file", f"/orders/get-trackings?run={run}"):
        assert nadia.ask("GET", path).status == 404, path
    assert nadia.ask("DELETE", f"/jobs/{job['id']}", **nadia.word).status == 404
    assert nadia.ask("GET", "/orders/get-trackings").status == 404
    assert salma.ask("GET", f"/orders/get-trackings?run={run}").status == 200


def test_a_workbook_that_unpacks_without_end(house: House) -> None:
    book, bomb = io.BytesIO(), io.BytesIO()
    Workbook().save(book)
    with zipfile.ZipFile(book) as good, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in good.namelist():
            packed.writestr(name, b"0" * 100_000_000 if name.endswith("sheet1.xml") else good.read(name))
    reply = send(house, house.signed_in("Salma"), "/orders/import", bomb.getvalue(), name="orders.xlsx")
    assert (reply.status, list(reply.body["errors"])) == (413, ["file"])


@pytest.mark.parametrize("name", ["../../x.csv", "/etc/cron.d/x.csv", "..\\..\\x.csv", "a\x00b.csv", "con.csv", ".csv"])
def test_a_file_whose_name_is_a_place(house: House, name: str) -> None:
    before = {path for path in house.folder.parent.rglob("*") if path.suffix == ".csv"}
    reply = send(house, house.signed_in("Salma"), "/orders/import", ORDERS_FILE, name=name)
    assert reply.status in {200, 400, 415, 422}
    assert {path for path in house.folder.parent.rglob("*") if path.suffix == ".csv"} == before


@pytest.mark.parametrize("name", ["%00", "%2F", "%FF", "..", "%2e%2e%2f", "a%2Fb", "%0a", "'%20OR%201=1--", "9" * 400])
def test_a_reference_that_is_none(house: House, name: str) -> None:
    salma = house.signed_in("Salma")
    token = house.token(abilities=frozenset({Ability.REST_VIEW, Ability.REST_DELETE}))
    for path in (f"/orders/{name}/show", f"/jobs/{name}", f"/orders/{name}"):
        assert salma.ask("GET", path).status == 404, path
    assert house.with_token(token, f"{ORDERS}/{name}/show").status == 404
    assert house.client.ask("DELETE", f"{ORDERS}/{name}", Authorization=f"Bearer {token}").status == 404


def test_pages_and_keywords_that_no_list_has(house: House) -> None:
    salma = house.signed_in("Salma")
    house.shop.order_in(Status.NEW)
    for query, status, rows in (
        ("per_page=-1", 422, 0),
        ("per_page=1e3", 200, 1),
        ("page=1e9", 200, 0),
        ("page=-1", 200, 1),
        ("keyWord=%25", 200, 0),
        ("keyWord=_", 200, 0),
        ("keyWord=%00", 200, 0),
        (f"keyWord={'x' * 3_000}", 422, 0),
        ("cursor=0", 422, 0),
        ("cursor=99999999999999999999", 422, 0),
    ):
        reply = salma.ask("GET", f"/orders?{query}")
        assert reply.status == status, query
        if status == 200:
            assert len(reply.body["data"]) == rows, query


def test_one_order_named_a_thousand_times(house: House) -> None:
    shop: Shop = house.shop
    reference = shop.order_in(Status.NEW)
    token = house.token(abilities=frozenset({Ability.REST_UPDATE}))
    body = {"orders": [{"reference": reference, "status": "PACKED"}] * 1_000}
    reply = house.client.ask("PUT", ORDERS, body, content=None, Authorization=f"Bearer {token}")
    assert (reply.status, reply.body["counts"]["done"], reply.body["counts"]["already"]) == (200, 1, 999)
    salma = house.signed_in("Salma")
    ids = {"ids": [shop.facts(reference).id] * 1_000}
    labels = salma.ask("POST", "/orders/generate-tracking-lebel", ids, **salma.word)
    assert labels.status in {200, 202}
    assert len(shop.events(reference)) == 2
