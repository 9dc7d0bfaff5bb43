"""A desk that is served: work that outlives its client and its database, and logs that open no door."""

import json
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

from tests.server.shell.programs import serving
from tests.server.shell.servers import PATIENCE, Connection, Reply, request
from tests.support.own_server import own_server
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.services import maintenance
from warehouse_desk.services.connect import open_database, sign_in_at
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.people.api_tokens import TokenWish

ORDERS = "/api/web/1.0/orders"


def body_of(name: str) -> bytes:
    order = {
        "full_name": name,
        "phone": "0612345678",
        "city": "Casablanca",
        "address": "12 Rue Ibn Batouta",
        "is_fees_paid_by_customer": True,
        "total": 129,
        "products": [{"sku": "TEA", "quantity": 1, "price": 129}],
    }
    return json.dumps({"orders": [order]}).encode()


@dataclass
class Served:
    """A desk, and a token that may create and see orders."""

    desk: Desk
    token: str

    def asked(self, verb: str, path: str = ORDERS, body: bytes = b"") -> bytes:
        """Return a request with the token."""
        return request(verb, path, f"Authorization: Bearer {self.token}", "Content-Type: application/json", body=body)

    def ask(self, port: int, verb: str, path: str = ORDERS, body: bytes = b"") -> Reply:
        """Ask the server at a port."""
        with Connection(port) as connection:
            connection.send(self.asked(verb, path, body))
            return connection.reply()


def prepared(url: str) -> Served:
    desk = sign_in_at(open_database(url, "Quai 1"), "Quai 1", "Samira", None, Source.DESK)
    desk.goods.add_product("TEA", "Thé vert")
    abilities = frozenset({Ability.REST_CREATE, Ability.REST_VIEW})
    return Served(desk, desk.people.add_token(TokenWish(name="Boutique", abilities=abilities)).text)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Served]:
    made = prepared(f"sqlite:///{tmp_path.as_posix()}/warehouse-desk.db")
    yield made
    made.desk.close()


def test_an_order_whose_client_hung_up_is_created_once_and_whole(tmp_path: Path, shop: Served) -> None:
    with serving("--data-dir", str(tmp_path)) as program:
        with program.connect() as connection:
            connection.send(shop.asked("POST", body=body_of("Youssef")))
        with program.connect() as connection:  # this one goes before its body is whole
            connection.send(shop.asked("POST", body=body_of("Fatima"))[:-20])
        until = monotonic() + PATIENCE
        while not sum(shop.desk.orders.counts().values()) and monotonic() < until:
            pass
        program.tell(signal.SIGTERM)
        assert program.end() == 0  # nothing is at work any more
        assert [row.full_name for row in shop.desk.orders.find().rows] == ["Youssef"]
        assert maintenance.faults(shop.desk.context) == []


def test_links_in_answers_begin_with_the_address_that_is_served(tmp_path: Path, shop: Served) -> None:
    with serving("--data-dir", str(tmp_path)) as program:
        assert shop.ask(program.port, "GET").json["links"]["first"].startswith(f"{program.url}{ORDERS}?")


def test_no_log_opens_a_door_or_names_a_customer(tmp_path: Path, shop: Served) -> None:
    with serving("--data-dir", str(tmp_path)) as program:
        assert shop.ask(program.port, "POST", body=body_of("Youssef Benali")).status == 200
        assert shop.ask(program.port, "GET", f"{ORDERS}?search_by=phone&keyWord=0612345678").status == 200
        assert shop.ask(program.port, "GET", f"{ORDERS}/ORD-00001/show").status == 200
        program.tell(signal.SIGTERM)
        assert program.end() == 0
    (access,) = (tmp_path / "logs").glob("access-*.log")
    lines = [json.loads(line) for line in access.read_text(encoding="utf-8").splitlines()]
    assert [line["route"].removeprefix(ORDERS) for line in lines] == ["", "", "/{reference}/show"]
    assert {line["principal"] for line in lines} == {"token Boutique"}
    written = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "logs").iterdir())
    for secret in (shop.token, shop.token[-20:], "0612345678", "Benali", "keyWord", "Rue Ibn Batouta"):
        assert secret not in written


@pytest.mark.postgres
def test_while_the_database_is_away_all_are_told_to_come_again_and_then_work_goes_on(tmp_path: Path) -> None:
    with own_server("served") as lent:
        url = lent.server.url(lent.server.create_database())
        shop = prepared(url)
        with serving("--data-dir", str(tmp_path), "--database", url) as program:
            assert shop.ask(program.port, "POST", body=body_of("Youssef")).status == 200
            lent.stop()
            for verb, body in (("GET", b""), ("POST", body_of("Fatima"))):
                reply = shop.ask(program.port, verb, body=body)
                assert (reply.status, reply.headers["retry-after"]) == (503, "5")
                assert "desk@" not in reply.json["message"]
            lent.start()
            until = monotonic() + PATIENCE
            while (reply := shop.ask(program.port, "POST", body=body_of("Fatima"))).status != 200:
                assert monotonic() < until, reply.body
            assert shop.ask(program.port, "GET").json["meta"]["total"] == 2
        shop.desk.close()
