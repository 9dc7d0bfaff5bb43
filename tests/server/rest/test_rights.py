"""What a token may not, is refused before anything is read."""

import pytest

from tests.builders import Shop
from tests.server.rest.bodies import ORDERS, new_order, statuses
from tests.server.running import Client, served, token_of
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.status import Status
from warehouse_desk.server.endpoints.endpoint import ApiPart, Endpoint
from warehouse_desk.server.endpoints.table import TABLE

QUESTIONS = {
    "createOrders": ("POST", ORDERS, new_order()),
    "listOrders": ("GET", ORDERS, None),
    "showOrder": ("GET", f"{ORDERS}/ORD-00001/show", None),
    "updateOrders": ("PUT", ORDERS, statuses(("ORD-00001", "PACKED"))),
    "deleteOrder": ("DELETE", f"{ORDERS}/ORD-00001", None),
}
ROWS = [row for row in TABLE.rows if row.part is ApiPart.REST]


def test_every_endpoint_of_the_part_is_asked_here() -> None:
    assert {row.name for row in ROWS} == set(QUESTIONS)
    assert all(len(row.abilities) == 1 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_token_without_the_ability_is_told_which_one(shop: Shop, row: Endpoint) -> None:
    (ability,) = row.abilities
    verb, path, body = QUESTIONS[row.name]
    shop.create()
    with served(shop, token_of(shop, ALL_ABILITIES - {ability})) as client:
        reply = client.ask(verb, path, body)
        assert (reply.status, ability.value in reply.body["message"]) == (403, True)
        broken = client.ask(verb, path, content=b"{") if body else reply
        assert broken.status == 403
    assert shop.status("ORD-00001") is Status.NEW
    with served(shop, token_of(shop, frozenset({ability}))) as client:
        assert client.ask(verb, path, body).status == 200


def test_reviving_an_order_wants_the_ability_of_the_step_besides(shop: Shop) -> None:
    reference = shop.order_in(Status.CANCELED)
    body = statuses((reference, "NEW"))
    with served(shop, token_of(shop, frozenset({Ability.REST_UPDATE}))) as client:
        reply = client.ask("PUT", ORDERS, body)
        assert (reply.status, "ReNewOrder" in reply.body["message"]) == (422, True)
    with served(shop, token_of(shop, frozenset({Ability.REST_UPDATE, Ability.RENEW}))) as client:
        assert client.ask("PUT", ORDERS, body).status == 200


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_without_a_token_nothing_is_told(client: Client, row: Endpoint) -> None:
    verb, path, body = QUESTIONS[row.name]
    assert Client(client.port).ask(verb, path, body).status == 401
