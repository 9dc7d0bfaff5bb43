"""Every endpoint wants its ability, as the same step does at the desk."""

import pytest

from tests.builders import Shop
from tests.server.dashboard.conftest import Front
from tests.server.dashboard.people import ORDERS_FILE, Person
from tests.server.running import Reply
from warehouse_desk.domain.people.abilities import ALL_ABILITIES
from warehouse_desk.domain.status import Status
from warehouse_desk.server.endpoints import dashboard, dashboard_besides
from warehouse_desk.server.endpoints.endpoint import Endpoint

ROWS = {row.name: row for row in (*dashboard.ROWS, *dashboard_besides.ROWS)}


def ask(person: Person, row: Endpoint) -> Reply:
    path = row.path.format(status="NEW", order="1", item="1", job="1")
    if row.takes_file:
        return person.send_file(path, ORDERS_FILE)
    return person.ask(row.verb, path, {} if row.body else None)


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.abilities])
def test_without_its_ability_an_endpoint_is_closed(shop: Shop, front: Front, name: str) -> None:
    shop.order_in(Status.NEW)
    with front(may=ALL_ABILITIES - set(ROWS[name].abilities)) as person:
        reply = ask(person, ROWS[name])
    assert reply.status == 403
    assert f"“{ROWS[name].abilities[0].value}”" in reply.body["message"]


@pytest.mark.parametrize("name", ROWS)
def test_a_stranger_is_told_nothing(salma: Person, name: str) -> None:
    assert ask(Person(salma.port), ROWS[name]).status == 401


def test_each_endpoint_of_the_document_is_there_once() -> None:
    assert len(dashboard.ROWS) == 22
    assert all(row.who.value == "session" and row.about and row.success for row in ROWS.values())
